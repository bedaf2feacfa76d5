/// A line of progress while an image is pulled.
public struct PullEvent: Hashable, Decodable, Sendable {
    /// The layer it is about, shortened; `nil` when it is about the whole image.
    public var layer: String?
    /// `Pulling fs layer`, `Downloading`, `Extracting`, `Pull complete`, `Already exists`, `Digest: sha256:…`, …
    public var status: String?
    /// `nil` for a line without numbers.
    public var progress: Progress?
    var failure: String?

    /// Bytes.
    public struct Progress: Hashable, Decodable, Sendable {
        /// Received or unpacked so far.
        public var current: Int64?
        /// Of the layer; `nil` while it isn't known.
        public var total: Int64?
    }

    enum CodingKeys: String, CodingKey {
        case layer = "id"
        case status
        case progress = "progressDetail"
        case failure = "error"
        case failureDetail = "errorDetail"
    }

    private struct FailureDetail: Decodable {
        var message: String?
    }

    /// Takes the failure from whichever of the API's two fields has it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        layer = try container.decodeIfPresent(String.self, forKey: .layer)
        status = try container.decodeIfPresent(String.self, forKey: .status)
        progress = try container.decodeIfPresent(Progress.self, forKey: .progress)
        failure =
            try container.decodeIfPresent(FailureDetail.self, forKey: .failureDetail)?.message
            ?? container.decodeIfPresent(String.self, forKey: .failure)
    }
}

/// The progress of a pull; ends when the image is there.
public struct ImagePull: AsyncSequence, Sendable {
    /// Lines in the order in which the engine writes them; layers take turns.
    public typealias Element = PullEvent

    let lines: JSONLines<PullEvent>
    let reference: String

    /// Reads from the connection as it is asked; letting go of it ends the pull.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var lines: JSONLines<PullEvent>.AsyncIterator
        fileprivate let reference: String

        /// - Throws: ``DockerError``: `.imageUnknown`, `.registryUnreachable`, `.diskFull`, `.engineGone`.
        public mutating func next() async throws -> PullEvent? {
            guard let event = try await lines.next() else { return nil }
            if let failure = event.failure {
                throw DockerError.refusal(status: 500, message: failure, about: .image(reference))
            }
            return event
        }
    }

    /// One iterator only: a second one would take lines from the first.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(lines: lines.makeAsyncIterator(), reference: reference)
    }
}

extension DockerClient {
    /// Pulls an image from its registry, once; without a login.
    ///
    /// - Parameter reference: `latest` is pulled when it names neither tag nor digest.
    /// - SeeAlso: Docker Engine API, `POST /images/create`; ``ImagePulls`` for several, with retries.
    public func pull(_ reference: String) async throws -> ImagePull {
        let name = try ImageReference(validating: reference)
        let body = try await open(
            EngineRequest(
                .post, "/images/create",
                query: [("fromImage", name.repository), ("tag", name.digest ?? name.tag)], about: .image(reference),
                limit: .seconds(120)))
        return ImagePull(lines: JSONLines(body: body), reference: reference)
    }
}
