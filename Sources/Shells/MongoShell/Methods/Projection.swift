import ShellLiterals

/// The fields of a document that a query wants, taken out by the shell.
///
/// MongoDB keeps the document's own order, `_id` first, and nests what a path like `customer.email` names. The stand-in
/// for its server does neither; so for projections that only name fields it is asked for whole documents. Others go to
/// the server as they are.
struct Projection {
    private indirect enum Node {
        case whole
        case parts([String: Node])
    }

    private let isInclusion: Bool
    private let includesID: Bool
    private let root: [String: Node]

    /// - Returns: `nil` for a projection with operators, values or both kinds of fields: the server's own matter.
    init?(_ projection: LiteralObject) {
        var root: [String: Node] = [:]
        var kinds: Set<Bool> = []
        var includesID = true
        for field in projection.fields {
            guard let isWanted = field.value.flag, !field.name.isEmpty, !field.name.hasPrefix("$") else { return nil }
            if field.name == "_id" {
                includesID = isWanted
                continue
            }
            kinds.insert(isWanted)
            let path = field.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard Self.add(path[...], to: &root) else { return nil }
        }
        guard kinds.count < 2 else { return nil }
        // `{ _id: 1 }` alone wants nothing else; `{ _id: 0 }` alone everything else.
        isInclusion = kinds.first ?? includesID
        self.includesID = includesID
        self.root = root
    }

    /// - Returns: Whether the path doesn't lie inside another one.
    private static func add(_ path: ArraySlice<String>, to nodes: inout [String: Node]) -> Bool {
        guard let name = path.first, !name.isEmpty, !name.hasPrefix("$"), path.count < 100 else { return false }
        switch nodes[name] {
        case .whole?: return false
        case .parts(var inner)?:
            guard path.count > 1, add(path.dropFirst(), to: &inner) else { return false }
            nodes[name] = .parts(inner)
        case nil:
            guard path.count > 1 else {
                nodes[name] = .whole
                return true
            }
            var inner: [String: Node] = [:]
            guard add(path.dropFirst(), to: &inner) else { return false }
            nodes[name] = .parts(inner)
        }
        return true
    }

    func applied(to document: LiteralObject) -> LiteralObject {
        let rest = LiteralObject(document.fields.filter { $0.name != "_id" })
        var fields = (isInclusion ? included(rest, root) : excluded(rest, root)).fields
        if includesID, let id = document["_id"] { fields.insert(.init(name: "_id", value: id), at: 0) }
        return LiteralObject(fields)
    }

    private func included(_ object: LiteralObject, _ nodes: [String: Node]) -> LiteralObject {
        LiteralObject(
            object.fields.compactMap { field in
                switch nodes[field.name] {
                case nil: nil
                case .whole?: field
                case .parts(let inner)?: included(field.value, inner).map { .init(name: field.name, value: $0) }
                }
            })
    }

    /// - Returns: `nil` for a value that has no fields.
    private func included(_ value: LiteralValue, _ nodes: [String: Node]) -> LiteralValue? {
        switch value {
        case .object(let object): .object(included(object, nodes))
        case .array(let elements): .array(elements.compactMap { included($0, nodes) })
        default: nil
        }
    }

    private func excluded(_ object: LiteralObject, _ nodes: [String: Node]) -> LiteralObject {
        LiteralObject(
            object.fields.compactMap { field in
                switch nodes[field.name] {
                case nil: field
                case .whole?: nil
                case .parts(let inner)?: .init(name: field.name, value: excluded(field.value, inner))
                }
            })
    }

    private func excluded(_ value: LiteralValue, _ nodes: [String: Node]) -> LiteralValue {
        switch value {
        case .object(let object): .object(excluded(object, nodes))
        case .array(let elements): .array(elements.map { excluded($0, nodes) })
        default: value
        }
    }
}

extension LiteralValue {
    /// Whether a projection wants the field; `nil` for what isn't a plain yes or no.
    fileprivate var flag: Bool? {
        switch self {
        case .number(let number): number != 0
        case .long(let number): number != 0
        case .bool(let flag): flag
        default: nil
        }
    }
}

extension LiteralObject {
    /// With `_id` first, where a server puts it.
    var withIDFirst: LiteralObject {
        guard let id = self["_id"], fields.first?.name != "_id" else { return self }
        return LiteralObject([.init(name: "_id", value: id)] + fields.filter { $0.name != "_id" })
    }
}
