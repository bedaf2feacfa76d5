import FoundationEssentials
import HTTPTypes
public import Hummingbird
import NIOCore
public import Orders

/// The service over HTTP. It only takes requests and gives answers: what they mean is the mediator's business.
public struct OrderRouter: Sendable {
    /// Bytes; an order is far smaller.
    public static let maxBodySize = 64 * 1024
    /// Orders or customers in an answer when the request names no `limit`.
    public static let usualLimit = 100
    /// The largest `limit` that a request may name.
    public static let maxLimit = 1000

    private let mediator: Mediator
    private let readiness: Readiness

    /// - Parameter readiness: Asked again for every `GET /ready`.
    public init(mediator: Mediator, readiness: Readiness) {
        self.mediator = mediator
        self.readiness = readiness
    }

    /// Serves `POST` and `GET /orders`, `GET /orders/{id}`, `/customers`, `/customers/{email}`, `/health` and `/ready`.
    ///
    /// Every answer is JSON, errors included; those have a field `error`.
    public func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: ErrorAnswers())
        router.post("orders") { request, _ in try await addOrder(request) }
        router.get("orders") { request, _ in
            Response(.ok, .array(try await mediator.orders(limit: limit(of: request)).map(JSON.order)))
        }
        router.get("orders/:id") { _, context in try await order(id: context.parameters.require("id")) }
        router.get("customers") { request, _ in
            Response(.ok, .array(try await mediator.customers(limit: limit(of: request)).map(JSON.customer)))
        }
        router.get("customers/:email") { _, context in
            try await customer(email: context.parameters.require("email"))
        }
        router.get("health") { _, _ in Response(.ok, ["status": "alive"]) }
        router.get("ready") { _, _ in await readinessAnswer() }
        return router
    }

    /// The media type of the body is not looked at: `curl -d` says that JSON is a form.
    private func addOrder(_ request: Request) async throws -> Response {
        let key = try idempotencyKey(of: request)
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.maxBodySize)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "the body is larger than \(Self.maxBodySize) bytes")
        }
        let id = try await mediator.add(NewOrder(body: Data(body.readableBytesView)), idempotencyKey: key)
        var response = Response(.ok, ["id": .string(id.description)])
        response.headers[.location] = "/orders/\(id)"
        return response
    }

    private func order(id text: String) async throws -> Response {
        guard let id = OrderID(text), let order = try await mediator.order(id: id) else {
            throw HTTPError(.notFound, message: "there is no order '\(text)'")
        }
        return Response(.ok, .order(order))
    }

    private func customer(email text: String) async throws -> Response {
        guard let email = text.percentDecoded, let customer = try await mediator.customer(email: email)
        else {
            throw HTTPError(.notFound, message: "there is no customer '\(text)'")
        }
        return Response(.ok, .customer(customer))
    }

    private func readinessAnswer() async -> Response {
        let states = await readiness.states()
        let isReady = states.allSatisfy { $0.problem == nil }
        let dependencies = states.map { state in
            var members: [JSON.Member] = [
                .init(key: "name", value: .string(state.name)), .init(key: "address", value: .string(state.address)),
                .init(key: "ready", value: .bool(state.problem == nil)),
            ]
            if let problem = state.problem { members.append(.init(key: "problem", value: .string(problem))) }
            return JSON.object(members)
        }
        return Response(
            isReady ? .ok : .serviceUnavailable, ["ready": .bool(isReady), "dependencies": .array(dependencies)])
    }

    private func limit(of request: Request) throws -> Int {
        guard let text = request.uri.queryParameters["limit"] else { return Self.usualLimit }
        guard let limit = Int(text), 1...Self.maxLimit ~= limit else {
            throw OrderError.invalid(field: "limit", problem: "must be a whole number from 1 to \(Self.maxLimit)")
        }
        return limit
    }

    private func idempotencyKey(of request: Request) throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name] else { return nil }
        guard 1...255 ~= key.utf8.count, key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw OrderError.invalid(
                field: "Idempotency-Key", problem: "must be 1 to 255 printable ASCII characters without spaces")
        }
        return key
    }
}

extension String {
    /// `ada%40example.org` as `ada@example.org`; `nil` when an escape is broken or the result is not UTF-8.
    var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let text = String(digits), let value = UInt8(text, radix: 16), text.first != "+"
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
