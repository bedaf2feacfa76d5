import Diagnostics
import Lessons

/// The operating system commands (OSC) that a lab's program may send to a person's terminal: the window's title, and links.
///
/// All others go: they write the clipboard (52), ask for colours (4, 10–19), notify (9, 777), or do what a terminal's maker
/// thought of (1337).
enum ShownCommand {
    /// In characters; a longer title is cut.
    static let maxTitle = 120
    /// In bytes; text behind a longer address is no link.
    static let maxAddress = 2048

    private static let schemes = ["http://", "https://", "mailto:"]

    /// The command as it may be shown, `nil` for one that may not.
    ///
    /// - Parameter body: What is between its introducer and its end.
    static func command(_ body: [UInt8]) -> [UInt8]? {
        guard let semicolon = body.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let number = String(decoding: body[..<semicolon], as: UTF8.self)
        let rest = body[(semicolon + 1)...]
        switch number {
        case "0", "1", "2":
            let title = String(decoding: rest, as: UTF8.self).oneLine.prefix(maxTitle)
            return sequence("\(number);\(title)")
        case "8": return link(rest)
        default: return nil
        }
    }

    /// A link's beginning; where its address may not be shown, the end of one, so that the text isn't part of another.
    private static func link(_ body: ArraySlice<UInt8>) -> [UInt8]? {
        guard let semicolon = body.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let address = body[(semicolon + 1)...]
        let text = String(decoding: address, as: UTF8.self)
        let isPlain = address.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, address.count <= maxAddress, schemes.contains(where: { text.lowercased().hasPrefix($0) }) else {
            return sequence("8;;")
        }
        let id = String(decoding: body[..<semicolon], as: UTF8.self).split(separator: ":").first { $0.hasPrefix("id=") }
        let name = id?.dropFirst(3).filter { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? ""
        return sequence("8;\(name.isEmpty ? "" : "id=\(name.prefix(64))");\(text)")
    }

    private static func sequence(_ text: String) -> [UInt8] { Array("\u{1B}]\(text)\u{1B}\\".utf8) }
}
