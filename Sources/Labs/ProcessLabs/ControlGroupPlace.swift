import Glibc
import HostFiles

/// A directory in which control groups may be made.
struct ControlGroupPlace: Hashable {
    var directory: String
    var version: ControlGroupVersion
    /// What a group made here bounds.
    var controllers: Set<ControlGroups.Controller>

    /// The places for groups of this process's labs, best first.
    static func all(hierarchies: [ControlGroupHierarchy]) -> [ControlGroupPlace] {
        hierarchies.compactMap { hierarchy in
            switch hierarchy.version {
            case .one: placeInVersionOne(hierarchy)
            case .two: placeInVersionTwo(hierarchy)
            }
        }
    }

    /// Below the caller's own group: a lab never gets more than whoever runs it.
    private static func placeInVersionOne(_ hierarchy: ControlGroupHierarchy) -> ControlGroupPlace? {
        guard !hierarchy.controllers.isEmpty, access(hierarchy.own, W_OK) == 0 else { return nil }
        return ControlGroupPlace(directory: hierarchy.own, version: .one, controllers: hierarchy.controllers)
    }

    /// The nearest directory above the caller's own group that hands controllers down. Below its own group none can be
    /// made: only a group without processes may have others with controllers below it.
    private static func placeInVersionTwo(_ hierarchy: ControlGroupHierarchy) -> ControlGroupPlace? {
        var directory = hierarchy.own
        while directory.count > hierarchy.mountPoint.count, let slash = directory.lastIndex(of: "/") {
            directory = String(directory[..<slash])
            guard access(directory, W_OK) == 0, access("\(directory)/cgroup.procs", W_OK) == 0 else { return nil }
            if let place = place(in: directory) { return place }
        }
        return place(in: hierarchy.mountPoint)
    }

    private static func place(in directory: String) -> ControlGroupPlace? {
        guard access(directory, W_OK) == 0 else { return nil }
        let names = endOfFile("\(directory)/cgroup.subtree_control", limit: 4096).split(whereSeparator: \.isWhitespace)
        let controllers = Set(names.compactMap { ControlGroups.Controller(rawValue: String($0)) })
        return controllers.isEmpty
            ? nil : ControlGroupPlace(directory: directory, version: .two, controllers: controllers)
    }
}

/// A mounted hierarchy of control groups, and where this process is in it.
struct ControlGroupHierarchy: Hashable {
    var version: ControlGroupVersion
    var mountPoint: String
    /// The directory of this process's own group.
    var own: String
    /// With version 1, what the hierarchy is for.
    var controllers: Set<ControlGroups.Controller>
}

extension [ControlGroupHierarchy] {
    static var ofThisProcess: [ControlGroupHierarchy] {
        Self(
            mounts: endOfFile("/proc/self/mountinfo", limit: 1 << 20),
            memberships: endOfFile("/proc/self/cgroup", limit: 1 << 16))
    }

    /// - Parameters:
    ///   - mounts: As in `/proc/PID/mountinfo`.
    ///   - memberships: As in `/proc/PID/cgroup`: number, controllers and path, between colons.
    init(mounts: String, memberships: String) {
        var own: [Substring: Substring] = [:]
        for line in memberships.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            // Version 2 has no list of controllers.
            for controller in fields[1].split(separator: ",", omittingEmptySubsequences: false) {
                own[controller] = fields[2]
            }
        }
        self = mounts.split(separator: "\n").compactMap { line in
            // … root mount-point options … - type source super-options
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), dash + 3 < fields.count, fields.count > 4 else { return nil }
            let root = fields[3]
            let mountPoint = fields[4]
            func directory(_ path: Substring) -> String? {
                // Only part of the hierarchy may be mounted, as in a container.
                if root == "/" { return path == "/" ? String(mountPoint) : "\(mountPoint)\(path)" }
                guard path == root || path.hasPrefix("\(root)/") else { return path == "/" ? String(mountPoint) : nil }
                return "\(mountPoint)\(path.dropFirst(root.count))"
            }
            switch fields[dash + 1] {
            case "cgroup2":
                guard let path = own[""], let directory = directory(path) else { return nil }
                return ControlGroupHierarchy(
                    version: .two, mountPoint: String(mountPoint), own: directory, controllers: [])
            case "cgroup":
                let names = fields[dash + 3].split(separator: ",")
                let known = names.filter { ControlGroups.Controller(rawValue: String($0)) != nil }
                guard let first = known.first, let path = own[first], let directory = directory(path) else {
                    return nil
                }
                return ControlGroupHierarchy(
                    version: .one, mountPoint: String(mountPoint), own: directory,
                    controllers: Set(known.compactMap { ControlGroups.Controller(rawValue: String($0)) }))
            default: return nil
            }
        }
    }
}
