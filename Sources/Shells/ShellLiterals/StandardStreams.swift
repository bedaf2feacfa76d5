import Glibc

/// The three descriptors of a program, written without buffering: what was written is out.
public enum StandardStreams {
    /// Where text may be written; the raw value is the descriptor's number.
    public enum Output: Int32, Sendable {
        case output = 1
        case error = 2
    }

    /// Writes all of the text. A reader that has gone ends the program by SIGPIPE; other failures are ignored, for
    /// there's no place left to report them.
    public static func write(_ text: String, to stream: Output = .output) {
        var text = text
        text.withUTF8 { buffer in
            var rest = UnsafeRawBufferPointer(buffer)
            while !rest.isEmpty {
                let count = Glibc.write(stream.rawValue, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if errno != EINTR && errno != EAGAIN {
                    return
                }
            }
        }
    }

    /// Whether somebody types, rather than a file or a pipe being read.
    public static var inputIsTerminal: Bool { isatty(0) == 1 }

    /// Whether a terminal shows what is written.
    public static var outputIsTerminal: Bool { isatty(1) == 1 }

    /// Whether standard output shows colours: a terminal that isn't `dumb`, and no `NO_COLOR`.
    public static var showsColor: Bool {
        guard outputIsTerminal, (environment("NO_COLOR") ?? "").isEmpty else { return false }
        return environment("TERM").map { $0 != "dumb" && !$0.isEmpty } ?? false
    }

    /// - Returns: `nil` for a variable that is not set; empty for one that is set to nothing.
    public static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
