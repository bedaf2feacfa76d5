/// An IPv4 address inside a lab.
public struct LabAddress: RawRepresentable, Hashable, Sendable {
    /// The first part in the highest bits.
    public var rawValue: UInt32

    /// 127.0.0.1 as the lab sees it, not the host's.
    public static let loopback = LabAddress(rawValue: 0x7f00_0001)

    /// Takes any 32 bits; see ``rawValue`` for their order.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// - Returns: `nil` for anything but four numbers from 0 to 255 with dots between them.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
        let bytes = parts.compactMap { UInt8($0) }
        guard bytes.count == 4 else { return nil }
        rawValue = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
