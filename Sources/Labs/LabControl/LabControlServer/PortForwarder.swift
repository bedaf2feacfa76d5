import ComposeFiles
import LabAgents
import Labs
import NIOCore
import NIOPosix

/// Ports of the host's loopback address that lead into the lab.
struct PortForwarder: Sendable {
    private let tasks: [Task<Void, Never>]
    let ports: [ForwardedPort]

    /// Listens for every TCP port that the services publish: on the port it asks for, or on a free one where that is taken.
    ///
    /// Whatever address the file names, only loopback is listened on.
    static func open(_ services: [Service], of pod: any LabPod, on group: any EventLoopGroup) async throws -> Self {
        var tasks: [Task<Void, Never>] = []
        var ports: [ForwardedPort] = []
        for (service, port) in services.flatMap({ service in service.ports.map { (service, $0) } })
        where port.transport == .tcp {
            let server: Server
            do {
                server = try await listen(port.hostPort ?? 0, on: group)
            } catch {
                server = try await listen(0, on: group)
            }
            let hostPort = server.channel.localAddress?.port ?? 0
            ports.append(
                ForwardedPort(
                    labPort: port.containerPort, hostPort: hostPort,
                    wanted: port.hostPort == hostPort ? nil : port.hostPort))
            // Ends when the forwarder is closed.
            let target = Target(pod: pod, service: service, port: port.containerPort)
            tasks.append(Task { await serve(server, target) })
        }
        return PortForwarder(tasks: tasks, ports: ports)
    }

    /// Stops listening and drops the connections.
    func close() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private typealias Server = NIOAsyncChannel<Connection, Never>

    private static func listen(_ port: Int, on group: any EventLoopGroup) async throws -> Server {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Connection(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
    }

    /// Where connections lead; asked anew for each, since a reset may have replaced what serves the port.
    private struct Target {
        let pod: any LabPod
        let service: Service
        let port: Int

        func connect() async throws -> AgentStream { try await pod.connect(to: service, port: port) }
    }

    private static func serve(_ server: Server, _ target: Target) async {
        try? await server.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    group.addTask { await relay(connection, to: target) }
                }
            }
        }
    }

    /// One connection's failure is its own.
    private static func relay(_ connection: Connection, to target: Target) async {
        try? await connection.executeThenClose { inbound, outbound in
            let stream = try await target.connect()
            defer { stream.close() }
            await withTaskGroup { group in
                group.addTask {
                    do {
                        for try await buffer in inbound {
                            guard await stream.write(Array(buffer.readableBytesView)) else { return }
                        }
                    } catch {}
                    stream.finishWriting()
                }
                group.addTask {
                    try? await stream.read { bytes in
                        try await outbound.write(ByteBuffer(bytes: bytes))
                        return true
                    }
                    outbound.finish()
                }
            }
        }
    }
}
