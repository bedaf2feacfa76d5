import FrameConnections
import Glibc
import HostFiles
import LabControlProtocol
import LabEngines
import Labs

extension LabClient {
    /// Ends a lab, whatever state it's in; returns when nothing of it is left.
    ///
    /// A supervisor that doesn't answer within `patience` is told by signal, and at last killed.
    public static func remove(_ name: String, patience: Duration = .seconds(10)) async throws {
        let directory = try StateDirectory.current.named(name)
        guard access(directory.path, F_OK) == 0 else { throw directory.noSuchLab }
        let deadline = ContinuousClock.now + patience
        if let client = try? await connect(to: name) {
            await withTaskGroup { group in
                group.addTask { try? await client.stop() }
                group.addTask { try? await Task.sleep(for: patience) }
                await group.next()
                group.cancelAll()
                client.connection.close()
            }
        }
        for signal in [SIGTERM, SIGKILL] {
            while ContinuousClock.now < deadline || signal == SIGKILL {
                guard access(directory.path, F_OK) == 0 else { return }
                if let lock = FileLock.take(directory.lock) {
                    defer { lock.release() }
                    return try await directory.removeWithRemains()
                }
                // The number is the holder's of the lock: only a supervisor that lives writes it.
                if let pid = directory.pid { kill(pid, signal) }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Ends labs that only an engine knows of, such as those of other checkouts and state directories.
    ///
    /// - Returns: Their names.
    public static func removeOthers() async throws -> [String] {
        try await EngineRemains.removeAll()
    }
}

extension StateDirectory {
    /// Removes what labs left whose supervisors are gone; what an unreachable engine holds is left for another time.
    func removeStale() async {
        for lab in all() {
            guard let lock = FileLock.take(lab.lock) else { continue }
            defer { lock.release() }
            try? await lab.removeWithRemains()
        }
    }
}

extension LabDirectory {
    /// Removes what the lab's engine may still hold, then the lab's directory; for the holder of its lock.
    ///
    /// - Throws: ``LabError`` when the engine can't be asked; the directory then stays.
    func removeWithRemains() async throws {
        if let record, let identity = record.identity {
            try await EngineRemains.remove(identity, from: record.engine)
        }
        await EngineRemains.removeFromHost(directory: path)
        remove()
    }
}
