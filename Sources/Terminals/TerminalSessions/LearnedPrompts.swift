/// The prompts that programs have shown, by process group.
struct LearnedPrompts {
    private var prompts: [Int32: [String]] = [:]

    /// Programs number their prompts (`In [12]:`); more than these are no help.
    private static let limit = 16

    func areKnown(of group: Int32) -> Bool { prompts[group] != nil }

    /// The learned prompt that the text left of the cursor ends with, the longest first.
    func match(_ text: String, of group: Int32) -> String? {
        prompts[group]?.filter { text.hasSuffix($0) }.max { $0.utf8.count < $1.utf8.count }
    }

    /// Keeps the text left of the cursor of a program that waits for input; blank text is none.
    mutating func learn(_ text: String, of group: Int32) {
        guard text.contains(where: { $0 != " " }), prompts[group]?.contains(text) != true else { return }
        prompts[group, default: []].append(text)
        if let count = prompts[group]?.count, count > Self.limit { prompts[group]?.removeFirst() }
    }

    mutating func forget() {
        prompts.removeAll()
    }
}
