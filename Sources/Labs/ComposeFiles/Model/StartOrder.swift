extension ComposeProject {
    /// All services, each behind those that it depends on or whose network it joins; otherwise in the order of the files.
    public var startOrder: [String] {
        var visit = Visit(project: self)
        for service in services { _ = visit.cycle(from: service.name) }
        return visit.finished
    }

    /// The project with the services that have no profile or one of these, and with what those depend on.
    ///
    /// A service that is needed but has another profile is kept, as `docker compose up SERVICE` does.
    public func selecting(profiles: Set<String>) -> ComposeProject {
        let needs = prerequisites()
        var wanted = Set(services.filter { $0.profiles.isEmpty || !profiles.isDisjoint(with: $0.profiles) }.map(\.name))
        var open = Array(wanted)
        while let name = open.popLast() {
            for needed in needs[name] ?? [] where wanted.insert(needed).inserted { open.append(needed) }
        }
        var result = self
        result.services = services.filter { wanted.contains($0.name) }
        return result
    }

    /// The services that lead back to the first of them, or `nil` when none do.
    func cycle() -> [String]? {
        var visit = Visit(project: self)
        for service in services {
            if let cycle = visit.cycle(from: service.name) { return cycle }
        }
        return nil
    }

    /// By service, those of the project that must be there before it.
    fileprivate func prerequisites() -> [String: [String]] {
        let known = Set(services.map(\.name))
        return Dictionary(
            services.map { service in
                var names = service.dependencies.map(\.service)
                if case .service(let owner) = service.networkMode { names.append(owner) }
                return (service.name, names.filter(known.contains))
            }
        ) { $1 }
    }
}

/// A depth-first walk that needs no deep stack.
private struct Visit {
    private let prerequisites: [String: [String]]
    private var onPath: [String] = []
    private var seen: Set<String> = []
    private(set) var finished: [String] = []

    init(project: ComposeProject) {
        prerequisites = project.prerequisites()
    }

    mutating func cycle(from start: String) -> [String]? {
        guard seen.insert(start).inserted else { return nil }
        var pending = [(name: start, next: 0)]
        onPath = [start]
        while let current = pending.last {
            let needed = prerequisites[current.name] ?? []
            guard current.next < needed.count else {
                pending.removeLast()
                onPath.removeLast()
                finished.append(current.name)
                continue
            }
            pending[pending.count - 1].next += 1
            let name = needed[current.next]
            if let position = onPath.firstIndex(of: name) { return Array(onPath[position...]) }
            if seen.insert(name).inserted {
                pending.append((name, 0))
                onPath.append(name)
            }
        }
        return nil
    }
}
