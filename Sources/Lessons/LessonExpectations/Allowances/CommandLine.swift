/// What the reader typed, as far as rules ask: which programs, whether it goes on, what it names.
struct CommandLine: Sendable {
    let text: String
    /// The words of the command, without quotes.
    let words: [String]

    init(_ text: String) {
        self.text = text
        words = text.split { $0.isWhitespace || "|;&()\"'`".contains($0) }.map(String.init)
    }

    /// Whether one of the words is the name of a program, with or without a path.
    func runs(_ programs: String...) -> Bool {
        words.contains { word in programs.contains { word == $0 || word.hasSuffix("/" + $0) } }
    }

    /// Whether the words are there one after the other: `docker compose`.
    func says(_ phrase: String) -> Bool {
        let wanted = phrase.split(separator: " ").map(String.init)
        guard words.count >= wanted.count else { return false }
        return (0...(words.count - wanted.count)).contains { Array(words[$0..<($0 + wanted.count)]) == wanted }
    }

    func has(option: String) -> Bool { words.contains { $0 == option || $0.hasPrefix(option + "=") } }

    /// `docker compose` or its older name.
    var isCompose: Bool {
        says("docker compose") || runs("docker-compose") || says("podman compose") || says("podman-compose")
    }

    private static let longRunning: Set<String> = [
        "while", "listen", "consume", "monitor", "subscribe", "worker", "watch",
    ]

    /// The command starts a server, which says more as it goes on.
    var serves: Bool {
        words.contains { ["serve", "server", "start", "run", "up", "dev"].contains($0) || $0.hasSuffix("serve") }
            || (words.first?.split(separator: "/").last).map { $0.hasSuffix("d") && has(option: "--port") } ?? false
    }

    /// The programs that the command could be typed in: `SELECT …` in a client of a database, `db.orders.find()` in mongosh.
    var clients: [String] {
        guard let first = words.first else { return [] }
        if text.hasPrefix("db.") || text.hasPrefix("rs.") { return ["mongosh", "mongo"] }
        let verbs = [
            "select", "describe", "desc", "show", "insert", "update", "delete", "create", "alter", "drop", "explain",
        ]
        guard verbs.contains(first.lowercased()) else { return [] }
        return ["mysql", "mariadb", "psql", "sqlite3"]
    }

    /// The command prints for as long as it runs: a log that is followed, a server, a monitor.
    var goesOn: Bool {
        has(option: "-f") || has(option: "--follow") || has(option: "-F") || has(option: "-w") || has(option: "--watch")
            || runs(
                "kcat", "kafkacat", "mosquitto_sub", "kafka-console-consumer.sh", "kafka-console-consumer", "uvicorn",
                "gunicorn", "flask", "watch", "ping", "vmstat", "iostat", "dstat", "sar", "mpstat", "tcpdump",
                "journalctl", "dmesg", "top")
            || says("docker stats") || says("docker events") || words.contains { Self.longRunning.contains($0) }
            || words.contains { $0.contains("server") || $0.contains("serve") || $0 == "logs" || $0.hasPrefix("start") }
    }
}
