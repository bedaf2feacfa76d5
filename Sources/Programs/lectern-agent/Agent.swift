import AgentProtocol
import Glibc
import Processes
import PseudoTerminals

/// One conversation of the agent: a service, a helper, a terminal or a stream.
protocol AgentChannel: AnyObject {
    /// What to wait for, or -1.
    var descriptor: Int32 { get }
    /// `poll` events to wait for now; 0 for none.
    var interest: Int16 { get }
    /// The process whose end the channel wants to hear of, or 0.
    var child: pid_t { get }
    /// The namespace that ``child`` lives in.
    var place: ProcessSpec.Place { get }
    /// When ``timeOut()`` is due, in milliseconds of the monotonic clock.
    var deadline: Int64? { get }
    func ready(_ events: Int16)
    func receive(_ request: AgentRequest)
    func childEnded(_ status: ExitStatus)
    func timeOut()
    /// Kills and closes whatever the channel holds.
    func tearDown()
}

extension AgentChannel {
    var descriptor: Int32 { -1 }
    var interest: Int16 { 0 }
    var child: pid_t { 0 }
    var place: ProcessSpec.Place { .workspace }
    var deadline: Int64? { nil }
    func ready(_ events: Int16) {}
    func childEnded(_ status: ExitStatus) {}
    func timeOut() {}
}

/// The loop: one thread, woken by the supervisor, by a descriptor, by the end of a child or by a deadline.
final class Agent {
    /// Why the agent ends before its supervisor has gone.
    enum Ending {
        case diskIsFull(String)
        /// The first process of a namespace was ended from outside, and everything in the namespace with it.
        case namespaceIsLost
    }

    let link: Link
    /// `nil` where others keep the lab's processes apart, or nobody does.
    let namespaces: SandboxNamespaces?
    /// What processes that no namespace confines may not call.
    let filter: FilterProgram?
    /// Where masters of terminals are passed to the supervisor; `nil` where the two may not share a kernel.
    let passing: DescriptorSocket?
    private let watch: ResourceWatch?
    /// Why the agent ends by itself, and everything with it.
    private var ending: Ending?
    private var channels: [UInt32: any AgentChannel] = [:]
    private var remembered = FileSnapshot()
    /// The signal mask with which the agent began; what it starts gets the same.
    private var originalMask = sigset_t()

    init(
        link: Link, namespaces: SandboxNamespaces?, watch: ResourceWatch?, filter: FilterProgram?,
        passing: DescriptorSocket?
    ) {
        self.link = link
        self.namespaces = namespaces
        self.watch = watch
        self.filter = filter
        self.passing = passing
    }

    /// Serves the supervisor until it's gone.
    ///
    /// - Returns: Why the lab has to end before that; `nil` otherwise.
    func run() -> Ending? {
        // SIGCHLD stays blocked except inside poll, so that no child's end falls between waitpid and the wait.
        var childSignal = sigset_t()
        sigemptyset(&childSignal)
        sigaddset(&childSignal, SIGCHLD)
        sigprocmask(SIG_BLOCK, &childSignal, &originalMask)
        signal(SIGCHLD) { _ in }

        link.send(.ready(version: AgentEvent.version), on: 0)
        while link.flush(), ending == nil, turn() {}
        for channel in channels.values { channel.tearDown() }
        return ending
    }

    func remove(_ channel: UInt32) {
        channels[channel] = nil
    }

    /// Waits once and handles what came.
    ///
    /// - Returns: `false` once the supervisor is gone.
    private func turn() -> Bool {
        var descriptors: [pollfd] = [
            pollfd(fd: link.input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: link.output, events: link.hasPending ? Int16(POLLOUT) : 0, revents: 0),
        ]
        var polled: [any AgentChannel] = []
        var deadline = watch?.deadline
        for channel in channels.values {
            if let due = channel.deadline { deadline = min(deadline ?? due, due) }
            let interest = channel.interest
            guard channel.descriptor >= 0, interest != 0 else { continue }
            descriptors.append(pollfd(fd: channel.descriptor, events: interest, revents: 0))
            polled.append(channel)
        }
        let left = deadline.map { max(0, $0 - monotonicMilliseconds()) }
        let count = poll(&descriptors, milliseconds: left, mask: originalMask)
        reapChildren()
        if let deadline, monotonicMilliseconds() >= deadline {
            let now = monotonicMilliseconds()
            for channel in Array(channels.values) where (channel.deadline ?? .max) <= now { channel.timeOut() }
            if let watch, watch.deadline <= now { ending = watch.look().map(Ending.diskIsFull) ?? ending }
        }
        guard count > 0 else { return true }
        for (channel, entry) in zip(polled, descriptors.dropFirst(2)) where entry.revents != 0 {
            channel.ready(entry.revents)
        }
        guard descriptors[0].revents != 0 else { return true }
        return link.receive(beforePong: reapDyingServices) { request, channel in handle(request, on: channel) }
    }

