import LabControlProtocol

/// The people at one terminal, and the size that it has for them.
///
/// It has the size of the window whose person did something last (came, typed, changed the window's size), as a window of
/// tmux has with `window-size latest`: whoever works sees all of it, and others see a part or a margin. Without anyone there
/// it has a size of its own, so that what a lesson prints doesn't depend on who looked in.
struct TerminalPeople {
    /// Tells one person's window from another's.
    struct Person: Hashable, Sendable {
        fileprivate let number: Int
    }

    /// The size without anyone there.
    var ownSize: TerminalSize
    private var windows: [(person: Person, size: TerminalSize)] = []
    private var last = 0

    init(ownSize: TerminalSize) {
        self.ownSize = ownSize
    }

    var size: TerminalSize { windows.last?.size ?? ownSize }

    mutating func join(_ window: TerminalSize) -> Person {
        last += 1
        let person = Person(number: last)
        windows.append((person, window))
        return person
    }

    mutating func leave(_ person: Person) {
        windows.removeAll { $0.person == person }
    }

    /// Notes that a person did something.
    ///
    /// - Parameter window: The new size of the person's window; `nil` when it's as it was.
    /// - Returns: `true` when the terminal has another size now.
    mutating func act(_ person: Person, window: TerminalSize? = nil) -> Bool {
        guard let index = windows.firstIndex(where: { $0.person == person }) else { return false }
        let before = size
        var entry = windows.remove(at: index)
        entry.size = window ?? entry.size
        windows.append(entry)
        return size != before
    }
}
