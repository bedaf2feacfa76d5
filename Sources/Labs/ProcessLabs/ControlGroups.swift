import Glibc
import HostFiles
import Labs

/// What the process engine keeps of a lab outside its sandbox.
public enum LabFiles {
    /// Removes what a lab has left in the kernel when its supervisor was killed; for whoever removes the lab's files.
    ///
    /// - Parameter directory: The lab's own.
    public static func removeRemains(in directory: String) async {
        await ControlGroups.remove(recordedIn: controlGroups(in: directory))
    }

    static func controlGroups(in directory: String) -> String { "\(directory)/control-groups" }
}

/// The kernel's control groups that bound one lab: memory, processes, and its share of the processors.
///
/// They can be had as root, and as an ordinary user where systemd has handed a subtree over; version 1 and version 2.
/// Where one can't be had the lab is bounded without it (see ``LabLimits``), which `lectern doctor` tells.
struct ControlGroups {
    /// What a control group here bounds.
    enum Controller: String, CaseIterable {
        case memory
        case processes = "pids"
        case processors = "cpu"
    }

    /// The group's directories: one, or with version 1 one for each hierarchy.
    private(set) var directories: [String] = []
    private(set) var controllers: Set<Controller> = []

    /// Makes them.
    ///
    /// - Parameters:
    ///   - name: A file name that no other lab of this host has.
    ///   - record: Where the directories' paths are written before they're made, so that ``remove(recordedIn:)`` finds
    ///     them even when this process is killed; a lab can't change it.
    static func make(_ name: String, limits: LabLimits, record: String) -> ControlGroups {
        var groups = ControlGroups()
        for place in ControlGroupPlace.all(hierarchies: .ofThisProcess) {
            let wanted = place.controllers.subtracting(groups.controllers)
            guard !wanted.isEmpty else { continue }
            let directory = "\(place.directory)/\(name)"
            let recorded = (groups.directories + [directory]).joined(separator: "\n")
            guard (try? replaceFile(record, with: Array(recorded.utf8))) != nil, mkdir(directory, 0o755) == 0 else {
                continue
            }
            let set = wanted.filter { controller in
                place.version.settings(controller, limits).allSatisfy { $0.write(in: directory) }
            }
            guard !set.isEmpty else {
                rmdir(directory)
                continue
            }
            groups.directories.append(directory)
            groups.controllers.formUnion(set)
        }
        return groups
    }

    /// Opens what a process writes to in order to join; close-on-exec.
    func open() -> [Int32] {
        directories.map { Glibc.open("\($0)/cgroup.procs", O_WRONLY | O_CLOEXEC) }.filter { $0 >= 0 }
    }

    /// How often the kernel has ended a process of the lab because its memory was used up; 0 where nobody counts.
    var memoryKills: Int {
        // `oom_kill N` is a line of memory.events (version 2) and of memory.oom_control (version 1).
        let counts = directories.flatMap { ["\($0)/memory.events", "\($0)/memory.oom_control"] }.compactMap { path in
            endOfFile(path, limit: 4096).split(separator: "\n").first { $0.hasPrefix("oom_kill ") }
        }
        return counts.first.flatMap { Int($0.dropFirst("oom_kill ".count)) } ?? 0
    }

    /// Removes the groups of a lab whose processes have been killed.
    func remove() async {
        for directory in directories { await Self.remove(directory) }
    }

    /// Removes the groups that a lab left whose supervisor was killed. No record isn't an error.
    ///
    /// - Parameter record: See ``make(_:limits:record:)``.
    fileprivate static func remove(recordedIn record: String) async {
        for directory in endOfFile(record, limit: 16 * 1024).split(separator: "\n") { await remove(String(directory)) }
    }

    private static func remove(_ directory: String) async {
        // A group can't be removed before the last of its processes has been reaped, by whoever is its parent.
        let deadline = ContinuousClock.now + .seconds(2)
        while rmdir(directory) != 0, errno == EBUSY, ContinuousClock.now < deadline {
            for process in endOfFile("\(directory)/cgroup.procs", limit: 1 << 16).split(separator: "\n") {
                if let process = pid_t(process), process > 1 { kill(process, SIGKILL) }
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// A line to write to a file of a control group.
struct ControlGroupSetting: Hashable {
    var file: String
    var value: String
    /// Not every kernel has the file (`memory.swap.max`, say), and its absence leaves no way out.
    var isOptional = false

    func write(in directory: String) -> Bool {
        let file = open("\(directory)/\(file)", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return isOptional }
        defer { close(file) }
        let bytes = Array(value.utf8)
        return Glibc.write(file, bytes, bytes.count) == bytes.count || isOptional
    }
}

enum ControlGroupVersion {
    case one
    case two

    /// What bounds a lab; half the share of the processors that the host's other programs get.
    func settings(_ controller: ControlGroups.Controller, _ limits: LabLimits) -> [ControlGroupSetting] {
        switch (self, controller) {
        case (.one, .memory):
            [
                .init(file: "memory.limit_in_bytes", value: "\(limits.memory)"),
                // Memory and swap together.
                .init(file: "memory.memsw.limit_in_bytes", value: "\(limits.memory)", isOptional: true),
            ]
        case (.two, .memory):
            [
                .init(file: "memory.max", value: "\(limits.memory)"),
                .init(file: "memory.swap.max", value: "0", isOptional: true),
            ]
        case (_, .processes): [.init(file: "pids.max", value: "\(limits.processes)")]
        case (.one, .processors): [.init(file: "cpu.shares", value: "512")]
        case (.two, .processors): [.init(file: "cpu.weight", value: "50")]
        }
    }
}
