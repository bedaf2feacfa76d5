public import AgentProtocol

extension LabAgent {
    /// Asks a port of the lab for a page, by HTTP/1.1.
    ///
    /// - Parameters:
    ///   - path: With the query; begins with a slash and holds no blanks.
    ///   - address: Of the lab's own network.
    ///   - timeout: For the answer of whoever listens.
    /// - Returns: The status of the answer; `nil` when nothing listens, when what answers doesn't speak HTTP, and when no
    ///   answer comes in time.
    public func pageStatus(
        port: Int, path: String, address: LabAddress = .loopback, timeout: Duration = .seconds(10)
    ) async throws -> Int? {
        let stream: AgentStream
        do {
            stream = try await connect(port: port, address: address)
        } catch let error as AgentError where error.code == .refused {
            return nil
        }
        defer { stream.close() }
        return try await expectingAnswer {
            await withTaskGroup { group in
                defer { group.cancelAll() }
                group.addTask { await status(ofGetting: path, port: port, over: stream) }
                group.addTask {
                    try? await Task.sleep(for: timeout)
                    return nil
                }
                return await group.next() ?? nil
            }
        }
    }

    private func status(ofGetting path: String, port: Int, over stream: AgentStream) async -> Int? {
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
