import Glibc
import Logging

@main
struct OrderService {
    static let version = "0.1.0"

    static func main() async {
        switch CommandLine.arguments.dropFirst().first {
        case "--help", "-h": print(Settings.help)
        case "--version": print("order-service \(version)")
        case let word?:
            end("unknown argument '\(word)'; settings come from the environment, see --help", status: EX_USAGE)
        case nil: await serve()
        }
    }

    private static func serve() async {
        do {
            let settings = try Settings(environment: Settings.environment)
            LoggingSystem.bootstrap { _ in LineLog(format: settings.logFormat, logLevel: settings.logLevel) }
            try await Assembly(settings).run()
        } catch let error as SettingsError {
            end("\(error)", status: EX_USAGE)
        } catch {
            end("\(error)", status: EXIT_FAILURE)
        }
    }

    private static func end(_ sentence: String, status: Int32) -> Never {
        LineLog.write("order-service: \(sentence)", to: STDERR_FILENO)
        exit(status)
    }
}
