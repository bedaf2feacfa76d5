import LessonMarkdown
import Lessons

/// A link's target, taken apart.
struct LinkTarget {
    /// Without query and anchor, percent signs decoded.
    let path: String
    /// What follows `#`, decoded; `nil` for none.
    let anchor: String?
    /// `https`, `mailto` and so on, lower case; `nil` for a path.
    let scheme: String?
    let hasPlaceholder: Bool

    init(_ text: String) {
        let bytes = text.utf8.span
        hasPlaceholder = bytes.contains("[[") || bytes.contains("{{") || bytes.contains("${")
        let letters = text.utf8.prefix {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        let isScheme = letters.count > 1 && text.utf8.dropFirst(letters.count).first == UInt8(ascii: ":")
        scheme = isScheme ? String(decoding: letters, as: UTF8.self).lowercased() : text.hasPrefix("//") ? "https" : nil
        let mark = text.utf8.firstIndex(of: UInt8(ascii: "#"))
        anchor = mark.map { PercentEncoding.decoded(text[text.utf8.index(after: $0)...]) }
        let path = text[..<(mark ?? text.endIndex)]
        self.path = PercentEncoding.decoded(path[..<(path.utf8.firstIndex(of: UInt8(ascii: "?")) ?? path.endIndex)])
    }
}

/// The names by which headings are linked to.
enum Anchors {
    static func of(_ page: LintedPage) -> Set<String> {
        var anchors: Set<String> = []
        var counts: [String: Int] = [:]
        for heading in page.outline.headings {
            let slug = slug(heading.text)
            let count = counts[slug, default: 0]
            counts[slug] = count + 1
            anchors.insert(count == 0 ? slug : "\(slug)-\(count)")
        }
        var rest = 0..<page.source.bytes.count
        while let open = page.source.bytes[rest].firstIndex(of: .less) {
            if let tag = HTMLTag(at: open, in: page.source) {
                for name in ["id", "name"] { if let anchor = tag[name] { anchors.insert(anchor.lowercased()) } }
                rest = tag.end..<page.source.bytes.count
            } else {
                rest = open + 1..<page.source.bytes.count
            }
        }
        return anchors
    }

    /// Lower case, blanks as hyphens, without marks, targets of links and punctuation.
    static func slug(_ heading: String) -> String {
        var slug = ""
        var isTarget = false
        var previous: Character = " "
        for character in heading.lowercased() {
            if isTarget {
                if character == ")" { isTarget = false }
            } else if character == "(", previous == "]" {
                isTarget = true
            } else if character.isLetter || character.isNumber || character == "_" || character == "-" {
                slug.append(character)
            } else if character == " " {
                slug.append("-")
            }
            previous = character
        }
        return slug
    }
}
