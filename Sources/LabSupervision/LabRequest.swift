/// A lab that someone wants to have.
public struct LabRequest: Codable, Hashable, Sendable {
    /// Letters, digits and hyphens; `nil` for a free name.
    public var name: String?
    /// Absolute paths, merged in this order; empty for a workspace without services.
    public var composeFiles: [String]
    /// Seconds that a readiness condition without a limit of its own may take.
    public var startTimeout: Double
    /// The image of a workspace that no Compose file describes, for engines that run containers; `nil` for their own.
    public var workspaceImage: String?

    public init(
        name: String? = nil, composeFiles: [String] = [], startTimeout: Double = 60, workspaceImage: String? = nil
    ) {
        self.workspaceImage = workspaceImage
        self.name = name
        self.composeFiles = composeFiles
        self.startTimeout = startTimeout
    }
}

/// A lab of this user, running or left behind.
public struct LabSummary: Codable, Hashable, Sendable {
    public var name: String
    /// `false` when its supervisor is gone and only files are left.
    public var isRunning: Bool
    public var composeFiles: [String]
    /// Of the supervisor; `nil` before it has said so.
    public var pid: Int32?
}
