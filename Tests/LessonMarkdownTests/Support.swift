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

/// A small seeded generator, so that a failing input can be made again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
