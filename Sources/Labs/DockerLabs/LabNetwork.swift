import ComposeFiles
import DockerAPI

/// What the services of a lab reach.
///
/// A published port needs a way from the host into the lab, and an engine makes it together with one back. So no port is
/// published: the agent in the workspace leads connections to them, whatever the network is.
enum LabNetwork: Hashable, Sendable {
    /// Each other over the loopback address that they share, and nothing else: there is no other interface.
    case loopback
    /// Each other over a bridge of the lab's own. The host has no address on it, so that there's no way to the host, and
    /// nothing leads out.
    case inner
    /// Over a bridge, the internet; and thereby what the host and its neighbours offer to others.
    case internet

    /// - Parameter services: With the workspace.
    init(for services: [Service], allowsInternet: Bool) {
        let owners = services.filter { $0.joinedService == nil && $0.networkMode != NetworkMode.none }
        self = allowsInternet ? .internet : owners.count <= 1 ? .loopback : .inner
    }

    var hasBridge: Bool { self != .loopback }

    /// Options of the bridge driver.
    var options: [String: String] {
        // Without an address of its own the host answers nothing that is sent to the gateway.
        self == .inner ? ["com.docker.network.bridge.inhibit_ipv4": "true"] : [:]
    }
}

/// What one container joins.
enum NetworkPlace: Hashable, Sendable {
    /// The network of another container.
    case joined(ContainerID)
    /// A loopback interface, known under these names.
    case loopback(names: [String])
    /// A bridge of this name.
    case bridge(String, LabNetwork)
    case none
}

extension ContainerConfiguration {
    /// Puts the container into its network.
    ///
    /// - Parameter service: Whose container it is; its name is that of the container in a bridge.
    mutating func join(_ place: NetworkPlace, as service: Service) {
        switch place {
        case .joined(let owner): host.networkMode = "container:\(owner.rawValue)"
        case .none:
            host.networkMode = "none"
            hostname = service.hostname
        case .loopback(let names):
            host.networkMode = "none"
            hostname = service.hostname ?? "lab"
            let known = Set(host.extraHosts.compactMap { $0.split(separator: ":").first.map(String.init) })
            // No interface has an address that the engine could put there.
            host.extraHosts += ([hostname ?? "lab"] + names).filter { !known.contains($0) }.unique.map {
                "\($0):127.0.0.1"
            }
            silenceNameServers()
        case .bridge(let network, let kind):
            hostname = service.hostname
            join(network, aliases: [service.name] + service.networks.flatMap(\.aliases))
            if kind == .inner { silenceNameServers() }
        }
    }

    /// Names of the lab are known without a server; asking for others must neither reach one of the host's nor take long.
    private mutating func silenceNameServers() {
        host.nameServers = ["127.0.0.1"]
        host.nameServerOptions = ["timeout:1", "attempts:1"]
        host.searchedDomains = ["."]
    }
}

extension Array where Element: Hashable {
    /// Without repetitions, in the order of the first ones.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
