import MongoShell
import ShellLiterals
import Testing

/// Keeps the commands it gets and answers them from a list, the last answer again and again.
private final class RecordingServer: MongoServer {
    var commands: [LiteralObject] = []
    var databases: [String] = []
    var replies: [LiteralObject]

    init(_ replies: LiteralObject...) { self.replies = replies }

    func run(_ command: LiteralObject, on database: String) throws -> LiteralObject {
        commands.append(command)
        databases.append(database)
        guard let first = replies.first else { return ["ok": 1] }
        if replies.count > 1 { replies.removeFirst() }
        return first
    }
}

private func documents(_ values: LiteralValue, id: Int64 = 0, batch: String = "firstBatch") -> LiteralObject {
    ["cursor": .object([batch: values, "id": .long(id), "ns": "r.orders"]), "ok": 1]
}

struct SessionTests {
    private func session(_ server: RecordingServer = RecordingServer()) -> MongoShellSession {
        MongoShellSession(server: server, database: "r", print: { _ in })
    }

    @Test func thePromptIsTheDatabase() {
        let session = session()
        #expect(session.prompt == "r> ")
        #expect(session.enter("db") == .text("r"))
        #expect(session.enter("use other") == .text("switched to db other"))
        #expect(session.enter("use other;") == .text("already on db other"))
        #expect(session.prompt == "other> ")
    }

    @Test func anOpenBracketAsksForMore() {
        let server = RecordingServer(documents([]))
        let session = session(server)
        #expect(session.enter("db.orders.find({") == .nothing)
        #expect(session.prompt == "... ")
        #expect(session.enter("  quantity: 2 // two") == .nothing)
        #expect(session.enter("})") == .nothing)
        #expect(session.prompt == "r> ")
        #expect(server.commands == [["find": "orders", "filter": ["quantity": 2]]])
    }

    @Test func abandonedInputIsForgotten() {
        let session = session()
        #expect(session.enter("[1,") == .nothing)
        session.abandonInput()
        #expect(session.enter("2") == .text("2"))
    }

    @Test(arguments: ["exit", "quit", "exit()", "quit();", ".exit", "  exit ;"])
    func itCanBeLeft(line: String) {
        #expect(session().enter(line) == .exit(status: 0))
    }

    @Test func exitTakesAStatus() { #expect(session().enter("exit(3)") == .exit(status: 3)) }

    @Test func queryOptionsAreSentInOneCommand() {
        let server = RecordingServer(documents([]))
        _ = session(server).enter("db.orders.find({}, {_id: 0}).sort({quantity: -1}).skip(2).limit(3).pretty()")
        #expect(
            server.commands == [
                [
                    "find": "orders", "filter": [:], "projection": ["_id": 0], "sort": ["quantity": -1], "skip": 2,
                    "limit": 3,
                ]
            ])
    }

    @Test func aLongResultComesInPagesOfTwenty() {
        let all = (0..<45).map { LiteralValue.object(["_id": .number(Double($0))]) }
        let server = RecordingServer(
            documents(.array(Array(all[..<30])), id: 7), documents(.array(Array(all[30...])), batch: "nextBatch"))
        let session = session(server)
        for (line, range, ending) in [("db.c.find()", 0..<20, true), ("it", 20..<40, true), ("it", 40..<45, false)] {
            let text = LiteralValue.array(Array(all[range])).literal(.shellCursor)
            #expect(session.enter(line) == .text(ending ? text + "\nType \"it\" for more" : text))
        }
        #expect(session.enter("it") == .text("no cursor"))
        #expect(server.commands[1] == ["getMore": .long(7), "collection": "c"])
    }

    @Test func namesWithDotsAndBracketsAreCollections() {
        let session = session()
        #expect(session.enter("db.a.b") == .text("r.a.b"))
        #expect(session.enter("db['a-b']") == .text("r.a-b"))
        #expect(session.enter("db.getCollection('x y')") == .text("r.x y"))
        #expect(session.enter("db.getSiblingDB('s').t") == .text("s.t"))
    }

