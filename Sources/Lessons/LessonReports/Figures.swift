/// Durations and counts as the reports print them.
enum Figures {
    /// `9 ms`, `1.24 s`, `2 min 5 s`.
    static func duration(_ seconds: Double) -> String {
        let milliseconds = (seconds * 1000).rounded()
        if milliseconds < 1000 { return "\(Int(milliseconds)) ms" }
        if seconds < 120 {
            let hundredths = Int((seconds * 100).rounded())
            let fraction = hundredths % 100
            return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
        }
        let whole = Int(seconds.rounded())
        return "\(whole / 60) min \(whole % 60) s"
    }

    /// `30 s`, `0.5 s`: a limit as its author wrote it.
    static func seconds(_ limit: Double) -> String {
        limit == limit.rounded() && limit < 1e9 ? "\(Int(limit)) s" : "\(limit) s"
    }

    /// `1 step`, `3 steps`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// At most `width` characters, cut with an ellipsis, and padded to it.
    static func column(_ text: String, _ width: Int) -> String {
        let text = text.count > width ? text.prefix(width - 1) + "…" : Substring(text)
        return text + String(repeating: " ", count: width - text.count)
    }
}
