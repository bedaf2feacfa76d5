import Diagnostics
import Labs
import LessonReports
import Lessons

/// Several labs, a line each.
struct LabTable {
    let labs: [LabStatus]

    var lines: [String] {
        var table = TextTable([
            .init(heading: "LAB", widest: 40), .init(heading: "STATE"), .init(heading: "ENGINE"),
            .init(heading: "UP", alignment: .right), .init(heading: "MEMORY", alignment: .right),
            .init(heading: "SERVICES", alignment: .right), .init(heading: "PORTS", widest: 40),
            .init(heading: "LESSON", widest: 60),
        ])
        table.rows = labs.map { lab in
            let ready = lab.services.count { $0.state == .ready || $0.state == .completed }
            let ports = lab.ports.map { "\($0.hostPort)" }.joined(separator: " ")
            let lesson = lab.lesson.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } ?? ""
            return [
                lab.name, lab.phase.rawValue, lab.engine.rawValue, lab.uptime, lab.memory.proportional.inMebibytes,
                lab.services.isEmpty ? "none" : "\(ready) of \(lab.services.count)", ports, lesson.oneLine,
            ]
        }
        return table.lines
    }
}

extension LabStatus {
    /// `12 s`, `5 min`, `3 h 20 min`.
    var uptime: String {
        let whole = Int(uptimeSeconds)
        if whole < 60 { return "\(whole) s" }
        return whole < 3600 ? "\(whole / 60) min" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}

extension UInt64 {
    /// `153 MiB`, of a number of bytes.
    var inMebibytes: String { "\((self + (1 << 19)) >> 20) MiB" }
}
