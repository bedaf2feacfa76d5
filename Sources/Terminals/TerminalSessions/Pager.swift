import PseudoTerminals
import TerminalScreens

/// Programs that show a text page by page and read single keys, at whose end a person presses `q`.
///
/// Lessons seldom have a macro for that key: their prose says to press it, or that goes without saying.
enum Pager {
    private static let names: Set<String> = ["less", "more", "most", "pg", "pager"]

    /// - Parameter reader: The name of the process that reads the terminal.
    static func isPager(_ reader: String) -> Bool { names.contains(reader) }

    /// Whether a program ends at the first key of a line. The Return behind it would be left to the shell, whose second prompt
    /// could then be taken for the end of what is typed next.
    static func leaves(_ reader: String, at line: String) -> Bool {
        (line == "q" || line == "Q") && leftByKey.contains(reader)
    }

    private static let leftByKey: Set<String> = ["less", "more", "most", "pager", "top", "htop"]

    /// Whether a line is meant for a pager: single keys, numbers, and what begins a search or one of its own commands.
    static func takes(_ line: String) -> Bool {
        guard let first = line.utf8.first else { return true }
        if "/?:&-+".utf8.contains(first) { return !line.utf8.dropFirst().contains(UInt8(ascii: "/")) }
        return line.utf8.count == 1 || line.utf8.dropLast().allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension TerminalSession {
    /// Looks at the program that is about to be typed into; leaves a pager that the line can't be meant for.
    func meetProgram(takes keys: TerminalInput.Keys) async throws {
        for _ in 0..<Self.maxPagers {
            guard let look = lastLook, stage == .running, !look.isShell else { return }
            guard case .line(let text) = keys, Pager.isPager(look.reader), !Pager.takes(text) else {
                action?.program = look.reader.isEmpty ? look.command : look.reader
                if case .line(let text) = keys { action?.sparesReturn = Pager.leaves(look.reader, at: text) }
                return
            }
            try await leavePager(look.reader)
        }
    }

    /// A command line may open several, one after the other.
    private static let maxPagers = 10

    private func leavePager(_ name: String) async throws {
        openRegion(at: screenState.position, echo: nil)
        line.write([UInt8(ascii: "q")])
        let end = min(action?.deadline ?? .now, .now + .seconds(2))
        _ = try await settle(until: end, mayPause: false)
        // Neither its last lines nor its exit status belong to what is typed next.
        discardRegion()
        action?.output.removeAll()
        action?.statuses.removeAll()
        action?.failures.removeAll()
        hasForeignShellCommand = false
        action?.notes.append("pressed q to leave '\(name)' first; nothing on the page does")
    }
}
