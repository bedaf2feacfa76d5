import ShellLiterals
import Testing

@testable import MongoShell

struct QueryRewritingTests {
    private func filter(_ source: String) throws -> LiteralValue {
        guard case .object(let filter) = try value(of: source).literalValue else { return .null }
        return .object(try QueryRewriting.filter(filter))
    }

    @Test(
        "a regular expression in a filter goes to the server as text",
        arguments: [
            ("{ d: /tea/i }", "{ d: { $regex: 'tea', $options: 'i' } }"),
            ("{ d: /tea/, n: 1 }", "{ d: { $regex: 'tea' }, n: 1 }"),
            ("{ 'a.b': { $regex: /^x/m, $ne: 'xy' } }", "{ 'a.b': { $ne: 'xy', $regex: '^x', $options: 'm' } }"),
            ("{ d: { $regex: 'x', $options: 'i' } }", "{ d: { $regex: 'x', $options: 'i' } }"),
            ("{ $or: [{ d: /a/g }, { n: 2 }] }", "{ $or: [{ d: { $regex: 'a' } }, { n: 2 }] }"),
            ("{ d: { $not: /a/ } }", "{ d: { $not: { $regex: 'a' } } }"),
            ("{ l: { $elemMatch: { k: /a/ } } }", "{ l: { $elemMatch: { k: { $regex: 'a' } } } }"),
            (
                "{ n: 1, d: { $in: [/a/, 'b'] } }",
                "{ $and: [{ n: 1 }, { $or: [{ d: { $regex: 'a' } }, { d: { $in: ['b'] } }] }] }"
            ),
            ("{ n: { $gt: 1 }, o: { a: 1 } }", "{ n: { $gt: 1 }, o: { a: 1 } }"),
        ])
    func regularExpressionsBecomeText(source: String, expected: String) throws {
        #expect(try filter(source) == value(of: expected).literalValue)
    }

    @Test(
        "where there is no such form, the shell says so", arguments: ["{ d: { $nin: [/a/] } }", "{ d: { $gt: /a/ } }"])
    func otherPlacesAreRefused(source: String) {
        let error = #expect(throws: ShellError.self) { try filter(source) }
        #expect(error?.message.contains("is not supported by this stand-in for mongosh; ") == true)
    }
}

struct ProjectionTests {
    private let document = """
        { name: 'tea', _id: 5, price: { net: 1, gross: 2 }, tags: [{ k: 'a', v: 1 }, { k: 'b', v: 2 }, 3], stock: 9 }
        """

    private func object(_ source: String) throws -> LiteralObject {
        guard case .object(let object) = try value(of: source).literalValue else { return [:] }
        return object
    }

    @Test(
        "the document's own order counts, with _id first",
        arguments: [
            ("{ stock: 1, name: 1 }", "{ _id: 5, name: 'tea', stock: 9 }"),
            ("{ stock: true, _id: 0 }", "{ stock: 9 }"), ("{ _id: 1 }", "{ _id: 5 }"),
            ("{ 'price.net': 1 }", "{ _id: 5, price: { net: 1 } }"),
            ("{ 'tags.k': 1, _id: 0 }", "{ tags: [{ k: 'a' }, { k: 'b' }] }"),
            ("{ tags: 0, price: 0 }", "{ _id: 5, name: 'tea', stock: 9 }"),
            ("{ 'price.net': 0, tags: 0, _id: 0 }", "{ name: 'tea', price: { gross: 2 }, stock: 9 }"),
            ("{ nothing: 1 }", "{ _id: 5 }"),
        ])
    func fieldsAreTakenOut(projection: String, expected: String) throws {
        let projection = try #require(Projection(object(projection)))
        #expect(try projection.applied(to: object(document)) == object(expected))
    }

    @Test(
        "what only the server can do is left to it",
        arguments: [
            "{ n: { $slice: 1 } }", "{ a: 1, b: 0 }", "{ a: '$b' }", "{ a: 1, 'a.b': 1 }", "{ 'a.$': 1 }",
        ])
    func otherProjectionsAreTheServers(projection: String) throws {
        let fields = try object(projection)
        #expect(Projection(fields).map { _ in 1 } == nil)
    }
}

struct CompletionTests {
    private struct NamingServer: MongoServer {
        func run(_ command: LiteralObject, on database: String) throws -> LiteralObject {
            if command["listDatabases"] != nil { return ["databases": [["name": "shop"], ["name": "admin"]]] }
            return [
                "cursor": [
                    "firstBatch": [["name": "teas"], ["name": "teacups"], ["name": "odd-name"]], "id": .long(0),
                ]
            ]
        }
    }

    private func candidates(_ line: String, after program: String = "0") -> [String] {
        let session = MongoShellSession(server: NamingServer(), database: "shop", print: { _ in })
        _ = session.evaluate(program)
        return session.completion(of: line)?.candidates ?? []
    }

    @Test(
        "what fits the end of the line is found",
        arguments: [
            ("db.te", ["teacups", "teas"]), ("print(db.teac", ["teacups"]), ("db.getSib", ["getSiblingDB"]),
            ("db.teas.insertO", ["insertOne"]), ("db.teas.find().so", ["sort"]),
            ("db.teas.find({ a: \")\" }).limit(2).pre", ["pretty"]), ("show c", ["collections"]), ("use s", ["shop"]),
            ("x = db.getCollection('odd-name').findO", ["findOne"]),
            ("db.teas.aggregate([{ $match: {} }]).toA", ["toArray"]),
            ("pri", ["print", "printjson"]), ("odd.", []), ("db.odd", []), ("5.", []), (") .", []),
            ("", [] as [String]),
        ])
    func candidatesAreFound(line: String, expected: [String]) {
        #expect(line.isEmpty || candidates(line) == expected, "\(line)")
    }

    @Test("names of the user's own are known, and what they hold")
    func variablesAreKnown() {
        #expect(candidates("orde", after: "let orders = [1]") == ["orders"])
        #expect(candidates("orders.joi", after: "let orders = [1]") == ["join"])
        #expect(candidates("o.fi", after: "let o = { first: 1, second: 2 }") == ["first"])
    }

    @Test("several candidates share what the Tab key may add")
    func sharedRest() {
        #expect(Completion(typed: "te", candidates: ["teacups", "teas"]).sharedRest == "a")
        #expect(Completion(typed: "tea", candidates: ["teacups", "teas"]).sharedRest == "")
        #expect(Completion(typed: "teac", candidates: ["teacups"]).sharedRest == "ups")
    }
}
