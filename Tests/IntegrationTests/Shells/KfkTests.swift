import Foundation
import Testing

@Suite(.enabled(if: Installed.broker != nil, "the Kafka-protocol broker isn't installed: make setup"))
struct KfkTests {
    private func withBroker<Result>(_ body: (_ address: String) throws -> Result) throws -> Result {
        let broker = try #require(Installed.broker)
        return try withService(
            broker,
            {
                [
                    "broker", "--listener-url", "tcp://127.0.0.1:\($0)", "--advertised-listener-url",
                    "tcp://localhost:\($0)",
                ]
            }
        ) { port in
            _ = try run(
                broker, ["topic", "create", "--broker", "tcp://localhost:\(port)", "--partitions", "1", "OnNewOrder"])
            return try body("localhost:\(port)")
        }
    }

    @Test func theConsumersDialogueLeadsToTheMessages() throws {
        try withBroker { address in
            let sent = try run(
                "kfk", ["producer", "--broker", address, "--topic", "OnNewOrder"],
                input: "0a50-c7:{\"quantity\":6}\n{\"quantity\":7}\n")
            #expect(sent.output == "{ OnNewOrder: { '0': 0 } }\n{ OnNewOrder: { '0': 1 } }\n")
            let read = try run("kfk", ["consumer", "--max", "2"], input: "\(address)\nOnNewOrder\n0\n")
            #expect(
                read.output == """
                    ? Broker: (localhost:9092)\u{20}
                    ? Topic:\u{20}
                    ? Offset: (0)\u{20}
                    {
                      topic: 'OnNewOrder',
                      value: '{"quantity":6}',
                      offset: 0,
                      partition: 0,
                      highWaterOffset: 2,
                      key: '0a50-c7'
                    }
                    {
                      topic: 'OnNewOrder',
                      value: '{"quantity":7}',
                      offset: 1,
                      partition: 0,
                      highWaterOffset: 2,
                      key: null
                    }

                    """)
            #expect(read.status == 0 && read.errors.isEmpty)
            let later = try run(
                "kfk", ["consumer", "--broker", address, "--topic", "OnNewOrder", "--offset", "1", "--max", "1"])
            #expect(later.output.contains("offset: 1,"))
        }
    }

    @Test func anUnknownTopicIsAnErrorAndIsntMade() throws {
        try withBroker { address in
            for command in ["consumer", "producer"] {
                let result = try run(
                    "kfk", [command, "--broker", address, "--topic", "Nope", "--offset", "0"], input: "x\n")
                #expect(result.status == 1)
                #expect(result.errors.contains("has no topic 'Nope'"))
                #expect(result.errors.contains("use one of OnNewOrder"))
            }
            let topics = try run("kfk", ["topics", "--broker", address])
            #expect(topics.output == "TOPIC       PARTITIONS\nOnNewOrder  1\n")
        }
    }
}

@Suite(.enabled(if: Installed.product("kfk") != nil, "kfk isn't built"))
struct KfkWithoutBrokerTests {
    @Test func aBrokerThatIsntThereIsNamed() throws {
        let port = try freePort()
        let result = try run("kfk", ["consumer", "--broker", "localhost:\(port)", "--topic", "x", "--offset", "0"])
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("error: no broker answers at 'localhost:\(port)' (connection refused)\n"))
    }

    @Test func wrongUsageHasItsOwnStatus() throws { #expect(try run("kfk", ["nope"]).status == 64) }
}
