import Lessons

/// The names that a machine gives to its disks and network interfaces: `sda1` and `vda1`, `eth0` and `ens5@if9`.
struct MachineNames: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.wording == .similar,
            situation.program.runs(
                "lsblk", "df", "mount", "findmnt", "fdisk", "blkid", "ip", "ifconfig", "netstat", "route", "tcpdump",
                "iostat", "nmcli", "ethtool")
        else { return nil }
        var count = 0
        let isUsage = situation.program.runs("df")
        func settled(_ lines: [TextLine]) -> [TextLine] {
            lines.map { line in
                let text = isUsage ? Self.withoutDevice(line.text, situation.fixed) : Self.settled(line.text)
                guard text != line.text else { return line }
                count += 1
                return line.replacing(text)
            }
        }
        (pair.sample, pair.output) = (settled(pair.sample), settled(pair.output))
        return count == 0 ? nil : "disks and network interfaces have other names on another machine"
    }

    /// A row of `df` whose first word, the file system, is the same for all, unless the command or the page names it.
    private static func withoutDevice(_ text: String, _ fixed: FixedValues) -> String {
        let device = text.prefix { !$0.isWhitespace }
        guard !device.isEmpty, device != "Filesystem", text.contains("%"), fixed.words(in: String(device)).isEmpty
        else {
            return text
        }
        return "device" + text.dropFirst(device.count)
    }

    /// The line with one name for all disks and one for all interfaces; their numbers stay.
    private static func settled(_ text: String) -> String {
        var result = ""
        var word = ""
        func flush() {
            result += plain(word)
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber || character == "@" && !word.isEmpty {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    private static func plain(_ word: String) -> String {
        for disk in ["xvd", "sd", "vd", "hd"] where word.hasPrefix(disk) {
            let rest = word.dropFirst(disk.count)
            guard let letter = rest.first, letter.isLowercase, rest.dropFirst().allSatisfy(\.isNumber) else { continue }
            return "disk" + rest.dropFirst()
        }
        let name = word.prefix { $0 != "@" }
        for interface in ["eth", "ens", "eno", "enp", "wlan", "wlp"] where name.hasPrefix(interface) {
            let rest = name.dropFirst(interface.count)
            if rest.first?.isNumber ?? false { return "interface" }
        }
        return word
    }
}
