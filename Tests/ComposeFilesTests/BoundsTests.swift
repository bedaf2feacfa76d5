import Diagnostics
import Foundation
import Lessons
import Testing

@testable import ComposeFiles

/// xorshift64*, so that a failing input can be made again.
private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}

@Suite struct BoundsTests {
    @Test func billionLaughsAreRefused() throws {
        var text = "x-0: &a0 [lol, lol]\n"
        for level in 1...30 { text += "x-\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n" }
        #expect(try failure(of: text + "services: {web: {image: x}}\n").code == .tooLarge)
    }

    @Test func billionLaughsInAKeyAreRefused() throws {
        var text = "x-0: &a0 [lol, lol]\n"
        for level in 1...30 { text += "x-\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n" }
        for key in [
            "? *a30\n: 1\n", "*a30 : 1\n", "[*a30]: 1\n", "x: {*a30 : 1}\n", "x: {? *a30 : 1}\n", "{a: *a30}: 1\n",
        ] {
            #expect(try failure(of: text + key).code == .tooLarge, "\(key)")
        }
    }

    @Test func manyAliasesOfOneMappingAreFine() throws {
        var text = "x-a: &a {image: x, labels: {a: b}}\nservices:\n"
        for number in 0..<200 { text += "  s\(number): {<<: *a}\n" }
        #expect(try read(text).services.count == 200)
    }

    @Test func deepNestingIsRefused() throws {
        for text in [
            "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
            String(repeating: "{a: ", count: 900) + String(repeating: "}", count: 900),
            String(repeating: "[", count: 100_000),
        ] {
            #expect([.tooLarge, .malformed].contains(try failure(of: text).code))
        }
    }

    @Test func repeatedPortRangesAreRefused() throws {
        let ranges = (1...10).map { "\"\($0 + 1)-\($0 + 60000):1-60000\"" }.joined(separator: ", ")
        #expect(try serviceFailure("    ports: [\(ranges)]").code == .tooLarge)
    }

    @Test func growthByVariablesIsRefused() throws {
        let labels = (0..<1000).map { "l\($0): \"$BIG\"" }.joined(separator: ", ")
        let error = try failure(
            of: "services: {web: {image: x, labels: {\(labels)}}}",
            environment: ["BIG": String(repeating: "x", count: 1 << 16)])
        #expect(error.code == .tooLarge)
    }

    @Test func floodOfWarningsEnds() throws {
        let unset = String(repeating: "$A ", count: 20_000)
        let list = Array(repeating: "$A", count: 5000).joined(separator: ", ")
        let project = try read("services: {web: {image: x, command: [\"\(unset)\", \(list)]}}")
        #expect(project.warnings.count <= 200)
    }

    @Test func filesThatAreNoFilesAreRefused() throws {
        for (path, problem) in [
            ("/dev/zero", "is not a regular file"), ("/tmp", "is a directory"), ("/no/such", "does not exist"),
        ] {
            let error = #expect(throws: ComposeError.self) { try ComposeProject.read(files: [path]) }
            #expect(error?.problem == "file '\(path)' \(problem)")
        }
        let directory = FileManager.default.temporaryDirectory.appending(path: "compose-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "compose.yaml")
        try Data(count: ReadingContext.maxFileSize + 1).write(to: file)
        let large = #expect(throws: ComposeError.self) {
            try ComposeProject.read(files: [file.path()])
        }
        #expect(large?.code == .tooLarge)
        try Data([0xFF, 0xFE]).write(to: file)
        let binary = #expect(throws: ComposeError.self) {
            try ComposeProject.read(files: [file.path()])
        }
        #expect(binary?.problem.hasSuffix("is not UTF-8 text") == true)
    }

    /// Whatever the text, reading ends in a project or in a ``ComposeError`` whose place lies in the text.
    @Test(arguments: 0..<8) func mutatedFilesNeitherCrashNorHang(seed: UInt64) throws {
        var generator = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        let text = try String(contentsOf: ourComposeFile, encoding: .utf8)
        let pieces = [
            "*safe", "&x ", "<<: *safe\n", "!reset ", "!override ", "${", "}", "$$", "\t", "- ", ": ", "? ", "[", "]",
            "{", "}", "\"",
            "'", "|\n", ">\n", "#", "\u{0}", "\u{85}", "\u{2028}", "é", "~", "null", "%YAML 1.2\n", "---\n", "...\n",
            "\r",
            "services:", "extends: pod\n", "1-65535", "!!binary ", "\\",
        ]
        for _ in 0..<30 {
            var scalars = Array(text.unicodeScalars)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let at = Int.random(in: 0..<scalars.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: scalars.removeSubrange(at..<min(scalars.count, at + Int.random(in: 1...40, using: &generator)))
                case 1:
                    scalars.insert(contentsOf: Array(pieces.randomElement(using: &generator)!.unicodeScalars), at: at)
                case 2: scalars.swapAt(at, Int.random(in: 0..<scalars.count, using: &generator))
                default:
                    let end = min(scalars.count, at + Int.random(in: 1...200, using: &generator))
                    scalars.insert(
                        contentsOf: Array(scalars[at..<end]), at: Int.random(in: 0...scalars.count, using: &generator))
                }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            do {
                _ = try read(String(view))
            } catch let error as ComposeError {
                let lines = scalars.count { $0 == "\n" || $0 == "\r" || $0 == "\u{85}" || $0 == "\u{2028}" } + 2
                #expect(error.place.map { $0.line >= 1 && $0.line <= lines && $0.column >= 1 } ?? true, "\(error)")
            }
        }
    }
}

/// The definition that the project brings.
let ourComposeFile = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docker/compose.yaml")
    .standardizedFileURL
