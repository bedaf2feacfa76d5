import Diagnostics

/// Compose's `${NAME}` in a text, with the forms of the specification: `$NAME`, `${NAME}`, `${NAME:-default}`,
/// `${NAME-default}`, `${NAME:?message}`, `${NAME?message}`, `${NAME:+other}`, `${NAME+other}` and `$$` for a dollar sign.
///
/// Defaults are expanded in turn; the values of variables aren't.
struct Interpolation {
    /// What can't be expanded: `piece` is the part of the text to point at.
    struct Failure: Error {
        var piece: String
        var problem: String
        var remedy: String?
    }

    private let environment: [String: String]
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// Variables without a value and without a default, in the order in which they occurred.
    private(set) var unset: [String] = []

    private init(_ text: String, environment: [String: String]) {
        self.environment = environment
        scalars = Array(text.unicodeScalars)
    }

    /// The text with all expressions replaced, and the variables that were taken as empty because nothing sets them.
    static func expand(
        _ text: String, environment: [String: String]
    ) throws(Failure) -> (text: String, unset: [String]) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, []) }
        var run = Self(text, environment: environment)
        let expanded = try run.expand(depth: 0)
        return (expanded, run.unset)
    }

    /// Expands up to the end, or inside braces up to the brace that closes.
    private mutating func expand(depth: Int) throws(Failure) -> String {
        var result = String.UnicodeScalarView()
        var size = 0
        while position < scalars.count {
            let scalar = scalars[position]
            if depth > 0, scalar == "}" { break }
            guard scalar == "$" else {
                result.append(scalar)
                position += 1
                continue
            }
            let value = try expression(depth: depth)
            size += value.utf8.count
            guard size <= ReadingContext.maxTextSize else {
                throw Failure(piece: "$", problem: "the text grows beyond \(ReadingContext.maxTextSize >> 20) MiB")
            }
            result.append(contentsOf: value.unicodeScalars)
        }
        return String(result)
    }

    /// One expression, from its dollar sign on.
    private mutating func expression(depth: Int) throws(Failure) -> String {
        let start = position
        position += 1
        guard position < scalars.count else { throw malformed(from: start) }
        switch scalars[position] {
        case "$":
            position += 1
            return "$"
        case "{":
            position += 1
            let name = takeName()
            guard !name.isEmpty else { throw malformed(from: start) }
            return try braced(name, start: start, depth: depth + 1)
        default:
            let name = takeName()
            guard !name.isEmpty else { throw malformed(from: start) }
            return value(of: name)
        }
    }

    private mutating func braced(_ name: String, start: Int, depth: Int) throws(Failure) -> String {
        guard depth <= 20 else {
            throw Failure(piece: text(from: start), problem: "defaults are inside each other more than 20 deep")
        }
        guard position < scalars.count else { throw unclosed(from: start) }
        if scalars[position] == "}" {
            position += 1
            return value(of: name)
        }
        let emptyCountsAsUnset = scalars[position] == ":"
        if emptyCountsAsUnset { position += 1 }
        guard position < scalars.count else { throw unclosed(from: start) }
        let operation = scalars[position]
        guard "-?+".unicodeScalars.contains(operation) else { throw malformed(from: start) }
        position += 1
        let unsetBefore = unset.count
        let argument = try expand(depth: depth)
        guard position < scalars.count else { throw unclosed(from: start) }
        position += 1

        let current = environment[name]
        let isSet = emptyCountsAsUnset ? !(current ?? "").isEmpty : current != nil
        // A default that isn't used has nothing to complain about.
        if operation == "-" && isSet || operation == "+" && !isSet { unset.removeLast(unset.count - unsetBefore) }
        switch operation {
        case "-": return isSet ? current ?? "" : argument
        case "+": return isSet ? argument : ""
        default:
            if isSet { return current ?? "" }
            let reason = argument.isEmpty ? "" : ": \(visible(argument.unicodeScalars.prefix(200)))"
            throw Failure(
                piece: text(from: start), problem: "the variable \(quoted(name)) must be set\(reason)",
                remedy: "set it in the file .env beside the Compose file, or pass it to the lesson")
        }
    }

    private mutating func takeName() -> String {
        let start = position
        while position < scalars.count, Self.isName(scalars[position], first: position == start) { position += 1 }
        return text(from: start)
    }

    private mutating func value(of name: String) -> String {
        if let value = environment[name] { return value }
        unset.append(name)
        return ""
    }

    private func malformed(from start: Int) -> Failure {
        let end = min(scalars.count, max(position + 1, start + 2))
        return Failure(
            piece: text(from: start, to: end),
            problem: "\(quoted(text(from: start, to: end))) is not a variable expression",
            remedy: "write '$$' for a dollar sign")
    }

    private func unclosed(from start: Int) -> Failure {
        Failure(
            piece: text(from: start), problem: "\(quoted(text(from: start))) lacks its closing brace",
            remedy: "add '}', or write '$$' for a dollar sign")
    }

    private func text(from start: Int, to end: Int? = nil) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<(end ?? position)])
        return String(view)
    }

    private static func isName(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        case "0"..."9": !first
        default: false
        }
    }
}

extension ReadingContext {
    /// The tree with every value's expressions replaced; keys stay as they are.
    func interpolate(_ node: YAMLNode) throws -> YAMLNode {
        var result = node
        switch node.content {
        case .list(let items):
            result.content = .list(try items.map(interpolate))
        case .map(let entries):
            result.content = .map(
                try entries.map { .init(key: $0.key, place: $0.place, value: try interpolate($0.value)) })
        case .scalar(var scalar):
            guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return node }
            scalar.text = try interpolate(scalar.text, in: node)
            // What a variable holds is a text, even one of digits or an empty one.
            scalar.isPlain = false
            result.content = .scalar(scalar)
        }
        return result
    }

    private func interpolate(_ text: String, in node: YAMLNode) throws -> String {
        do {
            let (expanded, unset) = try Interpolation.expand(text, environment: environment)
            if expanded.utf8.count > text.utf8.count {
                try spendBytes(expanded.utf8.count - text.utf8.count, at: node.place)
            }
            var told: Set<String> = []
            for name in unset where canWarn && told.insert(name).inserted {
                let place = place(of: text.contains("${\(name)") ? "${\(name)" : "$\(name)", in: node)
                warn(place, "the variable \(quoted(name)) is not set; an empty string is used")
            }
            return expanded
        } catch let failure as Interpolation.Failure {
            throw error(
                .interpolation, place(of: failure.piece, in: node), length: failure.piece.unicodeScalars.count,
                failure.problem, remedy: failure.remedy)
        }
    }
}
