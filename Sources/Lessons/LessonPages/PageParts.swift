import LessonMarkdown
import Lessons

/// The HTML of what a lesson's page has beyond Markdown.
enum PageParts {
    /// A button around the text, which says what a click would do and does nothing.
    static func button(_ action: Action, isBlock: Bool) -> String {
        var tag =
            "<button type=\"button\" class=\"action\(isBlock ? " block" : "")\" data-kind=\"\(action.kind.rawValue)\""
        let types = action.kind != .copy && action.kind != .open
        if types { tag += " data-terminal=\"\(action.terminal ?? 1)\"" }
        if let host = action.host { tag += " data-host=\"\(host)\"" }
        return tag + "><code>" + LabAddresses.substituted(in: action.text).escapedForHTML + "</code></button>"
    }

    static func code(_ code: PageOutline.Code) -> String {
        let text = code.text.escapedForHTML
        if code.form == .span { return "<code>\(text)</code>" }
        let language = code.language.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        let name = language && !code.language.isEmpty ? " class=\"language-\(code.language)\"" : ""
        return "<pre><code\(name)>\(text)\n</code></pre>"
    }

    static func file(_ block: FileBlock) -> String {
        let name = block.file.isEmpty ? "Text to copy" : block.file
        return
            "<p class=\"file\">\(name.escapedForHTML)</p><pre class=\"file\"><code>\(block.text.escapedForHTML)\n</code></pre>"
    }

    /// The question and its choices, without telling which are right.
    static func quiz(_ quiz: Quiz) -> String {
        let question = "<p class=\"question\">\(quiz.question.escapedForHTML)</p>"
        switch quiz.answer {
        case .equals, .contains: return question
        case .choices(let choices), .choice(let choices):
            let items = choices.map { "<li>\($0.text.escapedForHTML)</li>" }.joined()
            return question + "<ul class=\"choices\">\(items)</ul>"
        }
    }
}
