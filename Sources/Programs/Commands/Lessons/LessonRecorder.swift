import Diagnostics
import FoundationEssentials
import Glibc
import HostFiles
import LabControlClient
import LabControlProtocol
import Lessons
import Processes
import Synchronization

/// Where the terminals of a run are recorded, a file each: `T1.cast`, `T2.cast` …
struct RecordingDirectory: Sendable {
    let path: String

    /// Makes the directory, and those above it, unless it's there.
    init(path: String) throws(CommandError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError(
                problem: "recordings cannot be written to '\(path)': \(String(cString: strerror(errno)))",
                remedy: "name a directory that you may write to")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw CommandError(
                problem: "recordings cannot be written to '\(path)': \(String(cString: strerror(errno)))",
                remedy: "name a directory that you may write to")
        }
    }

    /// The part of one lesson of several.
    func directory(named name: String) throws(CommandError) -> RecordingDirectory {
        try RecordingDirectory(path: "\(path)/\(name)")
    }
}

/// Writes a lesson's recordings while it runs.
///
/// A file that can't be written is told of at once and left with whole lines; the run goes on without it.
final class LessonRecorder: Sendable {
    private struct File {
        var path: String
        var descriptor: Int32
        /// How many bytes of whole lines it holds.
        var length = 0
        var problem: String?
    }

    private let directory: RecordingDirectory
    private let console: Console
    private let stream: RecordingStream
    private let files = Mutex<[String: File]>([:])

    private init(directory: RecordingDirectory, console: Console, stream: RecordingStream) {
        self.directory = directory
        self.console = console
        self.stream = stream
    }

    /// Records a lab's terminals while a body runs.
    ///
    /// - Parameter directory: `nil` records nothing.
    /// - Returns: What the body returned or threw, and the recordings, complete also when the task is cancelled.
    static func during<Value: Sendable>(
        _ lab: LabClient, into directory: RecordingDirectory?, console: Console,
        _ body: () async throws -> Value
    ) async throws -> (result: Result<Value, any Error>, recordings: [Recording]) {
        guard let directory else { return (await result(of: body), []) }
        let recorder = LessonRecorder(directory: directory, console: console, stream: try await lab.record())
        // A task of its own: cancelling the run must not cut off what was recorded before.
        let writer = Task { await recorder.stream.read(recorder.write) }
        let result = await result(of: body)
        recorder.stream.finish()
        await writer.value
        return (result, recorder.close())
    }

    private static func result<Value>(of body: () async throws -> Value) async -> Result<Value, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    private func write(_ terminal: String, _ lines: [UInt8]) {
        files.withLock { files in
            var file = files[terminal] ?? open(terminal)
            append(lines, to: &file)
            files[terminal] = file
        }
    }

    private func open(_ terminal: String) -> File {
        let path = "\(directory.path)/\(terminal).cast"
        var file = File(path: path, descriptor: -1)
        do throws(SystemFailure) {
            guard FileName.isUsable(terminal) else { throw SystemFailure("'\(terminal)'", number: EINVAL) }
            // A link that came with a directory is replaced.
            file.descriptor = try makeFile(inPlaceOf: path)
        } catch {
            fail(&file, error.number)
        }
        return file
    }

    private func append(_ lines: [UInt8], to file: inout File) {
        guard file.problem == nil else { return }
        var rest = lines[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file.descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = errno
                // Lines are whole or not there.
                let written = lines[..<rest.startIndex]
                file.length += written.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
                _ = ftruncate(file.descriptor, off_t(file.length))
                return fail(&file, reason)
            }
            rest = rest.dropFirst(count)
        }
        file.length += lines.count
    }

    private func fail(_ file: inout File, _ reason: Int32) {
        let text = String(cString: strerror(reason))
        file.problem = text
        console.problem(
            "the recording '\(file.path)' ends here: \(text)\n  try: free up disk space, or record to another directory"
        )
    }

    private func close() -> [Recording] {
        files.withLock { files in
            defer { files = [:] }
            for file in files.values where file.descriptor >= 0 { Glibc.close(file.descriptor) }
            return files.sorted { $0.key.count == $1.key.count ? $0.key < $1.key : $0.key.count < $1.key.count }
                .map { Recording(terminal: $0.key, path: $0.value.path, problem: $0.value.problem) }
        }
    }
}
