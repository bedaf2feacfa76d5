import CMongoC

/// What the server or the driver said, as it said it.
struct MongoDBError: Error, CustomStringConvertible {
    let domain: UInt32
    let code: UInt32
    let message: String

    init(_ error: bson_error_t) {
        domain = error.domain
        code = error.code
        message = withUnsafeBytes(of: error.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    init(_ message: String) {
        domain = 0
        code = 0
        self.message = message
    }

    var description: String { message }

    var isDuplicateKey: Bool { code == MONGOC_ERROR_DUPLICATE_KEY.rawValue }

    /// The connection broke; the server may be back already.
    var isConnectionLost: Bool { domain == MONGOC_ERROR_STREAM.rawValue }
}
