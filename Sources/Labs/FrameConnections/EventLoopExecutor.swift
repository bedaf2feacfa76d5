public import NIOCore

/// Runs tasks on the thread of an event loop, so that what a frame or a descriptor wakes runs on without another thread.
///
/// Nothing that runs there may block for long: what else the loop serves waits meanwhile.
public final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    public init(_ loop: any EventLoop) {
        self.loop = loop
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Holds the executor until the job has run.
        loop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
