import Foundation
import Testing

/// `lectern shell` and `lectern verify` at one terminal of a lab that is up.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct SharedTerminalTests {
    private let lectern: LecternProgram
    private let lab = "shared-\(UInt32.random(in: .min ... .max))"

    init() throws { lectern = try LecternProgram() }

    private func withLab(_ body: () throws -> Void) throws {
        defer { lectern.remove() }
        let page = try lectern.page("hello\n")
        let up = try lectern.run(["up", "--name", lab, page])
        try #require(up.status == 0, "\(up.problems)")
        defer {
            let down = try? lectern.run(["down", lab])
            #expect(down?.status == 0)
            #expect(lectern.leftovers() == [])
        }
        try body()
    }

    private func join(_ terminal: String, columns: Int = 100, rows: Int = 30) throws -> PersonAtTerminal {
        try PersonAtTerminal(lectern, ["shell", terminal, "--lab", lab], columns: columns, rows: rows)
    }

    /// Leaves with Ctrl-].
    private func leave(_ person: PersonAtTerminal) throws {
        person.type("\u{1D}")
        #expect(try person.end() == 0)
        #expect(person.isCooked)
    }

    @Test func peopleLookOnWhileALessonIsVerified() throws {
        try withLab {
            let page = try lectern.page(
                """
                `echo first`{{execute T1}}

                You'll get the following output:

                `first`

                `echo waiting; until [ -e ~/go ]; do sleep 0.02; done; rm ~/go; echo went on`{{execute T1}}

                You'll get the following output:

                ```
                waiting
                went on
                ```

                `seq 5000`{{execute T1}}

                You'll get the following output:

                ```
                1
                ...
                5000
                ```

                `printf 'x%.0s' {1..300}; echo; printf '\\e[31m漢字\\e[0m\\tend\\n'`{{execute T1}}

                You'll get the following output:

                ```
                \(String(repeating: "x", count: 300))
                漢字    end
                ```
                """)
            // One was there before the lesson's shell, and stays when it is exchanged for a new one.
            let first = try join("T1")
            try first.wait(for: "#")
            let (process, output, problems) = try lectern.start(["verify", "--progress", "none", "--lab", lab, page])
            try first.wait(for: "waiting")
            let second = try join("T1", columns: 90, rows: 25)
            try second.wait(for: "waiting")
            let helper = try join("T2")
            try helper.wait(for: "#")
            helper.type("touch ~/go; echo $((6 * 7))\r")
            try helper.wait(for: "42")
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            let errors = String(decoding: problems.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(process.terminationStatus == 0, "\(text)\(errors)")
            #expect(text.contains("Verified  4 actions, 4 samples"), "\(text)")
            // Everyone finds the same at the end, and whoever comes now.
            let late = try join("T1", columns: 90, rows: 25)
            try late.wait(for: "end")
            try late.wait(for: "a prompt") { $0.last?.hasSuffix("#") == true }
            #expect(late.history.split(separator: "\n").count { $0 == "4321" } == 1)
            try second.wait(for: "the same as a newcomer") { $0 == late.shown }
            try first.wait(for: "end")
            first.type("echo ty''ped\r")
            for person in [first, second, late] { try person.wait(for: "typed") }
            for person in [first, second, late, helper] { try leave(person) }
        }
    }

    @Test func whatAPersonTypesIsAsIfTheLessonHadTypedIt() throws {
        try withLab {
            let page = try lectern.page(
                """
                `clear; read -p 'Your name: ' name`{{execute T1}}

                `until [ -e ~/answered ]; do sleep 0.02; done; rm ~/answered`{{execute T2}}

                `echo "Hello, $name"`{{execute T1}}

                You'll get the following output:

                `Hello, Anna`
                """)
            let person = try join("T1")
            try person.wait(for: "#")
            let replies: [(reply: String, status: Int32, verdict: String)] = [
                ("Anna", 0, "Verified"), ("Bert", 1, #"expected "Anna", got "Bert""#),
            ]
            for (reply, status, verdict) in replies {
                let (process, output, _) = try lectern.start(["verify", "--progress", "none", "--lab", lab, page])
                try person.wait(for: "the question") { $0.last == "Your name:" }
                person.type("\(reply)\rtouch ~/answered\r")
                let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == status, "\(text)")
                #expect(text.contains(verdict), "\(text)")
                person.type("clear; echo still he''re\r")
                try person.wait(for: "still here")
            }
            try leave(person)
        }
    }

    @Test func aShellThatIsKilledLeavesScreenAndHistoryToTheNext() throws {
        try withLab {
            let killed = try join("T1", columns: 80, rows: 24)
            try killed.wait(for: "#")
            killed.type("seq 1000; printf '\\e[32mgreen\\e[0m\\n'; cat\r")
            // A line of its own: the command line says it, too.
            try killed.wait(for: "the last line of output") { $0.last == "green" }
            killed.type("to be continued")
            try killed.wait(for: "continued")
            let before = killed.shown
            killed.kill()
            #expect(try killed.end() == -9)
            let next = try join("T1", columns: 80, rows: 24)
            try next.wait(for: "the same screen") { $0 == before }
            let history = next.history.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(history.count { $0 == "1" } == 1 && history.count { $0 == "500" } == 1)
            // The program is still at the end of its line, and hears of the new window's size.
            next.type("\r\u{4}")
            try next.wait(for: "its echo") { $0.count { $0 == "to be continued" } == 2 }
            next.resize(columns: 70, rows: 20)
            next.type("clear; stty size\r")
            try next.wait(for: "20 70")
            #expect(!next.isCooked)
            try leave(next)
        }
    }

    @Test func theEndOfTheShellOrOfTheLabEndsALook() throws {
        try withLab {
            let person = try join("T1")
            try person.wait(for: "#")
            person.type("exit\r")
            #expect(try person.end() == 2)
            let other = try join("T1")
            try other.wait(for: "#")
            other.type("vi\r")
            try other.wait(for: "~")
            #expect(try lectern.run(["down", lab]).status == 0)
            #expect(try other.end() == 2)
            let again = try lectern.run(["up", "--name", lab, try lectern.page("hello\n")])
            #expect(again.status == 0)
        }
    }
}
