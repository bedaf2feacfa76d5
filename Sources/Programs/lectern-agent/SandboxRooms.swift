import AgentProtocol
import Glibc
import ProcessConfinement
import ProcessSpawning

/// What the agent makes of the sandbox in which it is the first process: one room for the services, one for the workspace.
///
/// The agent alone has capabilities, in the sandbox's own user namespace, and they are in effect only while a room is
/// made or a process started. It can't be inspected, and sees both rooms from outside.
final class SandboxRooms {
    private var rooms: [ProcessSpec.Place: Room] = [:]
    private let filter = FilterProgram(.lab)

    /// Closes what the sandbox's start has left open. Must be done before anything of the lesson runs.
    init(_ limits: SandboxLimits) throws(SystemFailure) {
        try refuseInspection()
        try withCapabilities { () throws(SystemFailure) in
            try limits.apply()
            try maskProcessFiles()
        }
    }

    /// The first processes of the rooms.
    var initialProcesses: Set<pid_t> { Set(rooms.values.map(\.initialProcess)) }

    func spawn(_ request: SpawnRequest, in place: ProcessSpec.Place) throws(SystemFailure) -> pid_t {
        var request = request
        request.confinement.dropsCapabilities = true
        request.confinement.filter = filter.instructions
        request.confinement.oomScore = 1000
        return try withCapabilities { () throws(SystemFailure) in try room(place).spawn(request) }
    }

    /// Kills everything in a room. The next process finds a new one.
    ///
    /// - Returns: The process whose end says that all are gone; `nil` when nothing was there.
    func end(_ place: ProcessSpec.Place) -> pid_t? {
        guard let process = rooms.removeValue(forKey: place)?.initialProcess else { return nil }
        kill(process, SIGKILL)
        return process
    }

    /// Forgets a room whose first process has ended: the kernel may choose it when memory runs out.
    func childEnded(_ process: pid_t) {
        for (place, room) in rooms where room.initialProcess == process { rooms[place] = nil }
    }

    private func room(_ place: ProcessSpec.Place) throws(SystemFailure) -> Room {
        if let room = rooms[place] { return room }
        let room = try Room()
        rooms[place] = room
        return room
    }
}

/// Bounds that the agent sets for all that runs in its sandbox.
struct SandboxLimits {
    /// How many processes and threads there may be at a time.
    var processes = 1024

    /// Reads the agent's command line; an argument that it doesn't know is left.
    init(arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--processes", let count = rest.popFirst().flatMap({ Int($0) }) { processes = count }
        }
    }

    /// The agent's capabilities must be in effect.
    func apply() throws(SystemFailure) {
        limitResources(processes: UInt(processes))
        // No process of the lab may make a user namespace, in which it would have capabilities.
        try write("0", to: "/proc/sys/user/max_user_namespaces")
        // Files that a lesson puts between the devices take memory.
        guard mount(nil, "/dev", nil, UInt(MS_REMOUNT) | UInt(MS_NOSUID), "size=64k,nr_inodes=64") == 0 else {
            throw SystemFailure("'/dev'")
        }
    }

    private func write(_ text: String, to path: String) throws(SystemFailure) {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemFailure("'\(path)'") }
        defer { close(file) }
        try writeAll(Array(text.utf8), to: file, path: path)
    }
}
