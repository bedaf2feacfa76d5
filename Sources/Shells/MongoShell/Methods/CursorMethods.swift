import ShellLiterals

/// What can be called on the result of `find` and `aggregate`.
enum CursorMethods {
    typealias Method = @Sendable (Evaluator, Cursor, Arguments) throws -> Value

    static let names = Array(all.keys) + Array(querying.keys)

    /// The methods of this cursor; the result of an aggregation has fewer.
    static func method(_ name: String, of cursor: Cursor) -> Method? {
        cursor.isQuery ? querying[name] ?? all[name] : all[name]
    }

    private static let querying: [String: Method] = [
        "limit": { _, cursor, arguments in
            let count = try arguments.count(0, of: "limit")
            // Below zero it means one batch of that many.
            try cursor.set("limit", to: .number(Double(count.magnitude)))
            if count < 0 { try cursor.set("singleBatch", to: true) }
            return .cursor(cursor)
        },
        "skip": { _, cursor, arguments in
            try cursor.set("skip", to: .number(Double(try arguments.count(0, of: "skip"))))
            return .cursor(cursor)
        },
        "sort": { _, cursor, arguments in
            try cursor.set("sort", to: .object(try arguments.document(0, of: "sort")))
            return .cursor(cursor)
        },
        "projection": { _, cursor, arguments in
            try cursor.project(try arguments.document(0, of: "projection"))
            return .cursor(cursor)
        },
        "count": { _, cursor, _ in .number(try cursor.count()) },
        "size": { _, cursor, _ in .number(try cursor.count()) },
    ]

    private static let all: [String: Method] = [
        "pretty": { _, cursor, _ in .cursor(cursor) },
        "itcount": { _, cursor, _ in .number(try cursor.all().count) },
        "toArray": { _, cursor, _ in .literal(.array(try cursor.all().map(\.literalValue))) },
        "next": { _, cursor, _ in try cursor.next() ?? .literal(.null) },
        "hasNext": { _, cursor, _ in .literal(.bool(try cursor.hasNext())) },
        "forEach": { _, cursor, arguments in
            let function = try arguments.function(0, of: "forEach")
            while let document = try cursor.next() { _ = try function.call(Arguments([document])) }
            return .undefined
        },
        "map": { _, cursor, arguments in
            cursor.addTransform(try arguments.function(0, of: "map"))
            return .cursor(cursor)
        },
        "close": { _, _, _ in .undefined },
        "explain": { _, cursor, _ in .literal(.object(try cursor.explanation())) },
        "help": { _, _, _ in .string(HelpText.cursor) },
    ]
}
