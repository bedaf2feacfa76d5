import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C and SIGTERM into the cancellation of a task, so that what was started is taken down before the end.
enum Interruption {
    private static let received = Mutex<Int32>(0)

    /// A command that was ended by the user, and where it stood.
    struct Stop: Error {
        /// Completes "interrupted …"; `nil` when the command has said it.
        let position: String?

        init(_ position: String?) { self.position = position }
    }

    /// Past everything that may hang, the console included; a lab that isn't kept notices and ends.
    private static func endAtOnce(_ signal: Int32) -> Never {
        let text = "lectern: interrupted again; stopped at once\n"
        _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        _exit(128 + signal)
    }

    /// Runs a body to an exit status: its own, or 128 and the signal's number when one interrupted it.
    ///
    /// The first signal cancels the body; a second one ends the process at once, for a teardown that hangs.
    static func statusOf(_ body: @escaping @Sendable () async throws -> Int32) async -> Int32 {
        // A task of its own, since the signal's handler must have something to cancel.
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            // The default action would win over the source.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                let isFirst = received.withLock { earlier in
                    defer { earlier = number }
                    return earlier == 0
                }
                if !isFirst { endAtOnce(number) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        let result = await task.result
        let number = received.withLock { $0 }
        if number != 0 { return 128 + number }
        return (try? result.get()) ?? 130
    }
}
