public import NIOCore

/// Runs tasks on the thread of an event loop, so that what a frame or a descriptor wakes runs on without another thread.
///
/// Nothing that runs there may block for long: what else the loop serves waits meanwhile.
public final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    /// Keeps the loop; its group must not be shut down while tasks still run here.
    public init(_ loop: any EventLoop) {
        self.loop = loop
    }

    /// Puts the job behind what the loop has to do already and returns at once, also on the loop's own thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Holds the executor until the job has run.
        loop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
