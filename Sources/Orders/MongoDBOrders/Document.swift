import CMongoC

/// A BSON document under construction; fields stay in the order in which they are appended.
struct Document: ~Copyable {
    /// Opaque to Swift, which knows no type that is aligned to 128 bytes.
    let bson: OpaquePointer

    init() {
        guard let bson = bson_new() else { preconditionFailure("libbson ends the program when memory does") }
        self.bson = bson
    }

    deinit {
        bson_destroy(bson)
    }

    func append(_ key: String, _ value: String) {
        bson_append_utf8(bson, key, -1, value, Int32(value.utf8.count))
    }

    /// 32 bits, since a shell prints larger integers as `Long("6")`.
    func append(_ key: String, _ value: Int32) {
        bson_append_int32(bson, key, -1, value)
    }

    func append(_ key: String, _ value: Bool) {
        bson_append_bool(bson, key, -1, value)
    }

    func append(_ key: String, millisecondsSince1970: Int64) {
        bson_append_date_time(bson, key, -1, millisecondsSince1970)
    }

    func append(_ key: String, _ value: borrowing Document) {
        bson_append_document(bson, key, -1, value.bson)
    }

    func append(_ key: String, arrayOf value: borrowing Document) {
        let array = Document()
        array.append("0", value)
        bson_append_array(bson, key, -1, array.bson)
    }

    /// An id of the form that the shell shows as `ObjectId("…")`: by time, machine and counter.
    func appendNewObjectID(_ key: String) {
        var id = bson_oid_t()
        bson_oid_init(&id, nil)
        bson_append_oid(bson, key, -1, &id)
    }
}

/// A document that came from the server; it must not outlive the cursor's step that it came with.
struct ReceivedDocument {
    /// Room for libbson's iterator (80 bytes, padded), which is aligned to 128 bytes and so has no size in Swift.
    private static let iteratorSize = 256
    private static let iteratorAlignment = 128

    let bson: OpaquePointer

    /// - Parameter path: A field, or one inside another: `customer.email`.
    /// - Returns: The text, or the 24 digits of an object id.
    func string(_ path: String) -> String? {
        value(path) { field in
            switch bson_iter_type(field) {
            case BSON_TYPE_UTF8:
                var length: UInt32 = 0
                guard let text = bson_iter_utf8(field, &length) else { return nil }
                return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(length)), as: UTF8.self)
            case BSON_TYPE_OID:
                var text = [CChar](repeating: 0, count: 25)
                bson_oid_to_string(bson_iter_oid(field), &text)
                return String(decoding: text.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            default: return nil
            }
        }
    }

    func integer(_ path: String) -> Int? {
        value(path) { field in
            switch bson_iter_type(field) {
            case BSON_TYPE_INT32, BSON_TYPE_INT64: Int(bson_iter_as_int64(field))
            default: nil
            }
        }
    }

    func millisecondsSince1970(_ path: String) -> Int64? {
        value(path) { field in
            bson_iter_type(field) == BSON_TYPE_DATE_TIME ? bson_iter_date_time(field) : nil
        }
    }

    private func value<Value>(_ path: String, _ read: (OpaquePointer) -> Value?) -> Value? {
        withUnsafeTemporaryAllocation(byteCount: 2 * Self.iteratorSize, alignment: Self.iteratorAlignment) { memory in
            guard let start = memory.baseAddress else { return nil }
            let document = OpaquePointer(start)
            let field = OpaquePointer(start + Self.iteratorSize)
            guard bson_iter_init(document, bson), bson_iter_find_descendant(document, path, field) else { return nil }
            return read(field)
        }
    }
}
