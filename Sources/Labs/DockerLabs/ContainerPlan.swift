import ComposeFiles
import DockerAPI
import Labs

/// How a service of a Compose file becomes a container of a lab.
struct ContainerPlan: Sendable {
    let identity: LabIdentity
    let names: LabNames
    let service: Service
    /// Counts the containers of the service.
    let number: Int
    let volumes: VolumeNumbers
    /// Others join its network.
    let ownsNetwork: Bool
    let isWorkspace: Bool
    let bounds: ContainerBounds

    func configuration(in network: NetworkPlace) -> ContainerConfiguration {
        var container = ContainerConfiguration(image: service.image ?? "")
        container.command = service.command
        container.entrypoint = service.entrypoint
        container.environment = service.environment.map { "\($0.key)=\($0.value)" }.sorted()
        container.user = service.user
        container.workingDirectory = service.workingDirectory
        // None of the file's: programs of the host that watch an engine take orders from labels.
        container.labels = identity.labels
        container.labels[LabLabels.service] = service.name
        if ownsNetwork { container.labels[LabLabels.ownsNetwork] = "owner" }
        container.hasTerminal = service.hasTerminal
        container.keepsInputOpen = service.keepsInputOpen
        container.stopSignal = service.stopSignal
        container.stopTimeout = service.stopGracePeriod.map { Int($0.components.seconds) }
        container.healthCheck = healthCheck
        container.host = host
        container.join(network, as: service)
        if isWorkspace { runAgent(in: &container) }
        return container
    }

    /// Makes the agent the container's first process, which nothing in the container can end.
    ///
    /// What the service itself runs is started by the agent; see ``RunningWorkspace``.
    private func runAgent(in container: inout ContainerConfiguration) {
        container.entrypoint = [RunningWorkspace.program, "--container"]
        container.command = []
        container.hasTerminal = false
        container.keepsInputOpen = true
        container.endsInputOnce = true
        container.host.runsInit = false
        // What it prints is for the supervisor, not for a log.
        container.host.log = HostConfiguration.Log(driver: "none")
    }

    /// A check that the file gives is looked at by Lectern while the lab starts, and switched off in the engine: one look
    /// costs a processor some 30 ms, all the time that the lab is up.
    private var healthCheck: ContainerConfiguration.HealthCheck? {
        switch service.healthCheck?.test {
        case .inherited?, nil: isWorkspace ? ContainerConfiguration.HealthCheck(test: ["NONE"]) : nil
        case .disabled, .command, .shell: ContainerConfiguration.HealthCheck(test: ["NONE"])
        }
    }

    private var host: HostConfiguration {
        var host = HostConfiguration()
        host.mounts = service.mounts.compactMap(mount)
        if isWorkspace, service.isReadOnly {
            // The agent has to be put somewhere.
            var own = ContainerMount(
                kind: .volume, source: names.volume("agent", number), target: RunningWorkspace.directory)
            own.volumeOptions = ContainerMount.VolumeOptions(labels: identity.labels)
            host.mounts.append(own)
        }
        for mount in service.mounts {
            guard let options = temporaryOptions(of: mount) else { continue }
            host.temporaryFileSystems[mount.target] = options.joined(separator: ",")
        }
        host.droppedCapabilities = ["ALL"]
        host.addedCapabilities = ContainerCapabilities.kept(by: service)
        host.securityOptions = ["no-new-privileges:true"]
        // Those of the engine may be shared by its configuration.
        host.ipcMode = "private"
        host.cgroupNamespace = "private"
        host.isReadOnly = service.isReadOnly
        host.runsInit = service.runsInit
        host.extraHosts = service.extraHosts
        bounds.apply(to: &host, asked: service.limits)
        return host
    }

    private func mount(_ mount: Mount) -> ContainerMount? {
        switch mount.source {
        case .temporary: return nil
        // Refused before, by `LessonPolicy`.
        case .bind: return nil
        case .copy(let source):
            // Root in a container is the host's: what it could write would lie on the host, root's and without a bound.
            var bind = ContainerMount(kind: .bind, source: source, target: mount.target, isReadOnly: true)
            bind.bindOptions = ContainerMount.BindOptions(propagation: "rprivate")
            return bind
        case .volume(let key):
            var volume = ContainerMount(
                kind: .volume, source: key.map { names.volume($0, volumes.number(of: $0)) }, target: mount.target,
                isReadOnly: mount.isReadOnly)
            volume.volumeOptions = ContainerMount.VolumeOptions(
                staysEmpty: mount.options.contains("nocopy"), labels: identity.labels)
            return volume
        }
    }

    /// `nil` for anything but a memory file system.
    private func temporaryOptions(of mount: Mount) -> [String]? {
        guard case .temporary(let size, let mode) = mount.source else { return nil }
        var options = mount.options.filter(Mount.isHarmless)
        options.append("size=\(min(size.flatMap { $0 > 0 ? $0 : nil } ?? bounds.temporaryFiles, bounds.memory))")
        if let mode { options.append("mode=\(String(mode, radix: 8))") }
        if mount.isReadOnly { options.append("ro") }
        return options
    }
}

extension Mount {
    /// Whether an option of a memory file system may be passed on. Sizes in other words would lift the bound, and devices and
    /// set-user-id programs have no business there.
    fileprivate static func isHarmless(_ option: String) -> Bool {
        if ["uid=", "gid="].contains(where: option.hasPrefix) { return Int(option.dropFirst(4)) != nil }
        return [
            "exec", "noexec", "nosuid", "nodev", "rw", "noatime", "relatime", "strictatime", "nodiratime", "sync",
            "async",
        ].contains(option)
    }

    fileprivate var unhonouredOptions: [String] {
        switch source {
        case .bind, .copy: options
        case .temporary: options.filter { !Self.isHarmless($0) }
        case .volume: options.filter { $0 != "nocopy" }
        }
    }
}

extension Service {
    /// What the file asks for and a lab of containers doesn't do, as warnings with their places.
    var unhonouredInContainers: [String] {
        var keys: [String] = []
        switch restart {
        case .always, .onFailure, .unlessStopped: keys.append("restart")
        case .never, nil: break
        }
        if networks.contains(where: { $0.network != "default" }) { keys.append("networks") }
        if networks.contains(where: { $0.ipv4Address != nil }) { keys.append("ipv4_address") }
        if networks.contains(where: { $0.ipv6Address != nil }) { keys.append("ipv6_address") }
        if !labels.isEmpty { keys.append("labels") }
        keys += limits.ulimits.keys.filter { !ContainerBounds.allowedLimits.contains($0) }.sorted().map {
            "ulimits.\($0)"
        }
        return keys.map { "\(place): the key '\($0)' of service '\(name)' is ignored by a lab" }
            + ports.filter { $0.transport != .tcp }.map {
                "\($0.place): port \($0.containerPort)/\($0.transport.rawValue) is not forwarded, only TCP is"
            }
            + mounts.compactMap { mount in
                let options = mount.unhonouredOptions
                guard !options.isEmpty else { return nil }
                return "\(mount.place): the mount's options '\(options.joined(separator: ","))' are ignored"
            }
            + mounts.compactMap { mount in
                guard case .copy = mount.source, !mount.isReadOnly else { return nil }
                return "\(mount.place): '\(mount.target)' is read-only, as are all of a lesson's files in containers"
            }
    }
}
