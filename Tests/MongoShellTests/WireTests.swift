import MongoShell
import ShellLiterals
import Testing

struct BSONTests {
    @Test func everyKindOfValueIsReadBackAsItWasWritten() throws {
        let document: LiteralObject = [
            "double": 1.5, "whole": 7, "negativeZero": -0.0, "large": 4_294_967_296, "text": "é\0x",
            "object": ["a": [:]],
            "list": [1, "x", .null, []], "binary": .binary(subtype: 4, bytes: Array(0..<16)),
            "old": .binary(subtype: 2, bytes: [1, 2]), "id": .objectID(Array(1...12)), "flag": true,
            "date": .date(-5), "nothing": .null, "regex": .regex(pattern: "^a", flags: "im"),
            "code": .code("f()", scope: nil), "scoped": .code("f()", scope: ["x": 1]), "symbol": .symbol("s"),
            "timestamp": .timestamp(seconds: 1, increment: 2), "long": .long(.min), "least": .minKey, "most": .maxKey,
            "decimal": .decimal(Decimal128(high: 0x303C_0000_0000_0000, low: 150)),
        ]
        let bytes = try BSONWriter.bytes(of: document)
        #expect(try BSONReader.document(in: bytes) == document)
    }

    @Test func theBytesAreThoseOfTheSpecificationsExample() throws {
        #expect(
            try BSONWriter.bytes(of: ["hello": "world"])
                == Array("\u{16}\0\0\0\u{2}hello\0\u{6}\0\0\0world\0\0".utf8))
    }

    @Test func aNameWithANULIsRefused() {
        #expect(throws: ShellError.self) { try BSONWriter.bytes(of: ["a\0b": 1]) }
    }
}

struct ConnectionStringTests {
    @Test func theLocalServerAndTheDatabaseTestAreTheDefault() throws {
        let address = try ConnectionString(nil)
        #expect(
            address.displayed.hasPrefix(
                "mongodb://127.0.0.1:27017/?directConnection=true&serverSelectionTimeoutMS=2000"))
        #expect(address.database == "test")
    }

    @Test(arguments: [
        ("mongodb://localhost:27017/simplecqrs_r", "localhost:27017", "simplecqrs_r"),
        ("orders", "127.0.0.1:27017", "orders"),
        ("db.example:99/x", "db.example:99", "x"), ("localhost:5", "localhost:5", "test"),
        ("mongodb://[::1]/y", "[::1]:27017", "y"),
    ])
    func addressesComeInSeveralForms(text: String, host: String, database: String) throws {
        let address = try ConnectionString(text)
        #expect(address.firstHost == host)
        #expect(address.database == database)
    }

    @Test func credentialsArentShown() throws {
        let address = try ConnectionString("mongodb://me:secret@localhost/x")
        #expect(!address.displayed.contains("secret"))
        #expect(address.uri.contains("me:secret@"))
    }

    @Test(arguments: [
        "http://localhost", "mongodb://", "mongodb://:27017/x", "mongodb://localhost:0", "mongodb://localhost:99999/x",
        "mongodb://a b/x",
    ])
    func badAddressesAreRefused(text: String) {
        #expect(throws: ShellError.self) { try ConnectionString(text) }
    }

    @Test func optionsOfTheAddressWin() throws {
        let address = try ConnectionString("mongodb://localhost/x?serverSelectionTimeoutMS=9&appName=me")
        #expect(
            address.displayed == "mongodb://localhost/x?serverSelectionTimeoutMS=9&appName=me&directConnection=true")
        #expect(address.uri == address.displayed + "&connectTimeoutMS=3000")
    }
}

struct MongoShellOptionsTests {
    @Test func flagsMayStandAnywhere() throws {
        let options = try MongoShellOptions(["--quiet", "orders", "--eval=db", "--eval", "1", "--port", "5"])
        #expect(options.isQuiet && options.address == "orders" && options.programs == ["db", "1"] && options.port == 5)
    }

    @Test(arguments: [["--nope"], ["--eval"], ["a", "b"], ["--port", "x"], ["script.js"]])
    func whatIsntUnderstoodIsAnError(arguments: [String]) {
        #expect(throws: ShellError.self) { try MongoShellOptions(arguments) }
    }
}
