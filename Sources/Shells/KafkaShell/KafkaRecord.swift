import ShellLiterals

/// A message as it was read.
public struct KafkaRecord: Hashable, Sendable {
    /// The name of the topic that it was read from.
    public var topic: String
    /// Counted from 0.
    public var partition: Int32
    /// The place within the partition, counted from 0.
    public var offset: Int64
    /// The offset that the next message of the partition will get.
    public var highWaterOffset: Int64
    /// Bytes that aren't UTF-8 are shown as U+FFFD; `nil` for a message without a key.
    public var key: [UInt8]?
    /// `nil` for a tombstone.
    public var value: [UInt8]?

    /// Takes the fields as the broker gave them.
    public init(
        topic: String, partition: Int32, offset: Int64, highWaterOffset: Int64, key: [UInt8]?, value: [UInt8]?
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.highWaterOffset = highWaterOffset
        self.key = key
        self.value = value
    }

    /// The record as `kfk consumer` prints it: the fields, in this order, as `console.log` of Node lays them out.
    public func literal(colors: Bool = false) -> String {
        func text(_ bytes: [UInt8]?) -> LiteralValue {
            bytes.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null
        }
        var style = LiteralStyle.console
        style.colors = colors
        let object: LiteralValue = [
            "topic": .string(topic), "value": text(value), "offset": .number(Double(offset)),
            "partition": .number(Double(partition)), "highWaterOffset": .number(Double(highWaterOffset)),
            "key": text(key),
        ]
        return object.literal(style)
    }
}

/// A message to be sent.
public struct KafkaMessage: Hashable, Sendable {
    /// `nil` for a message without a key; then the client library chooses the partition.
    public let key: String?
    /// May be empty, which is not a tombstone.
    public let value: String

    /// Reads `key:value` or a value alone.
    ///
    /// A key is a word of letters, digits, '.', '_' and '-', so JSON is a value; what starts with '//' after the colon
    /// is an address, so a value too. A colon at the very start says that the rest is a value.
    public init(line: String) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, (try? TopicName(String(parts[0]))) != nil || parts[0].isEmpty, !parts[1].hasPrefix("//")
        else {
            key = nil
            value = line
            return
        }
        key = parts[0].isEmpty ? nil : String(parts[0])
        value = String(parts[1])
    }

    /// What the producer shows once the broker has a message: `{ OnNewOrder: { '0': 12 } }`.
    public static func receipt(topic: String, partition: Int32, offset: Int64, colors: Bool = false) -> String {
        var style = LiteralStyle.console
        style.colors = colors
        let inner: LiteralValue = .object([String(partition): .number(Double(offset))])
        return LiteralValue.object([topic: inner]).literal(style)
    }
}

/// A topic and how many partitions it has.
public struct KafkaTopic: Hashable, Sendable {
    /// As the broker has it; names that begin with `__` are Kafka's own.
    public let name: String
    /// Their numbers.
    public let partitions: [Int32]

    /// Takes the fields as the broker gave them.
    public init(name: String, partitions: [Int32]) {
        self.name = name
        self.partitions = partitions
    }

    /// A line a topic, sorted, with the number of partitions below a heading; internal topics (`__…`) aren't listed.
    public static func table(_ topics: [KafkaTopic]) -> String {
        let rows =
            [("TOPIC", "PARTITIONS")]
            + topics.filter { !$0.name.hasPrefix("__") }.sorted { $0.name < $1.name }
            .map { ($0.name, String($0.partitions.count)) }
        let width = rows.map(\.0.utf8.count).max() ?? 0
        return rows.map { name, count in
            name + String(repeating: " ", count: width - name.utf8.count + 2) + count
        }.joined(separator: "\n")
    }
}
