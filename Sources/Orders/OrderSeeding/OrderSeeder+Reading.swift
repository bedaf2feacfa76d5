import HTTPConnections
import NIOHTTP1

extension OrderSeeder {
    /// Waits until the service answers for each of these orders: it takes orders on its write side, and they come to its read
    /// side later.
    ///
    /// - Parameters:
    ///   - identifiers: Those that the service gave; asked for one after the other.
    ///   - limit: For all of them together.
    /// - Returns: The first one that can't be read when the time is over, or `nil`.
    /// - Throws: `CancellationError`. An attempt that fails is made again.
    public func firstUnreadable(of identifiers: [String], within limit: Duration) async throws -> String? {
        let client = HTTPConnectionPool(to: target.endpoint, connectTimeout: policy.attemptTimeout)
        do {
            let unreadable = try await Self.first(of: identifiers, within: limit) { identifier in
                try await client.collectedResponse(
                    to: HTTPClientRequest(.GET, "\(target.ordersPath)/\(identifier)"), upTo: 64 * 1_024,
                    within: policy.attemptTimeout
                ).status == 200
            }
            await client.close()
            return unreadable
        } catch {
            await client.close()
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
