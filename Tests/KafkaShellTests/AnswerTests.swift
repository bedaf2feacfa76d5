import KafkaShell
import Testing

@Suite struct AnswerTests {
    @Test(
        "a broker's address is a host and a port, or several of them",
        arguments: ["localhost:9092", "a:1,b:65535", "[::1]:9092", "10.0.0.1:80"])
    func addresses(_ text: String) throws {
        #expect(try BrokerAddress(text).description == text)
    }

    @Test(
        "what no client could connect to is refused, with an example",
        arguments: ["", "localhost", ":9092", "a:", "a:0", "a:65536", "a:x", "::1:9092", "a b:1", "a:1,", "é:1"])
    func badAddresses(_ text: String) {
        let error = #expect(throws: KafkaShellError.self) { try BrokerAddress(text) }
        #expect(
            error?.description
                == "error: '\(text)' is not a broker's address\n  try: use host:port, such as localhost:9092")
    }

    @Test("a topic's name has the letters and the length that Kafka allows")
    func topics() throws {
        let longest = String(repeating: "t", count: 249)
        for name in ["OnNewOrder", "a.b_c-1", longest, "..."] { #expect(try TopicName(name).description == name) }
        for name in [longest + "t", ".", "..", "a b", "é", "a/b"] {
            let error = #expect(throws: KafkaShellError.self) { try TopicName(name) }
            #expect(error?.problem == "'\(name)' is not a topic's name")
        }
        #expect(throws: KafkaShellError("no topic was given", remedy: "type its name")) { try TopicName("") }
    }

    @Test("an offset is a number from 0, or a word")
    func offsets() throws {
        #expect(try StartingOffset("0") == .at(0) && StartingOffset("9223372036854775807") == .at(.max))
        #expect(try StartingOffset("earliest") == .earliest && StartingOffset("latest") == .latest)
        for text in ["-1", "1.5", "Latest", "", "9223372036854775808"] {
            #expect(throws: KafkaShellError.self) { try StartingOffset(text) }
        }
    }
}

@Suite struct CommandLineTests {
    @Test(
        "commands have long and short names, and without one the help is shown",
        arguments: [
            (["consumer"], .consumer), (["c"], .consumer), (["producer"], .producer), (["p"], .producer),
            (["topics"], .topics), (["--help"], .help), (["-h"], .help), (["--version"], .version), (["-v"], .version),
            ([], .help), (["--no-color"], .help),
        ] as [([String], KafkaShellOptions.Command)])
    func commands(_ line: (arguments: [String], command: KafkaShellOptions.Command)) throws {
        #expect(try KafkaShellOptions(line.arguments).command == line.command)
    }

    @Test("what isn't given is left to the questions")
    func defaults() throws {
        let options = try KafkaShellOptions(["consumer"])
        #expect(options.broker == nil && options.topic == nil && options.offset == nil && options.limit == nil)
        #expect(options.allowsColor)
        #expect(try !KafkaShellOptions(["topics", "--no-color"]).allowsColor)
    }

    @Test(
        "a mistake is named, with what to write instead",
        arguments: [
            (["consume"], "unknown argument 'consume'"), (["-x"], "unknown argument '-x'"),
            (["topics", "consumer"], "unknown argument 'consumer'"), (["--topic"], "'--topic' needs a value"),
            (["--max=-1"], "'-1' is not a number of messages"),
            (["--max", "many"], "'many' is not a number of messages"),
            (["--topic=a b"], "'a b' is not a topic's name"),
        ])
    func mistakes(_ line: (arguments: [String], problem: String)) {
        let error = #expect(throws: KafkaShellError.self) { try KafkaShellOptions(line.arguments) }
        #expect(error?.problem == line.problem && error?.remedy?.isEmpty == false)
    }

    @Test("the help names every option that is understood")
    func help() {
        for word in [
            "consumer", "producer", "topics", "--broker", "--topic", "--offset", "--max", "--no-color", "--version",
            "--help",
        ] {
            #expect(KafkaShellOptions.help.contains(word), "\(word)")
        }
    }
}

@Suite struct ReceiptTests {
    @Test("a receipt names topic, partition and offset as Node prints them")
    func receipts() {
        #expect(KafkaMessage.receipt(topic: "OnNewOrder", partition: 0, offset: 12) == "{ OnNewOrder: { '0': 12 } }")
        #expect(KafkaMessage.receipt(topic: "a-b", partition: 2, offset: 0) == "{ 'a-b': { '2': 0 } }")
        #expect(
            KafkaMessage.receipt(topic: "t", partition: 0, offset: 1, colors: true).contains("\u{1B}[33m1\u{1B}[39m"))
    }

    @Test("a table of no topics is its heading")
    func emptyTable() {
        #expect(KafkaTopic.table([]) == "TOPIC  PARTITIONS")
    }
}
