package import Lessons

/// The `lectern` key of `index.json`.
///
/// Unlike the rest of the index, which other platforms extend, an unknown member here is a slip and thus an error.
extension IndexReading {
    private static let members = ["environment", "seed", "timeout"]
    private static let seedMembers = ["count", "seed", "locale"]

    package func settings() throws(LessonError) -> ScenarioSettings {
        var settings = ScenarioSettings()
        guard let lectern = root["lectern"] else { return settings }
        try checkMembers(of: lectern, named: "lectern", known: Self.members)
        if let environment = lectern["environment"] { settings.environment = try composeFiles(environment) }
        if let seed = lectern["seed"] { settings.seeding = try seeding(seed) }
        if let timeout = lectern["timeout"] {
            guard let text = timeout.string, let seconds = Seconds.read(text) else {
                throw fault("'timeout' must be a time such as \"60s\", not \(described(timeout))", at: timeout)
            }
            settings.timeout = seconds
        }
        return settings
    }

    private func described(_ value: IndexValue) -> String {
        value.string.map { "\"\($0)\"" } ?? value.typeName
    }

    private func checkMembers(of value: IndexValue, named name: String, known: [String]) throws(LessonError) {
        guard case .object(let members) = value.content else {
            throw fault("'\(name)' must be an object, not \(value.typeName)", at: value)
        }
        for (key, offset, _) in members where !known.contains(key) {
            let near = known.first { Spelling.isNear(key.lowercased(), to: $0, slips: 2) }
            throw LessonError(
                .invalidIndex, "unknown member '\(key)' of '\(name)'", offset: offset, in: source,
                remedy: near.map { "write '\($0)'" } ?? "use one of " + known.map { "'\($0)'" }.joined(separator: ", "))
        }
    }

    /// Compose files are the lesson's own request for a lab, and commonly shared: they may lie above its directory.
    private func composeFiles(_ value: IndexValue) throws(LessonError) -> [String] {
        let values = value.list ?? [value]
        var files: [String] = []
        for value in values {
            guard case .string(let path) = value.content, !path.isEmpty else {
                throw fault("'environment' must be a Compose file or a list of them, not \(value.typeName)", at: value)
            }
            guard !path.hasPrefix("/"), !path.hasPrefix("~"), !path.utf8.contains(0) else {
                throw LessonError(
                    .outside, "'\(path)' is absolute", offset: value.offset, in: source,
                    remedy: "name the Compose file relative to the scenario's directory")
            }
            files.append(path)
        }
        return files
    }

    private func seeding(_ value: IndexValue) throws(LessonError) -> ScenarioSettings.Seeding {
        try checkMembers(of: value, named: "seed", known: Self.seedMembers)
        var seeding = ScenarioSettings.Seeding(count: 10, seed: 1, locale: "en")
        if let count = value["count"] {
            guard case .number(let text) = count.content, let number = Int(text), number >= 0 else {
                throw fault("'count' must be a whole number from 0, not \(described(count))", at: count)
            }
            seeding.count = number
        }
        if let seed = value["seed"] {
            guard case .number(let text) = seed.content, let number = UInt64(text) else {
                throw fault("'seed' must be a whole number from 0, not \(described(seed))", at: seed)
            }
            seeding.seed = number
        }
        if let locale = value["locale"] {
            guard case .string(let text) = locale.content, !text.isEmpty else {
                throw fault("'locale' must be a string such as \"en\", not \(locale.typeName)", at: locale)
            }
            seeding.locale = text
        }
        return seeding
    }
}
