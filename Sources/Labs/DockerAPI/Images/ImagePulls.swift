/// How far the pull of an image has come.
public struct ImagePullProgress: Hashable, Codable, Sendable {
    /// Where a pull is on its way; only `.done` and `.failed` are final.
    public enum Stage: Hashable, Codable, Sendable {
        /// For its turn.
        case waiting
        case downloading
        case extracting
        /// After a failure that may pass; in so many seconds.
        case retrying(problem: String, seconds: Double)
        case done
        case failed(problem: String)
    }

    /// As it was asked for.
    public var reference: String
    /// The latest; downloads go back to it when another layer begins.
    public var stage: Stage
    /// Of the layers that are known so far; ``total`` grows as the registry tells of more, and is 0 before.
    public var received: Int64 = 0
    /// Bytes of the layers that are known so far.
    public var total: Int64 = 0
    /// Layers that are known so far.
    public var layers = 0
    /// Downloaded and unpacked, or there before.
    public var finishedLayers = 0
    /// The registry's, once known.
    public var digest: String?

    /// Without any layer yet.
    public init(reference: String, stage: Stage) {
        self.reference = reference
        self.stage = stage
    }

    /// From 0 to 1: nine tenths for the download, the rest for unpacking.
    public var fraction: Double {
        if stage == .done { return 1 }
        guard layers > 0, total > 0 else { return 0 }
        return 0.9 * min(1, Double(received) / Double(total)) + 0.1 * Double(finishedLayers) / Double(layers)
    }
}

/// Adds up what an engine tells of an image's layers.
struct ImagePullTally {
    private struct Layer {
        var received: Int64 = 0
        var total: Int64 = 0
        var isFinished = false
    }

    private(set) var progress: ImagePullProgress
    private var layers: [String: Layer] = [:]

    init(reference: String) {
        progress = ImagePullProgress(reference: reference, stage: .downloading)
    }

    mutating func note(_ event: PullEvent) {
        guard let status = event.status else { return }
        if status.hasPrefix("Digest: ") { progress.digest = String(status.dropFirst("Digest: ".count)) }
        // "Pulling from library/mariadb" carries the tag as its id.
        guard let name = event.layer, !status.hasPrefix("Pulling from") else { return }
        var layer = layers[name] ?? Layer()
        switch status {
        case "Downloading":
            layer.received = event.progress?.current ?? layer.received
            layer.total = max(layer.total, event.progress?.total ?? 0, layer.received)
        case "Verifying Checksum", "Download complete": layer.received = layer.total
        case "Extracting":
            layer.received = layer.total
            progress.stage = .extracting
        case "Pull complete", "Already exists":
            layer.received = layer.total
            layer.isFinished = true
        default: break
        }
        layers[name] = layer
        progress.received = layers.values.reduce(0) { $0 + $1.received }
        progress.total = layers.values.reduce(0) { $0 + $1.total }
        progress.layers = layers.count
        progress.finishedLayers = layers.values.count { $0.isFinished }
        let isDownloading = layers.values.contains { !$0.isFinished && $0.received < $0.total }
        if isDownloading || status == "Downloading" { progress.stage = .downloading }
    }
}

/// Pulls the images of a set side by side.
///
/// A failure that may pass (the network, the registry) is retried; an image that the registry doesn't have, or a full disk,
/// isn't.
public struct ImagePulls: Sendable {
    /// What became of one image.
    public struct Outcome: Sendable {
        /// As it was asked for.
        public var reference: String
        /// Why the image isn't there; otherwise the image.
        public var result: Result<EngineImage, DockerError>

        /// `nil` for an image that is there.
        public var failure: DockerError? {
            guard case .failure(let error) = result else { return nil }
            return error
        }
    }

    private let client: DockerClient
    private let attempts: Int
    private let width: Int
    private let firstPause: Duration

    /// - Parameters:
    ///   - attempts: Per image, at least 1.
    ///   - width: Images at a time; the engine itself pulls several layers of each at once.
    ///   - firstPause: Before the second attempt; doubled for each after it.
    public init(
        _ client: DockerClient, attempts: Int = 3, width: Int = 4, firstPause: Duration = .milliseconds(500)
    ) {
        self.client = client
        self.attempts = max(1, attempts)
        self.width = max(1, width)
        self.firstPause = firstPause
    }

    /// Pulls images, whether or not the engine has them; the registry is asked for each.
    ///
    /// - Parameter onProgress: Called from several tasks, for one image in order; at least once with `.done` or `.failed`.
    /// - Returns: In the order of the references. That an image can't be had isn't thrown.
    /// - Throws: `CancellationError`, and ``DockerError`` with code `.engineGone`.
    public func pull(
        _ references: [String], onProgress: @escaping @Sendable (ImagePullProgress) -> Void
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var outcomes = [Outcome?](repeating: nil, count: references.count)
            for (index, reference) in references.enumerated() {
                onProgress(ImagePullProgress(reference: reference, stage: .waiting))
                if index >= width, let (done, outcome) = try await group.next() { outcomes[done] = outcome }
                group.addTask { (index, try await self.pull(reference, onProgress)) }
            }
            for try await (done, outcome) in group { outcomes[done] = outcome }
            return outcomes.compactMap(\.self)
        }
    }

    private func pull(
        _ reference: String, _ onProgress: @Sendable (ImagePullProgress) -> Void
    ) async throws -> Outcome {
        var pause = firstPause
        var attempt = 1
        while true {
            do {
                let image = try await pullOnce(reference, onProgress)
                return Outcome(reference: reference, result: .success(image))
            } catch let error as DockerError {
                if error.code == .engineGone { throw error }
                guard error.mayPass, attempt < attempts else {
                    onProgress(ImagePullProgress(reference: reference, stage: .failed(problem: error.problem)))
                    return Outcome(reference: reference, result: .failure(error))
                }
                let (seconds, attoseconds) = pause.components
                let wait = Double(seconds) + Double(attoseconds) / 1e18
                onProgress(
                    ImagePullProgress(
                        reference: reference, stage: .retrying(problem: error.problem, seconds: wait)))
                try await Task.sleep(for: pause)
                pause *= 2
                attempt += 1
            }
        }
    }

    private func pullOnce(
        _ reference: String, _ onProgress: @Sendable (ImagePullProgress) -> Void
    ) async throws -> EngineImage {
        var tally = ImagePullTally(reference: reference)
        onProgress(tally.progress)
        for try await event in try await client.pull(reference) {
            let before = tally.progress
            tally.note(event)
            if tally.progress != before { onProgress(tally.progress) }
        }
        guard let image = try await client.image(reference) else {
            throw DockerError.badAnswer("image '\(reference)' isn't there after it was pulled")
        }
        var done = tally.progress
        done.stage = .done
        done.received = done.total
        done.finishedLayers = done.layers
        done.digest = done.digest ?? image.digest
        onProgress(done)
        return image
    }
}

extension DockerError {
    /// `true` when trying again is worth the wait.
    var mayPass: Bool {
        switch code {
        case .registryUnreachable, .timedOut: true
        case .refused: message?.lowercased().contains("server error") ?? false
        default: false
        }
    }
}
