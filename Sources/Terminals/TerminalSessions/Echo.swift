/// Takes the echo of typed text away from the beginning of what the terminal shows.
///
/// Blanks and line ends are skipped on both sides, since a line editor wraps long lines in its own way. Text that doesn't
/// begin with the echo (a hidden password) comes back as it is. What a program prints right behind the echo of a control
/// key, as most do on Ctrl-C, is its output; what is behind other text in the same line is not known to be.
package func withoutEcho(_ text: String, of typed: String) -> String {
    var rest = text.utf8[...]
    for byte in typed.utf8 where !isBlank(byte) {
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        // A terminal shows a control character as ^ and a letter.
        if byte < 0x20, rest.first == UInt8(ascii: "^"), rest.dropFirst().first == byte | 0x40 {
            rest = rest.dropFirst(2)
            continue
        }
        if byte < 0x20 || byte == 0x7F { continue }
        guard rest.first == byte else { return text }
        rest.removeFirst()
    }
    while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
    guard let next = rest.first else { return "" }
    guard next == UInt8(ascii: "\n") else { return isControlKeys(typed) ? String(rest) ?? text : text }
    return String(rest.dropFirst()) ?? text
}

/// Whether only control keys were pressed: the terminal shows them, and Return is none of them.
package func isControlKeys(_ typed: String) -> Bool {
    !typed.utf8.isEmpty && typed.utf8.allSatisfy { $0 < 0x20 && $0 != 0x0D && $0 != 0x0A && $0 != 0x09 }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
