import NIOCore

extension DockerClient {
    /// Unpacks a tar archive in a container, running or not.
    ///
    /// - Parameters:
    ///   - archive: Such as ``TarWriter/finished()`` makes; may be gzipped.
    ///   - path: A directory that is there already. In a container whose root is read-only, only volumes can be written.
    /// - SeeAlso: Docker Engine API, `PUT /containers/{id}/archive`.
    public func putArchive(_ archive: [UInt8], in container: ContainerID, at path: String) async throws {
        var put = request(.put, container, "/archive", query: [("path", path)], limit: .seconds(600))
        put.headers = [("Content-Type", "application/x-tar")]
        put.body = .bytes(ByteBuffer(bytes: archive))
        try await perform(put)
    }

    /// Packs a file or directory of a container into a tar archive; its name is the last component of the path.
    ///
    /// - Parameter limit: Bytes; a longer archive is an error.
    public func getArchive(
        of path: String, in container: ContainerID, limit: Int = 64 << 20
    ) async throws -> [UInt8] {
        let archive = try await bytes(
            request(.get, container, "/archive", query: [("path", path)], limit: .seconds(600)), largest: limit)
        return Array(archive.readableBytesView)
    }
}
