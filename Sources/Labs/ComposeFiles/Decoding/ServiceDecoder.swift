import Diagnostics

/// Decodes one merged service.
struct ServiceDecoder {
    let context: ReadingContext
    /// Directory that relative paths of a file start from.
    let baseDirectory: (_ file: String) -> String

    /// Keys of the Compose specification that have no effect here.
    static let ignoredKeys: Set<String> = [
        "annotations", "attach", "blkio_config", "cgroup", "cgroup_parent", "configs", "container_name", "cpu_count",
        "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpuset",
        "credential_spec", "develop", "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname",
        "expose", "external_links", "gpus", "group_add", "ipc", "isolation", "label_file", "links", "logging",
        "mac_address", "mem_swappiness", "models", "oom_kill_disable", "oom_score_adj", "pid", "platform", "post_start",
        "pre_stop", "privileged", "provider", "pull_policy", "runtime", "scale", "secrets", "storage_opt", "sysctls",
        "use_api_socket", "userns_mode", "uts", "volumes_from",
    ]

    func decode(_ entry: YAMLNode.Entry) throws -> Service {
        try context.checkName(entry, of: "a service")
        var service = Service(name: entry.key, place: entry.place)
        var fields = try Fields(entry.value, of: "service \(quoted(entry.key))", in: context)
        try decodeProcess(&fields, into: &service)
        service.environment = try environment(&fields)
        try decodeNetwork(&fields, into: &service)
        service.mounts = try mounts(&fields)
        try decodeConfinement(&fields, into: &service)
        service.limits = try limits(&fields)
        service.local = try fields.take("x-lectern").map {
            try ProcessConfigurationDecoder(context: context).decode($0)
        }
        service.hostAccess = hostAccess(fields)
        try fields.finish(ignoring: Self.ignoredKeys)
        guard service.image != nil || service.build != nil else {
            throw context.error(
                .missingKey, entry.place, length: entry.key.unicodeScalars.count,
                "service \(quoted(entry.key)) has neither an image nor a build", remedy: "give it an 'image'")
        }
        return service
    }

    // MARK: What runs

    private func decodeProcess(_ fields: inout Fields, into service: inout Service) throws {
        let image = fields.take("image")
        service.image = try image?.text()
        service.imagePlace = image?.place
        service.build = try fields.take("build").map(build)
        service.command = try fields.take("command")?.arguments()
        service.entrypoint = try fields.take("entrypoint")?.arguments()
        service.user = try fields.take("user")?.text()
        service.workingDirectory = try fields.take("working_dir")?.text()
        service.hostname = try fields.take("hostname")?.text()
        service.labels = try fields.take("labels")?.labels() ?? [:]
        service.profiles = try fields.take("profiles")?.texts() ?? []
        service.dependencies = try fields.take("depends_on").map(dependencies) ?? []
        service.healthCheck = try fields.take("healthcheck").map(healthCheck)
        service.restart = try fields.take("restart").map(restartPolicy)
        service.stopSignal = try fields.take("stop_signal")?.anyScalar()
        service.stopGracePeriod = try fields.take("stop_grace_period")?.duration()
        service.runsInit = try fields.take("init")?.bool()
        service.hasTerminal = try fields.take("tty")?.bool() ?? false
        service.keepsInputOpen = try fields.take("stdin_open")?.bool() ?? false
    }

    private func build(_ value: Value) throws -> ImageBuild {
        let directory = baseDirectory(value.place.file)
        guard value.node.map != nil else {
            return ImageBuild(
                context: Self.buildContext(try value.text(), directory), dockerfile: nil, inlineDockerfile: nil,
                arguments: [:], target: nil, labels: [:], network: nil, cacheFrom: [])
        }
        var fields = try value.fields()
        let contextPath = fields.take("context")
        let build = ImageBuild(
            context: Self.buildContext(
                try contextPath?.text() ?? ".", baseDirectory(contextPath?.place.file ?? value.place.file)),
            dockerfile: try fields.take("dockerfile")?.text(),
            inlineDockerfile: try fields.take("dockerfile_inline")?.text(),
            arguments: try fields.take("args").map { resolved(try $0.pairs()) } ?? [:],
            target: try fields.take("target")?.text(), labels: try fields.take("labels")?.labels() ?? [:],
            network: try fields.take("network")?.text(), cacheFrom: try fields.take("cache_from")?.texts() ?? [])
        try fields.finish(ignoring: [
            "additional_contexts", "cache_to", "entitlements", "extra_hosts", "isolation", "no_cache", "platforms",
            "privileged", "provenance", "pull", "sbom", "secrets", "shm_size", "ssh", "tags", "ulimits",
        ])
        return build
    }

