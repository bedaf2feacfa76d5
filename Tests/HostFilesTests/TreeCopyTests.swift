import Foundation
import Testing

@testable import HostFiles

@Suite struct TreeCopyTests {
    @Test("a copy has files and inner links, and nothing that leads elsewhere")
    func contents() throws {
        try withDirectory { base in
            let source = "\(base)/source"
            try write("text", to: "\(source)/shown/a/file")
            try write("#!/bin/sh", to: "\(source)/shown/run")
            try write("history", to: "\(source)/shown/.git/config")
            try write("gitdir: elsewhere", to: "\(source)/shown/a/.git")
            try write("beside", to: "\(source)/beside")
            try link("a/file", at: "\(source)/shown/inner")
            try link("../beside", at: "\(source)/shown/outer")
            try link("/etc/passwd", at: "\(source)/shown/absolute")
            try link("../../beside", at: "\(source)/shown/a/outer")
            #expect(mkfifo("\(source)/shown/pipe", 0o600) == 0)
            #expect(chmod("\(source)/shown/run", 0o4755) == 0 && chmod("\(source)/shown/a", 0o2750) == 0)

            try TreeCopy.copy("shown", in: ContainedDirectory(source), to: "\(base)/copy")

            #expect(
                Set(try FileManager.default.subpathsOfDirectory(atPath: "\(base)/copy")) == [
                    "a", "a/file", "run", "inner",
                ])
            #expect(try text(at: "\(base)/copy/inner") == "text")
            let modes = try ["run", "a"].map {
                try FileManager.default.attributesOfItem(atPath: "\(base)/copy/\($0)")[.posixPermissions] as? Int
            }
            #expect(modes == [0o755, 0o750])
        }
    }

    @Test("a single file is copied, and a path that leads out isn't")
    func singleFile() throws {
        try withDirectory { base in
            try write("text", to: "\(base)/source/file")
            try write("secret", to: "\(base)/secret")
            try link("../secret", at: "\(base)/source/out")
            let source = try ContainedDirectory("\(base)/source")
            try TreeCopy.copy("file", in: source, to: "\(base)/copy")
            #expect(try text(at: "\(base)/copy") == "text")
            for path in ["out", "../secret", "none"] {
                #expect(throws: TreeCopy.Failure.self) { try TreeCopy.copy(path, in: source, to: "\(base)/other") }
            }
            #expect(!FileManager.default.fileExists(atPath: "\(base)/other"))
        }
    }

    @Test("more than the limits allow is refused", arguments: [(2, 1000), (10, 9)])
    func limits(entries: Int, bytes: Int) throws {
        try withDirectory { base in
            for name in ["a", "b", "c"] { try write("1234", to: "\(base)/source/\(name)") }
            let error = #expect(throws: TreeCopy.Failure.self) {
                try TreeCopy.copy(
                    "", in: ContainedDirectory("\(base)/source"), to: "\(base)/copy",
                    limits: .init(entries: entries, bytes: bytes))
            }
            if case .tooLarge? = error { return }
            Issue.record("\(String(describing: error))")
        }
    }
}
