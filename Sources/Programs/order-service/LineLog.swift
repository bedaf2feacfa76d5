import FoundationEssentials
import Glibc
import Logging
import Orders

/// Writes one line to standard output for each log message: short for people, JSON for programs.
struct LineLog: LogHandler {
    enum Format: String, CaseIterable {
        /// `warning: waiting for the write source reason="…"`; messages of level info come bare.
        case plain
        /// `{"level":"info","message":"…","time":"2026-01-31T23:59:59.123Z"}`
        case json
    }

    let format: Format
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(format: Format, logLevel: Logger.Level) {
        self.format = format
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
            .map { (key: $0.key, value: "\($0.value)") }.sorted { $0.key < $1.key }
        let line =
            switch format {
            case .plain: Self.plain("\(event.message)", at: event.level, with: fields)
            case .json: Self.json("\(event.message)", at: event.level, with: fields)
            }
        Self.write(line, to: STDOUT_FILENO)
    }

    static func plain(
        _ message: String, at level: Logger.Level, with fields: [(key: String, value: String)]
    ) -> String {
        let prefix = level == .info ? "" : "\(level): "
        return fields.reduce(prefix + message) { $0 + " \($1.key)=\($1.value.debugDescription)" }
    }

    static func json(
        _ message: String, at level: Logger.Level, with fields: [(key: String, value: String)]
    ) -> String {
        var object = ["level": "\(level)", "message": message, "time": timestamp()]
        for field in fields { object[field.key, default: field.value] = field.value }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try? encoder.encode(object)
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// Writes a line at once, unbuffered, so that it is seen when it happens, also through a pipe.
    static func write(_ line: String, to descriptor: Int32) {
        var rest = Array("\(line)\n".utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // A log that nobody reads any more is not a reason to fail.
            guard count > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }

    static func timestamp() -> String {
        Date().iso8601Milliseconds
    }
}
