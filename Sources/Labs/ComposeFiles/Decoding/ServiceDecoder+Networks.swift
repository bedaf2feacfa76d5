import Diagnostics

extension ServiceDecoder {
    func decodeNetwork(_ fields: inout Fields, into service: inout Service) throws {
        service.networkMode = try fields.take("network_mode").map(networkMode)
        service.networks = try fields.take("networks").map(attachments) ?? []
        service.ports = try fields.take("ports").map(ports) ?? []
        service.extraHosts = try fields.take("extra_hosts").map(extraHosts) ?? []
        if service.networkMode != nil, !service.networks.isEmpty {
            throw context.error(
                .conflict, fields.keyPlace("networks"), length: 8,
                "\(fields.subject) has both 'network_mode' and 'networks'",
                remedy: "keep one of them")
        }
        let isShared =
            switch service.networkMode {
            case .service, .container: true
            default: false
            }
        for key in ["ports", "hostname"] where isShared && fields.has(key) {
            throw context.error(
                .conflict, fields.keyPlace(key), length: key.count,
                "\(fields.subject) uses another's network and cannot have \(quoted(key)) of its own",
                remedy: "move it to the owner of the network")
        }
    }

    private func networkMode(_ value: Value) throws -> NetworkMode {
        let text = try value.text()
        let owner = { (prefix: String) in String(text.dropFirst(prefix.count)) }
        switch text {
        case "none": return .none
        case "host": return .host
        case "bridge": return .bridge
        case "service:", "container:", "":
            throw value.error("\(value.name) names no network", remedy: "write one such as 'service:NAME'")
        case _ where text.hasPrefix("service:"): return .service(owner("service:"))
        case _ where text.hasPrefix("container:"): return .container(owner("container:"))
        default: return .named(text)
        }
    }

    private func attachments(_ value: Value) throws -> [NetworkAttachment] {
        guard let entries = namedEntries(value.node) else {
            throw value.error(
                "\(value.name) must be a list of networks or a mapping, and this is \(value.node.kind)",
                code: .wrongType)
        }
        return try entries.map { entry in
            var fields = try Fields(entry.value, of: "network \(quoted(entry.key))", in: context)
            let attachment = NetworkAttachment(
                network: entry.key, aliases: try fields.take("aliases")?.texts() ?? [],
                ipv4Address: try fields.take("ipv4_address")?.text(),
                ipv6Address: try fields.take("ipv6_address")?.text(),
                place: entry.place)
            try fields.finish(ignoring: [
                "driver_opts", "gw_priority", "interface_name", "link_local_ips", "mac_address", "priority",
            ])
            return attachment
        }
    }

    private func extraHosts(_ value: Value) throws -> [String] {
        if value.node.map != nil {
            return try value.pairs().map { "\($0.name):\($0.value ?? "")" }
        }
        return try value.texts().map { text in
            guard let separator = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
                throw value.error("\(quoted(text)) of \(value.name) is not of the form NAME=ADDRESS")
            }
            return "\(text[..<separator]):\(text[separator...].dropFirst())"
        }
    }

    // MARK: Ports

    private func ports(_ value: Value) throws -> [PublishedPort] {
        var seen: Set<String> = []
        return try value.items().flatMap { item in
            item.node.map == nil ? try shortPorts(item) : try longPorts(item)
        }.filter { port in
            let key =
                "\(port.hostAddress ?? "")|\(port.hostPort.map(String.init) ?? "")|\(port.containerPort)|\(port.transport)"
            return seen.insert(key).inserted
        }
    }

    /// `[[address:][host]:]container[/transport]`, where host and container may be ranges of the same length.
    private func shortPorts(_ value: Value) throws -> [PublishedPort] {
        let text = try value.anyScalar()
        var malformed: ComposeError {
            value.error(
                "\(quoted(text)) is not a port",
                remedy: "write one such as '8080:80', '127.0.0.1:8080:80' or '53:53/udp'")
        }
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2, var rest = halves.first else { throw malformed }
        guard let transport = PublishedPort.Transport(rawValue: halves.count == 2 ? halves[1].lowercased() : "tcp")
        else {
            throw malformed
        }
        var address: String?
        if rest.hasPrefix("[") {
            guard let end = rest.firstRange(of: "]:") else { throw malformed }
            address = String(rest[..<end.lowerBound].dropFirst())
            rest = rest[end.upperBound...]
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 3, address == nil {
            address = String(parts[0])
        } else if parts.count > 2 {
            throw malformed
        }
        guard let last = parts.last, let containers = portRange(last) else { throw malformed }
        let hostText = parts.count > 1 ? parts[parts.count - 2] : ""
        guard hostText.isEmpty || portRange(hostText) != nil, address != "" else { throw malformed }
        return try pair(hostText.isEmpty ? nil : portRange(hostText), containers, address, transport, value)
    }

    private func longPorts(_ value: Value) throws -> [PublishedPort] {
        var fields = try value.fields(of: "a port")
        guard let target = fields.take("target") else {
            throw value.error(
                "a port lacks its 'target'", remedy: "give the port inside the container", code: .missingKey)
        }
        let container = try target.int(1...65535)
        var hosts: ClosedRange<Int>?
        if let published = fields.take("published") {
            hosts = portRange(try published.anyScalar()[...])
            guard hosts != nil else {
                throw published.error("\(published.name) must be a port", remedy: "write a number from 1 to 65535")
            }
        }
        let address = try fields.take("host_ip")?.text()
        let transport = try fields.take("protocol").map { value in
            guard let transport = PublishedPort.Transport(rawValue: try value.text()) else {
                throw value.error(
                    "\(value.name) cannot be \(quoted(try value.text()))", remedy: alternatives(["tcp", "udp"]))
            }
            return transport
        }
        try fields.finish(ignoring: ["app_protocol", "mode", "name"])
        return try pair(hosts, container...container, address, transport ?? .tcp, value)
    }

    private func pair(
        _ hosts: ClosedRange<Int>?, _ containers: ClosedRange<Int>, _ address: String?,
        _ transport: PublishedPort.Transport,
        _ value: Value
    ) throws -> [PublishedPort] {
        if let hosts, hosts.count != containers.count {
            throw value.error(
                "\(hosts.count) ports of the host cannot be given to \(containers.count) of the container",
                remedy: "write ranges of the same length")
        }
        return try containers.map { container in
            try context.spendNode(at: value.place)
            let host = hosts.map { $0.lowerBound + container - containers.lowerBound }
            return PublishedPort(
                hostAddress: address, hostPort: host == 0 ? nil : host, containerPort: container, transport: transport,
                place: value.place)
        }
    }

    private func portRange(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
            part.count <= 5 && part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard ends.count <= 2, let low = ends.first ?? nil, let high = ends.last ?? nil, low <= high, high <= 65535
        else {
            return nil
        }
        return low...high
    }
}
