import Logging
import Testing

@testable import order_service

@Suite struct SettingsTests {
    private static let url = ["MONGODB_URL": "mongodb://localhost/x"]

    private func settings(_ environment: [String: String]) throws -> Settings {
        let all = Self.url.merging(environment) { $1 }
        return try Settings { all[$0] }
    }

    @Test("only the read source has to be named; an empty variable is as good as none")
    func defaults() throws {
        for settings in [try settings([:]), try settings(["APP_PORT": "", "LOG_LEVEL": "", "ORDERS_MODE": ""])] {
            #expect(settings.host == "127.0.0.1" && settings.port == 3000 && settings.startTimeout == .seconds(60))
            #expect(settings.mode == .eventDriven && settings.mongoDBURL == "mongodb://localhost/x")
            #expect(settings.writeHost == "localhost" && settings.writePort == 3306)
            #expect(settings.writeUser == "root" && settings.writePassword == "password")
            #expect(settings.brokerHost == "localhost" && settings.brokerPort == 9092)
            #expect(settings.groupID == "simplecqrs" && settings.logLevel == .info && settings.logFormat == .plain)
        }
        #expect(try settings(["WRITE_DB_PASSWORD": ""]).writePassword.isEmpty)
    }

    @Test("what is set is taken")
    func values() throws {
        let settings = try settings([
            "APP_HOST": "0.0.0.0", "APP_PORT": "65535", "APP_START_TIMEOUT": "3600", "ORDERS_MODE": "in-handler",
            "WRITE_DB_HOST": "db", "WRITE_DB_PORT": "1", "WRITE_DB_USER": "me", "WRITE_DB_PASSWORD": "p",
            "MESSAGE_BROKER_HOST": "broker", "MESSAGE_BROKER_PORT": "2", "SIMPLECQRS_GROUPID": "g",
            "LOG_LEVEL": "trace", "LOG_FORMAT": "json",
        ])
        #expect(settings.host == "0.0.0.0" && settings.port == 65535 && settings.startTimeout == .seconds(3600))
        #expect(settings.mode == .inHandler && settings.groupID == "g")
        #expect(settings.writeHost == "db" && settings.writePort == 1)
        #expect(settings.writeUser == "me" && settings.writePassword == "p")
        #expect(settings.brokerHost == "broker" && settings.brokerPort == 2)
        #expect(settings.logLevel == .trace && settings.logFormat == .json)
    }

    @Test(
        "a wrong value is named, with what would be right",
        arguments: [
            ("APP_PORT", "0", "'APP_PORT' is '0'; it must be a whole number from 1 to 65535"),
            ("APP_PORT", "http", "'APP_PORT' is 'http'; it must be a whole number from 1 to 65535"),
            ("APP_START_TIMEOUT", "3601", "'APP_START_TIMEOUT' is '3601'; it must be a whole number from 1 to 3600"),
            ("MESSAGE_BROKER_PORT", "-1", "'MESSAGE_BROKER_PORT' is '-1'; it must be a whole number from 1 to 65535"),
            ("WRITE_DB_PORT", "3 306", "'WRITE_DB_PORT' is '3 306'; it must be a whole number from 1 to 65535"),
            ("ORDERS_MODE", "both", "'ORDERS_MODE' is 'both'; it must be in-handler or event-driven"),
            (
                "ORDERS_MODE", "outbox",
                "'ORDERS_MODE' is 'outbox', which a later lesson adds; it must be in-handler or event-driven"
            ),
            ("LOG_FORMAT", "xml", "'LOG_FORMAT' is 'xml'; it must be one of plain, json"),
            (
                "LOG_LEVEL", "loud",
                "'LOG_LEVEL' is 'loud'; it must be one of trace, debug, info, notice, warning, error, critical"
            ),
            (
                "MONGODB_URL", "",
                "'MONGODB_URL' is not set: it says where the read source is, such as mongodb://localhost:27017/simplecqrs_r"
            ),
        ])
    func wrongValues(name: String, value: String, message: String) {
        let error = #expect(throws: SettingsError.self) { try settings([name: value]) }
        #expect(error?.description == message)
    }

    @Test("the help names every variable that is read")
    func help() throws {
        let all = Self.url
        var asked: Set<String> = []
        _ = try Settings {
            asked.insert($0)
            return all[$0]
        }
        #expect(asked.count == 14)
        for name in asked { #expect(Settings.help.contains("  \(name) "), "\(name)") }
    }
}

@Suite struct LineLogTests {
    @Test("for people a line is the message, with the level where it matters and fields in quotation marks")
    func plain() {
        #expect(LineLog.plain("ready", at: .info, with: []) == "ready")
        #expect(
            LineLog.plain("waiting", at: .warning, with: [("reason", "a \"b\"\n"), ("x", "1")])
                == #"warning: waiting reason="a \"b\"\n" x="1""#)
    }

    @Test("for programs it is one object of JSON on one line, which no field can break")
    func json() throws {
        let line = LineLog.json("a\nb", at: .error, with: [("path", "/x\"y"), ("level", "mine")])
        #expect(!line.contains("\n"))
        #expect(
            line.hasPrefix(#"{"level":"#) && line.contains(#""message":"a\nb""#) && line.contains(#""path":"/x\"y""#))
        let time = try #require(line.firstMatch(of: /"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/))
        #expect(time.1.count == 24)
    }
}
