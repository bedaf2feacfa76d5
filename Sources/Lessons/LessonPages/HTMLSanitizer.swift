import LessonMarkdown

/// Keeps of untrusted HTML what an allow list names, and writes it anew, every tag closed.
///
/// Nothing is passed on as it was: the text is read as a browser reads it and written with all marks escaped. Sanitising twice changes
/// nothing more. The time is linear in the text's length; elements nested deeper than ``deepest`` lose their tags.
public struct HTMLSanitizer {
    /// In elements open at a time; those that never hold anything, such as `br`, don't count.
    public static let deepest = 64

    private var tokens: HTMLTokenizer
    private var stack: [String] = []
    private var out: [UInt8] = []
    private let slots: PageSlots?
    private let base: PageBase?
    private var usedSlots: Set<Int> = []
    /// Bytes and open elements looked at.
    private(set) var work = 0

    init(_ html: String, slots: PageSlots? = nil, base: PageBase? = nil) {
        tokens = HTMLTokenizer(html)
        self.base = base
        self.slots = slots
    }

    /// A fragment that is safe inside a page's body, whatever `html` holds; relative addresses stay as they are.
    ///
    /// A tag that is never finished is dropped, and each `id` gets the prefix `page-`.
    public static func sanitized(_ html: String) -> String {
        var sanitizer = HTMLSanitizer(html)
        return sanitizer.run()
    }

    mutating func run() -> String {
        while let token = tokens.next() {
            switch token {
            case .text(let range): write(tokens.bytes[range])
            case .start(let name, let attributes): open(name, withoutMarks(attributes))
            case .end(let name): close(name)
            }
        }
        pop(to: 0)
        work += tokens.work
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func write(_ text: String) { out.append(contentsOf: text.utf8) }

    private mutating func write(_ text: ArraySlice<UInt8>) {
        var offset = text.startIndex
        while offset < text.endIndex {
            let byte = text[offset]
            switch byte {
            case .less: write("&lt;")
            case .greater: write("&gt;")
            case 0: write("\u{FFFD}")
            case UInt8(ascii: "&"):
                if let end = CharacterReferences.end(at: offset, in: text) {
                    out.append(contentsOf: text[offset..<end])
                    offset = end
                    continue
                }
                write("&amp;")
            case 0xF4:
                if let slots, let (index, end) = slots.index(at: offset, in: text) {
                    // Once each, lest a page that names one again and again grows beyond measure.
                    if usedSlots.insert(index).inserted { write(slots.html(index)) }
                    offset = end
                    continue
                }
                out.append(byte)
            default: out.append(byte)
            }
            offset += 1
        }
    }

    /// What stands for parts of the page goes before a value is checked: without it `/` and `/` may become `//`.
    private func withoutMarks(_ attributes: [(name: String, value: String)]) -> [(name: String, value: String)] {
        guard let slots else { return attributes }
        return attributes.map { ($0.name, slots.plain($0.value)) }
    }

    private mutating func open(_ name: String, _ attributes: [(name: String, value: String)]) {
        if name == "plaintext" { return tokens.skipAll() }
        if HTMLPolicy.rawText.contains(name) {
            tokens.skipRawText(of: name)
            if name == "iframe", let video = HTMLPolicy.video(attributes) {
                writeTag(name, video)
                write("</iframe>")
            }
            return
        }
        if HTMLPolicy.dropped.contains(name) { return drop(name) }
        guard HTMLPolicy.allowed.contains(name) else { return }
        closeImplied(before: name)
        let isVoid = HTMLPolicy.void.contains(name)
        guard isVoid || stack.count < Self.deepest, hasPlace(name) else { return }
        let kept = HTMLPolicy.attributes(of: name, from: attributes)
        if name == "img", kept.isEmpty { return }
        writeTag(name, kept)
        if !isVoid { stack.append(name) }
    }

    private mutating func writeTag(_ name: String, _ attributes: [(name: String, value: String)]) {
        write("<" + name)
        for (attribute, value) in attributes {
            var value = value
            if let base, attribute == "src" || attribute == "href" { value = base.relocated(value) }
            write(" \(attribute)=\"\(value.escapedForHTML)\"")
        }
        write(">")
    }

    /// Passes over everything up to the end of the element, or of the text.
    private mutating func drop(_ name: String) {
        var depth = 1
        while depth > 0, let token = tokens.next() {
            switch token {
            case .start(name, _): depth += 1
            case .end(name): depth -= 1
            default: continue
            }
        }
    }

    private mutating func close(_ name: String) {
        work += stack.count
        guard let index = stack.lastIndex(of: name) else { return }
        pop(to: index)
    }

    private mutating func pop(to depth: Int) {
        while stack.count > depth, let name = stack.popLast() { write("</\(name)>") }
    }

    /// Closes what a browser closes before this element.
    private mutating func closeImplied(before name: String) {
        work += stack.count
        if HTMLPolicy.blocks.contains(name), let index = nearest(["p"], within: HTMLPolicy.paragraphBorders) {
            pop(to: index)
        }
        switch name {
        case "a": if let index = stack.lastIndex(of: "a") { pop(to: index) }
        case "li": if let index = nearest(["li"], within: ["ul", "ol", "td", "th"]) { pop(to: index) }
        case "td", "th": if let row = nearest(["tr"], within: ["table"]) { pop(to: row + 1) }
        case "tr":
            if let part = nearest(["thead", "tbody", "tfoot", "table"], within: ["table"]) { pop(to: part + 1) }
        case "thead", "tbody", "tfoot", "caption":
            if let table = nearest(["table"], within: []) { pop(to: table + 1) }
        default: break
        }
    }

    private func nearest(_ names: Set<String>, within borders: Set<String>) -> Int? {
        for index in stack.indices.reversed() {
            if names.contains(stack[index]) { return index }
            if borders.contains(stack[index]) { return nil }
        }
        return nil
    }

    /// Whether a part of a table is where one may.
    private func hasPlace(_ name: String) -> Bool {
        switch name {
        case "td", "th": stack.last == "tr"
        case "tr": stack.last.map { ["thead", "tbody", "tfoot", "table"].contains($0) } ?? false
        case "thead", "tbody", "tfoot", "caption": stack.last == "table"
        default: true
        }
    }
}
