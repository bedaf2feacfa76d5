import KafkaShell
import Testing

struct KafkaRecordTests {
    @Test func aRecordIsPrintedAsKafkaCLIPrintsIt() {
        let value = #"{"description":"repellendus aut et eaque","email":"Alexanne.Glover@augusta.biz","quantity":6}"#
        let record = KafkaRecord(
            topic: "OnNewOrder", partition: 0, offset: 0, highWaterOffset: 10,
            key: Array("0a506ec8-17c8-4260-ab33-ce145cc7a233".utf8), value: Array(value.utf8))
        #expect(
            record.literal() == """
                {
                  topic: 'OnNewOrder',
                  value: '\(value)',
                  offset: 0,
                  partition: 0,
                  highWaterOffset: 10,
                  key: '0a506ec8-17c8-4260-ab33-ce145cc7a233'
                }
                """)
    }

    @Test func aShortRecordStillHasALineAField() {
        let record = KafkaRecord(topic: "t", partition: 1, offset: 2, highWaterOffset: 3, key: nil, value: [0xFF])
        #expect(
            record.literal()
                == "{\n  topic: 't',\n  value: '\u{FFFD}',\n  offset: 2,\n  partition: 1,\n  highWaterOffset: 3,\n  key: null\n}"
        )
    }

    @Test(
        arguments: [
            ("k:v", "k", "v"), ("v", nil, "v"), (#"{"a":1}"#, nil, #"{"a":1}"#), ("http://x", nil, "http://x"),
            (":k:v", nil, "k:v"), ("0a50-c7:{\"a\":1}", "0a50-c7", "{\"a\":1}"), ("k:", "k", ""),
        ] as [(String, String?, String)])
    func aKeyIsAWordBeforeAColon(line: String, key: String?, value: String) {
        let message = KafkaMessage(line: line)
        #expect(message.key == key && message.value == value)
    }

    @Test func internalTopicsArentListed() {
        let topics = [
            KafkaTopic(name: "b", partitions: [0, 1]), KafkaTopic(name: "__x", partitions: [0]),
            KafkaTopic(name: "aaaaaa", partitions: [0]),
        ]
        #expect(KafkaTopic.table(topics) == "TOPIC   PARTITIONS\naaaaaa  1\nb       2")
    }
}

/// Holds what a dialogue reads and writes.
private final class Script {
    var lines: [String]
    var shown = ""

    init(_ lines: [String]) { self.lines = lines }

    var dialogue: Dialogue {
        Dialogue(
            read: { self.lines.isEmpty ? nil : self.lines.removeFirst() }, write: { self.shown += $0 }, echoes: false)
    }
}

struct DialogueTests {
    @Test func anEmptyLineTakesTheAnswerInBrackets() throws {
        let script = Script(["", "0"])
        #expect(try script.dialogue.broker() == BrokerAddress("localhost:9092"))
        #expect(try script.dialogue.offset() == .at(0))
        #expect(script.shown == "? Broker: (localhost:9092) \n? Offset: (0) \n")
    }

    @Test func anAnswerThatMakesNoSenseIsAskedAgainWithTheReason() throws {
        let script = Script(["localhost", "localhost:99999", " kafka:9092 "])
        #expect(try script.dialogue.broker().description == "kafka:9092")
        #expect(script.shown.contains("  'localhost' is not a broker's address: use host:port"))
        let topics = Script(["", "a b", "OnNewOrder"])
        #expect(try topics.dialogue.topic().description == "OnNewOrder")
        let offsets = Script(["-1", "first", "latest"])
        #expect(try offsets.dialogue.offset() == .latest)
    }

    @Test func theEndOfTheInputEndsTheDialogue() {
        #expect(throws: KafkaShellError("the input ended before 'Topic' was answered")) {
            try Script([]).dialogue.topic()
        }
    }

    @Test func flagsSkipTheQuestions() throws {
        let options = try KafkaShellOptions([
            "consumer", "--broker=a:1", "--topic", "t", "--offset", "earliest", "--max", "2",
        ])
        #expect(try options.command == .consumer && options.broker == BrokerAddress("a:1") && options.limit == 2)
        #expect(options.offset == .earliest)
    }

    @Test(arguments: [
        ["nope"], ["consumer", "producer"], ["--broker"], ["--max", "0"], ["--offset", "-1"], ["--broker", "x"],
    ])
    func wrongFlagsAreRefused(arguments: [String]) {
        #expect(throws: KafkaShellError.self) { try KafkaShellOptions(arguments) }
    }
}
