import SeededNumbers

/// Makes pages: sound ones, damaged ones and noise.
public struct PageGenerator {
    private var random: SplitMix

    /// Equal seeds give equal pages.
    public init(seed: UInt64) { random = SplitMix(state: seed) }

    /// A page of constructs in random order, of about so many bytes.
    public mutating func page(bytes: Int, from pieces: [String] = Constructs.all) -> String {
        var page = ""
        while page.utf8.count < bytes {
            page += pieces.randomElement(using: &random) ?? ""
            page += "\n\n"
        }
        return page
    }

    /// Bytes that mean something to one of the scanners, in no order.
    public mutating func noise(atMost count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in
            if Int.random(in: 0..<32, using: &random) == 0 { return UInt8.random(in: 0...255, using: &random) }
            return Self.alphabet.randomElement(using: &random) ?? 0x20
        }
    }

    /// The page with some of its bytes changed, dropped or repeated, and tokens put in.
    public mutating func damaged(_ page: [UInt8]) -> [UInt8] { damaged(page, with: Self.tokens) }

    /// A text of any kind, damaged in the same way with tokens of its own.
    ///
    /// - Parameter changes: At most so many; with few, more of the text is read before the first fault.
    public mutating func damaged(_ text: [UInt8], with tokens: [String], changes: Int = 12) -> [UInt8] {
        var bytes = text
        for _ in 0..<Int.random(in: 1...changes, using: &random) {
            guard !bytes.isEmpty else { break }
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let length = Int.random(in: 1...40, using: &random)
            let end = min(bytes.count, index + length)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(index..<end)
            case 2: bytes.insert(contentsOf: (tokens.randomElement(using: &random) ?? "").utf8, at: index)
            case 3: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &random))
            default: bytes.removeSubrange(end...)
            }
        }
        return bytes
    }

    private static let alphabet = Array("`~{}<>!-[]()#*|:=\n\r\t ae1\\'\"/.&;_T".utf8)

    private static let tokens = [
        "```", "`", "``", "{{execute}}", "{{", "}}", "<!--", "-->", ">", "- ", "    ", "\n", "\r", "\t", "<pre",
        "</pre>",
        "<pre class=\"file\" data-filename=\"", "[", "](", "![", "~~~", "\u{E9}", ">>", "<<", "{{TRAFFIC_HOST1_",
        "[[HOST_",
        "<!-- lectern: ", "T2", "1. ", "> ", "\\", "&#", "<details>", "===", "[*]", "\0", "\u{FEFF}", "\u{2028}",
    ]
}
