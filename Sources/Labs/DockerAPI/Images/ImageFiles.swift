import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix

/// Images in a file, in the form that `docker save` and `docker load` use as well.
public struct ImageFile: Sendable {
    /// As it was given.
    public let path: String
    /// Bytes.
    public let size: Int64
    /// What the file's own manifest names; `nil` when the file is compressed and can't be looked into.
    public let references: [String]?

    /// Looks into a file.
    ///
    /// - Throws: ``DockerError`` with code `.badFile` when it can't be read, holds no images or was cut short.
    public init(path: String) throws {
        struct Entry: Decodable {
            var tags: [String]?
            enum CodingKeys: String, CodingKey { case tags = "RepoTags" }
        }
        self.path = path
        let file = try FileChunks(path: path)
        size = file.size
        let isCompressed = [[0x1f, 0x8b], [0x42, 0x5a], [0xfd, 0x37], [0x28, 0xb5]].contains(
            try file.read(at: 0, count: 2))
        guard !isCompressed else {
            references = nil
            return
        }
        var scan = TarScan(file)
        guard let manifest = try scan.contents(of: "manifest.json", limit: 16 << 20),
            let entries = try? JSONDecoder().decode([Entry].self, from: Data(manifest))
        else {
            throw DockerError(
                code: .badFile, problem: "'\(path)' holds no images: it has no manifest",
                remedy: "name a file that was saved with 'images save' or 'docker save'")
        }
        references = entries.flatMap { $0.tags ?? [] }
    }
}

extension DockerClient {
    /// Writes images to one file; layers that they share are written once.
    ///
    /// The file appears under its name when it is complete; nothing is left of it otherwise.
    ///
    /// - Parameters:
    ///   - onProgress: Told how many bytes are written; they aren't known beforehand.
    /// - Throws: ``DockerError``: `.noSuchImage`, `.diskFull`, `.badFile`, `.engineGone`.
    /// - SeeAlso: Docker Engine API, `GET /images/get`.
    @discardableResult
    public func save(
        _ references: [String], to path: String, onProgress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> ImageFile {
        for reference in references where try await image(reference) == nil {
            // One that is missing among several isn't named by every engine.
            throw DockerError.refusal(status: 404, message: "it is missing", about: .image(reference))
        }
        let temporary = "\(path).\(getpid()).partial"
        do {
            try await receive(references, into: temporary, onProgress)
            let file = try ImageFile(path: temporary)
            let missing = references.filter { reference in
                file.references?.contains { ImageReference($0) == ImageReference(reference) } == false
                    && ImageReference(reference).digest == nil
            }
            guard missing.isEmpty else {
                throw DockerError.badAnswer("the saved images lack '\(missing.joined(separator: "', '"))'")
            }
            guard rename(temporary, path) == 0 else { throw OpenFile.failure(path, "write") }
        } catch {
            unlink(temporary)
            throw error
        }
        return try ImageFile(path: path)
    }

    private func receive(
        _ references: [String], into path: String, _ onProgress: @Sendable (Int64) -> Void
    ) async throws {
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC, purpose: "write")
        let request = EngineRequest(
            .get, "/images/get", query: references.map { ("names", $0) }, about: .engine, limit: .seconds(120))
        var written: Int64 = 0
        for try await bytes in try await open(request) {
            try await NIOThreadPool.singleton.runIfActive { try file.write(bytes.readableBytesView) }
            written += Int64(bytes.readableBytes)
            onProgress(written)
        }
        try await NIOThreadPool.singleton.runIfActive { try file.synchronize() }
    }

    /// Reads images from a file into the engine.
    ///
    /// - Parameter onProgress: Told how many bytes have been sent; the engine unpacks as they come.
    /// - Returns: What the engine says it has loaded; ids for images without a name.
    /// - Throws: ``DockerError``: `.badFile`, `.diskFull`, `.engineGone`.
    /// - SeeAlso: Docker Engine API, `POST /images/load`.
    @discardableResult
    public func load(
        _ file: ImageFile, onProgress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> [String] {
        struct Line: Decodable {
            var stream: String?
            var error: String?
        }
        var request = EngineRequest(
            .post, "/images/load", query: [("quiet", "1")], about: .image(file.path), limit: nil)
        request.headers = [("Content-Type", "application/x-tar")]
        request.body = .file(try FileChunks(path: file.path, onRead: onProgress))
        var loaded: [String] = []
        for try await line in JSONLines<Line>(body: try await open(request)) {
            if let error = line.error { throw badLoad(file, error) }
            for text in (line.stream ?? "").split(separator: "\n") {
                for start in ["Loaded image: ", "Loaded image ID: "] where text.hasPrefix(start) {
                    loaded += text.dropFirst(start.count).split(separator: ",").map(String.init)
                }
            }
        }
        return loaded
    }

    private func badLoad(_ file: ImageFile, _ message: String) -> DockerError {
        let error = DockerError.refusal(status: 500, message: message, about: .image(file.path))
        guard error.code == .refused else { return error }
        return DockerError(
            code: .badFile, problem: "the engine can't load '\(file.path)': \(error.message ?? message)",
            remedy: "save the images again", message: error.message)
    }
}
