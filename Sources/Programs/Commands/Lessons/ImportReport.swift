import Diagnostics
import LessonLinting
import LessonReports
import Lessons

/// The report of `lectern import` for people.
struct ImportReport {
    let report: CompatibilityReport

    var lines: [String] {
        var lines = heading
        lines += [""] + table
        if let only = report.scenarios.first, report.scenarios.count == 1, !only.findings.isEmpty {
            lines += [""] + findings(of: only)
        } else if !report.reasons.isEmpty {
            lines += [""] + reasons
        }
        lines += section("could not be read:", report.unreadable.map { $0.problem })
        lines += section("course files:", report.problems)
        lines += section("not listed in a structure.json, and so not part of a course:", report.unlisted)
        lines += ["", summary]
        return lines
    }

    private var heading: [String] {
        var line =
            "\(report.repository.oneLine): \(count(report.scenarios.count + report.unreadable.count, "scenario"))"
        if !report.courses.isEmpty { line += " in \(count(report.courses.count, "course"))" }
        if !report.languages.isEmpty { line += ", translated into " + report.languages.joined(separator: ", ") }
        return [line]
    }

    private var table: [String] {
        var table = TextTable([
            .init(heading: "SCENARIO", widest: 60), .init(heading: "TITLE", widest: 40),
            .init(heading: "STEPS", alignment: .right), .init(heading: "ACTIONS", alignment: .right),
            .init(heading: "SAMPLES", alignment: .right), .init(heading: "SCRIPTS", alignment: .right),
            .init(heading: "ASSETS", alignment: .right), .init(heading: "LEVEL"), .init(heading: "WHY"),
        ])
        for scenario in report.scenarios {
            let counts = scenario.counts
            table.rows.append([
                scenario.path.oneLine, scenario.title.oneLine, "\(counts.steps)", "\(counts.actions)",
                "\(counts.samples)",
                "\(counts.scripts)", "\(counts.assets)", scenario.level.rawValue,
                scenario.findings.map(\.reason.rawValue).joined(separator: ", "),
            ])
        }
        let totals = report.totals
        if report.scenarios.count > 1 {
            table.rows.append([
                "total", "", "\(totals.steps)", "\(totals.actions)", "\(totals.samples)", "\(totals.scripts)",
                "\(totals.assets)", "", "",
            ])
        }
        return table.lines
    }

    private var reasons: [String] {
        var table = TextTable([
            .init(heading: "REASON"), .init(heading: "SCENARIOS", alignment: .right), .init(heading: "THE LESSON …"),
            .init(heading: "INSTEAD"),
        ])
        for reason in report.reasons {
            table.rows.append([reason.reason.rawValue, "\(reason.scenarios)", reason.asks, reason.consequence])
        }
        return table.lines
    }

    private func findings(of scenario: ScenarioCompatibility) -> [String] {
        scenario.findings.flatMap { finding -> [String] in
            let place = finding.place.map { "\($0.description.oneLine): " } ?? ""
            let often = finding.count > 1 ? " (and \(finding.count - 1) more)" : ""
            return [
                "\(place)\(finding.reason.level.rawValue): the lesson \(finding.reason.asks): \(finding.detail.oneLine)\(often)",
                "  \(finding.reason.consequence)",
            ]
        }
    }

    private func section(_ heading: String, _ entries: [String]) -> [String] {
        entries.isEmpty ? [] : ["", heading] + entries.map { "  " + $0.oneLine }
    }

    private var summary: String {
        let totals = report.totals
        var parts = Level.allCases.map { "\(report.levels[$0] ?? 0) \($0 == .degrades ? "degraded" : $0.rawValue)" }
        if !report.unreadable.isEmpty { parts.append("\(report.unreadable.count) unreadable") }
        var have = [
            count(totals.steps, "step"), count(totals.actions, "action"), count(totals.samples, "sample"),
            count(totals.scripts, "script"), count(totals.assets, "asset"),
        ]
        if totals.fileBlocks > 0 { have.append(count(totals.fileBlocks, "file block")) }
        if totals.quizzes > 0 { have.append(count(totals.quizzes, "quiz", "quizzes")) }
        if totals.challenges > 0 { have.append(count(totals.challenges, "challenge")) }
        return parts.joined(separator: ", ") + "; " + have.joined(separator: ", ")
    }

    private func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        number == 1 ? "1 \(singular)" : "\(number) \(plural ?? singular + "s")"
    }
}
