import Lessons
import TerminalSessions

/// What an author can try where an action did not do what the page shows.
enum Advice {
    static func forAction(
        _ text: String, after ending: Capture.Ending, rule: StatusRule, hasSamples: Bool, reportsError: Bool = false
    ) -> String? {
        switch ending {
        case .waiting where reportsError, .prompt where reportsError:
            "if the error is intended, say so before it ('This fails:'), or write '<!-- lectern: status=1 -->'"
        case .waiting: "the program waits for input"
        case .status(let status) where !rule.allows(status): forStatus(status, of: text, rule, hasSamples)
        case .timedOut(let evidence) where evidence.isWaitingForTerminal:
            "if the reader is to answer it, give the answer as the next action"
        case .timedOut where !hasSamples:
            "if it needs longer, write '<!-- lectern: timeout=5m -->' before it; if it is to run on, show what it prints"
        case .timedOut: "if it needs longer, write '<!-- lectern: timeout=5m -->' before it"
        default: nil
        }
    }

    /// A script is in a file, where no comment could go before it.
    static func forScript(after ending: Capture.Ending) -> String? {
        switch ending {
        case .waiting: "the program waits for input"
        case .timedOut: "if it needs longer, write \"timeout\": \"5m\" under 'lectern' in the lesson's index.json"
        default: nil
        }
    }

    private static func forStatus(_ status: Int32, of text: String, _ rule: StatusRule, _ hasSamples: Bool) -> String? {
        let commands = ShellCommands.simple(in: text).map(ShellCommands.program)
        if let name = commands.compactMap(CommandNeed.fetching).first {
            return "'\(name)' needs the internet, which a lab may not have: bring what it fetches as an asset"
        }
        if hasSamples { return nil }
        let comment = "if it is meant to fail, write '<!-- lectern: \(rule.directive(adding: status)) -->' before it"
        return status == 127 ? comment + "; else the lab has no such program" : comment
    }
}
