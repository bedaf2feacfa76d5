import FoundationEssentials
import HTTPConnections
import NIOCore
import NIOHTTP1

/// Posts one order, as often as it takes.
struct OrderPoster: Sendable {
    /// What one order came to. An error isn't thrown but told, because it decides about the whole run.
    struct Result: Sendable {
        enum Verdict: Sendable {
            case settled(SeedingOutcome)
            case undelivered(reason: String)
            case notAnOrderService(status: Int)
            case cancelled
        }

        var verdict: Verdict
        var attempts: Int
        var started: ContinuousClock.Instant
    }

    private enum Attempt {
        case done(Result.Verdict)
        case again(reason: String, after: Duration?)
    }

    let client: HTTPConnectionPool
    let target: OrderTarget
    let policy: RetryPolicy

    func post(_ order: SeededOrder) async -> Result {
        let started = ContinuousClock.now
        for number in 1... {
            switch await attempt(order) {
            case .done(let verdict): return Result(verdict: verdict, attempts: number, started: started)
            case .again(let reason, let requested):
                guard number < policy.attempts else {
                    return Result(verdict: .undelivered(reason: reason), attempts: number, started: started)
                }
                let delay = policy.delay(afterAttempt: number, requested: requested, chance: .random(in: 0..<1))
                guard (try? await Task.sleep(for: delay)) != nil else {
                    return Result(verdict: .cancelled, attempts: number, started: started)
                }
            }
        }
        preconditionFailure("the attempts have an end")
    }

    private func attempt(_ order: SeededOrder) async -> Attempt {
        let request = HTTPClientRequest(
            .POST, target.ordersPath,
            headers: [
                "Content-Type": "application/json", "Accept": "application/json",
                "Idempotency-Key": order.idempotencyKey,
            ],
            body: .bytes(ByteBuffer(string: order.json())))
        do {
            let response = try await client.collectedResponse(
                to: request, upTo: 64 * 1_024, within: policy.attemptTimeout)
            return judge(response.status, response.headers, body: String(buffer: response.body))
        } catch is CancellationError {
            return .done(.cancelled)
        } catch let error as HTTPClientError where error.code == .bodyTooLarge {
            return .done(.settled(.refused(status: 200, reason: "the answer is longer than 64 KiB")))
        } catch {
            // A connection that breaks, and one that can't be made, may both be better next time.
            return Task.isCancelled ? .done(.cancelled) : .again(reason: reason(for: error), after: nil)
        }
    }

    private func judge(_ status: Int, _ headers: HTTPHeaders, body: String) -> Attempt {
        switch status {
        case 200...202:
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body.utf8)) else {
                let reason = "the answer carries no 'id': \(excerpt(body))"
                return .done(.settled(.refused(status: status, reason: reason)))
            }
            return .done(.settled(.posted(id: answer.id, at: Date())))
        // 409 is what a service says while the first request with the same key is still on its way.
        case 408, 409, 429, 502...504:
            let requested = headers.first(name: "Retry-After").flatMap(Int.init).map { Duration.seconds($0) }
            return .again(reason: "it answers \(status) (\(excerpt(body)))", after: requested)
        case 404, 405, 501:
            return .done(.notAnOrderService(status: status))
        default:
            return .done(.settled(.refused(status: status, reason: excerpt(body))))
        }
    }

    /// A body on one line, cut to what a message can hold.
    private func excerpt(_ body: String) -> String {
        let line = body.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if line.isEmpty { return "no explanation" }
        return line.count <= 200 ? line : line.prefix(200) + "…"
    }

    private func reason(for error: any Error) -> String {
        switch (error as? HTTPClientError)?.code {
        case .timedOut: "no answer in \(policy.attemptTimeout.formattedSeconds)"
        case .hungUp: "it closes the connection"
        case .unknownHost: "there is no such host"
        case .refused: "nothing listens there"
        default: "\(error)"
        }
    }

    private struct Answer: Decodable { var id: String }
}

extension Duration {
    /// In seconds with at most one decimal: `10 s`, `0.3 s`.
    var formattedSeconds: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
