import FoundationEssentials
import NIOCore

/// One request to an engine.
struct EngineRequest: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    enum Body: Sendable {
        case bytes(ByteBuffer)
        case file(FileChunks)
    }

    var method: Method
    /// Without the version.
    var path: EnginePath
    /// In this order; entries with `nil` are left out.
    var query: [(name: String, value: String?)]
    var headers: [(name: String, value: String)] = []
    var body: Body?
    var subject: Subject
    /// From the request to the end of the answer, or to its beginning where the answer is a stream; `nil` for a request that
    /// is answered when something happens.
    var limit: Duration?

    init(
        _ method: Method, _ path: EnginePath, query: [(name: String, value: String?)] = [], about subject: Subject,
        limit: Duration? = .seconds(60)
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.subject = subject
        self.limit = limit
    }

    /// Puts a value into the body.
    func sending(_ value: some Encodable) throws -> EngineRequest {
        var request = self
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(value)))
        request.headers.append(("Content-Type", "application/json"))
        return request
    }

    /// A body of bytes; empty when there is none.
    var buffer: ByteBuffer {
        if case .bytes(let bytes) = body { bytes } else { ByteBuffer() }
    }

    var target: String {
        let pairs = query.compactMap { pair in pair.value.map { "\(pair.name)=\(escaped($0))" } }
        return pairs.isEmpty ? path.description : "\(path)?\(pairs.joined(separator: "&"))"
    }
}

/// A text as one component of a path or query; slashes are escaped too.
func escaped(_ text: some StringProtocol) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
