import FoundationEssentials
import Glibc
import HostFiles

/// A supervisor process, told apart from a later one with the same number.
///
/// It's only recognised from within the same boot and the same process namespace: an engine may serve Lecterns of several
/// machines and containers.
public struct LabOwner: Hashable, Sendable, CustomStringConvertible {
    /// In the owner's own process namespace.
    public let pid: Int32
    /// Ticks of the kernel's clock since the boot.
    public let startTime: String
    /// Boot and process namespace.
    public let place: String

    /// - Returns: `nil` for what no ``description`` is.
    public init?(_ label: String) {
        let parts = label.split(separator: "@", maxSplits: 2).map(String.init)
        guard parts.count == 3, let pid = Int32(parts[0]) else { return nil }
        self.init(pid: pid, startTime: parts[1], place: parts[2])
    }

    private init(pid: Int32, startTime: String, place: String) {
        self.pid = pid
        self.startTime = startTime
        self.place = place
    }

    /// This process.
    public static let current = LabOwner(pid: getpid(), startTime: startTime(of: getpid()) ?? "0", place: here)

    /// `false` only when it's known to be gone: one of another machine or namespace counts as alive.
    public var mayLive: Bool {
        place != Self.here || Self.startTime(of: pid) == startTime
    }

    /// `true` when it can be signalled from here.
    public var isInReach: Bool { place == Self.here }

    /// `PID@START@PLACE`, as a label of an engine holds it.
    public var description: String { "\(pid)@\(startTime)@\(place)" }

    private static let here: String = {
        let boot = endOfFile("/proc/sys/kernel/random/boot_id", limit: 64).prefix { !$0.isNewline }
        let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return "\(boot)/\(namespace.filter { $0.isNumber })"
    }()

    private static func startTime(of pid: Int32) -> String? {
        // The name before it may hold anything, brackets too.
        let fields = endOfFile("/proc/\(pid)/stat", limit: 4096).split(separator: ")").last?.split(separator: " ")
        guard let fields, fields.count > 19, fields[0] != "Z" else { return nil }
        return String(fields[19])
    }
}
