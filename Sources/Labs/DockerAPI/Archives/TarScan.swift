import NIOCore

/// Finds an entry in a tar archive on disk, without reading the others.
struct TarScan {
    private static let block: Int64 = 512

    private let file: FileChunks
    private var offset: Int64 = 0

    init(_ file: FileChunks) {
        self.file = file
    }

    /// - Parameter limit: Bytes; a longer entry is refused.
    /// - Returns: The entry's contents; `nil` when the archive ends without it.
    /// - Throws: ``DockerError`` with code `.badFile` when it is no archive, or was cut short.
    mutating func contents(of name: String, limit: Int) throws -> [UInt8]? {
        var longName: String?
        var longSize: Int64?
        while true {
            let header = try file.read(at: offset, count: Int(Self.block))
            guard header.count == Int(Self.block) else { throw bad("ends in the middle") }
            if header.allSatisfy({ $0 == 0 }) { return nil }
            guard isHeader(header) else { throw bad("is not a tar archive") }
            let kind = header[156]
            let size = longSize ?? number(header[124..<136])
            let start = offset + Self.block
            guard size >= 0, start + size <= file.size else { throw bad("ends in the middle") }
            offset = start + (size + Self.block - 1) / Self.block * Self.block
            switch kind {
            case UInt8(ascii: "x"):
                for (key, value) in records(try contents(at: start, size: size, limit: 1 << 20)) {
                    if key == "path" { longName = value }
                    if key == "size" { longSize = Int64(value) }
                }
                continue
            case UInt8(ascii: "L"):
                longName = text(try contents(at: start, size: size, limit: 1 << 16)[...])
                continue
            case UInt8(ascii: "g"): continue
            case UInt8(ascii: "0"), 0:
                if (longName ?? text(header[..<100])) == name {
                    return try contents(at: start, size: size, limit: limit)
                }
            default: break
            }
            longName = nil
            longSize = nil
        }
    }

    private func contents(at start: Int64, size: Int64, limit: Int) throws -> [UInt8] {
        guard size <= limit else { throw bad("has an entry that is too long") }
        return try file.read(at: start, count: Int(size))
    }

    private func isHeader(_ header: [UInt8]) -> Bool {
        var sum: Int64 = 0
        for (index, byte) in header.enumerated() { sum += (148..<156).contains(index) ? 32 : Int64(byte) }
        return sum == number(header[148..<156])
    }

    /// Octal digits, or binary when the first bit is set.
    private func number(_ field: ArraySlice<UInt8>) -> Int64 {
        if let first = field.first, first & 0x80 != 0 {
            return field.suffix(7).reduce(0) { $0 << 8 | Int64($1) }
        }
        return field.drop { $0 == UInt8(ascii: " ") }.prefix { (48..<56).contains($0) }
            .reduce(0) { $0 << 3 | Int64($1 - 48) }
    }

    private func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    private func records(_ bytes: [UInt8]) -> [(key: String, value: String)] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard let blank = line.firstIndex(of: " "), let equals = line.firstIndex(of: "="), blank < equals else {
                return nil
            }
            return (String(line[line.index(after: blank)..<equals]), String(line[line.index(after: equals)...]))
        }
    }

    private func bad(_ what: String) -> DockerError {
        DockerError(
            code: .badFile, problem: "'\(file.path)' \(what)",
            remedy: "save the images again, to a file with enough room")
    }
}
