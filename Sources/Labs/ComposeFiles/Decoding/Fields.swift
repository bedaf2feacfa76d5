import Diagnostics

/// The keys of one mapping while it is decoded; each must be taken, or is reported by ``finish(ignoring:)``.
struct Fields {
    let context: ReadingContext
    /// What messages call the mapping: "service 'mongo'".
    let subject: String
    let place: SourcePlace
    private let entries: [YAMLNode.Entry]
    private var taken: Set<String> = []

    init(_ node: YAMLNode, of subject: String, in context: ReadingContext) throws {
        guard let entries = node.isNull ? [] : node.map else {
            throw context.error(.wrongType, node, "\(subject) must be a mapping, and this is \(node.kind)")
        }
        self.context = context
        self.subject = subject
        self.entries = entries
        place = node.place
    }

    /// The value under the key, `nil` when there is none or it is empty.
    mutating func take(_ key: String) -> Value? {
        guard let node = takeNode(key), !node.isNull else { return nil }
        return Value(node: node, name: quoted(key), context: context)
    }

    /// The value under the key, empty values included.
    mutating func takeNode(_ key: String) -> YAMLNode? {
        taken.insert(key)
        return entries.first { $0.key == key }?.value
    }

    /// Where the key is.
    func keyPlace(_ key: String) -> SourcePlace {
        entries.first { $0.key == key }?.place ?? place
    }

    /// As ``finish(ignoring:)``, where these keys have not been taken and may be there.
    func finish(expecting others: Set<String>) throws {
        var fields = self
        fields.taken.formUnion(others)
        try fields.finish()
    }

    /// Whether the key is there with a value.
    func has(_ key: String) -> Bool {
        entries.contains { $0.key == key && !$0.value.isNull }
    }

    /// Warns of each key left that is known to Compose, and refuses those that aren't.
    ///
    /// - Parameter ignored: Keys of Compose that have no effect here.
    /// - Throws: ``ComposeError`` with code `.unknownKey` at the first unknown key. `x-…` is always allowed.
    func finish(ignoring ignored: Set<String> = []) throws {
        for entry in entries where !taken.contains(entry.key) && !entry.key.hasPrefix("x-") {
            if ignored.contains(entry.key) {
                context.warn(entry.place, "the key \(quoted(entry.key)) of \(subject) is ignored")
                continue
            }
            let nearest = nearestName(to: entry.key, among: taken.union(ignored))
            throw context.error(
                .unknownKey, entry.place, length: entry.key.unicodeScalars.count,
                "unknown key \(quoted(entry.key)) in \(subject)",
                remedy: nearest.map(quoted) ?? "use one of \(alternatives(taken.union(ignored).sorted().prefix(80)))")
        }
    }
}

/// A value that is under a key, and how messages name it.
struct Value {
    var node: YAMLNode
    /// Already quoted.
    var name: String
    var context: ReadingContext

    var place: SourcePlace { node.place }

    func error(_ problem: String, remedy: String? = nil, code: ComposeError.Code = .invalidValue) -> ComposeError {
        context.error(code, node, problem, remedy: remedy)
    }

    private func wrongType(_ wanted: String, remedy: String? = nil) -> ComposeError {
        error("\(name) must be \(wanted), and this is \(node.kind)", remedy: remedy, code: .wrongType)
    }

    func fields(of subject: String? = nil) throws -> Fields {
        try Fields(node, of: subject ?? name, in: context)
    }

    /// A string; a bare number or boolean isn't one.
    func text() throws -> String {
        guard let scalar = node.scalar else { throw wrongType("a string") }
        guard !scalar.isPlain || !scalar.isNumber && scalar.strictBool == nil && !node.isNull else {
            throw wrongType(
                "a string", remedy: node.isNull ? nil : "quote it: \"\(visible(scalar.text.unicodeScalars))\"")
        }
        return scalar.text
    }

    /// A string or a bare number or boolean, as written.
    func anyScalar() throws -> String {
        guard let scalar = node.scalar, !node.isNull else { throw wrongType("a string or a number") }
        return scalar.text
    }

    func bool() throws -> Bool {
        guard let bool = node.scalar?.bool else { throw wrongType("'true' or 'false'") }
        return bool
    }

