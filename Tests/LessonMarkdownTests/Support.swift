import Diagnostics
import Foundation
import LessonMarkdown
import Lessons

func read(_ markdown: String) -> Page {
    LessonReader().page(markdown: markdown, file: "page.md")
}

struct Folder: ~Copyable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-\(UUID().uuidString)").path

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Page {
    var texts: [String] { actions.map(\.text) }
    /// `sample line ← action line`.
    var pairs: [String] { samples.map { "\($0.place.line)←\(actions[$0.action].place.line)" } }
    var problems: [String] { warnings.map { "\($0.place.line):\($0.place.column) \($0.severity) \($0.problem)" } }
}
