import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Orders

extension Response {
    /// Ends with a line feed, so that a shell's next prompt starts on a line of its own.
    init(_ status: HTTPResponse.Status = .ok, _ json: JSON) {
        var buffer = ByteBuffer()
        json.write(to: &buffer)
        buffer.writeStaticString("\n")
        self.init(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: buffer))
    }
}

/// Turns every error into an answer in JSON; nothing of the program's inside gets out.
struct ErrorAnswers<Context: RequestContext>: RouterMiddleware {
    @concurrent
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as OrderError {
            if case .unavailable = error {
                context.logger.warning(
                    "request failed", metadata: ["path": "\(request.uri.path)", "reason": "\(error)"])
            }
            return answer(to: error)
        } catch let error as HTTPError {
            return Response(error.status, ["error": .string(error.body ?? error.status.reasonPhrase.lowercased())])
        } catch let error as any HTTPResponseError {
            return Response(error.status, ["error": .string(error.status.reasonPhrase.lowercased())])
        } catch is CancellationError {
            return Response(.serviceUnavailable, ["error": "the service is shutting down"])
        } catch {
            context.logger.error("request failed", metadata: ["path": "\(request.uri.path)", "reason": "\(error)"])
            return Response(.internalServerError, ["error": "something went wrong inside the service"])
        }
    }

    private func answer(to error: OrderError) -> Response {
        let text = JSON.string(error.description)
        switch error {
        case .invalid(let field, _):
            return Response(.badRequest, ["error": text, "field": .string(field)])
        case .idempotencyKeyReused:
            return Response(.unprocessableContent, ["error": text, "field": "Idempotency-Key"])
        case .unavailable(let dependency, _):
            return Response(.serviceUnavailable, ["error": text, "dependency": .string(dependency)])
        }
    }
}
