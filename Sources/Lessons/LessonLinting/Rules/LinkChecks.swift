import Diagnostics
import HostFiles
import LessonMarkdown
import Lessons

/// Links and pictures inside the repository.
struct LinkCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        guard !page.outline.links.isEmpty else { return }
        var anchors: Set<String>?
        var neighbours = Neighbours()
        for link in page.outline.links {
            let target = LinkTarget(link.target)
            if target.hasPlaceholder || target.scheme != nil || link.target.isEmpty { continue }
            if target.path.hasPrefix("/") {
                if link.isPicture {
                    findings.add(
                        .absolutePicture, at: link.range, of: page.source,
                        "'\(target.path)' begins at the root of one platform",
                        remedy: "name the picture relative to the page")
                }
                continue
            }
            if target.path.isEmpty {
                guard let anchor = target.anchor, !anchor.isEmpty else { continue }
                anchors = anchors ?? Anchors.of(page)
                checkAnchor(anchor, among: anchors ?? [], of: link, on: page, &findings)
                continue
            }
            checkTarget(target, of: link, on: page, in: scenario, neighbours: &neighbours, &findings)
        }
    }

    private func checkAnchor(
        _ anchor: String, among anchors: Set<String>, of link: PageOutline.Link, on page: LintedPage,
        _ findings: inout Findings
    ) {
        let wanted = anchor.lowercased()
        guard !anchors.contains(wanted), !anchors.contains(Anchors.slug(wanted)), wanted != "top" else { return }
        guard findings.takes(.brokenAnchor, in: page.source) else { return }
        // A page with more headings than anyone reads gets no guess.
        let near = anchors.count > 1000 ? nil : anchors.filter { Slip.isNear(wanted, $0) }.min()
        findings.add(
            .brokenAnchor, at: link.range, of: page.source, "there is no heading '#\(anchor)'",
            remedy: near.map { "did you mean '#\($0)'?" })
    }

    private func checkTarget(
        _ target: LinkTarget, of link: PageOutline.Link, on page: LintedPage, in scenario: LintedScenario?,
        neighbours: inout Neighbours, _ findings: inout Findings
    ) {
        let beside = RelativePath.parent(of: page.source.file) + "/" + target.path
        var candidates = [beside]
        if let scenario { candidates.append(scenario.path(target.path)) }
        // A file that is linked to may be a page too: `step2` for `step2.md`.
        // What lies outside of the lesson counts as missing, and nothing is said of it.
        if let found = candidates.first(where: { neighbours.has($0, besides: page) }) {
            if let anchor = target.anchor, !anchor.isEmpty, !link.isPicture, RelativePath.isMarkdown(found),
                findings.takes(.brokenAnchor, in: page.source), let anchors = neighbours.anchors(of: found)
            {
                checkAnchor(anchor, among: anchors, of: link, on: page, &findings)
            }
            return
        }
        // What looks like a host (`example.com/path`) is a URL without its scheme.
        let isHost = !target.path.hasPrefix(".") && target.path.split(separator: "/").first.map(Self.isHost) ?? false
        if isHost, !link.isPicture {
            findings.add(
                .brokenLink, at: link.range, of: page.source,
                "'\(target.path)' is read as a file, which does not exist",
                remedy: "write 'https://' before the host")
            return
        }
        let rule = link.isPicture ? Rule.missingPicture : .brokenLink
        guard findings.takes(rule, in: page.source) else { return }
        let name = RelativePath.name(of: target.path)
        let near =
            scenario?.nearNames.nearest(to: target.path)
            ?? neighbours.names(in: RelativePath.parent(of: beside), besides: page).first { Slip.isNear(name, $0) }
        findings.add(
            rule, at: link.range, of: page.source,
            "no such file: '\(target.path)'",
            remedy: near.map { "did you mean '\($0)'?" } ?? "add the file, or correct its name here")
    }

    private static func isHost(_ segment: Substring) -> Bool {
        let parts = segment.split(separator: ".")
        guard parts.count > 1, let last = parts.last else { return false }
        return segment.hasPrefix("www.")
            || ["com", "org", "net", "io", "dev", "sh", "edu", "gov"].contains(last.lowercased())
                && !segment.contains("_")
                && last != "sh"
    }
}

/// The files beside those that links name, each directory listed once for a page.
private struct Neighbours {
    /// So many pages that a page links into are read for their headings.
    private static let maxPages = 20
    private var listed: [String: [String]] = [:]
    private var headings: [String: Set<String>?] = [:]
    /// What the pages of a directory may lead to, by directory.
    private var roots: [String: String] = [:]

    /// Whether something of the lesson is at the path.
    mutating func has(_ path: String, besides page: LintedPage) -> Bool {
        LessonFile.entry(at: path) != nil && MountPolicy.allows(path, under: root(of: page))
    }

    private mutating func root(of page: LintedPage) -> String {
        let directory = RelativePath.parent(of: page.source.file)
        if let root = roots[directory] { return root }
        let root = MountPolicy.root(around: directory) ?? MountPolicy.resolved(directory) ?? directory
        roots[directory] = root
        return root
    }

    /// The anchors of another page; `nil` for one that isn't read.
    mutating func anchors(of file: String) -> Set<String>? {
        if let known = headings[file] { return known }
        guard headings.count < Self.maxPages else { return nil }
        let source = try? LessonFile.source(at: file)
        let anchors = source.map { Anchors.of(LintedPage($0, kind: .page, role: .alone)) }
        headings[file] = anchors
        return anchors
    }

    mutating func names(in directory: String, besides page: LintedPage) -> [String] {
        guard MountPolicy.allows(directory, under: root(of: page)) else { return [] }
        if let names = listed[directory] { return names }
        let names = LessonFile.names(in: directory)
        listed[directory] = names
        return names
    }
}
