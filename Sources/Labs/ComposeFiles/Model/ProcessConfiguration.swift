public import Diagnostics

/// `x-lectern` of a service: how it runs as an ordinary process, without a container, and how a lab treats it.
///
/// Paths are those that the process sees; which part of the host is behind them is the engine's business.
public struct ProcessConfiguration: Hashable, Codable, Sendable {
    /// Of the value of `x-lectern`.
    public var place: SourcePlace
    /// Program and arguments; empty when nothing runs (the owner of the network, or a workspace). `nil` when the file
    /// doesn't say how the service runs without a container.
    public var command: [String]?
    /// Only what `x-lectern` adds; see ``Service/processEnvironment``.
    public var environment: [String: String]
    /// The working directory; `nil` for the engine's choice.
    public var directory: String?
    /// `nil` for a service that starts without data.
    public var template: DataTemplate?
    /// All must hold, in this order; empty when the service is ready once it has started.
    public var ready: [Readiness]
    /// All of them, in the order of the file.
    public var needs: [Requirement]
    /// `true` for the workspace, where terminals are opened.
    public var hasTerminals: Bool
    /// What a reset does to the service; `nil` when the file leaves it to what the service holds.
    public var onReset: ResetPolicy?
}

/// What becomes of a service when its lab goes back to the state after seeding.
public enum ResetPolicy: String, Hashable, Codable, Sendable, CaseIterable {
    /// It's stopped, its data is put back, and it's started again.
    case restart
    /// It goes on.
    case keep
}

/// A data directory that is made once and copied for every lab.
public struct DataTemplate: Hashable, Codable, Sendable {
    /// The absolute path at which both the building command and the service see the directory.
    public var into: String
    /// Program and arguments that fill the empty directory; exit status 0 makes it a template.
    public var build: [String]
}

/// A condition that a local service meets before others may use it.
public struct Readiness: Hashable, Codable, Sendable {
    /// What is looked for.
    public enum Check: Hashable, Codable, Sendable {
        /// A TCP connection to this port of the loopback address is accepted.
        case port(Int)
        /// A GET of this URL is answered with a status below 500.
        case http(String)
        /// A line of the service's output contains this text.
        case log(String)
        /// This program exits with status 0.
        case command([String])
    }

    /// Met once is enough.
    public var check: Check
    /// `nil` for the engine's own limit.
    public var timeout: Duration?
    /// Of the item under `ready`.
    public var place: SourcePlace
}

/// What must be installed before a local service can run.
public struct Requirement: Hashable, Codable, Sendable {
    /// What is looked for.
    public enum Subject: Hashable, Codable, Sendable {
        /// A program on the search path, or an absolute path.
        case program(String)
        /// An absolute path.
        case file(String)
    }

    /// On the host, as a lab would see it.
    public var subject: Subject
    /// The Debian package that brings it.
    public var package: String?
    /// A sentence on how to get it otherwise: lower case, no full stop.
    public var remedy: String?
    /// Of the item under `needs`.
    public var place: SourcePlace
}
