import Dispatch
import FoundationEssentials
import FrameConnections
import Glibc
import HostFiles
import LabAgents
import LabControlProtocol
import LabEngines
import Labs
import NIOCore
import NIOPosix
import Processes
import PseudoTerminals

/// The process that owns one lab.
///
/// Whoever wants a lab starts it (see ``LabClient/start(_:supervisor:lifeline:onEvent:)``) with a connected socket as
/// standard input, the lock of the lab's directory as descriptor 3 and a socket for passing terminals as descriptor 4.
public enum LabSupervisor {
    /// Stands the lab up, serves its clients, and takes it down.
    ///
    /// The lab ends when whoever started this process closes the connection, however that happens, unless it was told
    /// before to go on (``LabClient/keep()``).
    ///
    /// - Parameter name: The lab's name; its directory is there and locked.
    /// - Returns: The process's exit status, once nothing of the lab is left.
    public static func run(name: String) async -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        umask(0o022)
        // The outer bwrap ends before the inner one has: nothing of either is to be left to init.
        adoptOrphans()
        let lock = FileLock(inherited: LabDirectory.lockDescriptor)
        _ = fcntl(lock.descriptor, F_SETFD, FD_CLOEXEC)
        let passing = DescriptorSocket(adopting: LabDirectory.passingDescriptor)
        let directory = StateDirectory.current.lab(name)
        // NIO closes what it's given; 0 must not become the number of something else.
        let control = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        dup2(null, STDIN_FILENO)
        close(null)

        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let supervision = Supervision(directory: directory, group: group, passing: passing) { identity in
            EngineSelection(
                directory: directory.path, stateDirectory: StateDirectory.current.path, identity: identity,
                group: group)
        }
        let signals = handleTermination(of: supervision)
        defer { for signal in signals { signal.cancel() } }
        do {
            try replaceFile(directory.pidFile, with: Array("\(getpid())".utf8))
            let server = try await ControlServer.open(in: directory, on: group, handler: supervision)
            let first = try await FrameConnection.adopt(control, limit: ControlFrame.limit, on: group) {
                supervision.accept($0, $1)
            }
            // Waits for the one event that ends a lab that isn't kept; the process ends after it.
            Task {
                await first.waitUntilClosed()
                if await !supervision.isKept { await supervision.stop() }
            }
            await supervision.waitUntilStopped()
            await server.close()
            // All have been killed; one that the kernel doesn't let go must not keep this process.
            _ = await within(.seconds(2)) { try? await NIOThreadPool.singleton.runIfActive { reapChildren() } }
            // What an engine may still hold is found by the lab's files.
            if await supervision.leftover == nil { directory.remove() }
            await supervision.sendLastReplies()
        } catch {
            print("lectern: the supervisor of '\(name)' failed: \(error)")
            directory.remove()
            return 2
        }
        lock.release()
        return 0
    }

    /// SIGTERM, SIGINT and SIGHUP end the lab in an orderly way; further ones change nothing.
    private static func handleTermination(of supervision: Supervision) -> [any DispatchSourceSignal] {
        [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP")].map { number, name in
            // The default action would win over the source. Nothing else in this process may set these signals: a
            // disposition that is set later takes the place of the source's own.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                let reason = LabError(code: .labEnded, problem: "its supervisor was told to end by \(name)")
                // Nobody to wait for; `waitUntilStopped` returns after it.
                Task { await supervision.stop(because: reason) }
            }
            source.resume()
            return source
        }
    }
}

/// The socket at which clients of a running lab knock.
struct ControlServer {
    private let channel: any Channel

    static func open(
        in directory: LabDirectory, on group: any EventLoopGroup, handler: Supervision
    ) async throws -> ControlServer {
        let channel = try await directory.withSocketPath { path in
            let channel = try await ServerBootstrap(group: group)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        _ = try FrameConnection.install(on: channel, limit: ControlFrame.limit) {
                            handler.accept($0, $1)
                        }
                    }
                }
                .bind(unixDomainSocketPath: path)
                .get()
            chmod(path, 0o600)
            return channel
        }
        return ControlServer(channel: channel)
    }

    func close() async {
        try? await channel.close()
    }
}
