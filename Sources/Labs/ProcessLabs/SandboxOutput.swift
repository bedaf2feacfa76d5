import Glibc
import NIOPosix
import Processes

/// What bwrap and the first program inside print. A thread reads it as it comes, so that nobody waits, and keeps the end.
struct SandboxOutput {
    /// The descriptor to print to; ``closeWriting()`` lets go of it.
    let writing: Int32
    private let reader: Task<[UInt8], Never>

    /// Bytes that are kept.
    private static let limit = 16 * 1024

    init() throws(SystemFailure) {
        let (reading, writing) = try makePipe()
        self.writing = writing
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        // Ends when nobody can print any more, at the latest with the sandbox.
        reader = Task {
            let kept = try? await thread.runIfActive { Self.readToEnd(reading) }
            try? await thread.shutdownGracefully()
            return kept ?? []
        }
    }

    func closeWriting() { close(writing) }

    /// The end of what was printed, once the sandbox is gone.
    func end() async -> String {
        String(decoding: await reader.value.suffix(4096), as: UTF8.self)
    }

    private static func readToEnd(_ descriptor: Int32) -> [UInt8] {
        defer { close(descriptor) }
        var kept: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return kept }
            kept += block[..<count]
            if kept.count > 2 * limit { kept.removeFirst(kept.count - limit) }
        }
    }
}
