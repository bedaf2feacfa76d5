/// A broker's address, checked.
public struct BrokerAddress: Hashable, Sendable, CustomStringConvertible {
    /// The broker that an empty answer stands for: one on this machine, at Kafka's usual port.
    public static let standard = "localhost:9092"

    /// The text as it was given.
    public let description: String

    /// - Parameter text: `host:port`, or several joined by commas.
    /// - Throws: ``KafkaShellError``.
    public init(_ text: String) throws {
        for address in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let colon = address.lastIndex(of: ":"), colon > address.startIndex,
                let port = UInt16(address[address.index(after: colon)...]), port > 0,
                address[..<colon].utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
                address.hasPrefix("[") || !address[..<colon].contains(":")
            else {
                throw KafkaShellError(
                    "'\(text)' is not a broker's address", remedy: "use host:port, such as \(Self.standard)")
            }
        }
        description = text
    }
}

/// A topic's name, checked by Kafka's rules.
public struct TopicName: Hashable, Sendable, CustomStringConvertible {
    /// The text as it was given: 1–249 bytes of ASCII.
    public let description: String

    /// - Throws: ``KafkaShellError``.
    public init(_ text: String) throws {
        let isValid = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard !text.isEmpty else { throw KafkaShellError("no topic was given", remedy: "type its name") }
        guard isValid, text.utf8.count < 250, text != ".", text != ".." else {
            throw KafkaShellError(
                "'\(text)' is not a topic's name", remedy: "use letters, digits, '.', '_' and '-', at most 249 of them")
        }
        description = text
    }
}

/// Where reading starts in every partition.
public enum StartingOffset: Hashable, Sendable {
    case at(Int64)
    case earliest
    /// Only what arrives from now on.
    case latest

    /// - Throws: ``KafkaShellError``.
    public init(_ text: String) throws {
        switch text {
        case "earliest": self = .earliest
        case "latest": self = .latest
        default:
            guard let number = Int64(text), number >= 0 else {
                throw KafkaShellError(
                    "'\(text)' is not an offset", remedy: "use a whole number from 0, earliest or latest")
            }
            self = .at(number)
        }
    }
}
