import Diagnostics
package import Lessons

/// The members of the `lectern` key's objects; ``LecternKeySchema`` describes each of them.
enum LecternKey {
    static let scenario = [
        "environment", "seed", "image", "timeout", "checkTimeout", "backgroundTimeout", "terminals",
        "limits", "internet",
    ]
    static let page = ["timeout", "checkTimeout", "solution"]
    static let terminals = ["columns", "rows"]
    static let limits = ["memory", "processes", "disk"]
}

/// The `lectern` key of `index.json`.
///
/// Unlike the rest of the index, which other platforms extend, an unknown member here is a slip and thus an error.
extension IndexReader {
    package func settings() throws(LessonError) -> ScenarioSettings {
        var settings = ScenarioSettings()
        guard let lectern = root["lectern"] else { return settings }
        try checkMembers(of: lectern, named: "lectern", known: LecternKey.scenario)
        if let environment = lectern["environment"] { settings.environment = try composeFiles(environment) }
        if let seed = lectern["seed"] { settings.seeding = try seeding(seed) }
        settings.timeout = try time("timeout", of: lectern)
        settings.checkTimeout = try time("checkTimeout", of: lectern)
        settings.backgroundTimeout = try time("backgroundTimeout", of: lectern)
        if let image = lectern["image"] {
            guard case .string(let name) = image.content, !name.isEmpty else {
                throw fault("'image' must be the name of a machine, not \(described(image))", at: image)
            }
            settings.image = name
        }
        if let terminals = lectern["terminals"] { settings.terminals = try size(terminals) }
        if let internet = lectern["internet"] {
            guard case .bool(let asks) = internet.content else {
                throw fault("'internet' must be true or false, not \(described(internet))", at: internet)
            }
            settings.asksForInternet = asks
        }
        if let limits = lectern["limits"] { settings.limits = try self.limits(limits) }
        return settings
    }

    /// Reads the `lectern` key of a page's object.
    func readSettings(of page: IndexValue, into entry: inout PageEntry) throws(LessonError) {
        guard let lectern = page["lectern"] else { return }
        try checkMembers(of: lectern, named: "lectern", known: LecternKey.page)
        entry.settings.timeout = try time("timeout", of: lectern)
        entry.settings.checkTimeout = try time("checkTimeout", of: lectern)
        if let solution = lectern["solution"] {
            guard case .string(let path) = solution.content, !path.isEmpty else {
                throw fault("'solution' must be the path of a script, not \(described(solution))", at: solution)
            }
            try check(path, at: solution.offset)
            entry.scripts.solution = path
        }
    }

    private func time(_ name: String, of value: IndexValue) throws(LessonError) -> Double? {
        guard let time = value[name] else { return nil }
        let seconds: Double? =
            switch time.content {
            case .number(let text): Double(text).flatMap { 0 < $0 && $0 <= Seconds.aDay ? $0 : nil }
            case .string(let text): Seconds.read(text)
            default: nil
            }
        guard let seconds else {
            throw fault(
                "'\(name)' must be a time such as \"60s\", above 0 and at most a day, not \(described(time))", at: time)
        }
        return seconds
    }

    /// JSON tells no `10` from `10.0` or `1e1`.
    private func whole<Number: FixedWidthInteger>(_ value: IndexValue) -> Number? {
        guard case .number(let text) = value.content else { return nil }
        return Number(text) ?? Double(text).flatMap(Number.init(exactly:))
    }

    private func size(_ value: IndexValue) throws(LessonError) -> ScenarioSettings.TerminalSize {
        try checkMembers(of: value, named: "terminals", known: LecternKey.terminals)
        var size = ScenarioSettings.TerminalSize()
        for (name, bounds, member) in [
            ("columns", 20...500, \ScenarioSettings.TerminalSize.columns),
            ("rows", 5...200, \ScenarioSettings.TerminalSize.rows),
        ] {
            guard let given = value[name] else { continue }
            guard let number: Int = whole(given), bounds.contains(number) else {
                throw fault(
                    "'\(name)' must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound), not "
                        + described(given), at: given)
            }
            size[keyPath: member] = number
        }
        return size
    }

    private func limits(_ value: IndexValue) throws(LessonError) -> ScenarioSettings.Limits {
        try checkMembers(of: value, named: "limits", known: LecternKey.limits)
        var limits = ScenarioSettings.Limits()
        limits.memory = try bytes("memory", of: value)
        limits.disk = try bytes("disk", of: value)
        if let given = value["processes"] {
            guard let number: Int = whole(given), number > 0 else {
                throw fault("'processes' must be a whole number from 1, not \(described(given))", at: given)
            }
            limits.processes = number
        }
        return limits
    }

    private func bytes(_ name: String, of value: IndexValue) throws(LessonError) -> Int? {
        guard let given = value[name] else { return nil }
        guard case .string(let text) = given.content, let bytes = ByteSize.read(text) else {
            throw fault("'\(name)' must be a size such as \"512m\" or \"2g\", not \(described(given))", at: given)
        }
        return bytes
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

    /// Only the lab's seed command knows what the names mean.
    private func seeding(_ value: IndexValue) throws(LessonError) -> Seeding {
        guard case .object(let members) = value.content else {
            throw fault("'seed' must be an object, not \(value.typeName)", at: value)
        }
        guard members.count <= Seeding.maxParameters else {
            throw fault("'seed' has \(members.count) members, more than \(Seeding.maxParameters)", at: value)
        }
        var finder = PlaceFinder()
        var seeding = Seeding(place: finder.place(of: value.offset, in: source))
        for (name, offset, value) in members {
            guard Seeding.isName(name) else {
                throw LessonError(
                    .invalidIndex, "'\(name)' of 'seed' cannot be given as an option", offset: offset, in: source,
                    remedy: "use letters, digits, '-' and '_', beginning with a letter")
            }
            // As everywhere in JSON, the last one of a name counts.
            seeding.parameters.removeAll { $0.name == name }
            seeding.parameters.append(.init(name: name, value: try seedValue(value, of: name)))
        }
        return seeding
    }

    private func seedValue(_ value: IndexValue, of name: String) throws(LessonError) -> String {
        switch value.content {
        case .string(let text) where Seeding.isValue(text): return text
        case .string:
            throw fault("'\(name)' must be one line of at most \(Seeding.maxValueLength) characters", at: value)
        // JSON tells no `10` from `10.0` or `1e1`, and commands do.
        case .number(let text):
            let isWhole = text.utf8.allSatisfy {
                $0 == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
            }
            return isWhole ? text : Double(text).flatMap(Int.init(exactly:)).map(String.init) ?? text
        case .bool(let flag): return "\(flag)"
        case .object, .list, .null:
            throw fault("'\(name)' must be a string, a number, true or false, not \(value.typeName)", at: value)
        }
    }
}
