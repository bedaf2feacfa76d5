import ComposeFiles
import Diagnostics
import Glibc
import HostFiles
import Labs

/// A volume of a service, as the sandbox shows it.
struct SandboxVolume: Hashable {
    /// Its key in the Compose file; `nil` for one without a name, which no other service has.
    var key: String?
    var target: String

    /// Whether both are the same files.
    func isSame(as other: SandboxVolume) -> Bool { target == other.target || key != nil && key == other.key }
}

/// What the services of a lab mount, as one sandbox shows it to all of them.
///
/// Two services may share a target only when they mean the same thing by it.
struct SandboxMounts {
    /// Those above others first.
    private(set) var bindings: [Sandbox.Binding] = []
    /// Targets of memory file systems.
    private(set) var temporary: [String] = []
    /// By the service that mounts them.
    private(set) var volumes: [String: [SandboxVolume]] = [:]

    private struct Claim {
        var mount: Mount?
        var service: String
        var place: SourcePlace
    }

    /// By target, without what comes of `.` and doubled slashes.
    private var claims: [String: Claim] = [:]

    /// Directories in memory that every lab has.
    private static let usualTemporary: Set<String> = ["/tmp", "/run", "/var/tmp"]
    /// Nothing of a lesson may lie on, in or around them.
    private static let own = ["/opt/lectern", "/run/lectern", "/proc", "/dev", "/sys"]
    /// The host's own files, shown read-only: only what is there can be covered.
    private static let system = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]

    /// - Parameter directory: Where volumes are made; the lab's own.
    /// - Throws: `LabError` with code `.badDefinition`, at the line of the mount that can't be.
    init(of services: [Service], in directory: String) throws {
        for service in services {
            if let template = service.local?.template {
                let place = service.local?.place ?? service.place
                let target = try checked(template.into, of: service.name, at: place)
                try claim(target, Claim(mount: nil, service: service.name, place: place))
            }
        }
        for service in services {
            for mount in service.mounts {
                if case .temporary = mount.source, Self.usualTemporary.contains(mount.target) { continue }
                let target = try checked(mount.target, of: service.name, at: mount.place)
                let claim = Claim(mount: mount, service: service.name, place: mount.place)
                if case .volume(let key) = mount.source {
                    volumes[service.name, default: []].append(SandboxVolume(key: key, target: target))
                }
                if let other = claims[target], Self.isSame(other, claim) {
                    widen(target, by: mount)
                    continue
                }
                try self.claim(target, claim)
                try add(mount, at: target, of: service.name, in: directory)
            }
        }
        bindings.sort { $0.target < $1.target }
        try makeMountPoints()
    }

    private mutating func add(
        _ mount: Mount, at target: String, of service: String, in directory: String
    ) throws {
        switch mount.source {
        case .bind(let path):
            throw LabError(
                code: .system, problem: "\(mount.place): '\(path)' is not a copy",
                remedy: "report this; it is a mistake"
            )
        case .copy(let path):
            bindings.append(.init(source: path, target: target, isWritable: !mount.isReadOnly))
        case .volume(let key):
            let name = key ?? "\(service)-\(claims.count)"
            guard FileName.isUsable(name) else {
                throw LabError(
                    code: .badDefinition, problem: "\(mount.place): '\(name)' cannot be the name of a volume",
                    remedy: "use letters, digits, dots, hyphens and underscores")
            }
            let path = "\(directory)/data/\(key == nil ? "anonymous" : "volume")-\(name)"
            try makeDirectory(path)
            bindings.append(.init(source: path, target: target, isWritable: !mount.isReadOnly))
        case .temporary: temporary.append(target)
        }
    }

    // MARK: Targets

    private func checked(_ path: String, of service: String, at place: SourcePlace) throws -> String {
        func refusal(_ problem: String, remedy: String) -> LabError {
            LabError(
                code: .badDefinition, problem: "\(place): '\(path)' of service '\(service)' \(problem)", remedy: remedy)
        }
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard !parts.isEmpty, !parts.contains(".."), !path.utf8.contains(0) else {
            throw refusal(
                "cannot be mounted", remedy: "name a directory below '/', without '..'")
        }
        var target = "/" + parts.joined(separator: "/")
        // A link in every lab.
        if target == "/var/run" || target.hasPrefix("/var/run/") { target = String(target.dropFirst(4)) }
        for own in Self.own where target.isAtOrBelow(own) || own.isAtOrBelow(target) {
            throw refusal("is the lab's own", remedy: "choose another target, such as '/srv' or '/opt/lesson'")
        }
        let isSystem = Self.system.contains { target.isAtOrBelow($0) } && !target.hasPrefix("/usr/local/")
        guard !isSystem || !Self.system.contains(target) && access(target, F_OK) == 0 else {
            throw refusal(
                "cannot be made in a sandbox, which shows this host's '/\(parts[0])' as it is",
                remedy: "choose another target, such as '/srv' or '/opt/lesson', for 'x-lectern' too")
        }
        return target
    }

    private mutating func claim(_ target: String, _ claim: Claim) throws {
        func conflict(_ problem: String) -> LabError {
            LabError(
                code: .badDefinition,
                problem: "\(claim.place): '\(target)' of service '\(claim.service)' \(problem)",
                remedy: "services of a sandbox share their files: give them different targets")
        }
        if let other = claims[target] {
            throw conflict("is mounted from something else by service '\(other.service)' (\(other.place))")
        }
        // A data directory is emptied and filled again as a whole.
        for (path, other) in claims where claim.mount == nil || other.mount == nil {
            if target.isAtOrBelow(path) || path.isAtOrBelow(target) {
                throw conflict("lies in or around '\(path)' of service '\(other.service)' (\(other.place))")
            }
        }
        claims[target] = claim
    }

    private static func isSame(_ one: Claim, _ other: Claim) -> Bool {
        guard let one = one.mount, let other = other.mount else { return false }
        switch (one.source, other.source) {
        case (.copy(let one), .copy(let other)): return one == other
        case (.volume(let one?), .volume(let other?)): return one == other
        case (.temporary, .temporary): return true
        default: return false
        }
    }

    /// One sandbox shows a path to all alike: who may write decides.
    private mutating func widen(_ target: String, by mount: Mount) {
        guard !mount.isReadOnly, let index = bindings.firstIndex(where: { $0.target == target }) else { return }
        bindings[index].isWritable = true
    }

    /// Makes the place of each mount that lies inside another one, where bwrap, which follows links, must not.
    private func makeMountPoints() throws {
        for (index, inner) in bindings.enumerated() {
            guard let outer = bindings[..<index].last(where: { inner.target.isAtOrBelow($0.target) }) else { continue }
            let place = String(inner.target.dropFirst(outer.target.count + 1))
            do {
                try Self.makePoint(place, for: inner.source, in: try ContainedDirectory(outer.source))
            } catch let failure as ContainedFailure {
                let claim = claims[inner.target]
                throw LabError(
                    code: .badDefinition,
                    problem: "\(claim?.place.description ?? ""): '\(inner.target)' cannot be mounted in "
                        + "'\(outer.target)': '\(place)' \(failure.reason) there",
                    remedy: "choose a target outside '\(outer.target)'")
            }
        }
    }

    private static func makePoint(_ place: String, for source: String, in outer: ContainedDirectory) throws {
        guard (try? ContainedDirectory(source)) == nil else { return try outer.makeDirectory(place) }
        if (try? outer.file(place)) != nil { return }
        if let slash = place.lastIndex(of: "/") { try outer.makeDirectory(String(place[..<slash])) }
        close(try outer.create(place, mode: 0o644))
    }
}

extension String {
    /// Whether the path is the other one or lies in it.
    fileprivate func isAtOrBelow(_ other: String) -> Bool { self == other || hasPrefix(other + "/") }
}

extension SandboxMounts {
    /// The volumes that a reset empties with the workspace: not those that also belong to a service which goes on.
    func volumesOfWorkspace(_ services: [Service]) -> [SandboxVolume] {
        let kept = services.filter { $0.local?.onReset == .keep }.flatMap { volumes[$0.name] ?? [] }
        let workspace = services.first { $0.local?.hasTerminals == true }
        return (workspace.flatMap { volumes[$0.name] } ?? []).filter { volume in
            !kept.contains { $0.isSame(as: volume) }
        }
    }
}
