import Lessons

/// Words that say that something isn't as it should be, also where no error is reported.
///
/// Wider than ``ErrorSigns``: asked only of lines that a page doesn't show, before they are overlooked.
enum Alarm {
    static func isRaised(by line: TextLine) -> Bool {
        if ErrorSigns.isError(line.bytes[...]) { return true }
        return phrases.areSaid(in: line.text.lowercased().split { !$0.isLetter && $0 != "'" })
    }

    private static let phrases = Phrases(
        """
        failed, failing, fails, failure, failures, denied, refused, aborted, aborting, cannot, can't, could not, couldn't
        unable, not found, invalid, timed out, timeout, unreachable, no such, not running, not loaded, exited, crashed
        killed, unhealthy, rejected, conflict, unauthorized, forbidden, nothing to commit, no space, not permitted, rollback
        rolled back, interrupted, terminated, stopped, down, lost, corrupt, corrupted, exception, undefined, broken pipe
        does not exist, doesn't exist, not ready, not available, unavailable, disconnected, expired, missing, unknown
        already exists, already in use, skipped, cancelled, canceled, disabled, inactive, dead, degraded, error, errors
        not installed, incomplete, mismatch, did not, is locked, no entries, overflow, unexpected, violation, violates
        fault, faults, faulty, err, panicked, paused, restarting, crashloopbackoff, imagepullbackoff, backoff, evicted
        oomkilled, retrying, bad, wrong, fail
        """)
}
