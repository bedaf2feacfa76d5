extension Lexer {
    /// What a number means by the words before it: a process id, a port, an HTTP status.
    func inContext(_ fieldClass: FieldClass, _ range: Range<Int>, _ before: [Token]) -> FieldClass {
        if fieldClass == .word {
            return isLoggingHost(range, before) || isAccount(range, before) ? .name : fieldClass
        }
        guard fieldClass == .integer || fieldClass == .decimal else { return fieldClass }
        guard let last = before.last else { return isStatusAlone(range) ? .word : fieldClass }
        let previous = before.count > 1 ? before[before.count - 2] : nil
        if case .mark = last.kind {
            switch bytes[last.range.lowerBound] {
            case UInt8(ascii: "."): return endsRangeOfCommits(range, before) ? .hash : fieldClass
            case UInt8(ascii: "["):
                // `sshd[4711]`, at a word and closed at once.
                let isGlued = previous.map { $0.range.upperBound == last.range.lowerBound } ?? false
                let isClosed = range.upperBound < bytes.count && bytes[range.upperBound] == UInt8(ascii: "]")
                return isGlued && isClosed ? .processID : fieldClass
            case UInt8(ascii: ":"):
                // `localhost:9092`, with nothing between; `count: 9092` is a number.
                let isGlued =
                    last.range.upperBound == range.lowerBound
                    && (previous.map { $0.range.upperBound == last.range.lowerBound } ?? false)
                if isGlued, fieldClass == .integer, let previous,
                    isHostLike(previous) || bytes.has("/TCP", at: range.upperBound, ignoringCase: true)
                        || bytes.has("/UDP", at: range.upperBound, ignoringCase: true)
                {
                    return .port
                }
                return previous.map { contextual($0) ?? fieldClass } ?? fieldClass
            case UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: "#"):
                return previous.map { contextual($0) ?? fieldClass } ?? fieldClass
            case UInt8(ascii: "]"):
                // `[1] 4711`: a shell's job.
                return before.count == 3 && isJob(before) ? .processID : fieldClass
            default: return fieldClass
            }
        }
        if fieldClass == .integer, isHTTPVersion(before) || isOption(last, previous) { return .word }
        if before.count == 1 || before.count == 4, isMode(before[0].range) { return .size }
        if before.count == 1, bytes.has("total ", at: last.range.lowerBound), last.range.count == 5,
            isAboveListing(range)
        {
            return .size
        }
        if isLevel(last.range), bytes.has(" ---", at: range.upperBound) { return .processID }
        if fieldClass == .decimal, last.range.count == 3, bytes.has("for", at: last.range.lowerBound) {
            return .duration
        }
        return contextual(last) ?? fieldClass
    }

    /// `host` in `Apr 02 19:40:11 host sshd[2291]: …`, as the system's log names the machine.
    private func isLoggingHost(_ range: Range<Int>, _ before: [Token]) -> Bool {
        guard before.count == 1, case .field(.timestamp) = before[0].kind, range.upperBound < bytes.count,
            bytes[range.upperBound] == 0x20
        else { return false }
        let program = bytes.end(of: range.upperBound + 1) {
            $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard program > range.upperBound + 1, program + 1 < bytes.count else { return false }
        return bytes[program] == UInt8(ascii: "[") && bytes[program + 1].isDigit
            || bytes.has("kernel: ", at: range.upperBound + 1)
    }

    /// The owner and the group of a file behind its mode (`ls -l`, `tar -tv`), and the user of a process (`ps aux`).
    private func isAccount(_ range: Range<Int>, _ before: [Token]) -> Bool {
        guard let first = before.first else {
            // `mona 4711 0.1 0.4`
            var at = range.upperBound
            for isWhole in [true, false, false] {
                let start = bytes.end(of: at, while: \.isBlank)
                guard start > at else { return false }
                at = bytes.end(of: start) { $0.isDigit || !isWhole && $0 == UInt8(ascii: ".") }
                guard at > start, isWhole || bytes[start..<at].contains(UInt8(ascii: ".")) else { return false }
            }
            return at < bytes.count && bytes[at].isBlank
        }
        guard before.count <= 4, isMode(first.range) else { return false }
        return before.dropFirst().allSatisfy { token in
            switch token.kind {
            case .field(.name), .field(.integer), .field(.size): true
            case .mark: bytes[token.range.lowerBound] == UInt8(ascii: "/")
            default: false
            }
        }
    }

    /// The digits of `4e9d8f1..8901234`: one abbreviated commit in many has no letter.
    private func endsRangeOfCommits(_ range: Range<Int>, _ before: [Token]) -> Bool {
        guard before.count >= 3, range.count >= 7, bytes.has("..", at: range.lowerBound - 2) else { return false }
        let first = before.last { token in if case .mark = token.kind { false } else { true } }
        return first.map { ValueScanner(bytes: bytes, range: $0.range).couldBeHash } ?? false
    }

    /// Whether the next line is one of `ls -l`.
    private func isAboveListing(_ range: Range<Int>) -> Bool {
        let next = bytes.end(of: range.upperBound, while: \.isSpace)
        return next > range.upperBound && next + 10 <= bytes.count && isMode(next..<(next + 10))
    }

    /// A status of HTTP that is all that a line holds, as `curl -w '%{http_code}'` prints it.
    private func isStatusAlone(_ range: Range<Int>) -> Bool {
        guard range.count == 3, range.lowerBound == 0 || bytes[range.lowerBound - 1] == 0x0A else { return false }
        guard range.upperBound == bytes.count || bytes[range.upperBound] == 0x0A else { return false }
        return Self.statuses.contains(String(decoding: bytes[range], as: UTF8.self))
    }

    private static let statuses: Set<String> = [
        "200", "201", "202", "204", "301", "302", "304", "400", "401", "403", "404", "405", "409", "413", "422", "429",
        "500", "502", "503", "504",
    ]

    /// Before Spring's process id.
    private func isLevel(_ range: Range<Int>) -> Bool {
        (4...5).contains(range.count) && bytes[range].allSatisfy(\.isUpper)
    }

    private func contextual(_ token: Token) -> FieldClass? {
        let length = token.range.count
        guard length >= 3, length <= 7 else { return nil }
        let start = token.range.lowerBound
        if length == 3, bytes.has("pid", at: start, ignoringCase: true) { return .processID }
        if length == 7, bytes.has("process", at: start, ignoringCase: true) { return .processID }
        if length == 4, bytes.has("port", at: start, ignoringCase: true) { return .port }
        return nil
    }

    private func isHostLike(_ token: Token) -> Bool {
        guard case .field(let fieldClass) = token.kind else { return false }
        return fieldClass == .word && !bytes[token.range].allSatisfy(\.isUpper)
    }

    private func isJob(_ before: [Token]) -> Bool {
        bytes[before[0].range.lowerBound] == UInt8(ascii: "[") && before[0].range.count == 1
    }

    /// The `--port` before a number that somebody chose.
    private func isOption(_ last: Token, _ previous: Token?) -> Bool {
        guard let previous, case .field(.word) = last.kind, case .mark = previous.kind else { return false }
        return previous.range.upperBound == last.range.lowerBound && bytes.has("--", at: previous.range.lowerBound - 1)
    }

    private func isHTTPVersion(_ before: [Token]) -> Bool {
        before.count >= 3 && before.count <= 4
            && before.contains { bytes.has("HTTP", at: $0.range.lowerBound) && $0.range.count == 4 }
    }

    /// `drwxr-xr-x`, as `ls -l` prints a file's mode.
    func isMode(_ range: Range<Int>) -> Bool {
        guard range.count == 10 || range.count == 11 else { return false }
        return bytes[range].allSatisfy { Self.modeBytes.contains($0) }
    }

    private static let modeBytes = Set("-dlbcpsrwxStT.+@".utf8)
}
