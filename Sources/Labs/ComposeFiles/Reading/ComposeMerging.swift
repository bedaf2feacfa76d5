/// Merging of two files, or of a service with the one that it extends, before anything is decoded.
///
/// Mappings merge key by key, lists are appended, anything else is replaced. Where the short form of a key is a list or a
/// text and the long one a mapping, both are brought to the long form first. Entries that must be unique (ports, mounts)
/// are made so when they are decoded. `!override` replaces whatever it marks, `!reset` takes it away.
enum ComposeMerging {
    private enum Rule {
        case replace
        /// `NAME: value` or a list of `NAME=value`.
        case pairs
        /// A mapping by name, or a list of names.
        case names
        /// One text, or a list.
        case texts
        /// A text stands for the mapping with that text under this key.
        case long(String)
    }

    /// By the path inside a service.
    private static let serviceRules: [String: Rule] = [
        "annotations": .pairs,
        "build": .long("context"),
        "build.additional_contexts": .pairs,
        "build.args": .pairs,
        "build.labels": .pairs,
        "command": .replace,
        "depends_on": .names,
        "deploy.labels": .pairs,
        "dns": .texts,
        "dns_search": .texts,
        "entrypoint": .replace,
        "env_file": .texts,
        "environment": .pairs,
        "extends": .replace,
        "healthcheck.test": .replace,
        "labels": .pairs,
        "networks": .names,
        "sysctls": .pairs,
        "tmpfs": .texts,
        "x-lectern.command": .replace,
        "x-lectern.environment": .pairs,
        "x-lectern.needs": .replace,
        "x-lectern.ready": .replace,
        "x-lectern.template": .replace,
    ]

    /// By the path inside the top-level `x-lectern`. Programs are appended.
    private static let labRules: [String: Rule] = ["seed.command": .replace]

    /// Two whole files.
    static func mergeProjects(_ base: YAMLNode, _ over: YAMLNode) -> YAMLNode {
        merge(base, over) { base, over, key in
            switch key {
            case "services": merge(base, over) { base, over, _ in mergeServices(base, over) }
            case "x-lectern": merge(base, over, path: "", rules: labRules)
            default: merge(base, over, path: "", rules: [:])
            }
        }
    }

    static func mergeServices(_ base: YAMLNode, _ over: YAMLNode) -> YAMLNode {
        merge(base, over, path: "", rules: serviceRules)
    }

    /// Takes away what is still marked `!reset`, which in a single file means "leave this out".
    static func dropResets(_ node: YAMLNode) -> YAMLNode {
        var node = node
        if let entries = node.map {
            node.content = .map(
                entries.compactMap { entry in
                    guard entry.value.mergeTag != .reset else { return nil }
                    return .init(key: entry.key, place: entry.place, value: dropResets(entry.value))
                })
        } else if let items = node.list {
            node.content = .list(items.filter { $0.mergeTag != .reset }.map(dropResets))
        }
        return node
    }

    private static func merge(_ base: YAMLNode, _ over: YAMLNode, path: String, rules: [String: Rule]) -> YAMLNode {
        let deeper = { (base: YAMLNode, over: YAMLNode, key: String) in
            merge(base, over, path: path.isEmpty ? key : "\(path).\(key)", rules: rules)
        }
        if over.mergeTag != nil { return over }
        // An empty key over something says nothing.
        if over.isNull, !base.isNull { return base }
        switch rules[path] {
        case .replace: return over
        case .pairs:
            // Inside pairs an empty value has a meaning of its own.
            return merge(long(base, pairEntries), long(over, pairEntries)) { _, over, _ in over }
        case .names: return merge(long(base, namedEntries), long(over, namedEntries), with: deeper)
        case .texts: return merge(asList(base), asList(over), with: deeper)
        case .long(let key): return merge(long(base, under: key), long(over, under: key), with: deeper)
        case nil: return merge(base, over, with: deeper)
        }
    }

    /// The merge of equal kinds; of different ones the later wins.
    private static func merge(
        _ base: YAMLNode, _ over: YAMLNode, with mergeValues: (YAMLNode, YAMLNode, String) -> YAMLNode
    ) -> YAMLNode {
        guard over.mergeTag == nil else { return over }
        var result = over
        switch (base.content, over.content) {
        case (.map(let lower), .map(let upper)):
            var entries = lower
            var positions = Dictionary(lower.enumerated().map { ($1.key, $0) }) { first, _ in first }
            for entry in upper {
                guard let position = positions[entry.key] else {
                    positions[entry.key] = entries.count
                    entries.append(entry)
                    continue
                }
                // The later file's key is where a reader should look.
                entries[position].place = entry.place
                entries[position].value = mergeValues(entries[position].value, entry.value, entry.key)
            }
            result.content = .map(entries.filter { $0.value.mergeTag != .reset })
        case (.list(let lower), .list(let upper)):
            result.content = .list(lower + upper)
        default:
            if over.isNull, !base.isNull { return base }
        }
        return result
    }

    private static func long(_ node: YAMLNode, _ entries: (YAMLNode) -> [YAMLNode.Entry]?) -> YAMLNode {
        var node = node
        // A list may say the same name twice; the last one counts.
        if node.list != nil, let found = entries(node) {
            let last = Dictionary(found.map { ($0.key, $0) }) { $1 }
            var seen: Set<String> = []
            node.content = .map(found.compactMap { seen.insert($0.key).inserted ? last[$0.key] : nil })
        }
        return node
    }

    private static func long(_ node: YAMLNode, under key: String) -> YAMLNode {
        guard node.scalar != nil, !node.isNull else { return node }
        return YAMLNode(
            .map([.init(key: key, place: node.place, value: YAMLNode(node.content, at: node.place))]), at: node.place,
            mergeTag: node.mergeTag)
    }

    private static func asList(_ node: YAMLNode) -> YAMLNode {
        guard node.list == nil, !node.isNull else { return node }
        return YAMLNode(.list([node]), at: node.place, mergeTag: node.mergeTag)
    }
}
