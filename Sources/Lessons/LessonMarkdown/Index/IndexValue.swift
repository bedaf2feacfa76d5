import Lessons

/// A value of `index.json` or `index.yaml`, with the offset at which it is.
package struct IndexValue: Sendable {
    package enum Content: Sendable {
        case object([(key: String, offset: Int, value: IndexValue)])
        case list([IndexValue])
        case string(String)
        /// As written.
        case number(String)
        case bool(Bool)
        case null
    }

    package var content: Content
    package var offset: Int

    /// Nesting deeper than this is refused.
    static let maxDepth = 64

    package subscript(_ key: String) -> IndexValue? {
        guard case .object(let members) = content else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var string: String? {
        switch content {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    package var integer: Int? {
        switch content {
        case .number(let text): Int(text)
        case .string(let text): Int(text)
        default: nil
        }
    }

    package var list: [IndexValue]? { if case .list(let values) = content { values } else { nil } }

    package var typeName: String {
        switch content {
        case .object: "an object"
        case .list: "a list"
        case .string: "a string"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }
}
