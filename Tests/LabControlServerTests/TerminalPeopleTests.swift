import LabControlProtocol
import Testing

@testable import LabControlServer

@Suite struct TerminalPeopleTests {
    private let own = TerminalSize(columns: 120, rows: 40)
    private let small = TerminalSize(columns: 80, rows: 24)
    private let large = TerminalSize(columns: 200, rows: 60)

    @Test("whoever came, typed or changed a window last has a terminal of that window's size")
    func latest() {
        var people = TerminalPeople(ownSize: own)
        let first = people.join(small)
        let second = people.join(large)
        #expect(people.size == large)
        let hasChanged = people.act(first)
        #expect(hasChanged && people.size == small)
        let isTheSame = people.act(first)
        #expect(!isTheSame)
        _ = people.act(second, window: own)
        #expect(people.size == own)
    }

    @Test("when the last has gone the terminal has its own size again")
    func leaving() {
        var people = TerminalPeople(ownSize: own)
        let first = people.join(small)
        let second = people.join(large)
        people.leave(second)
        #expect(people.size == small)
        people.leave(first)
        #expect(people.size == own)
        let isAnybody = people.act(first)
        #expect(!isAnybody && people.size == own)
    }

    @Test("a size that a lesson asks for waits until nobody is there")
    func lesson() {
        var people = TerminalPeople(ownSize: own)
        let person = people.join(small)
        people.ownSize = large
        #expect(people.size == small)
        people.leave(person)
        #expect(people.size == large)
    }
}
