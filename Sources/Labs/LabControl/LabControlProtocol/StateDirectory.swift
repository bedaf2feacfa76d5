import FoundationEssentials
import Glibc
package import HostFiles
package import Labs

/// Where labs live on the host: `$XDG_STATE_HOME/lectern`, for the user alone.
public struct StateDirectory: Sendable {
    /// May not exist yet: the first lab makes it.
    public let path: String
    /// - Parameter environment: `XDG_STATE_HOME` and `HOME` matter; a relative path is ignored.
    public init(environment: [String: String]) {
        let given = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        path = (given ?? (environment["HOME"] ?? "/root") + "/.local/state") + "/lectern"
    }

    /// The state directory of this process's user.
    public static var current: StateDirectory {
        StateDirectory(environment: ProcessInfo.processInfo.environment)
    }

    /// The directory of a lab that a person named; whether it's there is another question.
    ///
    /// - Throws: ``LabError`` for what can't be a name, which would lead somewhere else.
    package func named(_ name: String) throws -> LabDirectory {
        guard Self.isName(name) else {
            throw LabError(
                code: .noSuchLab, problem: "there is no lab '\(name)': that can't be the name of one",
                remedy: "'lectern status' shows the labs there are")
        }
        return lab(name)
    }

    package func lab(_ name: String) -> LabDirectory { LabDirectory(name: name, path: "\(path)/labs/\(name)") }

    /// Every lab that has a directory, in the order of their names.
    package func all() -> [LabDirectory] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/labs")) ?? []
        return names.filter(Self.isName).sorted().map(lab)
    }

    /// Makes a lab's directory and locks it.
    ///
    /// - Parameter name: `nil` for the first free one of `lab`, `lab-2`, `lab-3` …
    package func claim(_ name: String?) throws -> (LabDirectory, FileLock) {
        if let name {
            guard Self.isName(name) else {
                throw LabError(
                    code: .badName, problem: "'\(name)' can't be the name of a lab",
                    remedy: "use up to 32 lower-case letters, digits and hyphens, without a hyphen at the beginning")
            }
            guard let claimed = try claim(lab(name)) else {
                throw LabError(
                    code: .nameTaken, problem: "there is a lab '\(name)' already",
                    remedy: "end it with 'lectern down \(name)', or take another name")
            }
            return claimed
        }
        for number in 1...999 {
            if let claimed = try claim(lab(number == 1 ? "lab" : "lab-\(number)")) { return claimed }
        }
        throw LabError(code: .nameTaken, problem: "there are too many labs", remedy: "end some with 'lectern down'")
    }

    private func claim(_ lab: LabDirectory) throws -> (LabDirectory, FileLock)? {
        // Whoever removes a stale directory may do so between our steps; then there's none, and we begin again.
        for _ in 0..<5 {
            do {
                try FileManager.default.createDirectory(
                    atPath: lab.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw LabError(
                    code: .system,
                    problem: "the directory '\(lab.path)' can't be made: \(String(cString: strerror(errno)))",
                    remedy: "see that you may write there and that the disk has room, or set XDG_STATE_HOME")
            }
            guard let lock = FileLock.take(lab.lock) else {
                if access(lab.lock, F_OK) == 0 { return nil }
                continue
            }
            lab.empty()
            removeEnding(of: lab.name)
            return (lab, lock)
        }
        return nil
    }

    static func isName(_ name: String) -> Bool {
        let allowed = name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
        return allowed && FileName.isUsable(name) && name.utf8.count <= 32 && !name.hasPrefix("-")
    }
}

/// The files of one lab.
package struct LabDirectory: Sendable {
    package let name: String
    package let path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// The number under which a supervisor has its lab's lock open.
    package static let lockDescriptor: Int32 = 3
    /// The number under which a supervisor has the socket for passing terminals to the client that started it.
    package static let passingDescriptor: Int32 = 4

    /// Locked for as long as the lab's supervisor lives.
    package var lock: String { path + "/lock" }
    private var recordFile: String { path + "/lab.json" }
    package var pidFile: String { path + "/pid" }
    package var supervisorLog: String { path + "/supervisor.log" }

    /// Calls `body` with a short path of the control socket: one of the file system may be longer than a socket's address.
    package func withSocketPath<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw noSuchLab }
        defer { close(directory) }
        return try await body("/proc/self/fd/\(directory)/control.sock")
    }

    package var noSuchLab: LabError {
        if let ending = StateDirectory.current.ending(of: name) {
            return LabError(
                code: .labEnded, problem: "lab '\(name)' ended at \(ending.endedAt): \(ending.reason.problem)",
                remedy: "start it again: lectern up \(ending.lesson ?? "SCENARIO") --name \(name)",
                logTail: ending.reason.logTail)
        }
        let others = StateDirectory.current.all().map(\.name).filter { $0 != name }
        return LabError(
            code: .noSuchLab, problem: "there is no lab '\(name)'",
            remedy: others.isEmpty
                ? "stand one up with 'lectern up SCENARIO --name \(name)'"
                : "name one that there is: \(others.joined(separator: ", "))")
    }

    package var pid: Int32? {
        (try? String(contentsOfFile: pidFile, encoding: .utf8)).flatMap { Int32($0) }.flatMap { $0 > 1 ? $0 : nil }
    }

    /// `nil` before the lab has an engine.
    package var record: LabRecord? {
        (try? Data(contentsOf: URL(filePath: recordFile))).flatMap { try? decode(LabRecord.self, from: [UInt8]($0)) }
    }

    package func write(_ record: LabRecord) throws {
        try replaceFile(recordFile, with: encode(record))
    }

    /// Removes all but the lock.
    func empty() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name != "lock" {
            removeTree("\(path)/\(name)")
        }
    }

    /// Removes the lab's directory; for the holder of its lock.
    package func remove() {
        // Processes that are being killed may still write for a moment, and nothing tells when the last has: it's tried
        // again. What is there after all is found by the next command.
        let deadline = ContinuousClock.now + .seconds(1)
        while true {
            empty()
            removeTree(lock)
            if rmdir(path) == 0 || errno == ENOENT || ContinuousClock.now >= deadline { return }
            usleep(5000)
        }
    }
}
