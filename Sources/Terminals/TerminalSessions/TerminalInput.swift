/// What one action of a lesson types into a terminal.
public struct TerminalInput: Hashable, Codable, Sendable {
    /// What is pressed, and whether Return comes after it.
    public enum Keys: Hashable, Codable, Sendable {
        /// Text and Return; the lines of a longer text are typed one after the other, each when the one before is done.
        case line(String)
        /// Text without Return at its end.
        case text(String)
        /// Bytes as keys send them; see ``keySequence(named:)``.
        case keys([UInt8])
    }

    /// Pressed after the Ctrl-C of ``interruptsFirst``, if any.
    public var keys: Keys
    /// Presses Ctrl-C first and waits until a prompt is back.
    public var interruptsFirst: Bool
    /// How long the action may take, in seconds, with everything that is waited for on its behalf.
    public var timeout: Double

    /// Unless said otherwise, Ctrl-C isn't pressed first and the action may take a minute.
    public init(_ keys: Keys, interruptsFirst: Bool = false, timeout: Double = 60) {
        self.keys = keys
        self.interruptsFirst = interruptsFirst
        self.timeout = timeout
    }
}
