import Diagnostics

extension ComposeProject {
    /// Reads Compose files, merged in the order given.
    ///
    /// Relative paths start from the directory of the first file. Besides the files, only `.env` beside the first one and what
    /// `env_file` and `extends` name is read, all of it inside the lesson's root (see `MountPolicy`); each at most 1 MiB, and
    /// aliases may not grow without bound.
    ///
    /// - Parameters:
    ///   - files: Paths as the user gave them; they are used as they are in messages.
    ///   - lesson: The directory of the lesson that names the files, which must then lie in its root; `nil` when the user
    ///     names them.
    ///   - variables: What was passed to the lesson, over the variables of `.env`. Of the caller's own environment a lesson
    ///     gets nothing.
    /// - Throws: ``ComposeError`` at the first thing that can't be used. A key without an effect is a warning instead.
    /// - SeeAlso: The Compose specification.
    public static func read(
        files: [String], of lesson: String? = nil, variables: [String: String] = [:]
    ) throws -> ComposeProject {
        if lesson != nil, let other = files.first(where: { !Paths.isComposeFile($0) }) {
            throw ComposeError(
                code: .unreadable, place: nil, problem: "'\(other)' is not a Compose file",
                remedy: "name a file that ends in '.yaml' or '.yml'", excerpt: nil)
        }
        let access = ProjectFiles(files, of: lesson)
        if let other = files.first(where: { !access.mayRead($0) }) {
            throw ComposeError(
                code: .outside, place: nil, problem: "file \(quoted(other)) lies outside the lesson",
                remedy: "put the Compose file into the lesson's repository", excerpt: nil)
        }
        return try read(
            files: files, environment: variables, readsDotEnv: access.hasRoot, load: access.load)
    }

    /// Reads the project again, with a further file of the lesson's over the others.
    ///
    /// - Throws: ``ComposeError``, also when the file lies outside the lesson.
    public func reading(with file: String) throws -> ComposeProject {
        try Self.read(files: files + [file], of: directory, variables: variables)
    }

    package static func read(text: String, file: String, environment: [String: String] = [:]) throws -> ComposeProject {
        try read(files: [file], environment: environment) { path throws(FileFailure) in
            guard path == file else { throw FileFailure(problem: "does not exist", isMissing: true) }
            return text
        }
    }

    static func read(
        files: [String], environment: [String: String], readsDotEnv: Bool = true,
        load: @escaping (String) throws(FileFailure) -> String
    ) throws -> ComposeProject {
        let context = ReadingContext(load: load)
        guard let first = files.first else {
            throw context.error(.missingKey, nil, "no Compose file is named", remedy: "name one")
        }
        let directory = Paths.directory(of: first)
        let dotEnv = Paths.resolve(".env", against: directory)
        context.environment = environment
        if readsDotEnv, let text = try context.variablesIfPresent(of: dotEnv) {
            let variables = try EnvironmentFile(context: context, file: dotEnv).read(text, environment: environment)
            context.environment = Dictionary(variables, uniquingKeysWith: { $1 }).merging(environment) { $1 }
        }

        var extending = ServiceExtending(context: context)
        var merged: YAMLNode?
        for file in files {
            let tree = try extending.resolve(try context.readTree(file), file: file)
            merged = merged.map { ComposeMerging.mergeProjects($0, tree) } ?? tree
        }
        guard let tree = merged.map(ComposeMerging.dropResets) else { preconditionFailure("there is a first file") }
        let ownFiles = Set(files)
        let services = ServiceDecoder(context: context) { file in
            ownFiles.contains(file) ? directory : Paths.directory(of: file)
        }
        var project = try ProjectDecoder(context: context, services: services).decode(tree, files: files)
        try ProjectValidator(context: context, project: project, tree: tree).validate()
        project.warnings = context.sortedWarnings
        project.variables = environment
        return project
    }
}

/// Decodes the merged top level.
private struct ProjectDecoder {
    let context: ReadingContext
    let services: ServiceDecoder

    func decode(_ tree: YAMLNode, files: [String]) throws -> ComposeProject {
        var fields = try Fields(tree, of: "a Compose file", in: context)
        // Obsolete, and without a meaning to Compose 2.
        _ = fields.take("version")
        let name = try fields.take("name")?.text()
        let services = try decodeServices(&fields, tree)
        let volumes = try entries(&fields, "volumes").map(volume)
        let networks = try entries(&fields, "networks").map(network)
        let lab = try fields.take("x-lectern").map(LabConfigurationDecoder(context: context).decode)
        try fields.finish(ignoring: ["configs", "include", "models", "secrets"])
        return ComposeProject(
            name: name, directory: Paths.directory(of: files[0]), files: files, services: services, volumes: volumes,
            networks: networks, lab: lab ?? LabConfiguration(), variables: [:], warnings: [])
    }

    private func decodeServices(_ fields: inout Fields, _ tree: YAMLNode) throws -> [Service] {
        guard let section = fields.take("services") else {
            // A mistyped key says more than a missing one.
            var rest = fields
            for key in ["volumes", "networks"] { _ = rest.take(key) }
            try rest.finish(ignoring: ["configs", "include", "models", "secrets"])
            throw context.error(.missingKey, tree.place, "there are no services", remedy: "add a 'services' key")
        }
        guard let entries = section.node.map else {
            throw section.error("'services' must be a mapping, and this is \(section.node.kind)", code: .wrongType)
        }
        guard entries.count <= ReadingContext.maxServices else {
            throw section.error(
                "the files define \(entries.count) services, more than the \(ReadingContext.maxServices) of a lab",
                remedy: "split the lesson", code: .tooLarge)
        }
        return try entries.map(services.decode)
    }

    private func entries(_ fields: inout Fields, _ key: String) throws -> [YAMLNode.Entry] {
        guard let section = fields.take(key) else { return [] }
        guard let entries = section.node.map else {
            throw section.error("\(section.name) must be a mapping, and this is \(section.node.kind)", code: .wrongType)
        }
        return entries
    }

    private func volume(_ entry: YAMLNode.Entry) throws -> NamedVolume {
        try context.checkName(entry, of: "a volume")
        var fields = try Fields(entry.value, of: "volume \(quoted(entry.key))", in: context)
        let volume = NamedVolume(
            key: entry.key, name: try fields.take("name")?.text(), isExternal: try isExternal(&fields),
            driver: try fields.take("driver")?.text(), driverOptions: try fields.take("driver_opts")?.labels() ?? [:],
            labels: try fields.take("labels")?.labels() ?? [:], place: entry.place)
        try fields.finish()
        return volume
    }

    private func network(_ entry: YAMLNode.Entry) throws -> NamedNetwork {
        var fields = try Fields(entry.value, of: "network \(quoted(entry.key))", in: context)
        let network = NamedNetwork(
            key: entry.key, name: try fields.take("name")?.text(), isExternal: try isExternal(&fields),
            isInternal: try fields.take("internal")?.bool() ?? false, driver: try fields.take("driver")?.text(),
            driverOptions: try fields.take("driver_opts")?.labels() ?? [:],
            labels: try fields.take("labels")?.labels() ?? [:], place: entry.place)
        try fields.finish(ignoring: ["attachable", "enable_ipv4", "enable_ipv6", "ipam"])
        return network
    }

    private func isExternal(_ fields: inout Fields) throws -> Bool {
        guard let external = fields.take("external") else { return false }
        return external.node.map == nil ? try external.bool() : true
    }
}
