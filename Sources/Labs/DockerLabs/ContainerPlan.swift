import ComposeFiles
import DockerAPI
import HostFiles
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

    /// Bounds where the file sets none, so that a lesson's slip stays the lesson's.
    private static let defaultPids: Int64 = 1024

    /// - Parameters:
    ///   - network: What the service joins: `container:NAME` or the lab's own network.
    ///   - ports: Where the host listens.
    func configuration(network: String, ports: [PortPlan]) -> ContainerConfiguration {
        var container = ContainerConfiguration(image: service.image ?? "")
        container.command = service.command
        container.entrypoint = service.entrypoint
        container.environment = service.environment.map { "\($0.key)=\($0.value)" }.sorted()
        container.user = service.user
        container.workingDirectory = service.workingDirectory
        container.labels = service.labels.merging(identity.labels) { $1 }
        container.labels[LabLabels.service] = service.name
        if ownsNetwork { container.labels[LabLabels.ownsNetwork] = "owner" }
        container.hasTerminal = service.hasTerminal
        container.keepsInputOpen = service.keepsInputOpen
        container.stopSignal = service.stopSignal
        container.stopTimeout = service.stopGracePeriod.map { Int($0.components.seconds) }
        container.healthCheck = healthCheck
        container.host = host
        if network.hasPrefix("container:") || network == "none" {
            container.host.networkMode = network
        } else {
            container.hostname = service.hostname
            container.join(network, aliases: [service.name] + service.networks.flatMap(\.aliases))
        }
        for port in ports { container.publish(port.inside, at: PortBinding(port: port.hostPort)) }
        return container
    }

    /// A check that the file gives is looked at by Lectern while the lab starts, and switched off in the engine: one look
    /// costs a processor some 30 ms, all the time that the lab is up.
    private var healthCheck: ContainerConfiguration.HealthCheck? {
        switch service.healthCheck?.test {
        case .inherited?, nil: nil
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
            guard case .temporary(let size, let mode) = mount.source else { continue }
            var options = mount.options
            if let size { options.append("size=\(size)") }
            if let mode { options.append("mode=\(String(mode, radix: 8))") }
            if mount.isReadOnly { options.append("ro") }
            host.temporaryFileSystems[mount.target] = options.joined(separator: ",")
        }
        host.addedCapabilities = service.addedCapabilities
        host.droppedCapabilities = service.droppedCapabilities
        host.securityOptions = ["no-new-privileges:true"]
        host.isReadOnly = service.isReadOnly
        host.runsInit = service.runsInit
        host.extraHosts = service.extraHosts
        let limits = service.limits
        host.memory = limits.memory
        host.memoryAndSwap = limits.memoryAndSwap
        host.reservedMemory = limits.reservedMemory
        host.sharedMemory = limits.sharedMemory
        host.nanoCPUs = limits.cpus.map { Int64($0 * 1e9) }
        host.pids = limits.pids.map(Int64.init) ?? Self.defaultPids
        host.ulimits = limits.ulimits.sorted { $0.key < $1.key }.map {
            HostConfiguration.Ulimit(name: $0.key, soft: $0.value.soft, hard: $0.value.hard)
        }
        // A flood of output must not fill the disk.
        host.log = HostConfiguration.Log(driver: "json-file", options: ["max-size": "32m"])
        return host
    }

    private func mount(_ mount: Mount) -> ContainerMount? {
        switch mount.source {
        case .temporary: return nil
        case .bind(let source):
            var bind = ContainerMount(
                kind: .bind, source: MountPolicy.resolved(source) ?? source, target: mount.target,
                isReadOnly: mount.isReadOnly)
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
        return keys.map { "\(place): the key '\($0)' of service '\(name)' isn't honoured by a lab" }
            + mounts.flatMap { mount -> [String] in
                guard case .bind = mount.source, !mount.options.isEmpty else { return [] }
                return ["\(mount.place): the mount's options '\(mount.options.joined(separator: ","))' aren't honoured"]
            }
    }
}
