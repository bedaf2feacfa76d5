import Foundation
import Synchronization

/// The built `lectern`, run as a user runs it.
struct LecternProgram {
    struct Run {
        var status: Int32
        var output: String
        var problems: String
    }

    /// The programs lie beside the one that runs the tests.
    static let directory: URL = {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: path).deletingLastPathComponent()
    }()

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Why no lab can be had here, or `nil`.
    static let missing: String? = {
        let run = try? LecternProgram().run(["doctor"])
        return run?.status == 0 ? nil : "lectern doctor: \(run?.output ?? "did not run")"
    }()

    /// A directory of its own, so that runs beside this one neither see nor disturb its labs.
    let state: URL
    var environment = ProcessInfo.processInfo.environment

    init() throws {
        state = FileManager.default.temporaryDirectory.appending(path: "lectern-test-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        environment["XDG_STATE_HOME"] = state.path
        environment["TERM"] = "dumb"
    }

    func remove() { try? FileManager.default.removeItem(at: state) }

    func start(
        _ arguments: [String], of program: String? = nil
    ) throws -> (process: Process, output: Pipe, problems: Pipe) {
        let process = Process()
        process.executableURL = program.map { URL(filePath: $0) } ?? Self.directory.appending(path: "lectern")
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = Self.repository
        process.standardInput = FileHandle.nullDevice
        let (output, problems) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = problems
        try process.run()
        return (process, output, problems)
    }

    func run(_ arguments: [String], of program: String? = nil) throws -> Run {
        let (process, output, problems) = try start(arguments, of: program)
        let errors = Mutex(Data())
        let hasRead = DispatchSemaphore(value: 0)
        Thread {
            errors.withLock { $0 = problems.fileHandleForReading.readDataToEndOfFile() }
            hasRead.signal()
        }.start()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        hasRead.wait()
        return Run(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            problems: String(decoding: errors.withLock { $0 }, as: UTF8.self))
    }

    /// Writes a lesson page and gives its path.
    func page(_ markdown: String) throws -> String {
        let file = state.appending(path: "page-\(UUID().uuidString.prefix(8)).md")
        try markdown.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Processes, inside labs too, that were started with just these words.
    static func processes(_ words: String...) -> [String] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let line = Data(words.map { $0 + "\0" }.joined().utf8)
        return numbers.filter { Int($0) != nil && FileManager.default.contents(atPath: "/proc/\($0)/cmdline") == line }
    }

    /// Processes whose command line or environment still names this run's state.
    func leftovers() -> [String] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.filter { Int($0) != nil }.compactMap { number in
            guard let environment = FileManager.default.contents(atPath: "/proc/\(number)/environ"),
                Int32(number) != ProcessInfo.processInfo.processIdentifier,
                String(decoding: environment, as: UTF8.self).contains("XDG_STATE_HOME=\(state.path)")
            else { return nil }
            let command = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
            return String(decoding: command, as: UTF8.self).replacing("\0", with: " ")
        }
    }
}
