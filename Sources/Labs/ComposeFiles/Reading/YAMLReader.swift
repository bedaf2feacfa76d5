import Diagnostics
import Yams

/// Turns one file's text into a ``YAMLNode``, within the bounds of a ``ReadingContext``.
struct YAMLReader {
    let context: ReadingContext
    let file: String

    /// The document's root.
    ///
    /// - Throws: ``ComposeError`` for anything that isn't one YAML document with a mapping at its root.
    func read(_ text: String) throws -> YAMLNode {
        try refuseAliasedKeys(text)
        let root: Node?
        do {
            // The parser's own rules for numbers and dates are of no use here, and cost time.
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let failure as YamlError {
            throw describe(failure, text: text)
        }
        guard let root else {
            throw context.error(
                .malformed, SourcePlace(file: file, line: 1), "file \(quoted(file)) is empty",
                remedy: "give it a `services` key")
        }
        let node = try convert(root, depth: 0)
        guard node.map != nil else {
            throw context.error(
                .wrongType, node, "a Compose file must be a mapping, and \(quoted(file)) is \(node.kind)",
                remedy: "give it a `services` key")
        }
        return node
    }

    // MARK: Conversion

    private func convert(_ node: Node, depth: Int) throws -> YAMLNode {
        let place = place(of: node.mark)
        guard depth <= ReadingContext.maxNesting else {
            throw context.error(
                .tooLarge, place, "more than \(ReadingContext.maxNesting) lists and mappings are inside each other")
        }
        let tag = tagName(of: node)
        let mergeTag: YAMLNode.MergeTag? =
            switch tag {
            case "!reset": .reset
            case "!override": .override
            default: nil
            }
        if mergeTag == nil, tag.hasPrefix("!"), tag.count > 1 {
            context.warn(place, "the tag \(quoted(tag)) is ignored")
        }
        switch node {
        case .scalar(let scalar):
            try context.spendNode(at: place, bytes: scalar.string.utf8.count)
            let isPlain = scalar.style == .plain && tag != Tag.Name.str.rawValue
            return YAMLNode(.scalar(.init(text: scalar.string, isPlain: isPlain)), at: place, mergeTag: mergeTag)
        case .sequence(let sequence):
            try context.spendNode(at: place)
            return YAMLNode(
                .list(try sequence.map { try convert($0, depth: depth + 1) }), at: place, mergeTag: mergeTag)
        case .mapping(let mapping):
            try context.spendNode(at: place)
            return YAMLNode(.map(try entries(of: mapping, depth: depth)), at: place, mergeTag: mergeTag)
        case .alias:
            throw context.error(.malformed, place, "the alias is not defined")
        }
    }

    /// The entries with those of `<<` behind them, where no key of the mapping's own is in the way.
    private func entries(of mapping: Node.Mapping, depth: Int) throws -> [YAMLNode.Entry] {
        var own: [YAMLNode.Entry] = []
        var merged: [YAMLNode.Entry] = []
        var seen: Set<String> = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw context.error(
                    .malformed, place(of: key.mark), "a key must be a text, and this one is a list or a mapping")
            }
            let converted = try convert(value, depth: depth + 1)
            let place = place(of: key.mark)
            guard scalar.string == "<<", scalar.style == .plain else {
                // To the parser, the same key with another tag is another key.
                guard seen.insert(scalar.string).inserted else {
                    throw context.error(
                        .malformed, place, length: scalar.string.unicodeScalars.count,
                        "duplicate key \(quoted(scalar.string))", remedy: "keep one of them")
                }
                own.append(.init(key: scalar.string, place: place, value: converted))
                continue
            }
            for source in converted.list ?? [converted] {
                guard let entries = source.map else {
                    throw context.error(
                        .wrongType, place, length: 2,
                        "'<<' takes a mapping or a list of mappings, and this is \(source.kind)",
                        remedy: "name an alias of a mapping, as in `<<: *defaults`")
                }
                merged += entries
            }
        }
        return own + merged.filter { seen.insert($0.key).inserted }
    }

    /// The tag as written, empty without one. `Node.tag` would resolve it first.
    private func tagName(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.style == .plain ? scalar.tag.description : ""
        case .sequence(let sequence): sequence.tag.description
        case .mapping(let mapping): mapping.tag.description
        case .alias: ""
        }
    }

    private func place(of mark: Mark?) -> SourcePlace {
        SourcePlace(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    // MARK: Errors

    private func describe(_ failure: YamlError, text: String) -> ComposeError {
        switch failure {
        case .scanner(let about, let problem, let mark, _), .parser(let about, let problem, let mark, _),
            .composer(let about, let problem, let mark, _):
            let place = place(of: mark)
            let what = about.map { " \($0.text)" } ?? ""
            let line =
                text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(mark.line - 1).first ?? ""
            let hasTab = line.prefix { $0 == " " || $0 == "\t" }.contains("\t")
            return context.error(
                .malformed, place, "the YAML cannot be read:\(what)\(what.isEmpty ? "" : ",") \(problem)",
                remedy: hasTab ? "indent with spaces; YAML takes no tabs" : nil)
        case .reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0).split(separator: "\n", omittingEmptySubsequences: false)
            return context.error(
                .malformed,
                SourcePlace(
                    file: file, line: max(1, before.count), column: (before.last?.unicodeScalars.count ?? 0) + 1),
                "the YAML cannot be read: \(problem)")
        case .duplicatedKeysInMapping(let keys, let about):
            let key = keys.first ?? ""
            return context.error(
                .malformed, place(of: about.mark), length: key.unicodeScalars.count,
                "duplicate key \(quoted(key))", remedy: "keep one of them")
        default:
            return context.error(.malformed, SourcePlace(file: file, line: 1), "the YAML cannot be read")
        }
    }

    /// Refuses lists and mappings as keys in a file with many aliases.
    ///
    /// The parser hashes every key while it reads, and the hash of a key made of aliases of aliases takes exponential time,
    /// before any bound of ours could stop it. Compose has no such keys, and two dozen aliases can't do harm.
    private func refuseAliasedKeys(_ text: String) throws {
        var aliases = 0
        var suspect: (line: Int, column: Int)?
        var line = 1
        var column = 0
        var previous: UInt8 = 0x0A
        var lastSolid: UInt8 = 0
        var isInAlias = false
        for byte in text.utf8 {
            column += 1
            let follows = [0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ",")].contains(
                previous)
            let closes =
                byte == UInt8(ascii: ":")
                && (isInAlias || lastSolid == UInt8(ascii: "]") || lastSolid == UInt8(ascii: "}"))
            if suspect == nil, closes || byte == UInt8(ascii: "?") && follows { suspect = (line, column) }
            if byte == UInt8(ascii: "*"), follows {
                aliases += 1
                isInAlias = true
            } else if ",]}#".utf8.contains(byte) {
                isInAlias = false
            }
            if byte == 0x0A {
                line += 1
                column = 0
                isInAlias = false
            }
            if byte > 0x20 { lastSolid = byte }
            previous = byte
        }
        guard aliases > 24, let suspect else { return }
        throw context.error(
            .tooLarge, SourcePlace(file: file, line: suspect.line, column: suspect.column),
            "a list or a mapping as a key is not read in a file with \(aliases) aliases",
            remedy: "quote the text if it is not meant as a key")
    }
}
