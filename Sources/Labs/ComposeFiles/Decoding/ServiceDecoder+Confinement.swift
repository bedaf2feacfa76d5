import Diagnostics

extension ServiceDecoder {
    func decodeConfinement(_ fields: inout Fields, into service: inout Service) throws {
        service.addedCapabilities = try fields.take("cap_add").map(capabilities) ?? []
        service.droppedCapabilities = try fields.take("cap_drop").map(capabilities) ?? []
        service.securityOptions = try fields.take("security_opt")?.texts() ?? []
        service.isReadOnly = try fields.take("read_only")?.bool() ?? false
    }

    /// Keys that ask for something of the host. They're left where they are, for the warning that they aren't honoured.
    func hostAccess(_ fields: Fields) -> [HostAccess] {
        var fields = fields
        var found: [HostAccess] = []
        func note(_ key: String, when asks: (Value) -> Bool) {
            guard let value = fields.take(key), asks(value) else { return }
            found.append(HostAccess(key: key, place: fields.keyPlace(key)))
        }
        for key in ["privileged", "use_api_socket"] { note(key) { (try? $0.bool()) != false } }
        for key in ["pid", "ipc", "uts", "userns_mode", "cgroup"] {
            note(key) { value in
                let kind = (try? value.text())?.prefix { $0 != ":" } ?? ""
                return !["service", "private", "none", "shareable"].contains(kind)
            }
        }
        for key in ["devices", "device_cgroup_rules", "gpus", "cgroup_parent", "volumes_from", "runtime"] {
            note(key) { $0.node.list?.isEmpty != true }
        }
        return found
    }

    private func capabilities(_ value: Value) throws -> [String] {
        var seen: Set<String> = []
        return try value.items().map { item in
            let name = try item.text().uppercased()
            let bare = name.hasPrefix("CAP_") ? String(name.dropFirst(4)) : name
            guard Self.capabilityNames.contains(bare) else {
                throw item.error(
                    "there is no capability \(quoted(name))",
                    remedy: nearestName(to: bare, among: Self.capabilityNames).map(quoted))
            }
            return bare
        }.filter { seen.insert($0).inserted }
    }

    /// capabilities(7), and Docker's word for all of them.
    private static let capabilityNames: Set<String> = [
        "ALL", "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN",
        "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE",
        "LINUX_IMMUTABLE",
        "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON",
        "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE",
        "SYS_NICE",
        "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM",
    ]

    // MARK: Limits

    func limits(_ fields: inout Fields) throws -> ResourceLimits {
        var limits = ResourceLimits()
        limits.memory = try fields.take("mem_limit")?.bytes()
        limits.reservedMemory = try fields.take("mem_reservation")?.bytes()
        limits.memoryAndSwap = try fields.take("memswap_limit").map(bytesOrUnlimited)
        limits.sharedMemory = try fields.take("shm_size")?.bytes()
        limits.cpus = try fields.take("cpus")?.double()
        limits.pids = try fields.take("pids_limit")?.int(-1...Int.max)
        limits.ulimits = try fields.take("ulimits").map(ulimits) ?? [:]
        if let deploy = fields.take("deploy") { try decodeDeploy(deploy, into: &limits) }
        return limits
    }

    private func bytesOrUnlimited(_ value: Value) throws -> Int64 {
        value.node.scalar?.text == "-1" ? -1 : try value.bytes()
    }

    /// Of `deploy` only `resources` has an effect; where it and an older key set the same limit, they must agree.
    private func decodeDeploy(_ value: Value, into limits: inout ResourceLimits) throws {
        var deploy = try value.fields()
        if var resources = try deploy.take("resources")?.fields() {
            if var bounds = try resources.take("limits")?.fields(of: "'limits'") {
                try set(&limits.memory, try bounds.take("memory").map { ($0, try $0.bytes()) }, "mem_limit")
                try set(&limits.cpus, try bounds.take("cpus").map { ($0, try $0.double()) }, "cpus")
                try set(&limits.pids, try bounds.take("pids").map { ($0, try $0.int(-1...Int.max)) }, "pids_limit")
                try bounds.finish(ignoring: ["devices", "generic_resources"])
            }
            if var reserved = try resources.take("reservations")?.fields(of: "'reservations'") {
                try set(
                    &limits.reservedMemory, try reserved.take("memory").map { ($0, try $0.bytes()) }, "mem_reservation")
                try reserved.finish(ignoring: ["cpus", "devices", "generic_resources", "pids"])
            }
            try resources.finish()
        }
        try deploy.finish(ignoring: [
            "endpoint_mode", "labels", "mode", "placement", "replicas", "restart_policy", "rollback_config",
            "update_config",
        ])
    }

    private func set<Limit: Equatable>(_ limit: inout Limit?, _ found: (Value, Limit)?, _ olderKey: String) throws {
        guard let (value, new) = found else { return }
        if let limit, limit != new {
            throw value.error(
                "\(value.name) of 'deploy' and \(quoted(olderKey)) set different limits", remedy: "keep one of them",
                code: .conflict)
        }
        limit = new
    }

    private func ulimits(_ value: Value) throws -> [String: ResourceLimits.Ulimit] {
        guard let entries = value.node.map else {
            throw value.error("\(value.name) must be a mapping, and this is \(value.node.kind)", code: .wrongType)
        }
        var result: [String: ResourceLimits.Ulimit] = [:]
        for entry in entries {
            let limit = Value(node: entry.value, name: quoted(entry.key), context: context)
            guard entry.value.map != nil else {
                let both = try limit.int(-1...Int.max)
                result[entry.key] = .init(soft: both, hard: both)
                continue
            }
            var fields = try limit.fields()
            guard let soft = fields.take("soft"), let hard = fields.take("hard") else {
                throw limit.error("\(limit.name) lacks 'soft' or 'hard'", code: .missingKey)
            }
            result[entry.key] = .init(soft: try soft.int(-1...Int.max), hard: try hard.int(-1...Int.max))
            try fields.finish()
        }
        return result
    }
}
