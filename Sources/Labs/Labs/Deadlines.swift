/// The value of a task; `nil` when whoever waits is cancelled first, which leaves the task as it is.
package func value<Value: Sendable>(of task: Task<Value, Never>) async -> Value? {
    let (values, value) = AsyncStream<Value>.makeStream(bufferingPolicy: .bufferingOldest(1))
    // Ends with the task.
    Task {
        value.yield(await task.value)
        value.finish()
    }
    for await value in values { return value }
    return nil
}

/// Waits for a body, but not longer than a limit; for waits that nothing can cancel, such as that for a process in the
/// kernel's hands.
///
/// - Returns: `nil` once the limit has passed; the body then is cancelled, and left behind if it doesn't heed that.
package func within<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    let (results, result) = AsyncStream<Value?>.makeStream(bufferingPolicy: .bufferingOldest(1))
    // Ends by itself, or is left behind.
    let task = Task { result.yield(await body()) }
    let timer = Task {
        try? await Task.sleep(for: limit)
        result.yield(nil)
    }
    defer {
        task.cancel()
        timer.cancel()
    }
    for await value in results { return value }
    return nil
}
