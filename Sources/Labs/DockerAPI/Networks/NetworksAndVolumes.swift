/// A network of the engine.
public struct EngineNetwork: Hashable, Codable, Sendable {
    /// Usually 64 hexadecimal digits.
    public var id: String
    /// Not unique: an engine may have two networks of one name.
    public var name: String
    /// Such as `bridge` or `none`.
    public var driver: String?
    /// `nil` for none.
    public var labels: [String: String]?
    /// Whether nothing outside can be reached from it.
    public var isInternal: Bool?

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case name = "Name"
        case driver = "Driver"
        case labels = "Labels"
        case isInternal = "Internal"
    }
}

/// A volume of the engine.
public struct EngineVolume: Hashable, Codable, Sendable {
    /// Unique on its engine; 64 hexadecimal digits for a volume that was given none.
    public var name: String
    /// Such as `local`.
    public var driver: String?
    /// `nil` for none.
    public var labels: [String: String]?
    /// On the engine's host.
    public var mountPoint: String?

    enum CodingKeys: String, CodingKey {
        case name = "Name"
        case driver = "Driver"
        case labels = "Labels"
        case mountPoint = "Mountpoint"
    }
}

extension DockerClient {
    /// Makes a network.
    ///
    /// - Parameters:
    ///   - isInternal: No way out of it.
    ///   - options: Of the driver.
    /// - Returns: Its id.
    /// - Throws: ``DockerError`` with code `.nameTaken`, also when the network is there with the same labels.
    /// - SeeAlso: Docker Engine API, `POST /networks/create`.
    public func createNetwork(
        name: String, labels: [String: String], driver: String = "bridge", isInternal: Bool = false,
        options: [String: String] = [:]
    ) async throws -> String {
        struct Created: Decodable {
            var id: String
            enum CodingKeys: String, CodingKey { case id = "Id" }
        }
        let request = try EngineRequest(.post, "/networks/create", about: .network(name)).sending(
            NewNetwork(name: name, driver: driver, isInternal: isInternal, labels: labels, options: options))
        do {
            let created: Created = try await value(request)
            return created.id
        } catch let error as DockerError where error.message?.contains("already exists") == true {
            throw DockerError(
                code: .nameTaken, problem: "there is a network '\(name)' already",
                remedy: "remove it: docker network rm \(name)", message: error.message)
        }
    }

    /// - Parameter labels: `key` or `key=value`; a network must have all of them.
    public func networks(labels: [String] = []) async throws -> [EngineNetwork] {
        try await value(
            EngineRequest(
                .get, "/networks", query: [("filters", try Filters(labels: labels).encoded)], about: .engine))
    }

    /// Removes a network, by name or id; one that is gone already isn't an error.
    ///
    /// - Throws: ``DockerError`` with code `.inUse` while containers are attached.
    public func removeNetwork(_ name: String) async throws {
        do {
            try await perform(EngineRequest(.delete, "/networks/\(name)", about: .network(name)))
        } catch let error as DockerError where error.code == .noSuchNetwork {
            return
        }
    }

    /// Makes a volume, or finds the one of this name.
    @discardableResult
    public func createVolume(
        name: String, labels: [String: String], driver: String = "local", options: [String: String] = [:]
    ) async throws -> EngineVolume {
        let request = try EngineRequest(.post, "/volumes/create", about: .volume(name)).sending(
            NewVolume(name: name, driver: driver, options: options, labels: labels))
        return try await value(request)
    }

    /// - Parameter labels: `key` or `key=value`; a volume must have all of them.
    public func volumes(labels: [String] = []) async throws -> [EngineVolume] {
        struct List: Decodable {
            var volumes: [EngineVolume]?
            enum CodingKeys: String, CodingKey { case volumes = "Volumes" }
        }
        let list: List = try await value(
            EngineRequest(
                .get, "/volumes", query: [("filters", try Filters(labels: labels).encoded)], about: .engine))
        return list.volumes ?? []
    }

    /// Removes a volume and its data; one that is gone already isn't an error.
    ///
    /// - Throws: ``DockerError`` with code `.inUse` while a container uses it, running or not.
    public func removeVolume(_ name: String, force: Bool = false) async throws {
        do {
            try await perform(
                EngineRequest(
                    .delete, "/volumes/\(name)", query: [("force", force ? "1" : nil)], about: .volume(name)))
        } catch let error as DockerError where error.code == .noSuchVolume {
            return
        }
    }
}

private struct NewNetwork: Encodable {
    var name: String
    var driver: String
    var isInternal: Bool
    var labels: [String: String]
    var options: [String: String]
    /// Older engines would make a second network of the same name.
    var refusesDuplicate = true

    enum CodingKeys: String, CodingKey {
        case name = "Name"
        case driver = "Driver"
        case isInternal = "Internal"
        case labels = "Labels"
        case options = "Options"
        case refusesDuplicate = "CheckDuplicate"
    }
}

private struct NewVolume: Encodable {
    var name: String
    var driver: String
    var options: [String: String]
    var labels: [String: String]

    enum CodingKeys: String, CodingKey {
        case name = "Name"
        case driver = "Driver"
        case options = "DriverOpts"
        case labels = "Labels"
    }
}
