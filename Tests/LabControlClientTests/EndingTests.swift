import Foundation
import HostFiles
import Labs
import Testing

@testable import LabControlProtocol

@Suite struct EndingTests {
    private func withState(_ body: (StateDirectory) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(StateDirectory(environment: ["XDG_STATE_HOME": folder.path(percentEncoded: false)]))
    }

    private func ending(_ name: String) -> LabEnding {
        let reason = LabError(code: .labEnded, problem: "the agent was ended by signal 9", logTail: "oom\n")
        return LabEnding(name: name, reason: reason, engine: .process, lesson: "/lessons/a")
    }

    @Test("how a lab ended is remembered, with its reason and the end of its log, until it's forgotten")
    func memory() throws {
        try withState { state in
            #expect(state.savedEndings() == [])
            try state.save(ending("two"))
            try state.save(ending("one"))
            #expect(state.savedEndings().map(\.name) == ["one", "two"])
            #expect(state.ending(of: "one")?.reason.logTail == "oom\n")
            #expect(state.removeEnding(of: "one"))
            #expect(!state.removeEnding(of: "one"))
            #expect(state.savedEndings().map(\.name) == ["two"])
        }
    }

    @Test("whoever takes a name makes its former lab forgotten")
    func claim() throws {
        try withState { state in
            try state.save(ending("demo"))
            let (directory, lock) = try state.claim("demo")
            lock.release()
            #expect(state.ending(of: "demo") == nil)
            directory.remove()
        }
    }

    @Test("a name that leads elsewhere remembers and forgets nothing", arguments: ["..", "../labs/x", "A", ""])
    func badNames(_ name: String) throws {
        try withState { state in
            #expect(state.ending(of: name) == nil)
            #expect(!state.removeEnding(of: name))
        }
    }
}
