import ShellLiterals

/// A query that hasn't run yet, or the documents that it still has.
final class Cursor {
    static let displayBatchSize = 20

    private let server: any MongoServer
    private let namespace: Namespace
    private var command: LiteralObject
    private var state = State.unsent
    /// `map` puts its functions here.
    private var transforms: [Function] = []
    /// What the shell itself takes out of each document.
    private var projection: Projection?

    private enum State {
        case unsent
        /// Documents not yet handed out, from `next` on, and the server's number of the cursor; 0 when it has no more.
        case open([LiteralValue], next: Int, id: Int64)
    }

    init(_ command: LiteralObject, in namespace: Namespace, on server: any MongoServer) {
        self.command = command
        self.namespace = namespace
        self.server = server
    }

    var isQuery: Bool { command["find"] != nil }

    func set(_ option: String, to value: LiteralValue) throws {
        guard case .unsent = state else {
            throw ShellError("MongoCursorInUseError", "Cursor is already initialized")
        }
        command[option] = value
    }

    /// Asks for some fields only; in the shell where it can, since servers differ in what they make of it.
    func project(_ fields: LiteralObject) throws {
        projection = Projection(fields)
        try set("projection", to: .object(fields))
        if projection != nil { command["projection"] = nil }
    }

    func addTransform(_ function: Function) { transforms.append(function) }

    /// The next document, fetched when there is none at hand; `nil` at the end.
    func next() throws -> Value? {
        while true {
            guard case .open(let documents, let index, let id) = state else {
                try open()
                continue
            }
            if index < documents.count {
                state = .open(documents, next: index + 1, id: id)
                return try transforms.reduce(Value(shown(documents[index]))) { try $1.call(Arguments([$0])).entered }
            }
            guard id != 0 else { return nil }
            let more: LiteralObject = ["getMore": .long(id), "collection": .string(namespace.collection)]
            try fill(from: server.run(more, on: namespace.database), batch: "nextBatch")
        }
    }

    private func shown(_ document: LiteralValue) -> LiteralValue {
        guard case .object(let fields) = document else { return document }
        if let projection { return .object(projection.applied(to: fields)) }
        return .object(replacesRoot ? fields : fields.withIDFirst)
    }

    /// Whether a pipeline makes documents in which `_id` is a field like others.
    private var replacesRoot: Bool {
        guard case .array(let stages)? = command["pipeline"] else { return false }
        return stages.contains { stage in
            guard case .object(let fields) = stage else { return false }
            return fields["$replaceRoot"] != nil || fields["$replaceWith"] != nil
        }
    }

    func hasNext() throws -> Bool {
        if case .unsent = state { try open() }
        guard case .open(let documents, let index, let id) = state else { return false }
        if index < documents.count { return true }
        guard id != 0 else { return false }
        let more: LiteralObject = ["getMore": .long(id), "collection": .string(namespace.collection)]
        try fill(from: server.run(more, on: namespace.database), batch: "nextBatch")
        return try hasNext()
    }

    func all() throws -> [Value] {
        var result: [Value] = []
        while let document = try next() {
            try List.check(result.count + 1)
            result.append(document)
        }
        return result
    }

    /// Up to ``displayBatchSize`` documents, and whether there are more.
    func batch() throws -> (documents: [LiteralValue], hasMore: Bool) {
        var documents: [LiteralValue] = []
        while documents.count < Self.displayBatchSize, let document = try next() {
            documents.append(document.literalValue)
        }
        return (documents, documents.count == Self.displayBatchSize ? try hasNext() : false)
    }

    /// How many documents the query matches, without its limit and skip.
    func count() throws -> Int {
        var count: LiteralObject = ["count": .string(namespace.collection)]
        count["query"] = command["filter"]
        return try server.run(count, on: namespace.database).number("n")
    }

    func explanation() throws -> LiteralObject {
        try server.run(["explain": .object(command)], on: namespace.database)
    }

    private func open() throws {
        try fill(from: server.run(command, on: namespace.database), batch: "firstBatch")
    }

    private func fill(from reply: LiteralObject, batch: String) throws {
        guard case .object(let cursor)? = reply["cursor"], case .array(let documents)? = cursor[batch] else {
            throw ShellError("MongoServerError", "the reply to a query holds no documents")
        }
        let id: Int64 = if case .long(let number)? = cursor["id"] { number } else { 0 }
        state = .open(documents, next: 0, id: id)
    }
}

extension LiteralObject {
    /// A number of the reply; 0 when it isn't there.
    func number(_ name: String) -> Int {
        let number = self[name]?.numericValue ?? 0
        return Int(exactly: number.rounded(.towardZero)) ?? 0
    }
}
