import Lessons

/// The rows and parts of rows that name the same port for IPv6, which some machines show and others don't.
struct AddressTwins: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let isContainers = situation.program.runs("docker", "podman", "docker-compose")
        guard isContainers || situation.program.runs("ss", "netstat", "lsof") else { return nil }
        var count = 0
        func settled(_ lines: [TextLine]) -> [TextLine] {
            let ports = Set(lines.filter { !Self.isTwin($0.text) }.flatMap { Self.ports($0.text) })
            return lines.compactMap { line in
                if isContainers {
                    let text = Self.withoutTwins(line.text)
                    count += text == line.text ? 0 : 1
                    return text == line.text ? line : line.replacing(text)
                }
                guard Self.isTwin(line.text), let port = Self.ports(line.text).first, ports.contains(port) else {
                    return line
                }
                count += 1
                return nil
            }
        }
        (pair.sample, pair.output) = (settled(pair.sample), settled(pair.output))
        return count == 0 ? nil : "the same port for IPv6 is listed on some machines and not on others"
    }

    /// `[::]:22` or `:::22` as the address of a row.
    private static func isTwin(_ text: String) -> Bool {
        text.split(whereSeparator: \.isWhitespace).contains { word in
            word.hasPrefix(":::") || word.hasPrefix("[::]:") || word.hasPrefix("[::1]:") || word.hasPrefix("::1:")
        }
    }

    /// The numbers behind the last colon of each word.
    private static func ports(_ text: String) -> [Substring] {
        text.split(whereSeparator: \.isWhitespace).compactMap { word in
            guard let colon = word.lastIndex(of: ":") else { return nil }
            let port = word[word.index(after: colon)...]
            return !port.isEmpty && port.allSatisfy(\.isNumber) ? port : nil
        }
    }

    /// `0.0.0.0:80->80/tcp, [::]:80->80/tcp` without its second part.
    private static func withoutTwins(_ text: String) -> String {
        var text = text
        for start in [", :::", ", [::]:"] {
            while let found = text.firstRange(of: start) {
                let end = text[found.upperBound...].firstIndex { $0 == "," || $0.isWhitespace } ?? text.endIndex
                text.removeSubrange(found.lowerBound..<end)
            }
        }
        return text
    }
}
