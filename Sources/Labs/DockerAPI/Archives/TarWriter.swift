/// Writes a tar archive (POSIX ustar, with pax records for what doesn't fit) in memory.
///
/// - SeeAlso: IEEE Std 1003.1, `pax`, "ustar Interchange Format".
public struct TarWriter: Sendable {
    /// Who owns an entry; numbers of the container.
    public struct Owner: Hashable, Sendable {
        /// A user's number in the container.
        public var user: Int
        /// A group's number in the container.
        public var group: Int

        /// Takes numbers of any size; those from 2²¹ on go into a pax record.
        public init(user: Int, group: Int) {
            self.user = user
            self.group = group
        }

        /// User and group 0.
        public static let root = Owner(user: 0, group: 0)
    }

    private var bytes: [UInt8] = []
    private let modified: Int64

    /// - Parameter modified: Of every entry, in seconds since 1970.
    public init(modified: Int64 = 0) {
        self.modified = modified
    }

    /// Adds a directory; those above it aren't added.
    ///
    /// - Parameter path: Relative to where the archive is unpacked.
    public mutating func addDirectory(_ path: String, mode: Int = 0o755, owner: Owner = .root) {
        let path = path.hasSuffix("/") ? path : path + "/"
        addHeader(path, kind: "5", mode: mode, owner: owner, size: 0)
    }

    /// Adds a regular file; the directories above it aren't added.
    ///
    /// - Parameters:
    ///   - path: Relative to where the archive is unpacked.
    ///   - mode: Permission bits.
    public mutating func addFile(_ path: String, _ contents: [UInt8], mode: Int = 0o644, owner: Owner = .root) {
        addHeader(path, kind: "0", mode: mode, owner: owner, size: contents.count)
        bytes += contents
        pad()
    }

    /// Adds a symbolic link.
    ///
    /// - Parameters:
    ///   - path: Relative to where the archive is unpacked.
    ///   - target: Written as it is; it need not exist.
    public mutating func addLink(_ path: String, to target: String, owner: Owner = .root) {
        addHeader(path, kind: "2", mode: 0o777, owner: owner, size: 0, target: target)
    }

    /// The whole archive, its end mark included.
    public func finished() -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: 1024)
    }

    private mutating func pad() {
        bytes += [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    private mutating func addHeader(
        _ path: String, kind: Character, mode: Int, owner: Owner, size: Int, target: String = ""
    ) {
        var records: [UInt8] = []
        if path.utf8.count > 100 { records += Self.record("path", path) }
        if target.utf8.count > 100 { records += Self.record("linkpath", target) }
        if size >= 1 << 33 { records += Self.record("size", String(size)) }
        if owner.user >= 1 << 21 { records += Self.record("uid", String(owner.user)) }
        if owner.group >= 1 << 21 { records += Self.record("gid", String(owner.group)) }
        if !records.isEmpty {
            bytes += block("@PaxHeader", kind: "x", mode: 0o644, owner: .root, size: records.count, target: "")
            bytes += records
            pad()
        }
        bytes += block(path, kind: kind, mode: mode, owner: owner, size: size, target: target)
    }

    private func block(
        _ path: String, kind: Character, mode: Int, owner: Owner, size: Int, target: String
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { block[offset + index] = byte }
        }
        func put(number: Int, digits: Int, at offset: Int) {
            let largest = (1 << (3 * digits)) - 1
            let text = String(min(max(0, number), largest), radix: 8)
            put((String(repeating: "0", count: digits - text.count) + text).utf8, at: offset)
        }
        put(path.utf8.prefix(100), at: 0)
        put(number: mode & 0o7777, digits: 7, at: 100)
        put(number: owner.user, digits: 7, at: 108)
        put(number: owner.group, digits: 7, at: 116)
        put(number: size, digits: 11, at: 124)
        put(number: Int(modified), digits: 11, at: 136)
        put(kind.utf8, at: 156)
        put(target.utf8.prefix(100), at: 157)
        put("ustar\u{0}00".utf8, at: 257)
        // The sum is taken with blanks in its own place.
        put("        ".utf8, at: 148)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(number: sum, digits: 6, at: 148)
        block[154] = 0
        return block
    }

    /// `LENGTH key=value\n`, where the length counts its own digits.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while String(length).utf8.count + rest.utf8.count != length {
            length = String(length).utf8.count + rest.utf8.count
        }
        return Array((String(length) + rest).utf8)
    }
}
