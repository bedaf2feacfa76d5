public import AgentProtocol

extension LabAgent {
    /// Asks a port of the lab for a page, by HTTP/1.1.
    ///
    /// - Parameter path: With the query; begins with a slash and holds no blanks.
    /// - Returns: The status of the answer; `nil` when nothing listens, or what answers doesn't speak HTTP.
    public func pageStatus(port: Int, path: String, address: LabAddress = .loopback) async throws -> Int? {
        let stream: AgentStream
        do {
            stream = try await connect(port: port, address: address)
        } catch let error as AgentError where error.code == .refused {
            return nil
        }
        defer { stream.close() }
        let request = "GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\nAccept: */*\r\n\r\n"
        guard await stream.write(Array(request.utf8)) else { return nil }
        // "HTTP/1.1 200 " is all that matters.
        let needed = 13
        var answer: [UInt8] = []
        try? await stream.read { bytes in
            answer.append(contentsOf: bytes.prefix(needed))
            return answer.count < needed
        }
        let words = answer.prefix(needed).split(separator: UInt8(ascii: " "))
        guard words.count >= 2, words[0].starts(with: Array("HTTP/1.".utf8)) else { return nil }
        return Int(String(decoding: words[1], as: UTF8.self))
    }
}
