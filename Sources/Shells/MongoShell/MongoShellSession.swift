import ShellLiterals

/// A conversation with a database: takes lines, answers with what the shell shows.
public final class MongoShellSession {
    /// What entering a line led to.
    public enum Reply: Hashable, Sendable {
        /// Nothing to show: an empty line, a declaration, or more input is needed.
        case nothing
        /// Lines to show, without the last newline.
        case text(String)
        case failure(ShellError)
        case clearScreen
        case exit(status: Int32)
    }

    let evaluator: Evaluator
    private var pending: String?
    /// Bytes of lines that wait for more; each new line has all of them read again.
    private static let maxPendingLength = 1 << 20

    /// - Parameters:
    ///   - colors: Whether values carry the colours that mongosh gives them.
    ///   - isInterrupted: Asked often while a program runs; once it says yes the program ends.
    ///   - print: Takes each text of the `print` function, without a newline.
    public init(
        server: any MongoServer, database: String, colors: Bool = false,
        isInterrupted: @escaping () -> Bool = { false }, print: @escaping (String) -> Void
    ) {
        var style = LiteralStyle.shellValue
        style.colors = colors
        var limits = Evaluator.Limits()
        limits.isInterrupted = isInterrupted
        evaluator = Evaluator(server: server, database: database, style: style, limits: limits, print: print)
    }

    /// The text before the next line.
    public var prompt: String { pending == nil ? "\(evaluator.database)> " : "... " }

    /// Whether earlier lines wait for more.
    public var isContinuing: Bool { pending != nil }

    /// Forgets the lines that wait for more.
    public func abandonInput() { pending = nil }

    /// Takes one line; a statement that isn't whole yet waits for the next.
    public func enter(_ line: String) -> Reply {
        if pending == nil, let reply = command(line) { return reply }
        let text = pending.map { "\($0)\n\(line)" } ?? line
        do {
            let statements = try Parser.statements(of: text)
            pending = nil
            return run(statements)
        } catch let error as ShellError where error.isIncomplete && text.utf8.count < Self.maxPendingLength {
            pending = text
            return .nothing
        } catch {
            pending = nil
            return failure(error)
        }
    }

    /// Takes a whole program, as `--eval` gives it: what isn't whole is an error.
    public func evaluate(_ text: String) -> Reply {
        pending = nil
        if let reply = command(text) { return reply }
        do {
            return run(try Parser.statements(of: text))
        } catch {
            return failure(error)
        }
    }

    private func run(_ statements: [Statement]) -> Reply {
        do {
            return shown(try evaluator.run(statements))
        } catch {
            return failure(error)
        }
    }

    /// The input is over: what still waits for more is an error.
    public func finish() -> Reply { pending.map { evaluate($0) } ?? .nothing }

    private func failure(_ error: any Error) -> Reply {
        .failure(error as? ShellError ?? ShellError("MongoshInternalError", "\(error)"))
    }

    // MARK: Commands

    /// What a line means that isn't JavaScript; `nil` for all others.
    private func command(_ line: String) -> Reply? {
        var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        while let last = words.last, last.hasSuffix(";") {
            words.removeLast()
            if last != ";" { words.append(String(last.dropLast())) }
        }
        guard let first = words.first else { return line.contains(";") ? nil : .nothing }
        do {
            switch first {
            case "use": return try use(words.dropFirst())
            case "show": return try show(words.dropFirst())
            case "it" where words.count == 1: return try more()
            case "help" where words.count == 1, "help()" where words.count == 1, ".help": return .text(HelpText.shell)
            case "cls" where words.count == 1: return .clearScreen
            case ".clear", ".break": return .nothing
            default: return exitStatus(words.joined()).map { .exit(status: $0) }
            }
        } catch {
            return failure(error)
        }
    }

    private func exitStatus(_ text: String) -> Int32? {
        if [".exit", "exit", "quit"].contains(text) { return 0 }
        for word in ["exit(", "quit("] where text.hasPrefix(word) && text.hasSuffix(")") {
            let argument = text.dropFirst(word.count).dropLast()
            return argument.isEmpty ? 0 : UInt8(argument).map { Int32($0) }
        }
        return nil
    }

    private func use(_ arguments: ArraySlice<String>) throws -> Reply {
        guard let name = arguments.first else {
            throw ShellError.argument("[COMMON-10001] Missing required argument at position 0 (use)")
        }
        guard !name.isEmpty, name.utf8.count < 64, !name.contains(where: "/\\. \"$\0".contains) else {
            throw ShellError.argument("[COMMON-10001] Invalid database name: \(name)")
        }
        let isSame = name == evaluator.database
        evaluator.database = name
        return .text(isSame ? "already on db \(name)" : "switched to db \(name)")
    }

    private func show(_ arguments: ArraySlice<String>) throws -> Reply {
        switch arguments.first {
        case "dbs", "databases":
            guard case .array(let databases)? = try evaluator.server.run(["listDatabases": 1], on: "admin")["databases"]
            else { return .nothing }
            let rows = databases.compactMap { entry -> (String, String)? in
                guard case .object(let fields) = entry, case .string(let name)? = fields["name"] else { return nil }
                return (name, TextTable.size(fields["sizeOnDisk"]?.numericValue ?? 0))
            }
            return shownLines(TextTable.lines(rows.sorted { $0.0 < $1.0 }, alignsLast: true))
        case "collections", "tables":
            let names = try DatabaseMethods.collectionNames(of: evaluator.database, on: evaluator.server)
            return shownLines(names.joined(separator: "\n"))
        case let other:
            let name = LiteralValue.string(other ?? "undefined").literal()
            throw ShellError.argument("[COMMON-10001] \(name) is not a valid argument for \"show\".")
        }
    }

    private func more() throws -> Reply {
        guard let cursor = evaluator.lastCursor else { return .text("no cursor") }
        return try shown(cursor, whenEmpty: "no cursor")
    }

    // MARK: Results

    private func shown(_ value: Value) -> Reply {
        do {
            switch value {
            case .cursor(let cursor): return try shown(cursor, whenEmpty: nil)
            case .database(let name): return .text(name)
            case .collection(let namespace): return .text(namespace.description)
            case .literal(.undefined): return .nothing
            case .literal(.string(let text)) where !text.unicodeScalars.contains(where: \.isUnprintable):
                return .text(text)
            default: return .text(value.literalValue.literal(evaluator.style))
            }
        } catch {
            return failure(error)
        }
    }

    private func shown(_ cursor: Cursor, whenEmpty emptyText: String?) throws -> Reply {
        let (documents, hasMore) = try cursor.batch()
        evaluator.lastCursor = hasMore ? cursor : nil
        guard !documents.isEmpty else { return emptyText.map { .text($0) } ?? .nothing }
        var style = LiteralStyle.shellCursor
        style.colors = evaluator.style.colors
        let text = LiteralValue.array(documents).literal(style)
        return .text(hasMore ? "\(text)\nType \"it\" for more" : text)
    }

    private func shownLines(_ text: String) -> Reply { text.isEmpty ? .nothing : .text(text) }
}

extension Unicode.Scalar {
    /// Control characters other than tab and line feed: they would change the terminal's state.
    fileprivate var isUnprintable: Bool {
        switch value {
        case 9, 10: false
        case 0..<32, 0x7F...0x9F: true
        default: false
        }
    }
}
