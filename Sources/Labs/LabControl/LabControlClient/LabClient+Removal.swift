import FoundationEssentials
import FrameConnections
import Glibc
import HostFiles
public import LabControlProtocol
import LabEngines
import Labs
import Lessons
import Processes

extension LabClient {
    /// Ends a lab, whatever state it's in, and forgets how one of this name ended; returns when nothing of it is left.
    ///
    /// A supervisor that answers may take its time. One that doesn't, or doesn't end, is told by signal, and at last killed.
    ///
    /// - Throws: ``LabError``, also when a supervisor doesn't even end when it's killed.
    public static func remove(_ name: String) async throws {
        let state = StateDirectory.current
        let directory = try state.named(name)
        guard access(directory.path, F_OK) == 0 else {
            guard state.removeEnding(of: name) else { throw directory.noSuchLab }
            return
        }
        defer { state.removeEnding(of: name) }
        var isSilent = false
        if let client = try? await connect(to: name) {
            // Teardown in an engine takes as long as it takes, as long as the supervisor shows that it's alive.
            let end = await within(.seconds(60)) { await Result { try await client.stop() } }
            client.disconnect()
            try Task.checkCancellation()
            if case .failure(let error as LabError)? = end { isSilent = error.code == .notAnswering }
        }
        // One that hangs takes no orderly signal either.
        let steps: [(signal: Int32?, patience: Double)] =
            isSilent ? [(SIGKILL, 5)] : [(nil, 0.5), (SIGTERM, 3), (SIGKILL, 5)]
        for (signal, patience) in steps {
            if let signal { for supervisor in directory.supervisors() { supervisor.send(signal: signal) } }
            let deadline = ContinuousClock.now + .seconds(patience)
            repeat {
                if try await removeIfUnowned(directory) { return }
                try await Task.sleep(for: .milliseconds(20))
            } while ContinuousClock.now < deadline
        }
        let numbers = directory.supervisors().map { "\($0.pid)" }.joined(separator: ", ")
        throw LabError(
            code: .system, problem: "the supervisor of lab '\(name)' does not end, though it was killed",
            remedy: "see what holds it: cat /proc/\(numbers.isEmpty ? "PID" : numbers)/status")
    }

    /// - Returns: `true` when the lab is gone.
    private static func removeIfUnowned(_ directory: LabDirectory) async throws -> Bool {
        guard access(directory.path, F_OK) == 0 else { return directory.supervisors().isEmpty }
        // A lock that somebody put in the place of the supervisor's own can be taken while that lives.
        guard directory.supervisors().isEmpty, let lock = FileLock.take(directory.lock) else { return false }
        defer { lock.release() }
        try await directory.removeWithRemains()
        return true
    }

    /// Ends labs that only an engine knows of, such as those of other checkouts and state directories.
    ///
    /// - Returns: Their names.
    public static func removeOthers() async throws -> [String] {
        try await EngineRemains.removeAll()
    }

    /// Labs that were to stay and have ended by themselves, in the order of their names; see ``LabEnding``.
    public static func endings() -> [LabEnding] { StateDirectory.current.savedEndings() }
}

extension Result where Failure == any Error, Success: Sendable {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

extension StateDirectory {
    /// Removes what labs left whose supervisors are gone; what an unreachable engine holds is left for another time.
    func removeStale() async {
        for lab in all() {
            guard let lock = FileLock.take(lab.lock) else { continue }
            defer { lock.release() }
            let record = lab.record
            guard (try? await lab.removeWithRemains()) != nil, let record, record.isKept == true else { continue }
            let reason = LabError(
                code: .supervisorGone, problem: "its supervisor was killed, or the machine was restarted")
            try? save(
                LabEnding(name: lab.name, reason: reason, engine: record.engine, lesson: record.request.lesson))
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

    /// The processes that hold this lab's lock as a supervisor does, found among all of this user's: what is written in the
    /// lab's directory counts for nothing, since a number in a file may be anybody's.
    func supervisors() -> [ProcessHandle] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.compactMap { name in
            guard let pid = Int32(name), pid > 1, pid != getpid(), holdsLock(pid), let handle = ProcessHandle(pid: pid)
            else { return nil }
            // The number may have become another's between the look and the handle.
            return holdsLock(pid) ? handle : nil
        }
    }

    private func holdsLock(_ pid: Int32) -> Bool {
        let target = try? FileManager.default.destinationOfSymbolicLink(
            atPath: "/proc/\(pid)/fd/\(LabDirectory.lockDescriptor)")
        // The second form is that of a lock which is no longer in its place.
        return target == lock || target == lock + " (deleted)"
    }
}
