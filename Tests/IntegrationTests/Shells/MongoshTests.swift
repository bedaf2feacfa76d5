import Foundation
import Testing

@Suite(.enabled(if: Installed.documentStore != nil, "nx-27017 isn't installed: make setup"))
struct MongoshTests {
    private func withStore<Result>(_ body: (String) throws -> Result) throws -> Result {
        let store = try #require(Installed.documentStore)
        return try withService(
            store, { ["--db", "memory", "-p", String($0), "--log-file", "log", "--pid-file", "pid"] }
        ) {
            try body("mongodb://localhost:\($0)/simplecqrs_r")
        }
    }

    @Test func theLessonsSessionPrintsWhatTheLessonShows() throws {
        try withStore { url in
            let orders = (1...4).map { number in
                "{_id: 'o\(number)', customer: {email: 'Antonetta.Crooks@esperanza.name', firstName: 'Antonetta',"
                    + " lastName: 'Crooks'}, created: {created: ISODate('2020-12-30T05:01:34.280Z')}, quantity: \(number), __v: 0}"
            }
            let insertion = try run(
                "mongosh", [url, "--quiet", "--eval", "db.orders.insertMany([\(orders.joined(separator: ","))])"])
            #expect(insertion.status == 0 && insertion.output.contains("acknowledged: true"))
            let session = try run("mongosh", [url], input: "db\ndb.orders.find().limit(1)\nexit\n")
            #expect(session.output.hasPrefix("Current Mongosh Log ID:\t"))
            #expect(session.output.contains("\nConnecting to:\t\t\(url)?directConnection=true"))
            #expect(session.output.contains("stand-in"))
            #expect(
                session.output.hasSuffix(
                    """
                    simplecqrs_r> simplecqrs_r
                    simplecqrs_r> [
                      {
                        _id: 'o1',
                        customer: {
                          email: 'Antonetta.Crooks@esperanza.name',
                          firstName: 'Antonetta',
                          lastName: 'Crooks'
                        },
                        created: { created: ISODate('2020-12-30T05:01:34.280Z') },
                        quantity: 1,
                        __v: 0
                      }
                    ]
                    simplecqrs_r>\u{20}
                    """))
            #expect(session.status == 0 && session.errors.isEmpty)
        }
    }

    @Test func queriesAggregationsAndWritesRunOnTheServer() throws {
        try withStore { url in
            let program = """
                db.c.insertMany([{n: 1, k: 'x'}, {n: 2, k: 'y'}, {n: 3, k: 'x'}]).acknowledged
                db.c.find({n: {$gte: 2}}, {_id: 0, n: 1}).sort({n: -1})
                db.c.aggregate([{$match: {n: {$gt: 0}}}, {$group: {_id: '$k', total: {$sum: '$n'}}}, {$sort: {_id: 1}}])
                db.c.countDocuments({k: 'x'})
                db.c.distinct('k').length
                db.c.updateMany({k: 'x'}, {$inc: {n: 10}}).modifiedCount
                db.c.find({}, {_id: 0, n: 1}).skip(1).limit(1).toArray()
                db.c.deleteMany({k: 'x'}).deletedCount
                show collections
                db.c.findOne({n: 99})
                """
            let result = try run("mongosh", [url, "--quiet"], input: program + "\n")
            let lines = result.output.replacingOccurrences(of: "simplecqrs_r> ", with: "").split(separator: "\n")
            #expect(
                lines == [
                    "true", "[ { n: 3 }, { n: 2 } ]", "[ { _id: 'x', total: 4 }, { _id: 'y', total: 2 } ]", "2",
                    "2", "2", "[ { n: 2 } ]", "2", "c", "null",
                ])
        }
    }

    @Test("regular expressions, projections and programs give what MongoDB gives")
    func regularExpressionsAndProjections() throws {
        try withStore { url in
            let program = """
                db.c.insertMany([{_id: 1, d: 'Hot tea', p: {net: 3, tax: 1}}, {_id: 2, d: 'cold TEA'}, {_id: 3, d: 'ale'}]).acknowledged
                db.c.find({d: /tea/i}).count()
                db.c.find({d: {$in: [/^cold/, 'ale']}}, {_id: 1}).toArray()
                db.c.countDocuments({d: {$regex: 'tea$'}})
                db.c.aggregate([{$match: {d: /TEA/}}, {$project: {d: 1}}]).toArray().length
                db.c.find({_id: 1}, {p: 1, d: 1})
                db.c.find({_id: 1}, {'p.tax': 1, _id: 0})
                for (const c of db.c.find().sort({_id: 1})) { if (c.d.length > 3) print(c.d.toUpperCase()) }
                try { db.c.insertOne({_id: 1}) } catch (e) { print(e.name) }
                db.c.deleteMany({d: /ale/}).deletedCount
                """
            let result = try run("mongosh", [url, "--quiet"], input: program + "\n")
            let lines = result.output.replacingOccurrences(of: "simplecqrs_r> ", with: "").split(separator: "\n")
            #expect(
                lines == [
                    "true", "2", "[ { _id: 2 }, { _id: 3 } ]", "1", "1",
                    "[ { _id: 1, d: 'Hot tea', p: { net: 3, tax: 1 } } ]", "[ { p: { tax: 1 } } ]", "HOT TEA",
                    "COLD TEA", "MongoServerError", "1",
                ])
        }
    }

    @Test func aSecondDocumentWithTheSameIdentifierIsTheServersError() throws {
        try withStore { url in
            let result = try run(
                "mongosh", [url, "--quiet", "--eval", "db.c.insertOne({_id: 1})", "--eval", "db.c.insertOne({_id: 1})"])
            #expect(result.status == 1)
            #expect(result.errors.hasPrefix("MongoServerError"))
        }
    }
}

@Suite(.enabled(if: Installed.product("mongosh") != nil, "mongosh isn't built"))
struct MongoshWithoutServerTests {
    @Test func aServerThatIsntThereIsNamed() throws {
        let port = try freePort()
        let result = try run("mongosh", ["mongodb://localhost:\(port)/x", "--quiet"])
        #expect(result.errors == "MongoNetworkError: connect ECONNREFUSED 127.0.0.1:\(port)\n")
        #expect(result.status == 1 && result.output.isEmpty)
    }

    @Test func aWrongAddressIsRefused() throws {
        let result = try run("mongosh", ["http://localhost"])
        #expect(result.status == 1 && result.errors.hasPrefix("MongoParseError: Invalid scheme"))
    }

    @Test func itSaysWhatItIs() throws {
        #expect(try run("mongosh", ["--version"]).output.contains("Lectern's stand-in"))
        #expect(try run("kfk", ["--version"]).output.contains("Lectern's stand-in"))
    }
}
