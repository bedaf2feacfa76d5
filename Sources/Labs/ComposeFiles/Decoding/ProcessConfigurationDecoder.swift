import Diagnostics

/// Decodes `x-lectern`; unlike elsewhere in Compose, an unknown member is always an error.
struct ProcessConfigurationDecoder {
    let context: ReadingContext

    func decode(_ value: Value) throws -> ProcessConfiguration {
        var fields = try value.fields()
        let hasTerminals = try fields.take("terminals")?.bool() ?? false
        let command = try fields.take("command")?.arguments()
        let form = ProcessConfiguration(
            place: value.place, command: command ?? (hasTerminals ? [] : nil),
            environment: try fields.take("environment").map(environment) ?? [:],
            directory: try fields.take("directory").map(absolutePath),
            template: try fields.take("template").map(template),
            ready: try fields.take("ready").map(readiness) ?? [],
            needs: try fields.take("needs").map(requirements) ?? [],
            hasTerminals: hasTerminals, onReset: try fields.take("reset")?.choice(ResetPolicy.self))
        try fields.finish()
        let isForContainersToo = !form.ready.isEmpty || form.onReset != nil
        guard form.command != nil || isForContainersToo else {
            throw value.error(
                "\(value.name) has neither a 'command' nor 'terminals'",
                remedy: "give the program and its arguments, or 'command: []' when nothing is to run", code: .missingKey
            )
        }
        if form.command?.isEmpty != false, let template = form.template {
            throw value.error(
                "\(value.name) has a template for \(quoted(template.into)) but no command that uses it", code: .conflict
            )
        }
        return form
    }

    private func environment(_ value: Value) throws -> [String: String] {
        var result: [String: String] = [:]
        for pair in try value.pairs() { result[pair.name] = pair.value ?? context.environment[pair.name] }
        return result
    }

    private func absolutePath(_ value: Value) throws -> String {
        let path = try value.text()
        guard path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
            throw value.error("\(value.name) must be an absolute path without '..', and this is \(quoted(path))")
        }
        return path
    }

    private func program(_ value: Value) throws -> [String] {
        let words = try value.arguments()
        guard let first = words.first, !first.isEmpty else {
            throw value.error("\(value.name) names no program", code: .invalidValue)
        }
        return words
    }

    private func template(_ value: Value) throws -> DataTemplate {
        var fields = try value.fields()
        guard let into = fields.take("into"), let build = fields.take("build") else {
            throw value.error(
                "\(value.name) lacks its \(fields.has("into") ? "'build'" : "'into'")",
                remedy: "give the directory under 'into' and the command that fills it under 'build'", code: .missingKey
            )
        }
        let template = DataTemplate(into: try absolutePath(into), build: try program(build))
        try fields.finish()
        return template
    }

    // MARK: Readiness

    private func readiness(_ value: Value) throws -> [Readiness] {
        try value.items().map { item in
            var fields = try item.fields(of: "an item of 'ready'")
            var checks: [(key: String, check: Readiness.Check)] = []
            if let port = fields.take("port") { checks.append(("port", .port(try port.int(1...65535)))) }
            if let url = fields.take("http") { checks.append(("http", .http(try self.url(url)))) }
            if let log = fields.take("log") {
                let text = try log.text()
                guard !text.isEmpty else { throw log.error("\(log.name) is empty, and any line would hold it") }
                checks.append(("log", .log(text)))
            }
            if let command = fields.take("command") { checks.append(("command", .command(try program(command)))) }
            let timeout = try fields.take("timeout")?.duration()
            try fields.finish()
            guard let only = checks.first, checks.count == 1 else {
                throw item.error(
                    checks.isEmpty
                        ? "an item of 'ready' says nothing to look for"
                        : "an item of 'ready' holds \(alternatives(checks.map(\.key))), and can have only one",
                    remedy: checks.isEmpty
                        ? alternatives(["port", "http", "log", "command"]) : "write one item for each",
                    code: checks.isEmpty ? .missingKey : .conflict)
            }
            return Readiness(check: only.check, timeout: timeout, place: item.place)
        }
    }

    private func url(_ value: Value) throws -> String {
        let url = try value.text()
        guard url.hasPrefix("http://"), url.count > 7 else {
            throw value.error("\(quoted(url)) is not an HTTP URL", remedy: "write one such as 'http://127.0.0.1:8080/'")
        }
        return url
    }

    // MARK: Needs

    private func requirements(_ value: Value) throws -> [Requirement] {
        try value.items().map { item in
            var fields = try item.fields(of: "an item of 'needs'")
            let program = fields.take("program")
            let file = fields.take("file")
            let subject: Requirement.Subject
            switch (program, file) {
            case (let program?, nil): subject = .program(try program.text())
            case (nil, let file?): subject = .file(try absolutePath(file))
            default:
                throw item.error(
                    "an item of 'needs' must have either 'program' or 'file'",
                    code: program == nil ? .missingKey : .conflict)
            }
            let requirement = Requirement(
                subject: subject, package: try fields.take("package")?.text(),
                remedy: try fields.take("remedy")?.text(),
                place: item.place)
            try fields.finish()
            return requirement
        }
    }
}
