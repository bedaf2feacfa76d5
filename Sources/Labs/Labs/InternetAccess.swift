/// Whether a lab may reach the internet: only when its lesson asks for it and whoever runs it agrees.
///
/// Labs of processes never do.
public struct InternetAccess: Hashable, Codable, Sendable {
    /// The lesson's index asks; a Compose file may, too.
    public var isAskedFor: Bool
    /// Whoever runs the lab agrees.
    public var isAllowed: Bool

    /// Neither asked for nor allowed, unless said.
    public init(isAskedFor: Bool = false, isAllowed: Bool = false) {
        self.isAskedFor = isAskedFor
        self.isAllowed = isAllowed
    }
}
