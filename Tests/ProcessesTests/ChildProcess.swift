import Glibc
import Processes
import Testing

/// What a program printed, and how it ended.
struct ChildResult {
    var output: String
    /// As `waitpid` gives it.
    var status: Int32

    var exitCode: Int32? { status & 0x7F == 0 ? status >> 8 & 0xFF : nil }
    var signal: Int32? { status & 0x7F == 0 ? nil : status & 0x7F }
}

/// Runs a program to its end; it reads nothing and prints into a pipe.
func run(
    _ arguments: [String], environment: [String] = ["PATH=/usr/bin:/bin"], directory: String? = nil,
    startsSession: Bool = false, confinement: Confinement = Confinement()
) throws -> ChildResult {
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    let (reading, writing) = try makePipe()
    defer { close(reading) }
    var request = SpawnRequest(
        arguments, environment: environment, directory: directory, descriptors: [nothing, writing, writing],
        startsSession: startsSession)
    request.confinement = confinement
    let pid: pid_t
    do { pid = try request.spawn() } catch {
        close(writing)
        throw error
    }
    close(writing)
    let output = readAll(from: reading)
    return ChildResult(output: output, status: reap(pid))
}

func readAll(from descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = read(descriptor, &block, block.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += block[..<count]
    }
}

@discardableResult
func reap(_ pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status
}
