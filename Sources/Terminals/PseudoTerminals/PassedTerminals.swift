import Synchronization

/// Terminals that another process passes, until each is asked for by its number.
public final class PassedTerminals: Sendable {
    private let socket: DescriptorSocket
    private let waiting = Mutex<[UInt32: PseudoTerminal]>([:])

    /// Nothing is received before somebody asks for a terminal; those that nobody took are closed with the object.
    public init(_ socket: DescriptorSocket) {
        self.socket = socket
    }

    deinit {
        for terminal in waiting.withLock({ Array($0.values) }) { terminal.close() }
    }

    /// The terminal that was passed under a number before this call; whoever gets it closes it.
    ///
    /// - Returns: `nil` when nothing was passed under the number that is the master of a terminal.
    public func take(_ number: UInt32) -> PseudoTerminal? {
        waiting.withLock { waiting in
            while waiting[number] == nil, waiting.count < Self.maxWaiting, let passed = socket.receiveTerminal() {
                waiting.updateValue(passed.terminal, forKey: passed.number)?.close()
            }
            return waiting.removeValue(forKey: number)
        }
    }

    /// More than a lab may have terminals: who passes more does not mean well.
    private static let maxWaiting = 128
}
