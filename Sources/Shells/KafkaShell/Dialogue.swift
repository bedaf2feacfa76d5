/// Asks questions, one line each, until the answers make sense.
public struct Dialogue {
    private let read: () -> String?
    private let write: (String) -> Void
    private let echoes: Bool

    /// - Parameters:
    ///   - read: The next line without its newline; `nil` at the end of the input.
    ///   - write: Shows a text as it is.
    ///   - echoes: Whether the reader's Return moves to a new line, as at a terminal.
    public init(read: @escaping () -> String?, write: @escaping (String) -> Void, echoes: Bool) {
        self.read = read
        self.write = write
        self.echoes = echoes
    }

    /// Asks until the answer is an address; an empty one stands for ``BrokerAddress/standard``.
    ///
    /// - Throws: ``KafkaShellError`` when the input ends first.
    public func broker() throws -> BrokerAddress {
        try ask("Broker", default: BrokerAddress.standard, BrokerAddress.init)
    }

    /// Asks until the answer is a topic's name; there is none that an empty one could stand for.
    ///
    /// - Throws: ``KafkaShellError`` when the input ends first.
    public func topic() throws -> TopicName { try ask("Topic", default: nil, TopicName.init) }

    /// Asks until the answer is an offset; an empty one stands for 0.
    ///
    /// - Throws: ``KafkaShellError`` when the input ends first.
    public func offset() throws -> StartingOffset { try ask("Offset", default: "0", StartingOffset.init) }

    /// - Parameters:
    ///   - fallback: The answer that an empty line gives, shown in brackets.
    ///   - understand: Throws a ``KafkaShellError`` for an answer that makes no sense: the question comes again.
    /// - Throws: ``KafkaShellError`` when the input ends first.
    func ask<Answer>(_ question: String, default fallback: String?, _ understand: (String) throws -> Answer) throws
        -> Answer
    {
        while true {
            write("? \(question): " + (fallback.map { "(\($0)) " } ?? ""))
            let line = read()
            if !echoes || line == nil { write("\n") }
            guard let line else { throw KafkaShellError("the input ended before '\(question)' was answered") }
            let answer = line.trimmed
            do {
                return try understand(answer.isEmpty ? fallback ?? "" : answer)
            } catch let error as KafkaShellError {
                write("  \(error.problem): \(error.remedy ?? "try again")\n")
            }
        }
    }
}

extension String {
    var trimmed: String {
        let head = drop(while: \.isWhitespace)
        return head.lastIndex { !$0.isWhitespace }.map { String(head[...$0]) } ?? ""
    }
}
