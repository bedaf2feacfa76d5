import CMongoC

/// A client of the pool, lent to one piece of work on one thread.
struct Client: ~Copyable {
    private let client: OpaquePointer
    private let database: String

    init(_ client: OpaquePointer, database: String) {
        self.client = client
        self.database = database
    }

    func run(_ command: borrowing Document) throws {
        var error = bson_error_t()
        guard mongoc_client_command_simple(client, database, command.bson, nil, nil, &error) else {
            throw MongoDBError(error)
        }
    }

    /// - Returns: `false` when the collection has a document with the same unique value; that one stays as it is.
    @discardableResult
    func insert(_ document: borrowing Document, into collection: String) throws -> Bool {
        try withCollection(collection) { handle in
            var error = bson_error_t()
            if mongoc_collection_insert_one(handle, document.bson, nil, nil, &error) { return true }
            let failure = MongoDBError(error)
            guard failure.isDuplicateKey else { throw failure }
            return false
        }
    }

    /// - Parameter read: Called for each document found.
    func find(
        in collection: String, _ filter: borrowing Document, options: borrowing Document,
        _ read: (ReceivedDocument) -> Void
    ) throws {
        try withCollection(collection) { handle in
            guard let cursor = mongoc_collection_find_with_opts(handle, filter.bson, options.bson, nil) else {
                throw MongoDBError("the query could not be made")
            }
            defer { mongoc_cursor_destroy(cursor) }
            var document: OpaquePointer?
            while mongoc_cursor_next(cursor, &document), let found = document {
                read(ReceivedDocument(bson: found))
            }
            var error = bson_error_t()
            if mongoc_cursor_error(cursor, &error) { throw MongoDBError(error) }
        }
    }

    private func withCollection<Value>(_ name: String, _ body: (OpaquePointer) throws -> Value) throws -> Value {
        guard let handle = mongoc_client_get_collection(client, database, name) else {
            throw MongoDBError("the collection '\(name)' could not be opened")
        }
        defer { mongoc_collection_destroy(handle) }
        return try body(handle)
    }
}
