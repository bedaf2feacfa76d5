import Lessons
import Yams

/// `index.yaml` read into the same values as `index.json`.
package enum YAMLIndex {
    /// No more values than this come out of one file, whatever its aliases multiply.
    static let largest = 100_000

    package static func parse(_ source: SourceText) throws(LessonError) -> IndexValue {
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
        return try value(of: node, in: source, depth: 0, count: &count)
    }

    private static func fault(_ error: YamlError, in source: SourceText) -> LessonError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            LessonError(.invalidIndex, "broken YAML: \(problem)", offset: offset(of: mark, in: source), in: source)
        default:
            LessonError(.invalidIndex, "broken YAML", offset: 0, in: source)
        }
    }

    private static func offset(of mark: Mark?, in source: SourceText) -> Int {
        guard let mark, mark.line >= 1, mark.line <= source.lineCount else { return 0 }
        let line = source.line(mark.line - 1)
        var offset = line.lowerBound
        var column = 1
        while offset < line.upperBound, column < mark.column {
            offset += 1
            if offset < line.upperBound, !source.bytes[offset].continuesScalar { column += 1 }
        }
        return offset
    }

    private static func value(of node: Node, in source: SourceText, depth: Int, count: inout Int) throws(LessonError)
        -> IndexValue
    {
        let offset = offset(of: node.mark, in: source)
        count += 1
        guard depth <= IndexValue.deepest, count <= largest else {
            throw LessonError(
                .invalidIndex, "values are nested too deep or repeated too often", offset: offset, in: source)
        }
        switch node {
        case .mapping(let mapping):
            var members: [(key: String, offset: Int, value: IndexValue)] = []
            for (key, member) in mapping {
                let value = try value(of: member, in: source, depth: depth + 1, count: &count)
                members.append((key.string ?? "", self.offset(of: key.mark, in: source), value))
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
