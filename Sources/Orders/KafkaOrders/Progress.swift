/// How far a group has come, as this program knows it: tells a broker that has forgotten from one that has not.
struct Progress {
    /// The broker, when asked again, starts before what it had confirmed as received.
    struct Loss: Equatable {
        let partition: Int32
        /// Offset behind the last message whose receipt the former broker confirmed.
        let received: Int64
        /// Offset that is read next; 0 when the broker knows of none.
        let start: Int64
    }

    private var positions: [Int32: Int64] = [:]

    /// The broker has confirmed that everything up to these messages was received.
    ///
    /// - Parameter offsets: For each partition the offset of the last message.
    mutating func committed(_ offsets: [Int32: Int64]) {
        for (partition, offset) in offsets { positions[partition] = offset + 1 }
    }

    /// A new consumer starts at these offsets, negative ones standing for the oldest message.
    ///
    /// - Returns: The loss in the first partition that has one; `nil` when the broker remembers.
    mutating func restart(at starts: [Int32: Int64]) -> Loss? {
        let losses = positions.compactMap { partition, received -> Loss? in
            let start = max(0, starts[partition] ?? 0)
            return start < received ? Loss(partition: partition, received: received, start: start) : nil
        }
        if !losses.isEmpty { positions = [:] }
        return losses.min { $0.partition < $1.partition }
    }
}
