import NIOCore

/// An image that the engine has.
public struct EngineImage: Hashable, Codable, Sendable {
    /// `sha256:…` of its configuration.
    public var id: String
    /// Such as `mariadb:10.11.11`.
    public var tags: [String]?
    /// Such as `mariadb@sha256:…`; only for images that came from a registry.
    public var digests: [String]?
    /// Bytes, with layers that other images share.
    public var size: Int64
    /// `nil` for none.
    public var labels: [String: String]?
    /// What its containers run; only of an image that was looked up by name.
    public var configuration: Configuration?

    /// What a container of the image runs unless told otherwise.
    public struct Configuration: Hashable, Codable, Sendable {
        /// Comes before the command; `nil` or empty for none.
        public var entrypoint: [String]?
        /// The whole command line, or the arguments of the entry point.
        public var command: [String]?

        enum CodingKeys: String, CodingKey {
            case entrypoint = "Entrypoint"
            case command = "Cmd"
        }
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case tags = "RepoTags"
        case digests = "RepoDigests"
        case size = "Size"
        case labels = "Labels"
        case configuration = "Config"
    }

    /// The registry's digest; `nil` for an image that was built or loaded here.
    public var digest: String? {
        digests?.first.flatMap { $0.split(separator: "@").last }.map(String.init)
    }
}

extension DockerClient {
    /// Looks an image up by reference, id or digest.
    ///
    /// - Returns: `nil` when the engine doesn't have it. Its labels aren't told.
    /// - Throws: ``DockerError`` with code `.badReference` for what can't name an image.
    public func image(_ reference: String) async throws -> EngineImage? {
        _ = try ImageReference(validating: reference)
        do {
            return try await value(
                EngineRequest(.get, "/images/\(image: reference)/json", about: .image(reference)))
        } catch let error as DockerError where error.code == .noSuchImage {
            return nil
        }
    }

    /// - Parameter labels: `key` or `key=value`; an image must have all of them.
    public func images(labels: [String] = []) async throws -> [EngineImage] {
        try await value(
            EngineRequest(
                .get, "/images/json", query: [("filters", try Filters(labels: labels).encoded)], about: .engine))
    }

    /// Gives an image one more name.
    ///
    /// - Parameter name: With a tag, else `latest`.
    public func tag(_ image: String, as name: String) async throws {
        let name = try ImageReference(validating: name)
        try await perform(
            EngineRequest(
                .post, "/images/\(image: image)/tag", query: [("repo", name.repository), ("tag", name.tag)],
                about: .image(image)))
    }

    /// Takes a name from an image, and removes the image with its last one; one that is gone already isn't an error.
    ///
    /// - Throws: ``DockerError`` with code `.inUse` while a container is made of it.
    public func removeImage(_ reference: String, force: Bool = false) async throws {
        do {
            try await perform(
                EngineRequest(
                    .delete, "/images/\(image: reference)", query: [("force", force ? "1" : nil)],
                    about: .image(reference), limit: .seconds(120)))
        } catch let error as DockerError where error.code == .noSuchImage {
            return
        }
    }

    /// Makes an image of one layer from a tar archive of a file system.
    ///
    /// - Parameter changes: Lines as in a Dockerfile, such as `LABEL a=b`.
    /// - Returns: Its id.
    public func importImage(
        _ archive: [UInt8], as reference: String, changes: [String] = []
    ) async throws -> String {
        var request = EngineRequest(
            .post, "/images/create",
            // Podman overlooks a tag of its own.
            query: [("fromSrc", "-"), ("repo", reference)] + changes.map { ("changes", $0) },
            about: .image(reference), limit: .seconds(600))
        request.headers = [("Content-Type", "application/x-tar")]
        request.body = .bytes(ByteBuffer(bytes: archive))
        var id = ""
        for try await line in JSONLines<PullEvent>(body: try await open(request)) {
            if let failure = line.failure {
                throw DockerError.refusal(status: 500, message: failure, about: .image(reference))
            }
            id = line.status ?? id
        }
        return id
    }
}
