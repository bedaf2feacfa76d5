import ArgumentParser
import FoundationEssentials

/// What the user passes of the environment to a lesson; of itself a lesson gets nothing.
struct VariableOptions: ParsableArguments {
    @Option(
        name: .customLong("env"),
        help: ArgumentHelp(
            "A variable for the lesson's Compose files: NAME passes yours on, NAME=VALUE sets it. May be repeated.",
            discussion:
                "A lesson sees nothing else of your environment, except LECTERN_…_PORT when it is a port's number.",
            valueName: "name"))
    var variables: [String] = []

    func validate() throws {
        for variable in variables where !Self.isName(variable.prefix { $0 != "=" }) {
            throw ValidationError("--env must be NAME or NAME=VALUE, with letters, digits and underscores in the name")
        }
    }

    /// - Throws: ``CommandError`` for a variable that is to be passed on and isn't set.
    func values() throws -> [String: String] {
        let environment = ProcessInfo.processInfo.environment
        var values = environment.filter { Self.isPort($0.key, $0.value) }
        for variable in variables {
            let name = String(variable.prefix { $0 != "=" })
            if variable.contains("=") {
                values[name] = String(variable.drop { $0 != "=" }.dropFirst())
            } else if let value = environment[name] {
                values[name] = value
            } else {
                throw CommandError(
                    problem: "the variable '\(name)', which '--env' passes to the lesson, isn't set",
                    remedy: "set it, or write --env \(name)=VALUE")
            }
        }
        return values
    }

    /// The ports at which our own lab is published; numbers tell a lesson nothing.
    private static func isPort(_ name: String, _ value: String) -> Bool {
        name.hasPrefix("LECTERN_") && name.hasSuffix("_PORT") && Int(value).map { (1...65535).contains($0) } == true
    }

    private static func isName(_ name: Substring) -> Bool {
        guard let first = name.first, !first.isNumber else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
