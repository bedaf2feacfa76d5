import ShellLiterals

/// What can be called on a collection.
enum CollectionMethods {
    typealias Method = @Sendable (Evaluator, Namespace, Arguments) throws -> Value

    static let all: [String: Method] = reading.merging(WriteMethods.all) { first, _ in first }

    private static let reading: [String: Method] = [
        "find": { evaluator, namespace, arguments in
            .cursor(try query(namespace, with: arguments, on: evaluator, method: "find"))
        },
        "findOne": { evaluator, namespace, arguments in
            let cursor = try query(namespace, with: arguments, on: evaluator, method: "findOne")
            try cursor.set("limit", to: 1)
            try cursor.set("singleBatch", to: true)
            return try cursor.next() ?? .literal(.null)
        },
        "countDocuments": { evaluator, namespace, arguments in
            let filter = try QueryRewriting.filter(arguments.document(0, of: "countDocuments"))
            let group: LiteralValue = ["$group": ["_id": 1, "n": ["$sum": 1]]]
            let cursor = aggregation([["$match": .object(filter)], group], in: namespace, on: evaluator)
            guard case .object(let result)? = try cursor.next()?.literalValue else { return .number(0) }
            return .number(result.number("n"))
        },
        "estimatedDocumentCount": { evaluator, namespace, _ in
            .number(
                try evaluator.server.run(["count": .string(namespace.collection)], on: namespace.database).number("n"))
        },
        "count": { evaluator, namespace, arguments in
            let filter = try QueryRewriting.filter(arguments.document(0, of: "count"))
            let command: LiteralObject = ["count": .string(namespace.collection), "query": .object(filter)]
            return .number(try evaluator.server.run(command, on: namespace.database).number("n"))
        },
        "distinct": { evaluator, namespace, arguments in
            let command: LiteralObject = [
                "distinct": .string(namespace.collection), "key": .string(try arguments.string(0, of: "distinct")),
                "query": .object(try QueryRewriting.filter(arguments.document(1, of: "distinct"))),
            ]
            return .literal(try evaluator.server.run(command, on: namespace.database)["values"] ?? [])
        },
        "aggregate": { evaluator, namespace, arguments in
            .cursor(aggregation(try pipeline(arguments), in: namespace, on: evaluator))
        },
        "getIndexes": { evaluator, namespace, _ in
            let command: LiteralObject = ["listIndexes": .string(namespace.collection)]
            let cursor = Cursor(command, in: namespace, on: evaluator.server)
            return .literal(.array(try cursor.all().map(\.literalValue)))
        },
        "stats": { evaluator, namespace, _ in
            let command: LiteralObject = ["collStats": .string(namespace.collection)]
            return .literal(.object(try evaluator.server.run(command, on: namespace.database)))
        },
        "getName": { _, namespace, _ in .string(namespace.collection) },
        "getFullName": { _, namespace, _ in .string(namespace.description) },
        "getDB": { _, namespace, _ in .database(namespace.database) },
        "help": { _, _, _ in .string(HelpText.collection) },
    ]

    private static func query(
        _ namespace: Namespace, with arguments: Arguments, on evaluator: Evaluator, method: String
    ) throws -> Cursor {
        let filter = try QueryRewriting.filter(arguments.document(0, of: method))
        let command: LiteralObject = ["find": .string(namespace.collection), "filter": .object(filter)]
        let cursor = Cursor(command, in: namespace, on: evaluator.server)
        let projection = try arguments.document(1, of: method)
        if !projection.fields.isEmpty { try cursor.project(projection) }
        return cursor
    }

    private static func aggregation(
        _ pipeline: [LiteralValue], in namespace: Namespace, on evaluator: Evaluator
    ) -> Cursor {
        let command: LiteralObject = [
            "aggregate": .string(namespace.collection), "pipeline": .array(pipeline), "cursor": [:],
        ]
        return Cursor(command, in: namespace, on: evaluator.server)
    }

    /// The stages, given as a list or as one argument each.
    static func pipeline(_ arguments: Arguments) throws -> [LiteralValue] {
        if case .array(let stages)? = arguments.literal(0) { return try QueryRewriting.pipeline(stages) }
        return try QueryRewriting.pipeline(
            arguments.values.indices.map { .object(try arguments.document($0, of: "aggregate")) })
    }
}
