import CMariaDB

/// A prepared statement. Values travel beside the text, never in it.
///
/// Parameters and columns go as text, which the server converts; that keeps all of them one kind of buffer.
final class Statement {
    private let handle: UnsafeMutablePointer<MYSQL_STMT>

    init(_ sql: String, on connection: UnsafeMutablePointer<MYSQL>) throws {
        guard let handle = mysql_stmt_init(connection) else { throw MariaDBError(connection) }
        self.handle = handle
        // From here on a throw runs `deinit`, which closes the handle.
        guard mysql_stmt_prepare(handle, sql, UInt(sql.utf8.count)) == 0 else { throw MariaDBError(handle) }
    }

    deinit {
        mysql_stmt_close(handle)
    }

    func execute(_ values: [String?]) throws -> Int {
        try send(values)
        return Int(mysql_stmt_affected_rows(handle))
    }

    func query(_ values: [String?]) throws -> [[String?]] {
        try send(values)
        defer { mysql_stmt_free_result(handle) }
        guard mysql_stmt_store_result(handle) == 0 else { throw MariaDBError(handle) }
        var rows: [[String?]] = []
        while true {
            switch mysql_stmt_fetch(handle) {
            // No buffer is bound yet: a column is fetched once its length is known.
            case 0, MYSQL_DATA_TRUNCATED: rows.append(try (0..<mysql_stmt_field_count(handle)).map(column))
            case MYSQL_NO_DATA: return rows
            default: throw MariaDBError(handle)
            }
        }
    }

    private func send(_ values: [String?]) throws {
        precondition(values.count == mysql_stmt_param_count(handle), "as many values as question marks")
        var bytes = values.flatMap { Array(($0 ?? "").utf8) }
        let failed = bytes.withUnsafeMutableBytes { buffer in
            var offset = 0
            var parameters = values.map { value in
                var parameter = MYSQL_BIND()
                guard let value else {
                    parameter.buffer_type = MYSQL_TYPE_NULL
                    return parameter
                }
                let length = value.utf8.count
                parameter.buffer_type = MYSQL_TYPE_STRING
                parameter.buffer = buffer.baseAddress?.advanced(by: offset)
                parameter.buffer_length = UInt(length)
                offset += length
                return parameter
            }
            return parameters.withUnsafeMutableBufferPointer { parameters in
                mysql_stmt_bind_param(handle, parameters.baseAddress) != 0 || mysql_stmt_execute(handle) != 0
            }
        }
        guard !failed else { throw MariaDBError(handle) }
    }

    private func column(_ index: UInt32) throws -> String? {
        var length: UInt = 0
        var isNull: my_bool = 0
        try fetch(index, into: nil, capacity: 0, length: &length, isNull: &isNull)
        guard isNull == 0 else { return nil }
        var text = [UInt8](repeating: 0, count: Int(length))
        try text.withUnsafeMutableBytes {
            try fetch(index, into: $0.baseAddress, capacity: length, length: &length, isNull: &isNull)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func fetch(
        _ index: UInt32, into buffer: UnsafeMutableRawPointer?, capacity: UInt, length: inout UInt,
        isNull: inout my_bool
    ) throws {
        let failed = withUnsafeMutablePointer(to: &length) { length in
            withUnsafeMutablePointer(to: &isNull) { isNull in
                var column = MYSQL_BIND()
                column.buffer_type = MYSQL_TYPE_STRING
                column.buffer = buffer
                column.buffer_length = capacity
                column.length = length
                column.is_null = isNull
                return mysql_stmt_fetch_column(handle, &column, index, 0) != 0
            }
        }
        guard !failed else { throw MariaDBError(handle) }
    }
}
