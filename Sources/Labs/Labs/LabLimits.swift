/// What one lab may use of the machine that it runs on, whatever its lesson asks for.
///
/// A lesson may ask for less, in its Compose file (`mem_limit`, `pids_limit`, `deploy.resources.limits`); only the person who
/// runs it gives more.
public struct LabLimits: Hashable, Codable, Sendable {
    /// Bytes, of everything in the lab together, memory file systems included.
    public var memory: Int
    /// Processes and threads.
    public var processes: Int
    /// Bytes that the lab may write, logs and recordings included.
    public var disk: Int

    /// - Parameters:
    ///   - memory: 2 GiB unless said otherwise.
    ///   - processes: 1,024 unless said otherwise.
    ///   - disk: 4 GiB unless said otherwise.
    public init(memory: Int = 2 << 30, processes: Int = 1024, disk: Int = 4 << 30) {
        self.memory = memory
        self.processes = processes
        self.disk = disk
    }
}
