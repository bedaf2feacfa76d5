import HostFiles
import Processes

/// A Markdown file that a command reads now and may write later.
struct PageFile {
    let path: String
    let bytes: [UInt8]

    /// - Throws: ``CommandError`` when the file can't be read.
    init(reading path: String) throws {
        self.path = path
        bytes = try Self.contents(of: path)
    }

    /// Replaces the file's contents in one step: a reader sees the old bytes or the new ones, never a part.
    ///
    /// Permissions stay as they are. A symbolic link gives way to the new file, and what it led to stays as it is.
    ///
    /// - Throws: ``CommandError`` when the file is no longer what was read, or can't be written. It is then as it was.
    func replace(with new: [UInt8]) throws {
        guard let file = try? ContainedFile(named: path), (try? file.contents(limit: Self.limit)) == bytes else {
            throw CommandError(
                problem: "'\(path)' was changed while the lesson ran, so nothing was written to it",
                remedy: "save your changes and run the update again")
        }
        do {
            try replaceFile(path, with: new, mode: file.mode & 0o777, isDurable: true, keepsOwner: true)
        } catch {
            throw CommandError(
                problem: error.description, remedy: "check the permissions of the file and its directory")
        }
    }

    /// No page is longer, in bytes.
    private static let limit = 16 << 20

    private static func contents(of path: String) throws -> [UInt8] {
        do {
            return try ContainedFile(named: path).contents(limit: limit)
        } catch {
            throw CommandError(problem: "'\(path)' \(error.reason)", remedy: "check its permissions")
        }
    }
}
