import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension OrderSeeder {
    /// Waits until the service answers for each of these orders: it takes orders on its write side, and they come to its read
    /// side later.
    ///
    /// - Parameters:
    ///   - identifiers: Those that the service gave; asked for one after the other.
    ///   - limit: For all of them together.
    /// - Returns: The first one that can't be read when the time is over, or `nil`.
    /// - Throws: `CancellationError`. A look that fails is made again.
    public func firstUnreadable(of identifiers: [String], within limit: Duration) async throws -> String? {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            let unreadable = try await Self.first(of: identifiers, within: limit) { identifier in
                let response = try await client.execute(
                    HTTPClientRequest(url: "\(target.ordersURL)/\(identifier)"),
                    timeout: TimeAmount(policy.attemptTimeout))
                // Read to its end, so that the connection can be used again.
                _ = try await response.body.collect(upTo: 64 * 1_024)
                return response.status == .ok
            }
            try? await client.shutdown()
            return unreadable
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private static func first(
        of identifiers: [String], within limit: Duration, isReadable: (String) async throws -> Bool
    ) async throws -> String? {
        let deadline = ContinuousClock.now + limit
        for identifier in identifiers {
            var pause = Duration.milliseconds(5)
            while (try? await isReadable(identifier)) != true {
                try Task.checkCancellation()
                guard ContinuousClock.now < deadline else { return identifier }
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(200))
            }
        }
        return nil
    }
}
