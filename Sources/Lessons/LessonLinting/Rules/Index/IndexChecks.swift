import Diagnostics
import LessonMarkdown
import Lessons

/// Keys: unknown, doubled, synonyms.
struct KeyCheck: ScenarioCheck {
    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        let root = scenario.root
        duplicates(root, in: scenario.index, &findings)
        unknown(root, known: IndexKeys.root, in: scenario.index, &findings)
        if let details = root["details"] {
            unknown(details, known: IndexKeys.details, in: scenario.index, &findings)
            if case .object(let hosts)? = details["assets"]?.content {
                for asset in hosts.flatMap({ $0.value.list ?? [] }) {
                    unknown(asset, known: IndexKeys.asset, in: scenario.index, &findings)
                }
            }
        }
        if let environment = root["environment"] {
            unknown(environment, known: IndexKeys.environment, in: scenario.index, &findings)
        }
        if let backend = root["backend"] { unknown(backend, known: IndexKeys.backend, in: scenario.index, &findings) }
        for entry in scenario.entries {
            unknown(entry.value, known: IndexKeys.page, in: scenario.index, &findings)
            for (name, older) in [("foreground", "code"), ("background", "courseData")] {
                guard let new = entry.value[name]?.string, let old = entry.value[older]?.string, new != old,
                    let offset = offset(of: older, in: entry.value)
                else { continue }
                findings.add(
                    .bothSynonyms, at: key(at: offset, older), of: scenario.index,
                    "'\(older)' is another name for '\(name)', which is given too", remedy: "keep only '\(name)'")
            }
        }
    }

    private func offset(of key: String, in value: IndexValue) -> Int? {
        guard case .object(let members) = value.content else { return nil }
        return members.last { $0.key == key }?.offset
    }

    private func key(at offset: Int, _ key: String) -> Range<Int> { offset..<offset + key.utf8.count + 2 }

    private func unknown(
        _ value: IndexValue, known: [String], in source: SourceText, _ findings: inout Findings
    ) {
        guard case .object(let members) = value.content else { return }
        for (name, offset, _) in members where !known.contains(name) {
            guard let meant = known.first(where: { Slip.isNear(name, $0) }),
                !members.contains(where: { $0.key == meant })
            else { continue }
            // The name as written, which an escape or YAML may spell another way.
            let isQuoted = offset < source.bytes.count && source.bytes[offset] == UInt8(ascii: "\"")
            let start = isQuoted ? offset + 1 : offset
            let range = start..<min(start + name.utf8.count, source.bytes.count)
            let isPlain = source.string(range) == name
            findings.add(
                .unknownKey, at: range, of: source, "unknown key '\(name)'", remedy: "did you mean '\(meant)'?",
                severity: IndexKeys.descriptive.contains(meant) ? .warning : .error,
                fix: isPlain ? ("write '\(meant)'", [(range, meant)]) : nil)
        }
    }

    private func duplicates(_ value: IndexValue, in source: SourceText, _ findings: inout Findings) {
        switch value.content {
        case .object(let members):
            var seen: Set<String> = []
            for (name, offset, member) in members {
                if !seen.insert(name).inserted {
                    findings.add(
                        .duplicateKey, at: key(at: offset, name), of: source, "'\(name)' is given twice in this object",
                        remedy: "remove one; the last is the one that counts")
                }
                duplicates(member, in: source, &findings)
            }
        case .list(let values):
            for value in values { duplicates(value, in: source, &findings) }
        default: break
        }
    }
}

/// Titles, machine and layout.
struct HeaderCheck: ScenarioCheck {
    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        let index = scenario.index
        func range(_ value: IndexValue) -> Range<Int> { value.offset..<Findings.wordEnd(from: value.offset, in: index) }
        if scenario.root["title"]?.string?.isEmpty ?? true, case .object = scenario.root.content {
            findings.add(
                .missingTitle, at: range(scenario.root["title"] ?? scenario.root), of: index,
                "the scenario has no title",
                remedy: "add \"title\" to the index")
        }
        if let layout = scenario.root["environment"]?["uilayout"], let text = layout.string, !text.isEmpty,
            !IndexKeys.layouts.contains(text)
        {
            let near = IndexKeys.layouts.first { Slip.isNear(text, $0) }
            findings.add(
                .unknownLayout, at: range(layout), of: index, "unknown layout '\(text)', shown as one terminal",
                remedy: near.map { "did you mean '\($0)'?" })
        }
        image(scenario, range, &findings)
        steps(scenario, range, &findings)
    }

    private func image(_ scenario: LintedScenario, _ range: (IndexValue) -> Range<Int>, _ findings: inout Findings) {
        guard let image = scenario.root["backend"]?["imageid"], let name = image.string, !name.isEmpty else {
            findings.add(
                .unknownImage, at: range(scenario.root["backend"] ?? scenario.root), of: scenario.index,
                "the index does not name a machine image", remedy: "add \"backend\": {\"imageid\": \"ubuntu\"}",
                severity: .warning)
            return
        }
        guard MachineTable.known[name] == nil else { return }
        let near = MachineTable.known.names.first { $0.count > 4 && Slip.isNear(name, $0) }
        findings.add(
            .unknownImage, at: range(image), of: scenario.index, "unknown machine image '\(name)'",
            remedy: near.map { "did you mean '\($0)'?" })
    }

    private func steps(_ scenario: LintedScenario, _ range: (IndexValue) -> Range<Int>, _ findings: inout Findings) {
        var lines: [String: Int] = [:]
        let headed = Set(scenario.pages.filter { !$0.page.title.isEmpty }.map(\.source.file))
        for entry in scenario.entries {
            guard case .step(let number) = entry.role else { continue }
            let title = (entry.title ?? "").trimmingWhite
            if !title.isEmpty {
                let line = scenario.index.lineNumber(at: entry.value["title"]?.offset ?? entry.value.offset) + 1
                if let earlier = lines[title.lowercased()] {
                    findings.add(
                        .duplicateTitle, at: range(entry.value["title"] ?? entry.value), of: scenario.index,
                        "step \(number) has the title '\(title)', as does the step in line \(earlier)")
                } else {
                    lines[title.lowercased()] = line
                }
            } else if let text = entry.value["text"]?.string, let path = LessonPath.normalized(text),
                !headed.contains(scenario.path(path))
            {
                findings.add(
                    .missingTitle, at: range(entry.value), of: scenario.index, "step \(number) has no title",
                    remedy: "add \"title\" to the step, or a heading to its page")
            }
            if entry.value["text"]?.string?.isEmpty ?? true, !hasScript(entry.value) {
                findings.add(
                    .emptyPage, at: range(entry.value), of: scenario.index,
                    "step \(number) has neither text nor scripts",
                    remedy: "name its Markdown file as \"text\"")
            }
        }
    }

    private func hasScript(_ value: IndexValue) -> Bool {
        ["foreground", "code", "background", "courseData", "verify"].contains { value[$0]?.string?.isEmpty == false }
    }
}

extension StringProtocol {
    /// Without blanks and line ends at both ends.
    var trimmingWhite: String {
        let bytes = Substring(self).utf8
        guard let first = bytes.firstIndex(where: { !$0.isWhite }), let last = bytes.lastIndex(where: { !$0.isWhite })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
