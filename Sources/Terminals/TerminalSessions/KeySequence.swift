/// The bytes that the named keys send.
///
/// Keys are separated by blanks or written one after the other: `^C`, `^[`, `^\`, `^ESC`, `^ENTER`, `^TAB`, `^SPACE`,
/// `^BACKSPACE`, `^UP`, `^DOWN`, `^LEFT`, `^RIGHT`, `^HOME`, `^END`, `^PAGEUP`, `^PAGEDOWN`, `^DELETE`, `^F1` … `^F12`.
/// Upper and lower case are the same. Characters without a caret stand for themselves.
///
/// - Throws: ``TerminalSessionError`` for a name that is not a key.
public func keySequence(named text: String) throws(TerminalSessionError) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let character = rest.first {
        rest.removeFirst()
        guard character == "^" else {
            // Blanks only separate names; a blank key is ^SPACE.
            if character != " " { bytes.append(contentsOf: String(character).utf8) }
            continue
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber }.uppercased()
        if let key = namedKeys.first(where: { name.hasPrefix($0.name) }) {
            bytes.append(contentsOf: key.sequence.utf8)
            rest = rest.dropFirst(key.name.count)
            continue
        }
        // Control takes the lower five bits: A–Z, [ \ ] ^ _ @; ? is DEL.
        let upper = rest.first.map { $0.uppercased() }?.utf8.first
        switch upper {
        case UInt8(ascii: "?"): bytes.append(0x7F)
        case .some(let code) where (0x40...0x5F).contains(code): bytes.append(code & 0x1F)
        default:
            throw TerminalSessionError(
                code: .unknownKey, problem: "'\(text)' names no key",
                remedy: "write ^ and a letter (^C), or a name such as ^ESC, ^UP or ^ENTER")
        }
        rest = rest.dropFirst()
    }
    return bytes
}

/// Longer names before those they begin with (F10 before F1).
private let namedKeys: [(name: String, sequence: String)] = [
    ("ESCAPE", "\u{1B}"), ("ESC", "\u{1B}"), ("ENTER", "\r"), ("RETURN", "\r"), ("TAB", "\t"), ("SPACE", " "),
    ("BACKSPACE", "\u{7F}"), ("DELETE", "\u{1B}[3~"), ("INSERT", "\u{1B}[2~"), ("PAGEUP", "\u{1B}[5~"),
    ("PAGEDOWN", "\u{1B}[6~"), ("UP", "\u{1B}[A"), ("DOWN", "\u{1B}[B"), ("RIGHT", "\u{1B}[C"),
    ("LEFT", "\u{1B}[D"), ("HOME", "\u{1B}[H"), ("END", "\u{1B}[F"), ("F10", "\u{1B}[21~"), ("F11", "\u{1B}[23~"),
    ("F12", "\u{1B}[24~"), ("F1", "\u{1B}OP"), ("F2", "\u{1B}OQ"), ("F3", "\u{1B}OR"), ("F4", "\u{1B}OS"),
    ("F5", "\u{1B}[15~"), ("F6", "\u{1B}[17~"), ("F7", "\u{1B}[18~"), ("F8", "\u{1B}[19~"), ("F9", "\u{1B}[20~"),
]
