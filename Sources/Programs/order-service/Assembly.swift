import Hummingbird
import KafkaOrders
import Logging
import MariaDBOrders
import MongoDBOrders
import NIOCore
import OrderAPI
import Orders
import ServiceLifecycle
import UnixSignals

/// Puts the parts together: the only place that knows which server is behind which protocol.
struct Assembly {
    /// After that long, what is still under way at SIGTERM is given up.
    private static let grace = Duration.seconds(10)

    private let settings: Settings
    private let logger = Logger(label: "order-service")
    private let writeSource: MariaDBWriteSource
    private let readSource: MongoDBReadSource
    /// `nil` in a mode that needs no broker.
    private let broker: (publisher: KafkaPublisher, subscription: KafkaSubscription)?

    init(_ settings: Settings) throws {
        self.settings = settings
        writeSource = MariaDBWriteSource(
            MariaDBServer(
                host: settings.writeHost, port: settings.writePort, user: settings.writeUser,
                password: settings.writePassword))
        do {
            readSource = try MongoDBReadSource(url: settings.mongoDBURL)
        } catch {
            throw SettingsError(description: "'MONGODB_URL' is not a connection string: \(error)")
        }
        switch settings.mode {
        case .inHandler: broker = nil
        case .eventDriven:
            let server = KafkaServer(host: settings.brokerHost, port: settings.brokerPort)
            let subscription = KafkaSubscription(server, groupID: settings.groupID, logger: logger)
            // Both sides happen to live in one program: the read side need not wait until it asks the broker again.
            let publisher = try KafkaPublisher(server, logger: logger) { subscription.eventWasPublished() }
            broker = (publisher, subscription)
        }
    }

    /// Serves until SIGTERM or SIGINT.
    func run() async throws {
        var dependencies: [any Dependency] = [writeSource, readSource]
        if let broker { dependencies.append(broker.publisher) }
        let readiness = Readiness(dependencies)
        let subscriber = ReadSourceSubscriber(readSource: readSource)
        let mediator = Mediator(
            writeSource: writeSource, readSource: readSource,
            messageBroker: broker?.publisher ?? InHandlerPublisher(subscriber))

        let events = ReadSide(
            readiness: readiness, startTimeout: settings.startTimeout, subscriber: subscriber,
            subscription: broker?.subscription, port: settings.port, logger: logger)
        // Its own lines would only repeat ours.
        var serverLogger = logger
        serverLogger.logLevel = max(.warning, logger.logLevel)
        let http = Application(
            router: OrderRouter(mediator: mediator, readiness: readiness).router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(settings.host, port: settings.port)),
            logger: serverLogger)

        // Stopped in reverse: first no more requests, then no more events.
        var configuration = ServiceGroupConfiguration(
            services: [events, http], gracefulShutdownSignals: [.sigterm, .sigint], logger: serverLogger)
        configuration.maximumGracefulShutdownDuration = Self.grace
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw SettingsError(
                description: "cannot listen on '\(settings.host):\(settings.port)' (APP_HOST, APP_PORT): \(error)")
        }
        await broker?.publisher.close()
        try await writeSource.close()
        try await readSource.close()
    }
}

/// Waits for the dependencies, then keeps the read source up to date until the service ends.
private struct ReadSide: Service {
    let readiness: Readiness
    let startTimeout: Duration
    let subscriber: ReadSourceSubscriber
    let subscription: KafkaSubscription?
    let port: Int
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await readiness.waitForAll(limit: startTimeout, logger: logger) { dependency in
                    if dependency.name == "read source" {
                        logger.info("Read database connected at \(LineLog.timestamp())")
                    } else {
                        logger.debug("\(dependency.name) connected", metadata: ["address": "\(dependency.address)"])
                    }
                }
                logger.info("server is listening on \(port)")
                if let subscription { try await subscriber.run(subscription) }
            } catch is CancellationError {
                // Told to end while still waiting: no failure.
            }
        }
        // A service that returns early would take the others down.
        try? await gracefulShutdown()
    }
}
