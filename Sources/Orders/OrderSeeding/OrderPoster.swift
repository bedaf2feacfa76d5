import AsyncHTTPClient
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

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

    let client: HTTPClient
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
        var request = HTTPClientRequest(url: target.ordersURL)
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": order.idempotencyKey,
        ]
        request.body = .bytes(ByteBuffer(string: order.json()))
        do {
            let response = try await client.execute(request, timeout: TimeAmount(policy.attemptTimeout))
            let body = try await response.body.collect(upTo: 64 * 1_024)
            return judge(response, body: String(buffer: body))
        } catch is CancellationError {
            return .done(.cancelled)
        } catch is NIOTooManyBytesError {
            return .done(.settled(.refused(status: 200, reason: "the answer is longer than 64 KiB")))
        } catch {
            // A connection that breaks, and one that can't be made, differ in the message alone: both may mend.
            return Task.isCancelled ? .done(.cancelled) : .again(reason: reason(for: error), after: nil)
        }
    }

    private func judge(_ response: HTTPClientResponse, body: String) -> Attempt {
        let status = Int(response.status.code)
        switch response.status {
        case .ok, .created, .accepted:
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body.utf8)) else {
                let reason = "the answer carries no 'id': \(excerpt(body))"
                return .done(.settled(.refused(status: status, reason: reason)))
            }
            return .done(.settled(.posted(id: answer.id, at: Date())))
        // 409 is what a service says while the first request with the same key is still on its way.
        case .requestTimeout, .conflict, .tooManyRequests, .badGateway, .serviceUnavailable, .gatewayTimeout:
            let requested = response.headers.first(name: "Retry-After").flatMap(Int.init).map { Duration.seconds($0) }
            return .again(reason: "it answers \(status) (\(excerpt(body)))", after: requested)
        case .notFound, .methodNotAllowed, .notImplemented:
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
        switch error {
        case let error as HTTPClientError where error == .deadlineExceeded || error == .connectTimeout:
            "no answer in \(policy.attemptTimeout.formattedSeconds)"
        case let error as HTTPClientError where error == .remoteConnectionClosed: "it closes the connection"
        case let error as NIOConnectionError:
            error.connectionErrors.isEmpty ? "there is no such host" : "nothing listens there"
        // A target named by its address, not by its name, gives the error of the socket itself.
        case let error as IOError where error.errnoCode == ECONNREFUSED: "nothing listens there"
        case let error as IOError where error.errnoCode == ECONNRESET: "it closes the connection"
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
