import Glibc
import MongoShell
import ShellLiterals

@main
enum Mongosh {
    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ arguments: [String]) -> Int32 {
        do {
            let options = try MongoShellOptions(arguments)
            switch options.action {
            case .showHelp: StandardStreams.write("\n\(MongoShellOptions.help)\n")
            case .showVersion: StandardStreams.write("\(MongoShellOptions.version)\n")
            case .run: return try converse(options)
            }
            return 0
        } catch {
            StandardStreams.write("\(error)\n", to: .error)
            return 1
        }
    }

    private static func converse(_ options: MongoShellOptions) throws -> Int32 {
        let address = try ConnectionString(options.address, host: options.host, port: options.port)
        if !options.isQuiet {
            StandardStreams.write(
                "Current Mongosh Log ID:\t\(Banner.logID())\nConnecting to:\t\t\(address.displayed)\n")
        }
        let connection = try MongoConnection(address)
        let version = try Banner.serverVersion(connection)
        if !options.isQuiet {
            StandardStreams.write("Using MongoDB:\t\t\(version)\nUsing Mongosh:\t\t\(MongoShellOptions.version)\n\n")
        }
        let session = MongoShellSession(
            server: connection, database: address.database,
            colors: options.allowsColor && StandardStreams.showsColor,
            isInterrupted: { Interruption.isWanted }, print: { StandardStreams.write("\($0)\n") })
        for program in options.programs {
            if let status = show(session.evaluate(program), endsOnFailure: true) { return status }
        }
        guard options.programs.isEmpty || options.staysOpen else { return 0 }
        return Conversation(session: session).run()
    }

    /// - Returns: The exit status when the reply ends the program.
    static func show(_ reply: MongoShellSession.Reply, endsOnFailure: Bool = false) -> Int32? {
        switch reply {
        case .nothing: return nil
        case .text(let text): StandardStreams.write("\(text)\n")
        case .clearScreen: if StandardStreams.outputIsTerminal { StandardStreams.write("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
        case .exit(let status): return status
        case .failure(let error) where endsOnFailure:
            StandardStreams.write("\(error)\n", to: .error)
            return 1
        case .failure(let error):
            StandardStreams.write((error.name == "SyntaxError" ? "Uncaught:\n" : "") + "\(error)\n")
        }
        return nil
    }
}
