import Foundation
import Lessons

/// Changes after which an output isn't what its sample documents.
package enum Mutations {
    package static let all: [Operator] = whole + inserted + lines + words + fields + values

    // MARK: The whole output

    private static let whole: [Operator] = [
        Operator("empty output") { _, _ in "" },
        Operator("command not found") { _, _ in "bash: kfk: command not found" },
        Operator("HTTP 500 body") { _, _ in #"{"error":"Internal Server Error","status":500}"# },
        Operator("HTTP 500 page") { _, _ in "<html>\n<head><title>500 Internal Server Error</title></head>\n</html>" },
        Operator("permission denied") { _, _ in "cat: /root/file: Permission denied" },
        Operator("connection refused") { _, _ in
            "curl: (7) Failed to connect to localhost port 9001: Connection refused"
        },
        Operator("Python's traceback") { _, _ in
            "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nKeyError: 'quantity'"
        },
        Operator("Node's stack trace") { _, _ in
            "TypeError: x is not a function\n    at main (/root/a.js:1:2)\n    at node:internal:1:1"
        },
        Operator("other command's output") { entry, _ in
            let all = CorpusEntry.all
            guard let index = all.firstIndex(where: { $0.name == entry.name }) else { return nil }
            // The next sample of another family: `sqlite-box` for `sqlite-csv` could be honest in parts.
            let family = entry.name.prefix { $0 != "-" }
            return (1..<all.count).lazy.map { all[(index + $0) % all.count] }.first {
                $0.name.prefix { $0 != "-" } != family
            }?.outputs[0]
        },
        Operator("half of it") { entry, text in
            let all = content(text)
            return entry.isElided || all.count < 2 ? nil : all.prefix(all.count / 2).joined(separator: "\n")
        },
        Operator("twice") { entry, text in entry.isElided ? nil : text + "\n" + text },
        Operator("first letters only") { _, text in String(text.prefix(1)) },
    ]

    // MARK: Inserted lines

    private static let inserted: [Operator] = [
        insert("npm ERR! code E404", at: .end), insert("npm ERR! code E404", at: .start),
        insert("npm ERR! code E404", at: .middle),
        insert("ERROR 2020-12-30 05:01:34 could not store order", at: .start),
        insert("[ERROR] broker is gone", at: .end),
        insert("bash: foo: command not found", at: .end), insert("error: connection lost", at: .middle),
        insert("java.lang.NullPointerException: null", at: .end), insert("fatal: not a git repository", at: .start),
        insert("Segmentation fault (core dumped)", at: .end),
        insert("panic: runtime error: index out of range", at: .middle),
        insert("Traceback (most recent call last):", at: .end),
        Operator("an unknown line") { entry, text in entry.isElided ? nil : text + "\nsomething else entirely" },
    ]

    private enum Place: String { case start, middle, end }

    private static func insert(_ line: String, at place: Place) -> Operator {
        Operator("\(line.prefix(24)) at the \(place.rawValue)") { _, text in
            var all = text.components(separatedBy: "\n")
            let index = place == .start ? 0 : place == .end ? all.count : all.count / 2
            all.insert(line, at: index)
            return all.joined(separator: "\n")
        }
    }

    // MARK: Lines

    private static let lines: [Operator] = [
        drop("first") { _ in 0 }, drop("last") { $0 - 1 }, drop("middle") { $0 / 2 },
        Operator("last line twice") { entry, text in
            let all = content(text)
            return entry.isElided ? nil : (all + all.suffix(1)).joined(separator: "\n")
        },
        Operator("two lines swapped") { entry, text in
            var all = content(text)
            // Lines of one form (rows, log lines) may well come in any order when the values vary.
            guard !entry.isElided, all.count > 2, entry.wording == .exact, entry.outputs.allSatisfy({ $0 == text })
            else { return nil }
            guard all[0] != all[1] else { return nil }
            all.swapAt(0, 1)
            return all.joined(separator: "\n")
        },
    ]

    private static func drop(_ name: String, _ index: @escaping @Sendable (Int) -> Int) -> Operator {
        Operator("\(name) line dropped") { entry, text in
            var all = content(text)
            guard !entry.isElided, all.count > 1 else { return nil }
            let dropped = all.remove(at: index(all.count))
            // A line that only draws says nothing.
            return dropped.contains { $0.isLetter || $0.isNumber } ? all.joined(separator: "\n") : nil
        }
    }

    // MARK: Words

    private static let words: [Operator] = [
        word("first word swapped", \.first) { _ in "zebra" }, word("last word swapped", \.last) { _ in "zebra" },
        word("middle word swapped", { $0.isEmpty ? nil : $0[$0.count / 2] }) { _ in "zebra" },
        word("first word misspelt", \.first) { String($0.dropLast(1)) + "q" },
        word("last word misspelt", \.last) { "x" + $0 },
        word("word dropped", \.first) { _ in "" },
        word("word added", \.last) { $0 + " zebra" },
        word("name of another", { $0.first { $0.contains("_") } }) { $0.dropLast(1) + "x" },
    ]

    /// Words that every output shares with the sample are the author's, not the data's.
    private static func word(
        _ name: String, _ choose: @escaping @Sendable ([String]) -> String?,
        _ change: @escaping @Sendable (String) -> String
    ) -> Operator {
        Operator(name) { entry, text in
            guard !entry.isElided else { return nil }
            guard let word = choose(entry.sharedWords) else { return nil }
            return text.replacingOccurrences(of: word, with: change(word))
        }
    }

    // MARK: Fields

    private static let fields: [Operator] = [
        pattern("first key renamed", #"(["']?)\b([A-Za-z_]+)(["']?\s*:\s)"#, "$1renamed$3", first: true),
        pattern("key renamed", #"\bquantity\b"#, "amount"),
        pattern("key in another case", #"\bfirstName\b"#, "firstname"),
        pattern("key dropped", #"["']?quantity["']?: ?\d+,?"#, ""),
        pattern("key added", #"\{"#, "{ \"extraneous\": 1,", first: true),
        pattern(
            "keys swapped", #"(["']?firstName["']?: ?["'][^"']*["']),(\s*)(["']?lastName["']?: ?["'][^"']*["'])"#,
            "$3,$2$1"),
        pattern("object made a string", #"customer(["']?):(\s*)\{[^}]*\}"#, "customer$1:$2'someone'"),
        pattern("list emptied", #"^\[[\s\S]*\]\s*$"#, "[]"),
        pattern("heading renamed", #"\b(NAMES|READY|email|createdAt|name)\b( *\|| *$)"#, "OTHER$2"),
    ]

    // MARK: Values

    private static let values: [Operator] = [
        pattern("integer to word", #"(quantity["']?: ?)\d+"#, #"$1"six""#),
        pattern("integer to string", #"(quantity["']?: ?)(\d+)"#, "$1'$2'"),
        pattern("integer to decimal", #"(quantity["']?: ?)(\d+)"#, "$1$2.5"),
        pattern("integer to null", #"(quantity["']?: ?)\d+"#, "$1null"),
        pattern("string to null", #"(firstName["']?: ?)(["'])[^"']*["']"#, "$1null"),
        pattern("string to integer", #"(firstName["']?: ?)(["'])[^"']*["']"#, "$1 12"),
        pattern("string emptied", #"(firstName["']?: ?)(["'])[^"']*["']"#, "$1$2$2"),
        pattern("UUID cut", #"([0-9a-f]{8}-[0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"#, "$1"),
        pattern("UUID to word", #"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"#, "none"),
        pattern("e-mail without at", #"([A-Za-z]+)@([a-z]+)\.(biz|info|com|name)"#, "$1 $2"),
        pattern("date to word", #"\d{4}-\d\d-\d\dT[\d:.]+Z"#, "soon"),
        pattern("date to null", #"(created["']?: ?)\d{4}-\d\d-\d\dT[\d:.]+Z"#, "$1null"),
        pattern("hash to word", #"\b[0-9a-f]{12,}\b"#, "zzzz"),
        pattern("long number to word", #"\b\d{3,}\b"#, "many"),
        pattern("boolean to string", #": (true|false)\b"#, ": 'maybe'"),
        pattern("key that differs from the id", #"key: '[0-9a-f]{8}"#, "key: '00000000"),
        pattern("status of HTTP", #"(HTTP/1\.\d) 200 OK"#, "$1 503 Service Unavailable"),
        pattern("topic of another", #"topic: 'OnNewOrder'"#, "topic: 'OnOldOrder'"),
        pattern("state of failure", #"\bRunning\b"#, "CrashLoopBackOff"),
        pattern("duration to word", #"\b\d+(\.\d+)? ?(ms|seconds|sec)\b"#, "never"),
    ]

    private static func pattern(_ name: String, _ pattern: String, _ replacement: String, first: Bool = false)
        -> Operator
    {
        Operator(name) { _, text in
            guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines) else {
                return nil
            }
            let range = NSRange(text.startIndex..., in: text)
            guard let match = expression.firstMatch(in: text, range: range) else { return nil }
            return expression.stringByReplacingMatches(
                in: text, range: first ? match.range : range, withTemplate: replacement)
        }
    }

    private static func content(_ text: String) -> [String] {
        text.components(separatedBy: "\n").filter { $0.contains { !$0.isWhitespace } }
    }
}

/// What the corpus's data is made of: words that an output may share with its sample by chance.
enum Vocabulary {
    static func isData(_ word: String) -> Bool { words.contains(word) }

    private static let words = Set(
        """
        Hyman Daron Antonetta José Zoë Karl Heinz Mary Alexanne Tracy Björn Bjorn Ines Adelbert Bartell Spencer Crooks Connor \
        OConnor DuBuque McKenzie VonRueden Müller Muller Glover Hilpert García Garcia Smith KarlHeinz Jose info name \
        voluptatem magnam itaque molestiae exercitationem eaque nulla commodi repellendus ipsam consequatur ipsum dolor amet \
        quam minutes hours true false null
        """.split(separator: " ").map(String.init))
}
