/// Texts that a matcher could take for ever over, with the milliseconds that each may take.
enum Pathological {
    static let all: [(name: String, text: String, bound: Double)] = [
        ("one word of 1 MB", String(repeating: "a", count: 1_000_000), 200),
        ("one line of 1 MB in words", String(repeating: "word ", count: 200_000), 1_000),
        ("one line of 1 MB of JSON", jsonLine(bytes: 1_000_000), 1_000),
        ("a string of 1 MB in JSON", "{ \"a\": \"" + String(repeating: "x ", count: 500_000) + "\" }", 1_000),
        ("lists nested 10,000 deep", nested("[", "]"), 200),
        ("objects nested 10,000 deep", nested("{ \"a\": ", "}", core: "1"), 400),
        ("lists nested 10,000 deep, a line each", nested("[\n", "]\n"), 400),
        ("10,000 opening brackets", String(repeating: "[", count: 10_000), 200),
        ("10,000 equal lines", String(repeating: "same line\n", count: 10_000), 200),
        ("10,000 equal fields", String(repeating: "key: value\n", count: 10_000), 200),
        ("5,000 elisions between equal lines", String(repeating: "same line\n...\n", count: 5_000), 400),
        ("10,000 quotes", String(repeating: "\"'`", count: 3_334), 200),
    ]

    private static func nested(_ open: String, _ close: String, core: String = "") -> String {
        String(repeating: open, count: 10_000) + core + String(repeating: close, count: 10_000)
    }

    private static func jsonLine(bytes: Int) -> String {
        let item = "{\"id\":12,\"name\":\"Abigail\"}"
        return "[" + Array(repeating: item, count: bytes / (item.utf8.count + 1)).joined(separator: ",") + "]"
    }
}
