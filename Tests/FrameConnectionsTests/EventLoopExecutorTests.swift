import NIOCore
import NIOPosix
import Testing

@testable import FrameConnections

@Suite struct EventLoopExecutorTests {
    /// A default actor, as sessions are.
    private actor Counter {
        var value = 0
        func add(_ isOnLoop: Bool) { if isOnLoop { value += 1 } }
    }

    @Test("a task stays on the loop's thread, also through actors and what it waits for")
    func staying() async {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let counter = Counter()
        let task = Task(executorPreference: EventLoopExecutor(loop)) {
            for _ in 0..<100 {
                await counter.add(loop.inEventLoop)
                try? await Task.sleep(for: .microseconds(10))
            }
            return await counter.value
        }
        #expect(await task.value == 100)
    }
}
