public import PseudoTerminals

/// The wire to one pseudo-terminal, in this process or relayed.
///
/// Its owner hands what the terminal prints to ``TerminalSession/receive(_:)``, in order. An answer of
/// ``foreground()`` comes after all output that was read before the look, and its look after all input that was written
/// before it: input that still waits in a queue of the line counts as ``ForegroundState/inputPending``.
public protocol TerminalLine: AnyObject, Sendable {
    /// Sends input; queued, never blocks.
    func write(_ bytes: [UInt8])
    /// Gives the terminal a new size, in character cells.
    func resize(columns: Int, rows: Int)
    /// Looks once at the terminal's foreground process group.
    func foreground() async throws -> ForegroundState
    /// Sends a signal to the terminal's foreground process group.
    func signalForeground(_ signal: Int32)
    /// Kills the shell's jobs, those in the background too, that began not longer than `seconds` ago.
    func killJobs(startedWithin seconds: Double)
}
