import Diagnostics
import Lessons

/// Which failures of a run that keeps going may only follow from earlier ones.
///
/// The rule is simple, and errs on the side of "not": an action that fails names a file, a directory, a variable or a
/// service that an earlier action which failed names too, or it is in a terminal whose shell an earlier action was to
/// change (`cd`, `export`, `source`) or to leave for a program. Words that every command has (programs, options, numbers)
/// count for nothing.
struct Consequences {
    private struct Failure {
        var place: SourcePlace
        var terminal: String?
        var names: Set<String>
        /// The command that was to change the terminal's shell, or to start a program there.
        var opening: String?
    }

    private var failures: [Failure] = []

    /// Takes in an action that failed.
    ///
    /// - Returns: The earliest failure that may have caused it, and what both name.
    mutating func cause(ofFailure action: Action, in terminal: String?) -> (place: SourcePlace, name: String)? {
        let names = Self.names(in: action.text)
        let cause = failures.lazy.compactMap { failure -> (SourcePlace, String)? in
            if let shared = names.intersection(failure.names).max(by: { $0.count < $1.count }) {
                return (failure.place, shared)
            }
            if let opening = failure.opening, failure.terminal == terminal { return (failure.place, opening) }
            return nil
        }.first
        failures.append(
            Failure(
                place: cause?.0 ?? action.place, terminal: terminal, names: names,
                opening: Self.opening(of: action.text)))
        return cause.map { (place: $0.0, name: $0.1) }
    }

    private static func opening(of text: String) -> String? {
        guard let program = words(of: text).first else { return nil }
        return openings.contains(program) ? program : nil
    }

    private static let openings: Set<String> = [
        "cd", "export", "source", ".", "su", "bash", "sh", "python", "python3", "mariadb", "mysql", "mongosh", "psql",
        "sqlite3", "node", "redis-cli", "ssh",
    ]

    /// What a command names beside its programs: parts of paths and words of three letters or more.
    private static func names(in text: String) -> Set<String> {
        var names: Set<String> = []
        for line in text.split(whereSeparator: { $0.isNewline || ";|&".contains($0) }) {
            for word in words(of: String(line)).dropFirst() where !word.hasPrefix("-") {
                for part in word.split(whereSeparator: { "/=:$(){}[]<>,@".contains($0) }) where isName(part) {
                    names.insert(String(part))
                }
            }
            // A program of the lesson's own (`./greet.sh`) is a name as well.
            if let program = words(of: String(line)).first, program.contains("/") || program.contains(".") {
                names.formUnion(program.split(separator: "/").filter(isName).map(String.init))
            }
        }
        return names
    }

    private static func isName(_ part: Substring) -> Bool {
        part.count > 2 && part.contains(where: \.isLetter) && !common.contains(String(part))
    }

    private static let common: Set<String> = [
        "srv", "lib", "share", "local", "localhost", "http", "https", "tmp", "usr", "etc", "var", "dev", "null", "home",
        "root", "bin", "opt", "and",
        "the",
        "select", "from", "where", "json", "get", "describe", "install", "run", "echo", "cat", "true", "false", "bash",
    ]

    private static func words(of text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map { String($0.filter { !"'\"`\\".contains($0) }) }
            .filter { !$0.isEmpty && $0 != "sudo" }
    }
}
