import CRDKafka

/// A librdkafka instance that keeps its log to itself and hands its errors out when asked.
final class KafkaClient {
    let handle: OpaquePointer
    private let events: OpaquePointer

    /// - Throws: ``ConfigurationError`` with the library's own words.
    init(_ type: rd_kafka_type_t, settings: [(name: String, value: String)]) throws {
        let configuration = rd_kafka_conf_new()
        var problem = [CChar](repeating: 0, count: 512)
        for (name, value) in settings {
            let result = rd_kafka_conf_set(configuration, name, value, &problem, problem.count)
            guard result == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(configuration)
                throw ConfigurationError(text: problem.text)
            }
        }
        // Its log would land between the messages.
        rd_kafka_conf_set_log_cb(configuration) { _, _, _, _ in }
        rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_DR)
        guard let handle = rd_kafka_new(type, configuration, &problem, problem.count) else {
            rd_kafka_conf_destroy(configuration)
            throw ConfigurationError(text: problem.text)
        }
        guard let events = rd_kafka_queue_get_main(handle) else {
            rd_kafka_destroy(handle)
            throw ConfigurationError(text: "no event queue")
        }
        self.handle = handle
        self.events = events
    }

    deinit {
        rd_kafka_queue_destroy(events)
        // Nothing is left to wait for: a producer has waited for each of its messages.
        rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }

    struct ConfigurationError: Error { let text: String }

    enum Event {
        case error(rd_kafka_resp_err_t, String)
        case delivered(partition: Int32, offset: Int64, rd_kafka_resp_err_t)
    }

    /// The next event; `nil` when none came within the time.
    func event(within milliseconds: CInt) -> Event? {
        guard let event = rd_kafka_queue_poll(events, milliseconds) else { return nil }
        defer { rd_kafka_event_destroy(event) }
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_ERROR:
            return .error(rd_kafka_event_error(event), String(cString: rd_kafka_event_error_string(event)))
        case RD_KAFKA_EVENT_DR:
            guard let message = rd_kafka_event_message_next(event)?.pointee else { return nil }
            return .delivered(partition: message.partition, offset: message.offset, message.err)
        default: return nil
        }
    }
}

extension rd_kafka_resp_err_t {
    var text: String { String(cString: rd_kafka_err2str(self)) }
}

extension [CChar] {
    fileprivate var text: String {
        String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
