import Synchronization
import Testing

@testable import LabControlClient

@Suite struct SupervisorChildTests {
    private final class Tally: Sendable {
        let begun = Mutex(0)
        let done = Mutex(0)
    }

    @Test("several who see a supervisor off do it once, and wait until it's done, cancelled or not")
    func seeingOff() async {
        let child = SupervisorChild(pid: 0)
        let (permissions, permission) = AsyncStream<Void>.makeStream()
        let tally = Tally()
        await withTaskGroup { group in
            for _ in 0..<3 {
                group.addTask {
                    await child.seeOff {
                        tally.begun.withLock { $0 += 1 }
                        for await _ in permissions { break }
                        // What is cancelled has learned of it here.
                        if !Task.isCancelled { tally.done.withLock { $0 += 1 } }
                    }
                    #expect(tally.done.withLock { $0 } == 1)
                }
            }
            group.cancelAll()
            permission.yield()
        }
        #expect(tally.begun.withLock { $0 } == 1)
    }
}
