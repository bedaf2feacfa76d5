import LessonMarkdown

/// Splits untrusted HTML into texts and tags as a browser does outside of scripts; every byte is looked at a few times at most.
struct HTMLTokenizer {
    enum Token {
        case text(Range<Int>)
        case start(name: String, attributes: [(name: String, value: String)])
        case end(name: String)
    }

    let bytes: [UInt8]
    private(set) var offset = 0
    /// Bytes looked at so far.
    private(set) var work = 0

    init(_ html: String) { bytes = Array(html.utf8) }

    /// The next token; comments, declarations and a tag that isn't closed are passed over.
    mutating func next() -> Token? {
        while offset < bytes.count {
            let start = offset
            if bytes[offset] != .less || !opensMarkup {
                offset += 1
                while offset < bytes.count, bytes[offset] != .less { offset += 1 }
                work += offset - start
                return .text(start..<offset)
            }
            switch bytes[offset + 1] {
            case UInt8(ascii: "!"), UInt8(ascii: "?"): skipDeclaration()
            case UInt8(ascii: "/"):
                guard offset + 2 < bytes.count, bytes[offset + 2].isLetter else {
                    skip(past: ">")
                    work += offset - start
                    continue
                }
                offset += 2
                let tag = takeTag()
                work += offset - start
                if let tag { return .end(name: tag.name) }
                continue
            default:
                offset += 1
                let tag = takeTag()
                work += offset - start
                if let tag { return .start(name: tag.name, attributes: tag.attributes) }
                continue
            }
            work += offset - start
        }
        return nil
    }

    private var opensMarkup: Bool {
        guard offset + 1 < bytes.count else { return false }
        let next = bytes[offset + 1]
        return next.isLetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
    }

    /// Passes over the text of an element whose content is no markup, up to its closing tag.
    mutating func skipRawText(of name: String) {
        let start = offset
        let letters = Array(name.utf8)
        while offset < bytes.count {
            if bytes[offset] == .less, offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "/") {
                let end = offset + 2 + letters.count
                if end <= bytes.count, bytes[offset + 2..<end].elementsEqual(letters, by: { $0.lowercased == $1 }),
                    end == bytes.count || !(bytes[end].isLetter || bytes[end].isDigit)
                {
                    break
                }
            }
            offset += 1
        }
        work += offset - start
    }

    mutating func skipAll() { offset = bytes.count }

    private mutating func skip(past text: StaticString) {
        let needle = text.withUTF8Buffer { Array($0) }
        while offset < bytes.count, !bytes[offset...].starts(with: needle) { offset += 1 }
        offset = min(bytes.count, offset + needle.count)
    }

    private mutating func skipDeclaration() {
        guard bytes[offset...].starts(with: Array("<!--".utf8)) else { return skip(past: ">") }
        offset += 4
        if bytes[offset...].starts(with: Array(">".utf8)) { return offset += 1 }
        if bytes[offset...].starts(with: Array("->".utf8)) { return offset += 2 }
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "-") {
                if bytes[offset...].starts(with: Array("-->".utf8)) { return offset += 3 }
                if bytes[offset...].starts(with: Array("--!>".utf8)) { return offset += 4 }
            }
            offset += 1
        }
    }

    private func isWhite(_ byte: UInt8) -> Bool { byte.isWhite || byte == 0x0C }

    /// Reads from a tag's name to its `>`; `nil` when the text ends before.
    private mutating func takeTag() -> (name: String, attributes: [(name: String, value: String)])? {
        let nameStart = offset
        let slash = UInt8(ascii: "/")
        while offset < bytes.count, !isWhite(bytes[offset]), bytes[offset] != slash, bytes[offset] != .greater {
            offset += 1
        }
        let name = String(decoding: bytes[nameStart..<offset].map(\.lowercased), as: UTF8.self)
        var attributes: [(name: String, value: String)] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == .greater {
                offset += 1
                return (name, attributes)
            }
            if isWhite(byte) || byte == slash {
                offset += 1
                continue
            }
            let start = offset
            offset += 1
            while offset < bytes.count, !isWhite(bytes[offset]), bytes[offset] != slash, bytes[offset] != .greater,
                bytes[offset] != UInt8(ascii: "=")
            {
                offset += 1
            }
            let attribute = String(decoding: bytes[start..<offset].map(\.lowercased), as: UTF8.self)
            attributes.append((attribute, takeValue()))
        }
        return nil
    }

    private mutating func takeValue() -> String {
        var probe = offset
        while probe < bytes.count, isWhite(bytes[probe]) { probe += 1 }
        guard probe < bytes.count, bytes[probe] == UInt8(ascii: "=") else {
            offset = probe
            return ""
        }
        probe += 1
        while probe < bytes.count, isWhite(bytes[probe]) { probe += 1 }
        offset = probe
        guard probe < bytes.count, bytes[probe] != .greater else { return "" }
        let quote = bytes[probe]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            offset += 1
            let start = offset
            while offset < bytes.count, bytes[offset] != quote { offset += 1 }
            let value = bytes[start..<offset]
            if offset < bytes.count { offset += 1 }
            return CharacterReferences.decoded(value)
        }
        while offset < bytes.count, !isWhite(bytes[offset]), bytes[offset] != .greater { offset += 1 }
        return CharacterReferences.decoded(bytes[probe..<offset])
    }
}
