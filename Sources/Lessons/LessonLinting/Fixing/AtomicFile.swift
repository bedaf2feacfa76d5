import HostFiles
import ProcessSpawning

enum AtomicFile {
    /// Replaces the text of a file that is there: a new file beside it takes its place once it is complete.
    ///
    /// The permissions and a byte order mark stay. A symbolic link gives way to the new file, and what it led to stays as it
    /// is.
    static func write(_ text: String, over path: String) throws(LintError) {
        let file: ContainedFile
        let old: [UInt8]
        do throws(ContainedFailure) {
            file = try ContainedFile(named: path)
            old = try file.contents(limit: 16 << 20)
        } catch {
            throw fault("'\(path)' \(error.reason)")
        }
        var bytes = Array(text.utf8)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if old.starts(with: mark) { bytes.insert(contentsOf: mark, at: 0) }
        guard file.isWritable else { throw fault("'\(path)' cannot be written: it is read-only") }
        do {
            try replaceFile(path, with: bytes, mode: file.mode & 0o777, isDurable: true, keepsOwner: true)
        } catch {
            throw fault(error.description)
        }
    }

    private static func fault(_ problem: String) -> LintError {
        LintError(problem: problem, remedy: "check who owns the file and its directory; the file was not changed")
    }
}
