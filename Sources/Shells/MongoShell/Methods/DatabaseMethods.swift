import ShellLiterals

/// What can be called on `db`.
enum DatabaseMethods {
    typealias Method = @Sendable (Evaluator, String, Arguments) throws -> Value

    static let all: [String: Method] = [
        "getName": { _, database, _ in .string(database) },
        "getCollectionNames": { evaluator, database, _ in
            .literal(.array(try collectionNames(of: database, on: evaluator.server).map { .string($0) }))
        },
        "getCollectionInfos": { evaluator, database, arguments in
            let filter = try arguments.document(0, of: "db.getCollectionInfos")
            let command: LiteralObject = ["listCollections": 1, "filter": .object(filter)]
            let cursor = Cursor(command, in: Namespace(database: database, collection: "$cmd"), on: evaluator.server)
            return .literal(.array(try cursor.all().map(\.literalValue)))
        },
        "getCollection": { _, database, arguments in
            let name = try arguments.string(0, of: "db.getCollection")
            return .collection(Namespace(database: database, collection: name))
        },
        "getSiblingDB": { _, _, arguments in .database(try arguments.string(0, of: "db.getSiblingDB")) },
        "createCollection": { evaluator, database, arguments in
            let name = try arguments.string(0, of: "db.createCollection")
            return try reply(to: ["create": .string(name)], of: database, on: evaluator, showing: ["ok"])
        },
        "dropDatabase": { evaluator, database, _ in
            _ = try evaluator.server.run(["dropDatabase": 1], on: database)
            return .literal(["ok": 1, "dropped": .string(database)])
        },
        "stats": { evaluator, database, _ in
            .literal(.object(try evaluator.server.run(["dbStats": 1], on: database)))
        },
        "version": { evaluator, _, _ in
            .literal(try evaluator.server.run(["buildInfo": 1], on: "admin")["version"] ?? .undefined)
        },
        "runCommand": { evaluator, database, arguments in
            .literal(.object(try evaluator.server.run(command(arguments), on: database)))
        },
        "adminCommand": { evaluator, _, arguments in
            .literal(.object(try evaluator.server.run(command(arguments), on: "admin")))
        },
        "aggregate": { evaluator, database, arguments in
            let pipeline = try CollectionMethods.pipeline(arguments)
            let command: LiteralObject = ["aggregate": 1, "pipeline": .array(pipeline), "cursor": [:]]
            let namespace = Namespace(database: database, collection: "$cmd.aggregate")
            return .cursor(Cursor(command, in: namespace, on: evaluator.server))
        },
        "help": { _, _, _ in .string(HelpText.database) },
    ]

    /// Sorted, as `show collections` lists them.
    static func collectionNames(of database: String, on server: any MongoServer) throws -> [String] {
        let namespace = Namespace(database: database, collection: "$cmd.listCollections")
        let cursor = Cursor(["listCollections": 1, "nameOnly": true], in: namespace, on: server)
        return try cursor.all().compactMap { document in
            if case .object(let fields) = document.literalValue, case .string(let name)? = fields["name"] {
                name
            } else {
                nil
            }
        }.sorted()
    }

    private static func command(_ arguments: Arguments) throws -> LiteralObject {
        if case .string(let name)? = arguments.literal(0) { return [name: 1] }
        return try arguments.requiredDocument(0, of: "runCommand")
    }

    private static func reply(
        to command: LiteralObject, of database: String, on evaluator: Evaluator, showing names: [String]
    ) throws -> Value {
        let reply = try evaluator.server.run(command, on: database)
        return .literal(.object(LiteralObject(reply.fields.filter { names.contains($0.name) })))
    }
}