    /// Channels by the process that they started.
    private var owners: [pid_t: UInt32] {
        Dictionary(channels.filter { $0.value.child > 0 }.map { ($0.value.child, $0.key) }) { $1 }
    }

    private func reapChildren() {
        var status: Int32 = 0
        while true {
            let pid = waitpid(-1, &status, WNOHANG)
            guard pid > 0 else { return }
            let channel = channels.values.first { $0.child == pid }
            let isOfLostNamespace = channel.flatMap { namespaces?.isBeingLost($0.place) } ?? false
            if namespaces?.forget(endedBy: pid) == true || isOfLostNamespace {
                // None of its processes has ended by itself.
                ending = .namespaceIsLost
                return
            }
            channel?.childEnded(ExitStatus(waitStatus: status))
        }
    }

    /// Waits for services whose end has begun: who asks whether all are there must not hear of one that is as good as gone.
    private func reapDyingServices() {
        reapChildren()
        let deadline = monotonicMilliseconds() + 500
        while channels.values.contains(where: { $0 is ServiceProcess && isDying($0.child) }),
            ending == nil, monotonicMilliseconds() < deadline
        {
            usleep(500)
            reapChildren()
        }
    }

    /// Ends what belongs to no channel; returns once it's gone, or after a second.
    private func endStrays() {
        let deadline = monotonicMilliseconds() + 1000
        // Nobody forks faster than a namespace ends; one by one is for a namespace in which something is to stay.
        if !channels.values.contains(where: { $0.child > 0 && $0.place == .workspace }),
            let last = namespaces?.end(.workspace)
        {
            // It's gone when the others are, and those of them that the agent started wait to be reaped.
            while kill(last, 0) == 0, monotonicMilliseconds() < deadline {
                reapChildren()
                usleep(200)
            }
        }
        killStrays(owners: owners, sparing: namespaces?.initialProcesses ?? [], until: deadline)
    }

    private func handle(_ request: AgentRequest, on channel: UInt32) {
        if let open = channels[channel] {
            open.receive(request)
            if request == .close { channels[channel] = nil }
            return
        }
        do {
            switch request {
            case .start(let spec):
                channels[channel] = try ServiceProcess(spec, channel: channel, agent: self)
            case .run(let spec, let outputLimit, let milliseconds):
                channels[channel] = try HelperCommand(
                    spec, outputLimit: Int(outputLimit), milliseconds: Int64(milliseconds), channel: channel,
                    agent: self)
            case .openTerminal(let spec, let columns, let rows, let passesMaster):
                channels[channel] = try Terminal(
                    spec, columns: columns, rows: rows, passesMaster: passesMaster, channel: channel, agent: self)
            case .connect(let port, let address):
                channels[channel] = try LoopbackStream(port: port, address: address, channel: channel, agent: self)
            case .usage:
                link.send(.usage(memoryUsage(owners: owners)), on: channel)
            case .writeFile(let path, let contents):
                try writeFile(path, contents)
                link.send(.closed, on: channel)
            case .snapshot(let directories):
                remembered.snapshot(directories)
                link.send(.closed, on: channel)
            case .cleanUp:
                endStrays()
                remembered.removeNewFiles()
                link.send(.closed, on: channel)
            case .editFile(let path, let edit, let mode):
                channels[channel] = try FileEditing(path, edit, mode: mode, channel: channel, agent: self)
            default:
                // Bytes and credit may cross the end of a channel on the way.
                break
            }
        } catch {
            link.send(.failed(error.number, error.description), on: channel)
        }
    }
}

func monotonicMilliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}