    private static func buildContext(_ text: String, _ directory: String) -> String {
        text.contains("://") || text.hasPrefix("git@") ? text : Paths.absolute(Paths.resolve(text, against: directory))
    }

    private func dependencies(_ value: Value) throws -> [Dependency] {
        guard let entries = namedEntries(value.node) else {
            throw value.error(
                "\(value.name) must be a list of services or a mapping, and this is \(value.node.kind)",
                code: .wrongType)
        }
        var seen: Set<String> = []
        return try entries.filter { seen.insert($0.key).inserted }.map { entry in
            var fields = try Fields(entry.value, of: "\(quoted(entry.key)) of \(value.name)", in: context)
            let dependency = Dependency(
                service: entry.key, condition: try fields.take("condition")?.choice() ?? .started,
                isRequired: try fields.take("required")?.bool() ?? true,
                restarts: try fields.take("restart")?.bool() ?? false, place: entry.place)
            try fields.finish()
            return dependency
        }
    }

    private func healthCheck(_ value: Value) throws -> HealthCheck {
        var fields = try value.fields()
        var check = HealthCheck(
            test: try fields.take("test").map(test) ?? .inherited, interval: try fields.take("interval")?.duration(),
            timeout: try fields.take("timeout")?.duration(), retries: try fields.take("retries")?.int(0...Int.max),
            startPeriod: try fields.take("start_period")?.duration(),
            startInterval: try fields.take("start_interval")?.duration())
        if try fields.take("disable")?.bool() == true { check.test = .disabled }
        try fields.finish()
        return check
    }

    private func test(_ value: Value) throws -> HealthCheck.Test {
        guard value.node.list != nil else { return .shell(try value.text()) }
        let words = try value.items().map { try $0.text() }
        switch words.first {
        case "NONE" where words.count == 1: return .disabled
        case "CMD" where words.count > 1: return .command(Array(words.dropFirst()))
        case "CMD-SHELL" where words.count == 2: return .shell(words[1])
        default:
            throw value.error(
                "the list of \(value.name) must begin with 'CMD' and a program, be 'CMD-SHELL' and one line, or 'NONE' alone",
                remedy: "[\"CMD\", \"curl\", \"-f\", \"http://localhost\"]")
        }
    }

    private func restartPolicy(_ value: Value) throws -> RestartPolicy {
        let text = try value.anyScalar()
        switch text {
        // Older YAML readers take a bare `no` for a boolean.
        case "no", "false": return .never
        case "always": return .always
        case "unless-stopped": return .unlessStopped
        case "on-failure": return .onFailure(attempts: nil)
        default:
            if text.hasPrefix("on-failure:"), let attempts = Int(text.dropFirst(11)), attempts >= 0 {
                return .onFailure(attempts: attempts)
            }
            throw value.error(
                "\(value.name) cannot be \(quoted(text))",
                remedy: alternatives(["no", "always", "on-failure", "on-failure:3", "unless-stopped"]))
        }
    }

    // MARK: Environment

    private func environment(_ fields: inout Fields) throws -> [String: String] {
        var result: [String: String] = [:]
        if let files = fields.take("env_file") {
            for file in files.node.list == nil ? [files] : try files.items() {
                for (name, value) in try variables(ofFile: file) { result[name] = value }
            }
        }
        if let own = fields.take("environment") {
            for pair in try own.pairs() {
                if let value = pair.value ?? context.environment[pair.name] {
                    result[pair.name] = value
                } else {
                    result[pair.name] = nil
                }
            }
        }
        return result
    }

    private func variables(ofFile value: Value) throws -> [(name: String, value: String)] {
        var isRequired = true
        var pathValue = value
        if value.node.map != nil {
            var fields = try value.fields()
            guard let path = fields.take("path") else {
                throw value.error("an entry of 'env_file' lacks its 'path'", code: .missingKey)
            }
            pathValue = path
            isRequired = try fields.take("required")?.bool() ?? true
            try fields.finish(ignoring: ["format"])
        }
        let path = Paths.resolve(try pathValue.text(), against: baseDirectory(pathValue.place.file))
        let text =
            isRequired
            ? try context.text(of: path, namedAt: pathValue.place, isQuoted: false)
            : try context.variablesIfPresent(of: path, namedAt: pathValue.place)
        guard let text else { return [] }
        return try EnvironmentFile(context: context, file: path).read(text, environment: context.environment)
    }

    /// Pairs without a value take the caller's, or are left out.
    private func resolved(_ pairs: [(name: String, value: String?, place: SourcePlace)]) -> [String: String] {
        var result: [String: String] = [:]
        for pair in pairs { result[pair.name] = pair.value ?? context.environment[pair.name] }
        return result
    }
}
