import ShellLiterals

/// What can complete a line, for the Tab key.
public struct Completion: Hashable, Sendable {
    /// The part of the word that is there already.
    public let typed: String
    /// Whole words that begin with it, sorted.
    public let candidates: [String]

    /// What all candidates have in common beyond what was typed; empty when they differ at once.
    public var sharedRest: String {
        guard let first = candidates.first else { return "" }
        let shared = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        return String(shared.dropFirst(typed.count))
    }
}

extension MongoShellSession {
    private static let commands = ["exit", "help", "it", "quit", "show", "use", "cls", "db"]
    private static let showArguments = ["collections", "databases", "dbs", "tables"]
    private static let statements = [
        "const", "for", "function", "if", "let", "print", "printjson", "return", "throw", "try", "var", "while",
    ]

    /// - Parameter line: The text before the cursor.
    /// - Returns: `nil` where nothing fits, or the server can't be asked for the names.
    public func completion(of line: String) -> Completion? {
        if line.hasPrefix("show ") { return argument(line.dropFirst(5), of: Self.showArguments) }
        if line.hasPrefix("use ") { return argument(line.dropFirst(4), of: databaseNames()) }
        // Calls are passed over as a whole, so that what follows them is seen: `db.orders.find({}).`
        let words = Path.words(of: line)
        guard let typed = words.last else { return nil }
        if words.count == 1 {
            // A tab after a blank is one that somebody typed, or pasted, to move a word.
            guard !typed.isEmpty else { return nil }
            let isFirst = line.allSatisfy(\.isPartOfName)
            return found((isFirst ? Self.commands : ["db"]) + Self.statements + evaluator.globals.names, typed)
        }
        return member(of: words.dropLast(), typed)
    }

    private func found(_ words: [String], _ typed: String) -> Completion? {
        let candidates = Set(words).filter { $0.hasPrefix(typed) }.sorted()
        return candidates.isEmpty ? nil : Completion(typed: typed, candidates: candidates)
    }

    private func argument(_ text: Substring, of words: [String]) -> Completion? {
        let typed = text.drop(while: \.isWhitespace)
        return typed.contains(where: \.isWhitespace) ? nil : found(words, String(typed))
    }

    private func databaseNames() -> [String] {
        let reply = try? evaluator.server.run(["listDatabases": 1, "nameOnly": true], on: "admin")
        guard case .array(let databases)? = reply?["databases"] else { return [] }
        return databases.compactMap { entry in
            if case .object(let fields) = entry, case .string(let name)? = fields["name"] { name } else { nil }
        }
    }

    /// The members of what a path like `db`, `orders`, `find()` leads to.
    private func member(of path: ArraySlice<String>, _ typed: String) -> Completion? {
        let names = path.map { $0.hasSuffix("()") ? String($0.dropLast(2)) : $0 }
        let isCall = path.last?.hasSuffix("()") ?? false
        guard names.first == "db" else { return found(methods(ofVariable: Array(path)), typed) }
        if path.count == 1 {
            let collections = (try? DatabaseMethods.collectionNames(of: evaluator.database, on: evaluator.server)) ?? []
            return found(collections.filter(\.isPathName) + Array(DatabaseMethods.all.keys), typed)
        }
        let calls = path.dropFirst().filter { $0.hasSuffix("()") }
        if calls.isEmpty { return found(Array(CollectionMethods.all.keys), typed) }
        // A collection by its name, as in `db.getCollection('x').`
        if isCall, calls.count == 1, names.last == "getCollection" {
            return found(Array(CollectionMethods.all.keys), typed)
        }
        let first = calls.first.map { String($0.dropLast(2)) }
        guard isCall, first == "find" || first == "aggregate" else { return nil }
        return found(calls.last == "toArray()" ? Array(ListMethods.all.keys) : CursorMethods.names, typed)
    }

    private func methods(ofVariable path: [String]) -> [String] {
        guard path.count == 1, let value = evaluator.globals.value(of: path[0]) else { return [] }
        return switch value {
        case .collection: Array(CollectionMethods.all.keys)
        case .cursor: CursorMethods.names
        case .list: Array(ListMethods.all.keys)
        case .literal(.string): Array(TextMethods.all.keys)
        case .object(let object): object.fields.map(\.name).filter(\.isPathName)
        default: []
        }
    }
}

/// The path at the end of a line: names with dots between them, calls written as `name()`.
private enum Path {
    /// - Returns: The last one is the word that is being typed, perhaps empty; none when no path is there.
    static func words(of line: String) -> [String] {
        var characters = Array(line)
        var words: [String] = []
        while true {
            let isCall = characters.last == ")" && !words.isEmpty
            if isCall {
                guard dropParentheses(&characters) else { return [] }
            }
            var name: [Character] = []
            while let last = characters.last, last.isPartOfName {
                name.append(last)
                characters.removeLast()
            }
            guard !name.isEmpty || words.isEmpty else { return [] }
            words.append(String(name.reversed()) + (isCall ? "()" : ""))
            guard characters.last == "." else { break }
            characters.removeLast()
        }
        if characters.last == ")" || characters.last == "]" { return [] }
        return words.reversed()
    }

    /// Drops what is in parentheses at the end, texts with parentheses in them too.
    private static func dropParentheses(_ characters: inout [Character]) -> Bool {
        var open = 0
        var quote: Character?
        while let last = characters.popLast() {
            if let current = quote {
                if last == current { quote = nil }
                continue
            }
            switch last {
            case "'", "\"", "`": quote = last
            case ")": open += 1
            case "(": open -= 1
            default: break
            }
            if open == 0 { return true }
        }
        return false
    }
}

extension Character {
    fileprivate var isPartOfName: Bool { isLetter || isNumber || self == "_" || self == "$" }
}

extension String {
    /// Whether the name can follow a dot.
    fileprivate var isPathName: Bool { !isEmpty && allSatisfy(\.isPartOfName) && first?.isNumber == false }

    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
