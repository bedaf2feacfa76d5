package import SeededNumbers

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

extension ByteGenerator {
    /// Sequences that terminals answer or obey beyond their window, and pieces of which others can be made.
    private static let hostile: [String] = [
        "\u{1B}[c", "\u{1B}[>c", "\u{1B}[=c", "\u{1B}[0c", "\u{1B}[5n", "\u{1B}[6n", "\u{1B}[?6n", "\u{1B}[?15n",
        "\u{1B}[?996n",
        "\u{1B}[x", "\u{1B}[1x", "\u{1B}[18t", "\u{1B}[21t", "\u{1B}[14;2t", "\u{1B}[>q", "\u{1B}[?u", "\u{1B}[>1u",
        "\u{1B}[=31;1u",
        "\u{1B}[<5u", "\u{1B}[1;1;1;1;1;1*y", "\u{1B}[?1;1;0S", "\u{1B}[5i", "\u{1B}[4i", "\u{1B}[?5i",
        "\u{1B}[?2026$p", "\u{1B}[4$p",
        "\u{1B}[1$w", "\u{1B}[1;1'|", "\u{1B}[1'z", "\u{1B}[>4;2m", "\u{1B}[?4m", "\u{1B}[>3T", "\u{1B}[1;2;3;4;5T",
        "\u{1B}[\"p",
        "\u{1B}[62;1\"p", "\u{1B}[?1004h", "\u{1B}[?1001h", "\u{1B}[?2048h", "\u{1B}[?2031h", "\u{1B}[?3h",
        "\u{1B}[?2l",
        "\u{1B}[?1000;1004;1006h", "\u{1B}[?25;2026h", "\u{1B}Z", "\u{1B} F", "\u{1B} G", "\u{1B}%@", "\u{1B}%G",
        "\u{1B}k", "\u{1B}P",
        "\u{1B}P+q544e\u{1B}\\", "\u{1B}P$qm\u{1B}\\", "\u{1B}P0;1|17/1B\u{1B}\\", "\u{1B}Pq#0!9~\u{1B}\\",
        "\u{1B}_Gi=1,a=q;AAAA\u{1B}\\",
        "\u{1B}^pm\u{1B}\\", "\u{1B}Xsos\u{1B}\\", "\u{1B}]52;c;cm0=\u{7}", "\u{1B}]52;c;?\u{1B}\\",
        "\u{1B}]4;1;?\u{7}",
        "\u{1B}]10;?\u{1B}\\", "\u{1B}]11;?\u{7}", "\u{1B}]1337;ReportCellSize\u{7}", "\u{1B}]7;file://h/\u{7}",
        "\u{1B}]9;x\u{7}",
        "\u{1B}]777;notify;a;b\u{7}", "\u{1B}]0;", "\u{1B}]2;\u{9B}6n\u{7}", "\u{1B}]8;;file:///etc/passwd\u{1B}\\",
        "\u{1B}]8;id=a:b;http://h/\u{7}", "\u{1B}]8;;", "\u{1B}]133;A\u{7}", "\u{1B}]l", "\u{1B}]", "\u{1B}[", "\u{1B}",
        "\u{7}",
        "\u{1B}\\", "\u{9B}6n", "\u{9B}c", "\u{90}$qm\u{9C}", "\u{9D}52;c;?\u{9C}", "\u{9F}x\u{9C}", "\u{85}", "\u{5}",
        "\u{18}",
        "\u{1A}", "\u{202E}", "\u{2066}", "e\u{301}", "字", "?", ";", ":", "$", "\"", "'", "*", " ", "!", ">", "<", "=",
        "0", "4",
        "12", "99999999999999999999", "h", "l", "m", "n", "p", "q", "t", "u", "x", "c", "S", "y", "\n", "\r", "\r\n",
        "text",
        "\u{1B}[1mbold\u{1B}[m", "\u{1B}[38:2::1:2:3m", "\u{1B}[2;2H", "\u{1B}[?1049h", "\u{1B}[4b", "\u{1B}(0",
        "\u{1B}[r",
    ]

    /// At most a few hundred bytes, most of them of hostile sequences, damaged and mixed.
    package mutating func hostileBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0...random.below(12) {
            var piece = Array(Self.hostile[random.below(Self.hostile.count)].utf8)
            switch random.below(8) {
            case 0: piece[random.below(piece.count)] = UInt8(truncatingIfNeeded: random.next())
            case 1: piece.insert(UInt8(truncatingIfNeeded: random.next()), at: random.below(piece.count + 1))
            case 2: piece.remove(at: random.below(piece.count))
            // Latin-1 has C1 controls as single bytes.
            case 3:
                piece = String(decoding: piece, as: UTF8.self).unicodeScalars.map {
                    UInt8(truncatingIfNeeded: $0.value)
                }
            case 4: piece = (0...random.below(4)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            default: break
            }
            bytes += piece
        }
        return bytes
    }
}

extension SplitMix {
    /// A number from 0 below the bound, which is at least 1.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
