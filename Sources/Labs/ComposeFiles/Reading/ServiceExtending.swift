import Diagnostics

/// Resolves `extends`: a service takes all that another one says, of the same file or of another, and adds its own.
///
/// Relative paths of another file stay relative to that file.
struct ServiceExtending {
    let context: ReadingContext
    private var files: [String: YAMLNode] = [:]
    /// Services that have nothing left to extend, by file and name.
    private var done: [Reference: YAMLNode] = [:]

    private struct Reference: Hashable {
        var file: String
        var service: String
    }

    init(context: ReadingContext) {
        self.context = context
    }

    /// The file's tree with every service whole.
    mutating func resolve(_ root: YAMLNode, file: String) throws -> YAMLNode {
        guard let sections = root.map, let services = root["services"]?.map else { return root }
        files[file] = root
        var whole: [YAMLNode.Entry] = []
        for entry in services {
            let value = try service(.init(file: file, service: entry.key), entry.value, path: [])
            whole.append(.init(key: entry.key, place: entry.place, value: value))
        }
        var result = root
        result.content = .map(
            sections.map { section in
                guard section.key == "services" else { return section }
                var section = section
                section.value.content = .map(whole)
                return section
            })
        return result
    }

    private mutating func service(_ reference: Reference, _ node: YAMLNode, path: [Reference]) throws -> YAMLNode {
        if let finished = done[reference] { return finished }
        guard let extends = node["extends"], !extends.isNull else {
            done[reference] = node
            return node
        }
        guard !path.contains(reference) else {
            let names = (path.drop { $0 != reference } + [reference]).map { quoted($0.service) }
            throw context.error(
                .cycle, extends, "services extend each other in a circle: \(names.joined(separator: " → "))")
        }
        guard path.count < 50 else {
            throw context.error(.tooLarge, extends, "more than 50 services extend one another")
        }
        let (base, baseNode) = try target(of: extends, from: reference)
        let whole = try service(base, baseNode, path: path + [reference])
        var own = node
        own.content = .map((node.map ?? []).filter { $0.key != "extends" })
        try charge(whole)
        let merged = ComposeMerging.mergeServices(whole, own)
        done[reference] = merged
        return merged
    }

    private mutating func target(of extends: YAMLNode, from reference: Reference) throws -> (Reference, YAMLNode) {
        let value = Value(node: extends, name: "'extends'", context: context)
        var file = reference.file
        let name: Value
        if extends.scalar != nil {
            name = value
        } else {
            var fields = try value.fields()
            guard let service = fields.take("service") else {
                throw context.error(.missingKey, extends, "'extends' lacks its 'service'")
            }
            name = service
            if let other = fields.take("file") {
                file = Paths.resolve(try other.text(), against: Paths.directory(of: reference.file))
                guard Paths.isComposeFile(file) else {
                    throw other.error(
                        "\(quoted(file)) is not a Compose file", remedy: "name a file that ends in '.yaml' or '.yml'",
                        code: .unreadable)
                }
                if files[file] == nil { files[file] = try context.readTree(file, namedAt: other.place) }
            }
            try fields.finish()
        }
        let service = try name.text()
        let candidates = files[file]?["services"]?.map ?? []
        guard let entry = candidates.first(where: { $0.key == service }) else {
            throw name.error(
                "there is no service \(quoted(service)) in \(quoted(file)) to extend",
                remedy: nearestName(to: service, among: candidates.map(\.key)).map(quoted), code: .unresolved)
        }
        return (Reference(file: file, service: service), entry.value)
    }

    /// Copies count against the bounds as aliases do.
    private func charge(_ node: YAMLNode) throws {
        try context.spendNode(at: node.place)
        for entry in node.map ?? [] { try charge(entry.value) }
        for item in node.list ?? [] { try charge(item) }
    }
}

extension ReadingContext {
    /// A file's tree, interpolated.
    func readTree(_ file: String, namedAt mention: SourcePlace? = nil) throws -> YAMLNode {
        try interpolate(YAMLReader(context: self, file: file).read(text(of: file, namedAt: mention)))
    }
}
