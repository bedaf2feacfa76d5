import FoundationEssentials
import Orders
import Testing

@Suite struct MediatorTests {
    let writeSource = InMemoryWriteSource()
    let readSource = InMemoryReadSource()
    let broker = InMemoryBroker()
    let newOrder: NewOrder

    init() throws {
        newOrder = try NewOrder(
            description: "qui est", quantity: 4, email: "ada@example.org", firstName: "Ada", lastName: "Lovelace")
    }

    var mediator: Mediator { Mediator(writeSource: writeSource, readSource: readSource, messageBroker: broker) }

    @Test func anOrderIsStoredAndAnnouncedButNotYetReadable() async throws {
        let id = try await mediator.add(newOrder)
        #expect(writeSource.orders.map(\.id) == [id])
        #expect(broker.events.map(\.orderId) == [id.description])
        #expect(try await mediator.order(id: id) == nil)
    }

    @Test func theSubscriberBringsWhatWasAnnouncedToTheReadSource() async throws {
        let id = try await mediator.add(newOrder)
        try await ReadSourceSubscriber(readSource: readSource).run(broker)
        let found = try #require(try await mediator.order(id: id))
        #expect(found == OrderDocument(OnNewOrder(writeSource.orders[0])))
        #expect(try await mediator.customer(email: "ada@example.org")?.customer == found.customer)
    }

    @Test func hearingTheSameEventsAgainChangesNothing() async throws {
        _ = try await mediator.add(newOrder)
        let subscriber = ReadSourceSubscriber(readSource: readSource)
        try await subscriber.run(broker)
        let before = try await mediator.orders(limit: 10)
        try await subscriber.run(broker)
        #expect(try await mediator.orders(limit: 10) == before)
    }

    @Test func theOrderStaysStoredWhenItCannotBeAnnounced() async throws {
        broker.isDown = true
        await #expect(throws: OrderError.unavailable(dependency: "message broker", problem: "down")) {
            try await mediator.add(newOrder)
        }
        #expect(writeSource.orders.count == 1)
        #expect(broker.events.isEmpty)
    }

    @Test func askingAgainWithTheSameKeyAnnouncesTheSameOrder() async throws {
        broker.isDown = true
        _ = try? await mediator.add(newOrder, idempotencyKey: "k")
        broker.isDown = false
        let id = try await mediator.add(newOrder, idempotencyKey: "k")
        #expect(writeSource.orders.map(\.id) == [id])
        #expect(broker.events.map(\.orderId) == [id.description])
    }

    @Test func inHandlerModeTheReadSourceHasTheOrderWhenTheRequestEnds() async throws {
        let publisher = InHandlerPublisher(ReadSourceSubscriber(readSource: readSource))
        let mediator = Mediator(writeSource: writeSource, readSource: readSource, messageBroker: publisher)
        let id = try await mediator.add(newOrder)
        #expect(try await mediator.order(id: id)?.description == "qui est")
    }
}
