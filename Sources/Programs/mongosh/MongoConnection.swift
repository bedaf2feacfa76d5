import CMongoC
import MongoShell
import ShellLiterals

/// One connection to a MongoDB server through libmongoc; for one thread.
final class MongoConnection: MongoServer {
    private let client: OpaquePointer
    private let firstHost: String

    /// Connects at the first command.
    ///
    /// - Throws: ``ShellError`` named `MongoParseError` for an address that the driver doesn't take.
    init(_ address: ConnectionString) throws {
        _ = Self.isDriverReady
        var error = bson_error_t()
        guard let uri = mongoc_uri_new_with_error(address.uri, &error) else {
            throw ShellError("MongoParseError", error.text)
        }
        defer { mongoc_uri_destroy(uri) }
        guard let client = mongoc_client_new_from_uri_with_error(uri, &error) else {
            throw ShellError("MongoParseError", error.text)
        }
        // Version 2 of the driver's errors: the server's own codes, not the driver's.
        mongoc_client_set_error_api(client, 2)
        self.client = client
        firstHost = address.firstHost
    }

    deinit { mongoc_client_destroy(client) }

    /// The driver is set up once and lives as long as the program; its log lines would land between the answers.
    private static let isDriverReady: Bool = {
        mongoc_init()
        mongoc_log_set_handler(nil, nil)
        return true
    }()

    func run(_ command: LiteralObject, on database: String) throws -> LiteralObject {
        let bytes = try BSONWriter.bytes(of: command)
        guard let document = bson_new_from_data(bytes, bytes.count) else {
            throw ShellError("BSONError", "the command isn't a document")
        }
        defer { bson_destroy(document) }
        // The driver fills a document that lies in the caller's memory; its type asks for 128-byte alignment.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<bson_t>.size, alignment: 128)
        defer { memory.deallocate() }
        let reply = OpaquePointer(memory)
        var error = bson_error_t()
        let succeeded = mongoc_client_command_simple(client, database, document, nil, reply, &error)
        defer { bson_destroy(reply) }
        let answer = try LiteralObject(copying: reply)
        guard succeeded else { throw failure(error, reply: answer) }
        return answer
    }

    private func failure(_ error: bson_error_t, reply: LiteralObject) -> ShellError {
        if case .string(let message)? = reply["errmsg"] {
            let codeName: String? = if case .string(let name)? = reply["codeName"] { name } else { nil }
            return ShellError("MongoServerError", message, codeName: codeName)
        }
        let text = error.text
        if text.contains("connection refused") {
            let host = firstHost.hasPrefix("localhost:") ? "127.0.0.1" + firstHost.dropFirst(9) : firstHost
            return ShellError("MongoNetworkError", "connect ECONNREFUSED \(host)")
        }
        if text.contains("Failed to resolve") {
            return ShellError("MongoNetworkError", "getaddrinfo ENOTFOUND \(firstHost.prefix { $0 != ":" })")
        }
        switch error.domain {
        case MONGOC_ERROR_SERVER_SELECTION.rawValue:
            // `No suitable servers found (…): [the reason]`
            let reason = text.split(separator: ": [", maxSplits: 1).last.map { $0.hasSuffix("]") ? $0.dropLast() : $0 }
            return ShellError("MongoServerSelectionError", reason.map(String.init) ?? text)
        case MONGOC_ERROR_STREAM.rawValue: return ShellError("MongoNetworkError", text)
        default: return ShellError("MongoServerError", text)
        }
    }
}

extension LiteralObject {
    fileprivate init(copying document: OpaquePointer) throws {
        guard let data = bson_get_data(document) else {
            self = [:]
            return
        }
        // A document starts with its own length.
        let length = UnsafeRawPointer(data).loadUnaligned(as: Int32.self)
        let bytes = Array(UnsafeBufferPointer(start: data, count: Int(Int32(littleEndian: length))))
        self = try BSONReader.document(in: bytes)
    }
}

extension bson_error_t {
    fileprivate var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
