/// The command line of `mongosh`, as far as the stand-in knows it.
public struct MongoShellOptions: Hashable, Sendable {
    /// What the program is to do.
    public enum Action: Hashable, Sendable { case run, showHelp, showVersion }

    /// `run` unless `--help` or `--version` was given; the last of those counts.
    public var action = Action.run
    /// The one argument that is not an option: a connection string, `host/database` or a database's name.
    public var address: String?
    /// The value of `--host`, unchecked.
    public var host: String?
    /// The value of `--port`, 1–65535.
    public var port: UInt16?
    /// Programs to run instead of a conversation, in order.
    public var programs: [String] = []
    /// Whether a conversation follows the programs.
    public var staysOpen = false
    /// Hides the banner.
    public var isQuiet = false
    /// `false` after `--no-color`. Whether values are coloured depends on the terminal too.
    public var allowsColor = true

    /// - Parameter arguments: Without the program's name.
    /// - Throws: ``ShellError`` for an unknown option or a wrong value.
    public init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        func value(of option: String, _ inline: Substring?) throws -> String {
            if let inline { return String(inline) }
            guard let next = rest.popFirst() else { throw Self.problem("option \(option) needs a value") }
            return next
        }
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-"), argument.utf8.count > 1 else {
                guard address == nil else { throw Self.problem("unexpected argument: \(argument)") }
                guard !argument.hasSuffix(".js") else {
                    throw Self.problem("this stand-in runs no script files: \(argument); use --eval or standard input")
                }
                address = argument
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let inline = parts.count > 1 ? parts[1] : nil
            switch parts[0] {
            case "--help", "-h": action = .showHelp
            case "--version": action = .showVersion
            case "--quiet": isQuiet = true
            case "--shell": staysOpen = true
            case "--norc": break
            case "--no-color": allowsColor = false
            case "--eval": programs.append(try value(of: "--eval", inline))
            case "--host": host = try value(of: "--host", inline)
            case "--port":
                let text = try value(of: "--port", inline)
                guard let number = UInt16(text), number > 0 else { throw Self.problem("invalid port: \(text)") }
                port = number
            default: throw Self.problem("unrecognized option: \(parts[0])")
            }
        }
    }

    private static func problem(_ text: String) -> ShellError { ShellError("Error parsing command line", text) }

    /// What `--version` prints. Says that it is not MongoDB's program, so that nobody takes it for that.
    public static let version = "Lectern's stand-in for mongosh 2 (not MongoDB's own shell)"

    /// What `--help` prints, without a final newline.
    public static let help = """
          $ mongosh [options] [db address]

          Lectern's stand-in for mongosh: queries, aggregations and writes on a MongoDB server.

          Options:

            -h, --help            Show this text
                --version         Show what this program is
                --quiet           Don't show the banner
                --eval [arg]      Evaluate a program; may be given more than once
                --shell           Open the shell after --eval
                --host [arg]      Server to connect to
                --port [arg]      Port to connect to
                --no-color        Don't colour values; NO_COLOR does the same

          DB Address Examples:

                foo                             Database foo on the local server
                192.168.0.5/foo                 Database foo on 192.168.0.5
                mongodb://192.168.0.5:9999/foo  Connection string URI
        """
}
