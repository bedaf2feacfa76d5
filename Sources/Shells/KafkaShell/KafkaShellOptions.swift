/// The command line of `kfk`.
public struct KafkaShellOptions: Hashable, Sendable {
    /// What is to be done; the raw values are the words on the command line.
    public enum Command: String, Hashable, Sendable { case consumer, producer, topics, help, version }

    /// `help` when the command line names no command.
    public var command = Command.help
    /// `nil` where the question is to be asked.
    public var broker: BrokerAddress?
    /// `nil` where the question is to be asked.
    public var topic: TopicName?
    /// `nil` where the question is to be asked.
    public var offset: StartingOffset?
    /// Messages after which the consumer ends; `nil` to go on until interrupted.
    public var limit: Int?
    /// `false` after `--no-color`. Whether values are coloured depends on the terminal too.
    public var allowsColor = true

    /// - Parameter arguments: Without the program's name.
    /// - Throws: ``KafkaShellError`` for an unknown argument or a wrong value.
    public init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        var named: Command?
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func value() throws -> String {
                if parts.count > 1 { return String(parts[1]) }
                guard let next = rest.popFirst() else {
                    throw KafkaShellError("'\(argument)' needs a value", remedy: "kfk --help")
                }
                return next
            }
            switch parts.first {
            case "--help", "-h": named = .help
            case "--version", "-v": named = .version
            case "--broker": broker = try BrokerAddress(value())
            case "--topic": topic = try TopicName(value())
            case "--offset": offset = try StartingOffset(value())
            case "--no-color": allowsColor = false
            case "--max":
                let text = try value()
                guard let number = Int(text), number > 0 else {
                    throw KafkaShellError("'\(text)' is not a number of messages", remedy: "use a whole number from 1")
                }
                limit = number
            default:
                // `c` and `p` are the short names that kafka-cli has.
                let word = ["c": "consumer", "p": "producer"][argument] ?? argument
                guard named == nil, let command = Command(rawValue: word) else {
                    throw KafkaShellError("unknown argument '\(argument)'", remedy: "kfk --help")
                }
                named = command
            }
        }
        command = named ?? .help
    }

    /// What `--version` prints. Says that it is not the program of npm's package.
    public static let version = "Lectern's stand-in for kfk (npm package kafka-cli)"

    /// What `--help` prints, without a final newline.
    public static let help = """
        Lectern's stand-in for kfk, a command line for Kafka

          kfk consumer    Print the messages of a topic, and go on with new ones until Ctrl-C
          kfk producer    Send a message a line, 'key:value' or a value alone, until Ctrl-D
          kfk topics      List the topics and how many partitions they have

        Options answer the questions in advance:

          --broker HOST:PORT    The broker (localhost:9092)
          --topic NAME          The topic
          --offset OFFSET       Where to start in every partition: a number, earliest or latest (0)
          --max N               End after N messages
          --no-color            Don't colour values; NO_COLOR does the same
          --version, --help

        Exit status: 0 done; 1 no broker, no such topic or no answer; 64 wrong usage; 130 after Ctrl-C.
        """
}
