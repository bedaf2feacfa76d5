import Foundation
import ShellLiterals
import Testing

struct HistoryFileTests {
    private func withPath(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.appending(path: "lines").path)
    }

    @Test("lines are there at the next start, for their user alone")
    func linesAreKept() throws {
        try withPath { path in
            HistoryFile(path: path).append("db.orders.find()")
            HistoryFile(path: path).append("  ")
            HistoryFile(path: path).append("a\u{1B}[2J")
            HistoryFile(path: path).append("exit")
            #expect(HistoryFile(path: path).lines() == ["db.orders.find()", "exit"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a link, or a pipe, in place of the file is left alone")
    func otherFilesAreLeftAlone() throws {
        try withPath { path in
            let target = path + ".target"
            try "mine\n".write(toFile: target, atomically: true, encoding: .utf8)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
            HistoryFile(path: path).append("x")
            #expect(HistoryFile(path: path).lines().isEmpty)
            #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine\n")
            try FileManager.default.removeItem(atPath: path)
            try #require(mkfifo(path, 0o600) == 0)
            HistoryFile(path: path).append("x")
            #expect(HistoryFile(path: path).lines().isEmpty)
        }
    }

    @Test("the file does not grow for ever: the newest lines stay")
    func linesAreBounded() throws {
        try withPath { path in
            let lines = (0..<3000).map { "line \($0)" }
            try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            #expect(HistoryFile(path: path).lines() == Array(lines.suffix(HistoryFile.maxLines)))
            HistoryFile(path: path).shorten()
            #expect(HistoryFile(path: path).lines() == Array(lines.suffix(HistoryFile.maxLines / 2)))
        }
    }
}

extension String {
    fileprivate func write(toFile path: String, atomically: Bool, encoding: Encoding) throws {
        try write(to: URL(filePath: path), atomically: atomically, encoding: encoding)
    }
}
