import Foundation
import Testing

@testable import HostFiles

/// What holds with `openat2` and on kernels without it alike.
@Suite struct ContainedDirectoryTests {
    /// A directory `inside` beside a file `secret`, with a few ways from one to the other.
    private func withTree(_ usesOpenat2: Bool, _ body: (ContainedDirectory, String) throws -> Void) throws {
        try withDirectory { base in
            try write("top secret", to: "\(base)/secret")
            try write("plain", to: "\(base)/inside/file")
            try write("deep", to: "\(base)/inside/a/b/file")
            try link("../secret", at: "\(base)/inside/out")
            try link("\(base)/inside/file", at: "\(base)/inside/absolute")
            try link("..", at: "\(base)/inside/up")
            try link("a/b", at: "\(base)/inside/shortcut")
            try link("../../file", at: "\(base)/inside/a/b/back")
            try link("circle", at: "\(base)/inside/circle")
            try body(try ContainedDirectory("\(base)/inside", usesOpenat2: usesOpenat2), base)
        }
    }

    @Test("what lies inside is read", arguments: [true, false])
    func inside(usesOpenat2: Bool) throws {
        try withTree(usesOpenat2) { directory, _ in
            for (path, text) in [("file", "plain"), ("./a//b/file", "deep"), ("a/../file", "plain")] {
                let bytes = try directory.contents(of: path, limit: 100)
                #expect(bytes == Array(text.utf8), "\(path)")
            }
            #expect(Set(directory.names).isSuperset(of: ["file", "a", "out"]))
        }
    }

    @Test("nothing outside is opened, by any way", arguments: [true, false])
    func outside(usesOpenat2: Bool) throws {
        try withTree(usesOpenat2) { directory, base in
            for path in [
                "../secret", "/etc/passwd", "\(base)/secret", "a/../../secret", "out", "up/secret", "absolute",
            ] {
                for links in [ContainedDirectory.Links.refused, .followedInside] {
                    #expect(throws: ContainedFailure.outside, "\(path)") {
                        try directory.contents(of: path, limit: 100, links: links)
                    }
                }
            }
        }
    }

    @Test("links inside are followed only where that is asked for", arguments: [true, false])
    func links(usesOpenat2: Bool) throws {
        try withTree(usesOpenat2) { directory, _ in
            for (path, text) in [("shortcut/file", "deep"), ("shortcut/back", "plain")] {
                #expect(throws: ContainedFailure.outside) { try directory.contents(of: path, limit: 100) }
                let bytes = try directory.contents(of: path, limit: 100, links: .followedInside)
                #expect(bytes == Array(text.utf8))
            }
            #expect(throws: ContainedFailure.outside) {
                try directory.contents(of: "circle", limit: 100, links: .followedInside)
            }
        }
    }

    @Test(
        "a pipe, a socket's place, a device and a directory are no files, and nobody waits", arguments: [true, false])
    func kinds(usesOpenat2: Bool) throws {
        try withTree(usesOpenat2) { directory, base in
            #expect(mkfifo("\(base)/inside/pipe", 0o600) == 0)
            #expect(throws: ContainedFailure.notRegular(isDirectory: false)) {
                try directory.contents(of: "pipe", limit: 100)
            }
            #expect(throws: ContainedFailure.notRegular(isDirectory: true)) {
                try directory.contents(of: "a", limit: 100)
            }
            let devices = try ContainedDirectory("/dev", usesOpenat2: usesOpenat2)
            #expect(throws: ContainedFailure.notRegular(isDirectory: false)) {
                try devices.contents(of: "zero", limit: 100)
            }
        }
    }

    @Test("a file that is too large is refused unread", arguments: [true, false])
    func sizes(usesOpenat2: Bool) throws {
        try withTree(usesOpenat2) { directory, _ in
            #expect(throws: ContainedFailure.tooLarge(bytes: 5)) { try directory.contents(of: "file", limit: 4) }
            let bytes = try directory.contents(of: "file", limit: 5)
            #expect(bytes == Array("plain".utf8))
            #expect(throws: ContainedFailure.absent) { try directory.contents(of: "nothing", limit: 4) }
            #expect(throws: ContainedFailure.absent) { try directory.contents(of: "file/x", limit: 4) }
        }
    }

    @Test("a file or a directory is never made behind a link", arguments: [true, false])
    func making(usesOpenat2: Bool) throws {
        try withTree(usesOpenat2) { directory, base in
            for path in ["out", "up/new", "shortcut/new", "file"] {
                #expect(throws: ContainedFailure.self, "\(path)") { try directory.create(path, mode: 0o600) }
            }
            for path in ["up/new", "shortcut/new", "../new"] {
                #expect(throws: ContainedFailure.self, "\(path)") { try directory.makeDirectory(path) }
            }
            #expect(!FileManager.default.fileExists(atPath: "\(base)/new"))
            try directory.makeDirectory("made/of/three")
            close(try directory.create("made/of/file", mode: 0o600))
            #expect(try text(at: "\(base)/inside/made/of/file") == "")
        }
    }

    /// A racer swaps a directory for a link to the outside, over and over, while a reader goes through it.
    @Test(
        "a directory that becomes a link meanwhile never leads out", .timeLimit(.minutes(1)), arguments: [true, false])
    func races(usesOpenat2: Bool) async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "host-files-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: base) }
        try write("out", to: "\(base)/other/file")
        try write("in", to: "\(base)/inside/a/file")
        let directory = try ContainedDirectory("\(base)/inside", usesOpenat2: usesOpenat2)
        let racer = Task.detached {
            while !Task.isCancelled {
                rename("\(base)/inside/a", "\(base)/inside/b")
                symlink("../other", "\(base)/inside/a")
                unlink("\(base)/inside/a")
                rename("\(base)/inside/b", "\(base)/inside/a")
            }
        }
        defer { racer.cancel() }
        var read = 0
        for _ in 0..<20_000 {
            guard let bytes = try? directory.contents(of: "a/file", limit: 10, links: .followedInside) else { continue }
            read += 1
            guard bytes == Array("in".utf8) else {
                Issue.record("the outside was read")
                break
            }
        }
        #expect(read > 0)
    }
}
