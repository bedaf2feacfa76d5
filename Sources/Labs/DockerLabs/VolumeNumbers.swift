import ComposeFiles

/// Which volume a key of the Compose file refers to: a reset gives a key a new and empty one.
struct VolumeNumbers: Sendable {
    private var numbers: [String: Int] = [:]
    /// Services that have the present one mounted.
    private var users: [String: Set<String>] = [:]
    /// Keys whose present volume may hold something.
    private var written: Set<String> = []

    func number(of key: String) -> Int { numbers[key] ?? 1 }

    mutating func use(_ service: Service) {
        for key in service.volumeKeys {
            users[key, default: []].insert(service.name)
            written.insert(key)
        }
    }

    mutating func release(_ service: Service) {
        for key in service.volumeKeys { users[key]?.remove(service.name) }
    }

    /// Takes a new volume for each key whose present one was used, and is by nobody any more.
    ///
    /// - Returns: Those that are of no use now.
    mutating func renumber() -> [(key: String, number: Int)] {
        let old = written.filter { users[$0]?.isEmpty ?? true }.sorted().map { ($0, number(of: $0)) }
        for (key, number) in old {
            numbers[key] = number + 1
            written.remove(key)
        }
        return old
    }
}

extension Service {
    fileprivate var volumeKeys: [String] {
        mounts.compactMap { mount in
            if case .volume(let key?) = mount.source { return key }
            return nil
        }
    }
}
