import Glibc
import Logging

/// How the read source gets the data.
enum Mode: String, CaseIterable {
    /// The request that stores an order adds it to the read source too.
    case inHandler = "in-handler"
    /// The mediator stores and publishes; the read source subscribes.
    case eventDriven = "event-driven"
}

struct SettingsError: Error, CustomStringConvertible {
    let description: String
}

/// Everything that can be set, from the environment. An empty value is as good as none.
struct Settings {
    static let help = """
        order-service: takes orders over HTTP, the demonstration application of the CQRS lessons.

        All settings come from the environment:
          APP_HOST              address to listen on (127.0.0.1; 0.0.0.0 for all)
          APP_PORT              port to listen on (3000)
          APP_START_TIMEOUT     seconds to wait for the servers below (60)
          ORDERS_MODE           event-driven or in-handler (event-driven)
          MONGODB_URL           read source; needed, such as mongodb://localhost:27017/simplecqrs_r
          WRITE_DB_HOST         write source (localhost)
          WRITE_DB_PORT         its port (3306)
          WRITE_DB_USER         its user (root)
          WRITE_DB_PASSWORD     its password (password)
          MESSAGE_BROKER_HOST   message broker (localhost)
          MESSAGE_BROKER_PORT   its port (9092)
          SIMPLECQRS_GROUPID    group under which the broker keeps what was received (simplecqrs)
          LOG_LEVEL             trace, debug, info, notice, warning, error or critical (info)
          LOG_FORMAT            plain or json (plain)

        POST /orders, GET /orders[/ID], GET /customers[/EMAIL] (?limit=1…1000), GET /health, GET /ready.
        SIGTERM ends it once requests and events under way are done.
        """

    let host: String
    let port: Int
    let startTimeout: Duration
    let mode: Mode
    let mongoDBURL: String
    let writeHost: String
    let writePort: Int
    let writeUser: String
    let writePassword: String
    let brokerHost: String
    let brokerPort: Int
    let groupID: String
    let logLevel: Logger.Level
    let logFormat: LineLog.Format

    /// - Parameter environment: Looks a variable up.
    /// - Throws: ``SettingsError``, naming the variable that is missing or wrong.
    init(environment: @escaping (String) -> String?) throws(SettingsError) {
        let values = Values(environment: environment)
        host = values.text("APP_HOST", "127.0.0.1")
        port = try values.number("APP_PORT", 3000, in: 1...65535)
        startTimeout = .seconds(try values.number("APP_START_TIMEOUT", 60, in: 1...3600))
        mode = try Self.mode(values.text("ORDERS_MODE", Mode.eventDriven.rawValue))
        mongoDBURL = values.text("MONGODB_URL", "")
        guard !mongoDBURL.isEmpty else {
            throw SettingsError(
                description: "'MONGODB_URL' is not set: it says where the read source is, "
                    + "such as mongodb://localhost:27017/simplecqrs_r")
        }
        writeHost = values.text("WRITE_DB_HOST", "localhost")
        writePort = try values.number("WRITE_DB_PORT", 3306, in: 1...65535)
        writeUser = values.text("WRITE_DB_USER", "root")
        // An empty password is a password.
        writePassword = environment("WRITE_DB_PASSWORD") ?? "password"
        brokerHost = values.text("MESSAGE_BROKER_HOST", "localhost")
        brokerPort = try values.number("MESSAGE_BROKER_PORT", 9092, in: 1...65535)
        groupID = values.text("SIMPLECQRS_GROUPID", "simplecqrs")
        logLevel = try values.oneOf("LOG_LEVEL", Logger.Level.info)
        logFormat = try values.oneOf("LOG_FORMAT", LineLog.Format.plain)
    }

    private static func mode(_ text: String) throws(SettingsError) -> Mode {
        if let mode = Mode(rawValue: text) { return mode }
        let known = Mode.allCases.map(\.rawValue).joined(separator: " or ")
        let hint = text == "outbox" ? ", which a later lesson adds" : ""
        throw SettingsError(description: "'ORDERS_MODE' is '\(text)'\(hint); it must be \(known)")
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

private struct Values {
    let environment: (String) -> String?

    func text(_ name: String, _ usual: String) -> String {
        guard let value = environment(name), !value.isEmpty else { return usual }
        return value
    }

    func number(_ name: String, _ usual: Int, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        let value = text(name, String(usual))
        guard let number = Int(value), range ~= number else {
            throw SettingsError(
                description: "'\(name)' is '\(value)'; it must be a whole number "
                    + "from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func oneOf<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ usual: Choice
    ) throws(SettingsError) -> Choice where Choice.RawValue == String {
        let value = text(name, usual.rawValue)
        guard let choice = Choice(rawValue: value) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(description: "'\(name)' is '\(value)'; it must be one of \(known)")
        }
        return choice
    }
}
