/// What a request is about, for sentences on its failure.
enum Subject: Sendable {
    case engine
    case container(String)
    case image(String)
    case network(String)
    case volume(String)
}

extension DockerError {
    /// Puts a refusal into words.
    ///
    /// The engine has few statuses and no codes, so that its message decides where one status means several things.
    static func refusal(status: Int, message: String, about subject: Subject) -> DockerError {
        let text = oneLine(message)
        if let known = knownMessage(text, subject) { return known }
        switch (status, subject) {
        case (404, .container(let name)):
            return DockerError(code: .noSuchContainer, problem: "there is no container '\(name)'", message: text)
        case (404, .image(let name)):
            return DockerError(
                code: .noSuchImage, problem: "the engine has no image '\(name)'",
                remedy: "pull it, or load it from a file", message: text)
        case (404, .network(let name)):
            return DockerError(code: .noSuchNetwork, problem: "there is no network '\(name)'", message: text)
        case (404, .volume(let name)):
            return DockerError(code: .noSuchVolume, problem: "there is no volume '\(name)'", message: text)
        case (400, _):
            return DockerError(
                code: .badRequest, problem: "the engine does not accept \(name(of: subject)): \(text)", message: text)
        case (403, .network), (409, .network), (409, .volume), (409, .image):
            return DockerError(code: .inUse, problem: "\(name(of: subject)) is in use: \(text)", message: text)
        default:
            return DockerError(
                code: .refused, problem: "the engine refused (\(status)), for \(name(of: subject)): \(text)",
                message: text)
        }
    }

    private static func knownMessage(_ text: String, _ subject: Subject) -> DockerError? {
        let lower = text.lowercased()
        func contains(_ parts: String...) -> Bool { parts.contains { lower.contains($0) } }
        if contains("no space left on device", "disk quota exceeded") {
            return DockerError(
                code: .diskFull, problem: "the engine's disk is full, at \(name(of: subject))",
                remedy: "free up disk space: docker system prune; docker system df shows what takes it", message: text)
        }
        if contains("port is already allocated", "address already in use") {
            let port = portNamed(in: text)
            return DockerError(
                code: .portTaken,
                problem: "port \(port.map(String.init) ?? "of the host"), wanted by \(name(of: subject)), is in use",
                remedy: "stop what listens there, or publish another port", message: text, port: port)
        }
        if contains("no such image") {
            if case .image = subject { return nil }
            let image = text.firstIndex(of: ":").map { trimmed(text[text.index(after: $0)...]) } ?? ""
            return .refusal(status: 404, message: text, about: .image(image))
        }
        if lower.contains("name") && contains("is already in use by", "name is already in use") {
            return DockerError(
                code: .nameTaken, problem: "the name of \(name(of: subject)) is already in use",
                remedy: "remove what has it, or choose another name", message: text)
        }
        if contains("executable file not found", "exec format error")
            || contains("oci runtime") && contains("no such file or directory", "permission denied")
        {
            return DockerError(
                code: .badCommand, problem: "\(name(of: subject)) can't run its command: \(text)",
                remedy: "look at 'command' and 'entrypoint', and at what its image holds", message: text)
        }
        if contains("has active endpoints", "is being used", "volume is in use", "has associated containers") {
            return DockerError(
                code: .inUse, problem: "\(name(of: subject)) is in use",
                remedy: "remove the containers that use it first",
                message: text)
        }
        if contains("is not running", "is paused", "container state improper") {
            return DockerError(
                code: .notRunning, problem: "\(name(of: subject)) isn't running", remedy: "its log says why",
                message: text)
        }
        return registryMessage(text, lower, subject)
    }

    private static func registryMessage(_ text: String, _ lower: String, _ subject: Subject) -> DockerError? {
        guard case .image(let image) = subject else { return nil }
        func contains(_ parts: String...) -> Bool { parts.contains { lower.contains($0) } }
        if contains(
            "manifest unknown", "manifest for", "pull access denied", "requested access to the resource is denied")
        {
            return DockerError(
                code: .imageUnknown, problem: "the registry has no image '\(image)', or requires a login",
                remedy: "look at its name and tag: docker pull \(image)", message: text)
        }
        if contains("toomanyrequests") {
            return DockerError(
                code: .registryUnreachable, problem: "the registry has refused '\(image)': too many pulls from here",
                remedy: "wait, or load the image from a file", message: text)
        }
        if contains(
            "dial tcp", "no such host", "i/o timeout", "network is unreachable", "connection refused", "tls handshake",
            "client.timeout exceeded", "connection reset", "x509", "unexpected eof", "pinging container registry")
        {
            return DockerError(
                code: .registryUnreachable,
                problem: "the registry of '\(image)' can't be reached: \(lastPart(of: text))",
                remedy: "look at the network, or load the image from a file", message: text)
        }
        return nil
    }

    /// The number before `: bind` or ` failed`, as in `Bind for 127.0.0.1:8080 failed: port is already allocated`.
    private static func portNamed(in text: String) -> Int? {
        for marker in [" failed: port is already", ": bind: address already"] {
            guard let end = text.firstRange(of: marker)?.lowerBound else { continue }
            let digits = text[..<end].reversed().prefix { $0.isASCII && $0.isNumber }
            if let port = Int(String(digits.reversed())) { return port }
        }
        return nil
    }

    private static func name(of subject: Subject) -> String {
        switch subject {
        case .engine: "the request"
        case .container(let name): "container '\(name)'"
        case .image(let name): "image '\(name)'"
        case .network(let name): "network '\(name)'"
        case .volume(let name): "volume '\(name)'"
        }
    }

    /// Where each layer of an engine puts its words before those of the one below.
    private static func lastPart(of text: String) -> String {
        text.ranges(of: ": ").last.map { String(text[$0.upperBound...]) } ?? text
    }

    /// Fit for one line of a terminal.
    private static func oneLine(_ text: String) -> String {
        let clean = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return trimmed(String(clean.prefix(600)))
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
