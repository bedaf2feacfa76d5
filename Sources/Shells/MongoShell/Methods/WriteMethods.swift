import ShellLiterals

/// What changes a collection.
enum WriteMethods {
    static let all: [String: CollectionMethods.Method] = [
        "insertOne": { evaluator, namespace, arguments in
            let document = withID(try arguments.requiredDocument(0, of: "insertOne"))
            try insert([document], into: namespace, on: evaluator)
            return .literal(["acknowledged": true, "insertedId": document["_id"] ?? .undefined])
        },
        "insertMany": { evaluator, namespace, arguments in
            guard case .array(let elements)? = arguments.literal(0) else {
                throw ShellError.argument("Argument at position 0 of insertMany must be an array of documents")
            }
            let documents = try elements.map { element in
                guard case .object(let document) = element else {
                    throw ShellError.argument("insertMany takes documents, not \(element.literal())")
                }
                return withID(document)
            }
            guard !documents.isEmpty else {
                throw ShellError("MongoInvalidArgumentError", "Invalid BulkOperation, Batch cannot be empty")
            }
            try insert(documents, into: namespace, on: evaluator)
            let identifiers = documents.enumerated().map { index, document in
                LiteralObject.Field(name: String(index), value: document["_id"] ?? .undefined)
            }
            return .literal(["acknowledged": true, "insertedIds": .object(LiteralObject(identifiers))])
        },
        "updateOne": { try update($1, with: $2, on: $0, method: "updateOne", isMulti: false) },
        "updateMany": { try update($1, with: $2, on: $0, method: "updateMany", isMulti: true) },
        "replaceOne": { try update($1, with: $2, on: $0, method: "replaceOne", isMulti: false) },
        "deleteOne": { try delete(from: $1, with: $2, on: $0, method: "deleteOne", limit: 1) },
        "deleteMany": { try delete(from: $1, with: $2, on: $0, method: "deleteMany", limit: 0) },
        "createIndex": { evaluator, namespace, arguments in
            let keys = try arguments.requiredDocument(0, of: "createIndex")
            let name = keys.fields.map { "\($0.name)_\($0.value.joinedText)" }.joined(separator: "_")
            var index: LiteralObject = ["key": .object(keys), "name": .string(name)]
            for option in try arguments.document(1, of: "createIndex").fields { index[option.name] = option.value }
            let command: LiteralObject = [
                "createIndexes": .string(namespace.collection), "indexes": [.object(index)],
            ]
            _ = try evaluator.server.run(command, on: namespace.database)
            return .literal(index["name"] ?? .undefined)
        },
        "drop": { evaluator, namespace, _ in
            do {
                _ = try evaluator.server.run(["drop": .string(namespace.collection)], on: namespace.database)
                return .literal(true)
            } catch let error as ShellError where error.codeName == "NamespaceNotFound" {
                return .literal(false)
            }
        },
    ]

    /// The shell, not the server, gives a new document its identifier.
    private static func withID(_ document: LiteralObject) -> LiteralObject {
        guard document["_id"] == nil else { return document }
        return LiteralObject(
            [.init(name: "_id", value: .objectID(Builtins.newObjectID()))] + document.fields)
    }

    private static func insert(_ documents: [LiteralObject], into namespace: Namespace, on evaluator: Evaluator) throws
    {
        let command: LiteralObject = [
            "insert": .string(namespace.collection), "documents": .array(documents.map { .object($0) }),
        ]
        try write(command, to: namespace, on: evaluator)
    }

    private static func update(
        _ namespace: Namespace, with arguments: Arguments, on evaluator: Evaluator, method: String, isMulti: Bool
    ) throws -> Value {
        let filter = try QueryRewriting.filter(arguments.requiredDocument(0, of: method))
        let change: LiteralValue
        if case .array(let stages)? = arguments.literal(1), method != "replaceOne" {
            change = .array(stages)
        } else {
            let document = try arguments.requiredDocument(1, of: method)
            let isUpdate = document.fields.first?.name.hasPrefix("$") ?? false
            guard isUpdate == (method != "replaceOne") else {
                throw ShellError(
                    "MongoInvalidArgumentError",
                    isUpdate
                        ? "Replacement document must not contain atomic operators"
                        : "Update document requires atomic operators")
            }
            change = .object(document)
        }
        let upsert = try arguments.document(2, of: method)["upsert"] ?? false
        let statement: LiteralValue = [
            "q": .object(filter), "u": change, "multi": .bool(isMulti), "upsert": upsert,
        ]
        let command: LiteralObject = ["update": .string(namespace.collection), "updates": [statement]]
        let reply = try write(command, to: namespace, on: evaluator)
        var upserted = LiteralValue.null
        if case .array(let entries)? = reply["upserted"], case .object(let entry)? = entries.first {
            upserted = entry["_id"] ?? .null
        }
        let upsertedCount = upserted == .null ? 0 : 1
        return .literal([
            "acknowledged": true, "insertedId": upserted,
            "matchedCount": .number(Double(reply.number("n") - upsertedCount)),
            "modifiedCount": .number(Double(reply.number("nModified"))),
            "upsertedCount": .number(Double(upsertedCount)),
        ])
    }

    private static func delete(
        from namespace: Namespace, with arguments: Arguments, on evaluator: Evaluator, method: String, limit: Int
    ) throws -> Value {
        let filter = try QueryRewriting.filter(arguments.requiredDocument(0, of: method))
        let statement: LiteralValue = ["q": .object(filter), "limit": .number(Double(limit))]
        let command: LiteralObject = ["delete": .string(namespace.collection), "deletes": [statement]]
        let reply = try write(command, to: namespace, on: evaluator)
        return .literal(["acknowledged": true, "deletedCount": .number(Double(reply.number("n")))])
    }

    /// Throws the first write error that a reply holds: the server calls such a command a success.
    @discardableResult
    private static func write(
        _ command: LiteralObject, to namespace: Namespace, on evaluator: Evaluator
    ) throws -> LiteralObject {
        let reply = try evaluator.server.run(command, on: namespace.database)
        guard case .array(let errors)? = reply["writeErrors"], case .object(let error)? = errors.first else {
            return reply
        }
        throw ShellError("MongoServerError", error["errmsg"]?.joinedText ?? "the write failed")
    }
}
