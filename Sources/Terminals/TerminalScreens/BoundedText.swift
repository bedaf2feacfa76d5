/// Text of any length in bounded memory: its head and its tail are kept, the bytes between them are counted.
public struct BoundedText: Sendable {
    /// How many bytes are kept of either end.
    public let limit: Int
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var tailStart = 0
    private var written = 0

    /// - Parameter limit: Bytes kept of either end, so that at most twice as many are held; not negative.
    public init(limit: Int = 256 * 1024) {
        self.limit = limit
    }

    /// `true` until anything is appended, also of what was dropped since.
    public var isEmpty: Bool { written == 0 }

    /// How many bytes were left out of the middle.
    public var droppedBytes: Int { written - head.count - tail.count }

    /// Adds bytes at the end; once both ends are full, the oldest bytes of the tail are dropped.
    public mutating func append(_ bytes: [UInt8]) {
        written += bytes.count
        var rest = bytes[...]
        if head.count < limit {
            let part = rest.prefix(limit - head.count)
            head.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
        }
        rest = rest.suffix(limit)
        let added = rest.prefix(limit - tail.count)
        tail.append(contentsOf: added)
        rest = rest.dropFirst(added.count)
        // The tail is full: the oldest bytes make room, around the end of the buffer.
        while !rest.isEmpty {
            let part = rest.prefix(limit - tailStart)
            tail.replaceSubrange(tailStart..<(tailStart + part.count), with: part)
            tailStart = (tailStart + part.count) % limit
            rest = rest.dropFirst(part.count)
        }
    }

    /// Begins anew with the same ``limit``; dropped bytes are forgotten, too.
    public mutating func removeAll() {
        self = BoundedText(limit: limit)
    }

    /// Head and tail; where bytes were left out, a line says how many. Both cuts are at line ends where there are any.
    public var bytes: [UInt8] {
        let end = Array(tail[tailStart...] + tail[..<tailStart])
        guard droppedBytes > 0 else { return head + end }
        let newline = UInt8(ascii: "\n")
        let first = head[..<(head.lastIndex(of: newline) ?? head.count)]
        let last = end[(end.firstIndex(of: newline).map { $0 + 1 } ?? 0)...]
        let left = written - first.count - last.count
        return first + Array("\n… \(left) bytes left out …\n".utf8) + last
    }
}
