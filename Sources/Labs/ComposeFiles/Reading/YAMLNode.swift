import Diagnostics

/// A YAML value with its place, aliases and merge keys written out.
struct YAMLNode {
    struct Scalar: Hashable {
        var text: String
        /// `true` when neither quoted nor tagged as a string, so that it may be a number, a boolean or nothing.
        var isPlain: Bool
    }

    struct Entry {
        var key: String
        var place: SourcePlace
        var value: YAMLNode
    }

    enum Content {
        case scalar(Scalar)
        case list([YAMLNode])
        case map([Entry])
    }

    /// What `!reset` and `!override` ask of merging.
    enum MergeTag {
        case reset
        case override
    }

    var content: Content
    var place: SourcePlace
    var mergeTag: MergeTag?

    init(_ content: Content, at place: SourcePlace, mergeTag: MergeTag? = nil) {
        self.content = content
        self.place = place
        self.mergeTag = mergeTag
    }

    static func null(at place: SourcePlace) -> YAMLNode {
        YAMLNode(.scalar(Scalar(text: "", isPlain: true)), at: place)
    }

    var scalar: Scalar? {
        if case .scalar(let scalar) = content { return scalar }
        return nil
    }

    var list: [YAMLNode]? {
        if case .list(let items) = content { return items }
        return nil
    }

    var map: [Entry]? {
        if case .map(let entries) = content { return entries }
        return nil
    }

    subscript(key: String) -> YAMLNode? {
        map?.first { $0.key == key }?.value
    }

    var isNull: Bool {
        guard let scalar, scalar.isPlain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }

    /// What a message calls the value.
    var kind: String {
        switch content {
        case .list: "a list"
        case .map: "a mapping"
        case .scalar where isNull: "empty"
        case .scalar(let scalar) where scalar.isPlain && scalar.isNumber: "a number"
        case .scalar(let scalar) where scalar.isPlain && scalar.strictBool != nil: "a boolean"
        case .scalar: "a string"
        }
    }
}

extension YAMLNode.Scalar {
    /// `true` or `false` as YAML 1.2 writes them; `yes` and `no` are strings unless a boolean is asked for.
    var strictBool: Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    var bool: Bool? {
        if let strictBool { return strictBool }
        switch text.lowercased() {
        case "yes", "on", "y": return true
        case "no", "off", "n": return false
        default: return nil
        }
    }

    /// Decimal, or `0x`, `0o` and `0b`.
    var int: Int? {
        var digits = text[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
        guard let first = digits.utf8.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") else { return nil }
        var radix = 10
        for (prefix, value) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            radix = value
            digits = digits.dropFirst(2)
            // `Int` would take a second sign.
            guard digits.first != "-", digits.first != "+" else { return nil }
        }
        return Int((isNegative ? "-" : "") + digits, radix: radix)
    }

    var double: Double? {
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first), let value = Double(text),
            value.isFinite
        else { return nil }
        return value
    }

    var isNumber: Bool { int != nil || double != nil }
}