    func int(_ range: ClosedRange<Int> = Int.min...Int.max) throws -> Int {
        guard let scalar = node.scalar, let value = scalar.int else { throw wrongType("a whole number") }
        guard range.contains(value) else {
            let bounds =
                range.upperBound == .max ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw error("\(name) must be \(bounds), and this is \(value)")
        }
        return value
    }

    func double() throws -> Double {
        guard let value = node.scalar?.double, value >= 0 else { throw wrongType("a number of at least 0") }
        return value
    }

    func duration() throws -> Duration {
        guard let text = node.scalar?.text, let duration = Quantities.duration(text) else {
            throw error("\(name) must be a duration", remedy: "write one such as '500ms', '10s' or '1m30s'")
        }
        return duration
    }

    func bytes() throws -> Int64 {
        guard let text = node.scalar?.text, let bytes = Quantities.bytes(text) else {
            throw error("\(name) must be a size", remedy: "write one such as '512m', '1.5g' or '65536'")
        }
        return bytes
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type = Choice.self
    ) throws -> Choice where Choice.RawValue == String {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            throw error("\(name) cannot be \(quoted(text))", remedy: alternatives(Choice.allCases.map(\.rawValue)))
        }
        return choice
    }

    func items() throws -> [Value] {
        guard let items = node.list else { throw wrongType("a list") }
        return items.map { Value(node: $0, name: "an item of \(name)", context: context) }
    }

    /// Texts without duplicates, in order.
    func texts() throws -> [String] {
        var seen: Set<String> = []
        return try items().map { try $0.text() }.filter { seen.insert($0).inserted }
    }

    /// One text, or a list of them.
    func textOrTexts() throws -> [String] {
        node.list == nil ? [try text()] : try items().map { try $0.text() }
    }

    /// A list of words, or a line that is split as a shell does.
    func arguments() throws -> [String] {
        if node.list != nil { return try items().map { try $0.text() } }
        guard let words = shellWords(try text()) else {
            throw error(
                "the line of \(name) has a quote that is not closed", remedy: "close it, or write the words as a list")
        }
        return words
    }

    /// `NAME: value` of a mapping or `NAME=value` of a list, in order; a value may be missing.
    func pairs() throws -> [(name: String, value: String?, place: SourcePlace)] {
        guard let entries = pairEntries(node) else { throw wrongType("a mapping or a list of NAME=value") }
        return try entries.map { entry in
            let value = Value(node: entry.value, name: "\(quoted(entry.key)) of \(name)", context: context)
            guard !entry.key.isEmpty else {
                throw context.error(.invalidValue, entry.place, "a name in \(name) is empty")
            }
            return (entry.key, entry.value.isNull ? nil : try value.anyScalar(), entry.place)
        }
    }

    /// The pairs as a dictionary; one without a value holds the empty text.
    func labels() throws -> [String: String] {
        Dictionary(try pairs().map { ($0.name, $0.value ?? "") }) { $1 }
    }
}

/// The entries of a mapping, or of a list of `NAME=value` written as one; `nil` for anything else.
func pairEntries(_ node: YAMLNode) -> [YAMLNode.Entry]? {
    if let entries = node.map { return entries }
    guard let items = node.list else { return nil }
    var entries: [YAMLNode.Entry] = []
    for item in items {
        guard let scalar = item.scalar else { return nil }
        let name = scalar.text.prefix { $0 != "=" }
        let value =
            name.endIndex == scalar.text.endIndex
            ? YAMLNode.null(at: item.place)
            : YAMLNode(
                .scalar(.init(text: String(scalar.text[name.endIndex...].dropFirst()), isPlain: false)), at: item.place)
        entries.append(.init(key: String(name), place: item.place, value: value))
    }
    return entries
}

/// The entries of a mapping, or of a list of names written as one with empty values; `nil` for anything else.
func namedEntries(_ node: YAMLNode) -> [YAMLNode.Entry]? {
    if let entries = node.map { return entries }
    guard let items = node.list else { return nil }
    var entries: [YAMLNode.Entry] = []
    for item in items {
        guard let scalar = item.scalar, !item.isNull else { return nil }
        entries.append(.init(key: scalar.text, place: item.place, value: .null(at: item.place)))
    }
    return entries
}
