import Diagnostics
import NIOCore

/// JSON whose keys keep the order in which they are written, which `JSONEncoder` does not promise.
enum JSON: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    case string(String)
    case integer(Int)
    case bool(Bool)
    case array([JSON])
    case object([Member])

    struct Member {
        let key: String
        let value: JSON
    }

    init(stringLiteral text: String) {
        self = .string(text)
    }

    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(key: $0, value: $1) })
    }

    func write(to buffer: inout ByteBuffer) {
        switch self {
        case .string(let text): buffer.writeString(JSONText.quoted(text))
        case .integer(let number): buffer.writeString(String(number))
        case .bool(let flag): buffer.writeStaticString(flag ? "true" : "false")
        case .array(let items):
            Self.write(items, between: ("[", "]"), to: &buffer) { $0.write(to: &$1) }
        case .object(let members):
            Self.write(members, between: ("{", "}"), to: &buffer) { member, buffer in
                buffer.writeString(JSONText.quoted(member.key))
                buffer.writeStaticString(":")
                member.value.write(to: &buffer)
            }
        }
    }

    private static func write<Items: Collection>(
        _ items: Items, between brackets: (open: StaticString, close: StaticString), to buffer: inout ByteBuffer,
        _ writeItem: (Items.Element, inout ByteBuffer) -> Void
    ) {
        buffer.writeStaticString(brackets.open)
        var isFirst = true
        for item in items {
            if !isFirst { buffer.writeStaticString(",") }
            isFirst = false
            writeItem(item, &buffer)
        }
        buffer.writeStaticString(brackets.close)
    }
}
