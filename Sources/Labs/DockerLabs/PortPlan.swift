import ComposeFiles
import DockerAPI
import Glibc

/// A port that a container publishes on the host's loopback address.
struct PortPlan: Hashable, Sendable {
    let inside: ContainerPort
    /// What the file asks for.
    let wanted: Int?
    /// `nil` when the engine is to choose one.
    var hostPort: Int?

    init(_ port: PublishedPort) {
        inside = ContainerPort(port.containerPort, transport: port.transport.rawValue)
        wanted = port.hostPort
        hostPort = port.hostPort
    }

    /// Leaves to the engine the ports that are taken right now: only a look, so that most starts succeed at once.
    static func leavingTaken(_ ports: [PortPlan]) -> [PortPlan] {
        ports.map { plan in
            guard let port = plan.hostPort, isTaken(port) else { return plan }
            var plan = plan
            plan.hostPort = nil
            return plan
        }
    }

    /// Leaves to the engine the port that it found taken; all of them when it didn't name one.
    static func leaving(_ taken: Int?, _ ports: [PortPlan]) -> [PortPlan] {
        ports.map { plan in
            guard taken == nil || plan.hostPort == taken else { return plan }
            var plan = plan
            plan.hostPort = nil
            return plan
        }
    }

    private static func isTaken(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0 && errno == EADDRINUSE
            }
        }
    }
}
