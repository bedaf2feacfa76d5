import LessonMarkdown

/// What may stay of untrusted HTML; everything else goes.
enum HTMLPolicy {
    static let void: Set = ["br", "hr", "img"]
    static let blocks: Set = [
        "p", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote", "details", "div",
    ]
    /// Elements beyond which no open paragraph is looked for.
    static let paragraphBorders = blocks.union(["td", "th", "li"])
    static let allowed: Set = blocks.union([
        "a", "br", "li", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "code", "kbd", "b", "i", "em",
        "strong", "del", "sub", "sup", "summary", "img", "span",
    ])
    /// Go with all that they hold, which a browser does not take for markup.
    static let rawText: Set = [
        "script", "style", "title", "textarea", "xmp", "noscript", "noembed", "noframes", "iframe",
    ]
    /// Go with all that they hold, tags of the same name counted.
    static let dropped: Set = [
        "object", "svg", "math", "template", "select", "applet", "audio", "video", "canvas", "frameset",
    ]
    /// The videos that lessons show, by host.
    static let videoHosts: Set = [
        "www.youtube.com", "youtube.com", "www.youtube-nocookie.com", "player.vimeo.com",
    ]

    /// The attributes that stay, checked and rewritten, each once.
    static func attributes(
        of element: String, from all: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        var kept: [(name: String, value: String)] = []
        var seen: Set<String> = []
        for (name, value) in all {
            guard let value = checked(name, value, on: element), seen.insert(name).inserted else { continue }
            kept.append((name, value))
        }
        if element == "a", seen.contains("href") { kept.append(("rel", "noopener noreferrer")) }
        return kept
    }

    private static func checked(_ name: String, _ value: String, on element: String) -> String? {
        switch (element, name) {
        case (_, "id"):
            let name = value.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            return name.isEmpty ? nil : name.hasPrefix("page-") ? name : "page-" + name
        case (_, "title"), ("img", "alt"): return value
        case (_, "style"): return sizes(in: value)
        case (_, "align"):
            let side = value.lowercased()
            return ["left", "right", "center", "justify"].contains(side) ? side : nil
        case ("a", "href"):
            guard let url = SafeURL.checked(value, schemes: ["http", "https", "mailto"]) else { return nil }
            return url.hasPrefix("#") && !url.hasPrefix("#page-") ? "#page-" + url.dropFirst() : url
        case ("img", "src"): return SafeURL.checked(value, schemes: ["http", "https"])
        case ("img", "width"), ("img", "height"), ("iframe", "width"), ("iframe", "height"):
            return size(value, units: ["", "%"])
        case ("td", "colspan"), ("td", "rowspan"), ("th", "colspan"), ("th", "rowspan"), ("ol", "start"):
            return size(value, units: [""])
        case ("details", "open"): return ""
        case ("code", "class"):
            return value.hasPrefix("language-") && value.utf8.count < 40
                && value.utf8.allSatisfy({ $0.isLetter || $0.isDigit || [0x2D, 0x2B].contains($0) }) ? value : nil
        default: return nil
        }
    }

    /// The video's attributes; `nil` for anything but a video of a known host.
    static func video(_ all: [(name: String, value: String)]) -> [(name: String, value: String)]? {
        guard let source = all.first(where: { $0.name == "src" })?.value,
            let url = SafeURL.checked(source, schemes: ["https"]), url.lowercased().hasPrefix("https://"),
            case let host = url.dropFirst(8).prefix(while: { !"/?#\\".contains($0) }),
            videoHosts.contains(host.lowercased())
        else { return nil }
        return [("src", url)] + attributes(of: "iframe", from: all)
            + [
                ("sandbox", "allow-scripts allow-same-origin allow-presentation"), ("loading", "lazy"),
                ("referrerpolicy", "strict-origin-when-cross-origin"),
            ]
    }

    /// Of a style only widths and heights.
    private static func sizes(in style: String) -> String? {
        let kept = style.split(separator: ";").compactMap { declaration -> String? in
            let parts = declaration.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, case let name = trimmed(parts[0]), ["width", "height", "max-width"].contains(name),
                let value = size(trimmed(parts[1]), units: ["px", "%", "em", "rem"])
            else { return nil }
            return "\(name): \(value)"
        }
        return kept.isEmpty ? nil : kept.joined(separator: "; ")
    }

    private static func trimmed(_ text: Substring) -> String { text.filter { !$0.isWhitespace }.lowercased() }

    private static func size(_ value: String, units: [String]) -> String? {
        let digits = value.utf8.prefix(while: \.isDigit)
        guard (1...4).contains(digits.count), units.contains(String(value.dropFirst(digits.count))) else { return nil }
        return value
    }
}

/// URLs of untrusted pages.
enum SafeURL {
    /// The URL without what a browser passes over in it, if it is relative or its scheme is one of these.
    ///
    /// `//host` and its forms with backslashes are refused: they take the scheme of the page. A colon before the first slash
    /// always ends a scheme here, even where a browser would see a relative URL.
    static func checked(_ url: String, schemes: Set<String>) -> String? {
        var scalars = Array(url.unicodeScalars.filter { $0.value > 0x1F && !(0x7F...0x9F).contains($0.value) })[...]
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        var text = ""
        for scalar in scalars {
            if scalar == " " { text += "%20" } else { text.unicodeScalars.append(scalar) }
        }
        if text.isEmpty { return nil }
        let ends: Set<Unicode.Scalar> = [":", "/", "?", "#"]
        if let mark = text.unicodeScalars.first(where: ends.contains), mark == ":" {
            let scheme = String(text.unicodeScalars.prefix { $0 != ":" }).lowercased()
            return schemes.contains(scheme) ? text : nil
        }
        return text.hasPrefix("\\") || text.hasPrefix("//") || text.hasPrefix("/\\") ? nil : text
    }
}
