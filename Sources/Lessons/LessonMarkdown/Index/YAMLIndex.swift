import Diagnostics
import Lessons
import Yams

/// `index.yaml` read into the same values as `index.json`.
package enum YAMLIndex {
    /// No more values than this come out of one file, whatever its aliases multiply.
    static let maxNodes = 100_000

    /// More aliases than this in a file with anchors are refused: the parser hashes keys, and the hash of a key made of aliases
    /// of aliases takes exponential time, before any bound of ours could stop it.
    static let maxAliases = 32

    package static func parse(_ source: SourceText) throws(LessonError) -> IndexValue {
        if let alias = excessiveAlias(in: source) {
            throw LessonError(
                .invalidIndex, "more than \(maxAliases) aliases", offset: alias, in: source,
                remedy: "write out what they stand for")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: source.string(0..<source.bytes.count))
        } catch let error as YamlError {
            throw fault(error, in: source)
        } catch {
            throw LessonError(.invalidIndex, "broken YAML: \(error)", offset: 0, in: source)
        }
        guard let node else { throw LessonError(.invalidIndex, "the file is empty", offset: 0, in: source) }
        var count = 0
        return try value(of: node, in: ScalarOffsets(source), depth: 0, count: &count)
    }

    private static func fault(_ error: YamlError, in source: SourceText) -> LessonError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            LessonError(
                .invalidIndex, "broken YAML: \(problem)", offset: ScalarOffsets(source).offset(of: mark), in: source)
        default:
            LessonError(.invalidIndex, "broken YAML", offset: 0, in: source)
        }
    }

    /// The first alias too many. Text that only looks like one counts too; without anchors there are none.
    private static func excessiveAlias(in source: SourceText) -> Int? {
        var anchors = 0
        var aliases = 0
        var excessive: Int?
        var before = UInt8.lineFeed
        for (offset, byte) in source.bytes.enumerated() {
            if before.isWhite || before == UInt8(ascii: ",") || before == UInt8(ascii: "[")
                || before == .leftBrace || before == UInt8(ascii: ":")
            {
                if byte == UInt8(ascii: "&") { anchors += 1 }
                if byte == UInt8(ascii: "*") {
                    aliases += 1
                    if aliases > maxAliases, excessive == nil { excessive = offset }
                }
            }
            before = byte
        }
        return anchors > 0 ? excessive : nil
    }

    private static func value(of node: Node, in source: ScalarOffsets, depth: Int, count: inout Int) throws(LessonError)
        -> IndexValue
    {
        let offset = source.offset(of: node.mark)
        count += 1
        guard depth <= IndexValue.maxDepth, count <= maxNodes else {
            throw LessonError(
                .invalidIndex, "values are nested too deep or repeated too often", offset: offset,
                in: source.source)
        }
        switch node {
        case .mapping(let mapping):
            var members: [(key: String, offset: Int, value: IndexValue)] = []
            for (key, member) in mapping {
                let value = try value(of: member, in: source, depth: depth + 1, count: &count)
                members.append((key.string ?? "", source.offset(of: key.mark), value))
            }
            return IndexValue(content: .object(members), offset: offset)
        case .sequence(let sequence):
            var values: [IndexValue] = []
            for element in sequence {
                values.append(try value(of: element, in: source, depth: depth + 1, count: &count))
            }
            return IndexValue(content: .list(values), offset: offset)
        case .scalar(let scalar):
            return IndexValue(content: content(of: scalar, node: node), offset: offset)
        case .alias:
            return IndexValue(content: .null, offset: offset)
        }
    }

    private static func content(of scalar: Node.Scalar, node: Node) -> IndexValue.Content {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        if node.null != nil { return .null }
        if let bool = node.bool { return .bool(bool) }
        if node.int != nil || node.float != nil { return .number(scalar.string) }
        return .string(scalar.string)
    }
}

/// Turns the parser's lines and columns, which count characters, into offsets, without walking a long line again and again.
private struct ScalarOffsets {
    let source: SourceText
    /// The offset of every character.
    private var offsets: [Int32] = []
    /// The index of each line's first character.
    private var lineStarts: [Int] = []

    init(_ source: SourceText) {
        self.source = source
        offsets.reserveCapacity(source.bytes.count)
        var line = 0
        for (offset, byte) in source.bytes.enumerated() where !byte.continuesScalar {
            while line < source.lineCount, source.lineStarts[line] <= offset {
                lineStarts.append(offsets.count)
                line += 1
            }
            offsets.append(Int32(offset))
        }
    }

    /// The start of the file for a mark that the file doesn't have.
    func offset(of mark: Mark?) -> Int {
        guard let mark, lineStarts.indices.contains(mark.line - 1) else { return 0 }
        let index = lineStarts[mark.line - 1] + max(mark.column - 1, 0)
        return index < offsets.count ? Int(offsets[index]) : source.bytes.count
    }
}
