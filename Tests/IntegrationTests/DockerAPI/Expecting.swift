import DockerAPI
import Foundation
import Testing

/// Expects a ``DockerError`` of this code, and gives it back.
@discardableResult
func expectRefusal<Value>(
    _ code: DockerError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> DockerError? {
    let error = await #expect(throws: DockerError.self, sourceLocation: sourceLocation) { _ = try await body() }
    #expect(error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
    return error
}

/// Runs what blocks outside the threads of tasks.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
