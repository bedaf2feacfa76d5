/// Prompts of shells and interactive programs, which are around an output and do not belong to it.
enum Prompts {
    /// Whether the line is a prompt, with or without the command typed behind it.
    static func isPrompt(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first, line.count <= 400 else { return false }
        if line.count == 1 {
            return [UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "%")].contains(first)
        }
        let second = line[line.startIndex + 1]
        if first == UInt8(ascii: "$"), second == 0x20, line.count > 2 { return !line[line.startIndex + 2].isDigit }
        return isUserAtHost(line) || isREPL(line)
    }

    /// Prompts and the commands behind them are how one gets an output, unless there is nothing else.
    static func removed(from blocks: [Block], _ source: SourceText) -> [Block] {
        let rest = blocks.filter {
            if case .line(let line) = $0 { !isPrompt(source.bytes[line.range]) } else { true }
        }
        return rest.isEmpty ? blocks : rest
    }

    /// `root@host:~/src# ls`, `[me@host src]$ ls`
    private static func isUserAtHost(_ line: ArraySlice<UInt8>) -> Bool {
        let start = line.first == UInt8(ascii: "[") ? line.startIndex + 1 : line.startIndex
        guard let at = line[start...].firstIndex(where: { !isNameByte($0) }), at > start, line[at] == UInt8(ascii: "@")
        else { return false }
        guard let end = line[(at + 1)...].firstIndex(where: { !isNameByte($0) }), end > at + 1 else { return false }
        guard
            let sign = line[end...].firstIndex(where: {
                $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "%")
            })
        else { return false }
        guard sign + 1 == line.endIndex || line[sign + 1] == 0x20 else { return false }
        return line[end] == UInt8(ascii: ":") || line[end] == 0x20 || line[end] == UInt8(ascii: "$")
            || line[end] == UInt8(ascii: "#")
    }

    /// `mysql>`, `MariaDB [(none)]> SELECT 1;`, `>>> 1`, `sqlite>`, `127.0.0.1:6379> GET a`, a bare `name>` at the end
    private static func isREPL(_ line: ArraySlice<UInt8>) -> Bool {
        if line.starts(with: ">>> ".utf8) { return true }
        guard let sign = line.firstIndex(of: UInt8(ascii: ">")), sign > line.startIndex else { return false }
        guard sign + 1 == line.endIndex || line[sign + 1] == 0x20 else { return false }
        let name = String(decoding: line[line.startIndex..<sign], as: UTF8.self)
        if ["mysql", "sqlite", "mongo", "test", "irb", "redis", "127.0.0.1:6379", "localhost:6379", "jshell", "cqlsh"]
            .contains(name)
        {
            return true
        }
        if name.hasPrefix("MariaDB [") || name.hasPrefix("mysql [") { return true }
        return sign + 1 >= line.endIndex - 1 && name.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isWordByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
