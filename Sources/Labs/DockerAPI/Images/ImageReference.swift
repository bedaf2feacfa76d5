/// The parts of an image's reference, in the short form: `mariadb` for `docker.io/library/mariadb`.
public struct ImageReference: Hashable, Sendable {
    /// With the registry, when it is named.
    public var repository: String
    /// `latest` when neither tag nor digest is named.
    public var tag: String?
    /// `sha256:…`
    public var digest: String?

    /// Takes a reference apart, whether or not it is one; see ``init(validating:)``.
    public init(_ text: String) {
        let halves = text.split(separator: "@", maxSplits: 1)
        digest = halves.count > 1 ? String(halves[1]) : nil
        let name = halves.first.map(String.init) ?? ""
        // A colon before the last slash belongs to the registry's port.
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
            repository = Self.short(name[..<colon])
            tag = String(name[name.index(after: colon)...])
        } else {
            repository = Self.short(name[...])
            tag = digest == nil ? "latest" : nil
        }
    }

    /// Takes a reference apart that comes from elsewhere, such as a lesson.
    ///
    /// - Throws: ``DockerError`` with code `.badReference`, naming what is wrong with it.
    /// - SeeAlso: The grammar in the `reference` package of the distribution project.
    public init(validating text: String) throws(DockerError) {
        if let fault = Self.fault(in: text) {
            throw DockerError(
                code: .badReference, problem: "'\(printable(text))' is not the name of an image: \(fault)",
                remedy: "write one such as 'mariadb:10.11' or 'registry.example.org/team/mariadb:10.11'")
        }
        self.init(text)
    }

    /// Podman always gives the long form.
    private static func short(_ repository: Substring) -> String {
        for prefix in ["docker.io/library/", "docker.io/"] where repository.hasPrefix(prefix) {
            return String(repository.dropFirst(prefix.count))
        }
        return String(repository)
    }
}

// MARK: Grammar

extension ImageReference {
    /// Bytes of the repository, the registry included.
    static let maxRepositoryLength = 255

    /// What keeps a text from being a reference, in words; `nil` for a reference.
    ///
    /// `[REGISTRY[:PORT]/]COMPONENT{/COMPONENT}[:TAG][@DIGEST]`. An image's id (`sha256:…`) is one too.
    static func fault(in text: String) -> String? {
        guard !text.isEmpty else { return "it is empty" }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return "it has blanks or other odd characters" }
        var name = text[...]
        if let at = name.firstIndex(of: "@") {
            guard isDigest(name[at...].dropFirst()) else { return "what follows '@' is not a digest" }
            name = name[..<at]
        }
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
            guard isTag(name[colon...].dropFirst()) else { return "what follows the last ':' is not a tag" }
            name = name[..<colon]
        }
        guard name.utf8.count <= maxRepositoryLength else { return "it is longer than \(maxRepositoryLength) letters" }
        var components = name.split(separator: "/", omittingEmptySubsequences: false)
        if components.count > 1, isRegistry(components[0]) { components.removeFirst() }
        guard let odd = components.first(where: { !isComponent($0) }) else { return nil }
        return odd.isEmpty
            ? "a part between slashes is empty"
            : "its part '\(odd)' is not made of lower-case letters and digits with single '.', '_' or '-' between them"
    }

    /// Lower-case letters and digits, with `.`, `_`, `__` or any number of `-` between them.
    private static func isComponent(_ text: Substring) -> Bool {
        let runs = text.split(omittingEmptySubsequences: false) { isLower($0) }.dropFirst().dropLast()
        guard let first = text.first, let last = text.last, isLower(first), isLower(last) else { return false }
        return runs.allSatisfy { run in
            run.isEmpty || run == "." || run == "_" || run == "__" || run.allSatisfy { $0 == "-" }
        }
    }

    /// A host that can't be the first component of a name: it has a dot, a port or a capital, or is `localhost`.
    private static func isRegistry(_ text: Substring) -> Bool {
        let host: Substring
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            let port = text[colon...].dropFirst()
            guard (1...5).contains(port.count), port.allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
            host = text[..<colon]
        } else {
            host = text
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            return host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" }
        }
        let isNamed =
            text.contains(".") || text.contains(":") || text == "localhost" || text.contains(where: \.isUppercase)
        return isNamed
            && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                guard let first = label.first, let last = label.last else { return false }
                return isAlphanumeric(first) && isAlphanumeric(last)
                    && label.allSatisfy { isAlphanumeric($0) || $0 == "-" }
            }
    }

    private static func isTag(_ text: Substring) -> Bool {
        guard let first = text.first, text.count <= 128 else { return false }
        return (isAlphanumeric(first) || first == "_")
            && text.allSatisfy { isAlphanumeric($0) || $0 == "_" || $0 == "." || $0 == "-" }
    }

    private static func isDigest(_ text: Substring) -> Bool {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let first = halves[0].first, first.isASCII, first.isLetter else { return false }
        return halves[0].allSatisfy { isAlphanumeric($0) || "+._-".contains($0) }
            && halves[1].count >= 32 && halves[1].allSatisfy { isAlphanumeric($0) && $0.isHexDigit }
    }

    private static func isLower(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
    }

    private static func isAlphanumeric(_ character: Character) -> Bool {
        isLower(character) || ("A"..."Z").contains(character)
    }
}
