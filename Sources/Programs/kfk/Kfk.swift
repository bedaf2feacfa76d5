import Glibc
import KafkaShell
import ShellLiterals

@main
enum Kfk {
    static func main() {
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ arguments: [String]) -> Int32 {
        let options: KafkaShellOptions
        do {
            options = try KafkaShellOptions(arguments)
        } catch {
            StandardStreams.write("\(error)\n", to: .error)
            return 64
        }
        do {
            switch options.command {
            case .help: StandardStreams.write("\(KafkaShellOptions.help)\n")
            case .version: StandardStreams.write("\(KafkaShellOptions.version)\n")
            case .topics: try listTopics(options)
            case .consumer: try consume(options)
            case .producer: try produce(options)
            }
            return 0
        } catch {
            StandardStreams.write("\(error)\n", to: .error)
            return 1
        }
    }

    private static var dialogue: Dialogue {
        Dialogue(
            read: { readLine() }, write: { StandardStreams.write($0) }, echoes: StandardStreams.inputIsTerminal)
    }

    private static func colors(_ options: KafkaShellOptions) -> Bool {
        options.allowsColor && StandardStreams.showsColor
    }

    private static func listTopics(_ options: KafkaShellOptions) throws {
        let broker = try KafkaBroker(options.broker ?? dialogue.broker(), for: .reading)
        StandardStreams.write(KafkaTopic.table(try broker.topics()) + "\n")
    }

    /// Ctrl-C ends it as it ends any program: nothing needs to be put away, and the shell sees status 130.
    private static func consume(_ options: KafkaShellOptions) throws {
        let address = try options.broker ?? dialogue.broker()
        let topic = try options.topic ?? dialogue.topic()
        let offset = try options.offset ?? dialogue.offset()
        var remaining = options.limit ?? .max
        try KafkaBroker(address, for: .reading).read(topic, from: offset) { record in
            StandardStreams.write(record.literal(colors: colors(options)) + "\n")
            remaining -= 1
            return remaining > 0
        }
    }

    private static func produce(_ options: KafkaShellOptions) throws {
        let address = try options.broker ?? dialogue.broker()
        let topic = try options.topic ?? dialogue.topic()
        let broker = try KafkaBroker(address, for: .writing)
        _ = try broker.topic(topic)
        var sent = 0
        while sent < options.limit ?? .max {
            if StandardStreams.inputIsTerminal { StandardStreams.write("> ") }
            guard let line = readLine() else {
                if StandardStreams.inputIsTerminal { StandardStreams.write("\n") }
                break
            }
            guard !line.isEmpty else { continue }
            let (partition, offset) = try broker.send(KafkaMessage(line: line), to: topic)
            let receipt = KafkaMessage.receipt(
                topic: topic.description, partition: partition, offset: offset, colors: colors(options))
            StandardStreams.write(receipt + "\n")
            sent += 1
        }
    }
}
