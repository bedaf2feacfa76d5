import Foundation
import Glibc

/// Listens on a Unix socket and answers each connection's first request with what a closure makes of it, then hangs up.
///
/// The closure gets the request's head and body, and `nil` from it means no answer, ever.
public enum FakeEngine {
    /// Listens while the body runs, at a socket path of its own.
    @discardableResult
    public static func with<Value>(
        _ answer: @escaping @Sendable (_ request: String) -> String?, _ body: (_ socket: String) async throws -> Value
    ) async throws -> Value {
        let path = "/tmp/lectern-fake-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
        }
        precondition(isBound && listen(listener, 16) == 0)
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    // Closed by the thread that uses it, or it might accept on another test's descriptor.
                    close(listener)
                    return
                }
                Thread.detachNewThread { serve(connection, answer) }
            }
        }
        defer {
            // Wakes the listener's thread.
            shutdown(listener, Int32(SHUT_RDWR))
            unlink(path)
        }
        return try await body(path)
    }

    /// An answer of JSON.
    public static func json(_ text: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
    }

    /// An engine's answer to `/version`: `newest` and `minimum` are API versions.
    public static func version(_ newest: String, minimum: String = "1.12", components: String = "[]") -> String {
        json(
            #"{"Version":"1.2.3","ApiVersion":"\#(newest)","MinAPIVersion":"\#(minimum)","Os":"linux","Arch":"amd64","#
                + #""Components":\#(components)}"#)
    }

    private static func serve(_ connection: Int32, _ answer: (String) -> String?) {
        defer { close(connection) }
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isWhole(request) {
            let count = buffer.withUnsafeMutableBytes { read(connection, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            request += buffer[..<count]
        }
        guard let text = answer(String(decoding: request, as: UTF8.self)) else {
            // No answer, ever: until the other side gives up.
            while buffer.withUnsafeMutableBytes({ read(connection, $0.baseAddress, $0.count) }) > 0 {}
            return
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// A request with its head and as much of a body as the head says.
    private static func isWhole(_ request: [UInt8]) -> Bool {
        let text = String(decoding: request, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let head = text[..<end.lowerBound].lowercased()
        if head.contains("transfer-encoding: chunked") { return text.hasSuffix("0\r\n\r\n") }
        let length = head.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }
}
