import Glibc
import Synchronization

/// Ctrl-C while a program runs: the first one asks it to end, a second one ends the shell.
enum Interruption {
    private static let count = Atomic(0)

    static func watch() {
        signal(SIGINT) { _ in
            guard Interruption.count.add(1, ordering: .relaxed).newValue > 1 else { return }
            // The program has not asked since the first time: it waits for a server, or for a regular expression.
            signal(SIGINT, SIG_DFL)
            raise(SIGINT)
        }
    }

    static func forget() { count.store(0, ordering: .relaxed) }

    static var isWanted: Bool { count.load(ordering: .relaxed) > 0 }
}