    @Test(arguments: [
        ("foo", "ReferenceError: foo is not defined"),
        ("db.orders.fnd()", "TypeError: db.orders.fnd is not a function"),
        ("db.orders.find().foo()", "TypeError: db.orders.find(...).foo is not a function"),
        ("db.orders.aggregate([]).limit(1)", "TypeError: db.orders.aggregate(...).limit is not a function"),
        ("null.x", "TypeError: Cannot read properties of null (reading 'x')"),
        ("const a = 1; a = 2", "TypeError: Assignment to constant variable."),
        ("f = x => f(x); f(1)", "RangeError: Maximum call stack size exceeded"),
        ("ISODate('yesterday')", "MongoshInvalidInputError: [COMMON-10001] 'yesterday' is not a valid ISODate"),
        ("show nothing", "MongoshInvalidInputError: [COMMON-10001] 'nothing' is not a valid argument for \"show\"."),
    ])
    func wrongExpressionsGetTheErrorOfAShell(line: String, expected: String) throws {
        guard case .failure(let error) = session().enter(line) else {
            Issue.record("no error")
            return
        }
        #expect(error.description == expected)
    }

    @Test func aSyntaxErrorShowsThePlace() {
        guard case .failure(let error) = session().enter("db.orders.find({a:})") else {
            Issue.record("no error")
            return
        }
        #expect(
            error.description == """
                SyntaxError: Unexpected token (1:18)

                > 1 | db.orders.find({a:})
                    |                   ^

                """)
    }

    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("'a' + 1", "a1"), ("2 ** 3 ** 2", "512"), ("-3 % 2", "-1"), ("1 < 2 ? 'y' : 'n'", "y"),
        ("x = 5; x / 2", "2.5"), ("let a = [1,2,3]; a.map(v => v * 2)", "[ 2, 4, 6 ]"), ("[3,4].length", "2"),
        ("`a${1 + 1}b`", "a2b"), ("typeof nothing", "undefined"), ("null ?? 4", "4"), ("!0", "true"),
        ("new Date(0)", "ISODate('1970-01-01T00:00:00.000Z')"), ("NumberLong('5')", "Long('5')"), ("0x1F", "31"),
        ("{a: 1}.a", "1"), ("({}).b?.c", ""), ("/* c */ 1 // d", "1"), ("'\\u00e9\\x41'", "éA"), ("1e3", "1000"),
        ("((a, b) => { let c = a + b; return c })(1, 2)", "3"), ("JSON.stringify({a: [1, 'x']})", #"{"a":[1,"x"]}"#),
        ("const n = null; n?.x", ""), ("[/a/i, 6 / 2 / 3]", "[ /a/i, 1 ]"), ("1\n2", "2"), (".5 + 5.", "5.5"),
    ])
    func expressionsAreEvaluated(line: String, expected: String) {
        #expect(session().evaluate(line) == (expected.isEmpty ? .nothing : .text(expected)))
    }

    @Test func insertedDocumentsGetAnIdentifierAndAWriteErrorIsThrown() {
        let server = RecordingServer(
            ["n": 1, "ok": 1], ["writeErrors": [["code": 11000, "errmsg": "E11000 duplicate"]]])
        let session = session(server)
        guard case .text(let text) = session.enter("db.c.insertOne({a: 1})") else {
            Issue.record("no text")
            return
        }
        #expect(text.contains(/insertedId: ObjectId\('[0-9a-f]{24}'\)/))
        #expect(
            session.enter("db.c.insertOne({_id: 1})")
                == .failure(ShellError("MongoServerError", "E11000 duplicate")))
    }

    @Test func updatesReportWhatTheServerCounted() {
        let server = RecordingServer(["n": 1, "nModified": 0, "upserted": [["index": 0, "_id": 9]], "ok": 1])
        #expect(
            session(server).enter("db.c.updateOne({_id: 9}, {$set: {a: 1}}, {upsert: true})")
                == .text(
                    "{\n  acknowledged: true,\n  insertedId: 9,\n  matchedCount: 0,\n  modifiedCount: 0,\n  upsertedCount: 1\n}"
                ))
        guard case .failure(let error) = session(server).enter("db.c.updateOne({}, {a: 1})") else {
            Issue.record("no error")
            return
        }
        #expect(error.message == "Update document requires atomic operators")
    }

    @Test func textFromTheDatabaseCantChangeTheTerminal() {
        let server = RecordingServer(documents([["a": "\u{1B}[2J"]]))
        #expect(session(server).enter("db.c.findOne().a") == .text(#"'\x1B[2J'"#))
    }
}
