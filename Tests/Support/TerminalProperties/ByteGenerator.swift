/// Bytes such as broken, hostile or merely unusual programs write.
package struct ByteGenerator {
    package var random: SplitMix

    package init(seed: UInt64) { random = SplitMix(state: seed) }

    private static let fragments: [String] = [
        "\u{1B}[", "\u{1B}]", "\u{1B}P", "\u{1B}_", "\u{1B}\\", "\u{7}", "\u{1B}]133;D;0;n\u{7}", "\u{1B}]133;B;n\u{7}",
        "\u{1B}]133;C;n\u{1B}\\", "\u{1B}[2J", "\u{1B}[H", "\u{1B}[?1049h", "\u{1B}[?1049l", "\u{1B}[2;3r", "\r\n",
        "\n",
        "\t", "\u{8}", "\u{1B}[6n", "\u{1B}[c", "\u{1B}[999;999H", "\u{1B}[10L", "\u{1B}[3M", "\u{1B}[5@", "\u{1B}[4P",
        "\u{1B}M", "\u{1B}c", "\u{1B}[!p", "\u{1B}7", "\u{1B}8", "\u{1B}[38;5;12m", "\u{1B}[48;2;1;2;3m", "漢字",
        "e\u{301}",
        "👩‍👩‍👧", "\u{1B}(0", "\u{E}", "\u{1B}[?7l", "\u{1B}[4h", "\u{1B}#8", "\u{1B}[3g", "\u{1B}[99999999999999T",
        "abcdefgh",
        "\u{1B}[2S", "\u{1B}[2T", "\u{1B}[5X", "\u{1B}[1K", "\u{1B}[?6h", "\u{18}", "\u{1B}#6", "\u{1B}[?3h",
        "\u{1B}[2b", "\u{1B}(B", "\u{F}", "\u{1B}[20h", "\u{1B}[?7h", "\u{1B}[4l", "\u{1B}[r", "\u{1B}[?6l", "\u{1B}H",
        "\u{1B}n",
        "\u{1B}N", "\u{1B}P$qm\u{1B}\\", "\u{1B}[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19m", "\u{1B}[6G",
        "\u{1B}[31m",
        "\u{1B}[m", "\u{1B}\u{1B}", "\u{1B}[K", "\u{1B}[1;1;", "\u{1B}[?69h", "\u{1B}[2;8s", "\u{1B}D", "\u{1B}E", "字",
    ]

    /// At most a few hundred bytes.
    package mutating func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<random.below(24) {
            switch random.below(5) {
            case 4:
                let text = "plain text that is long enough to go past\r\nthe emulator\ta\u{8}bc\n and wraps on\r!".utf8
                bytes.append(contentsOf: text.dropFirst(random.below(40)).prefix(random.below(60)))
            case 0: bytes.append(UInt8(truncatingIfNeeded: random.next()))
            case 1: bytes.append(contentsOf: "xyz; 1\r".utf8.prefix(random.below(7)))
            default: bytes.append(contentsOf: Self.fragments[random.below(Self.fragments.count)].utf8)
            }
        }
        return bytes
    }
}

package struct SplitMix {
    var state: UInt64

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
