import MongoShell
import ShellLiterals

/// Reads lines until the end: with editing at a terminal, plainly elsewhere.
struct Conversation {
    let session: MongoShellSession

    func run() -> Int32 {
        StandardStreams.inputIsTerminal && StandardStreams.outputIsTerminal ? runAtTerminal() : runPlainly()
    }

    private func runPlainly() -> Int32 {
        while true {
            StandardStreams.write(session.prompt)
            guard let line = readLine() else { break }
            if let status = Mongosh.show(session.enter(line)) { return status }
        }
        StandardStreams.write("\n")
        return Mongosh.show(session.finish()) ?? 0
    }

    private func runAtTerminal() -> Int32 {
        let history = StandardStreams.environment("HOME").map { HistoryFile(path: "\($0)/.mongosh-history") }
        history?.shorten()
        let editor = LineEditor(history: history) { session.completion(of: $0) }
        Interruption.watch()
        var mayLeave = false
        while true {
            switch editor.line(prompt: session.prompt) {
            case .end:
                StandardStreams.write("\n")
                return 0
            case .interrupted(let wasEmpty):
                // As in Node: a second Ctrl-C on an empty line leaves.
                let isIdle = wasEmpty && !session.isContinuing
                if isIdle, mayLeave {
                    StandardStreams.write("\n")
                    return 0
                }
                session.abandonInput()
                mayLeave = isIdle
                StandardStreams.write(isIdle ? "\n(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n" : "\n")
            case .line(let line):
                mayLeave = false
                editor.remember(line)
                Interruption.forget()
                if let status = Mongosh.show(session.enter(line)) { return status }
            }
        }
    }
}
