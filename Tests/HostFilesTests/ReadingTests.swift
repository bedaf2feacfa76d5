import Foundation
import Processes
import Testing

@testable import HostFiles

@Suite struct ReadingTests {
    @Test("the end of a file is read, and nothing of what isn't a regular one")
    func endOfFiles() throws {
        try withDirectory { base in
            try write("0123456789", to: "\(base)/file")
            #expect(endOfFile("\(base)/file", limit: 4) == "6789")
            #expect(endOfFile("\(base)/file", limit: 100) == "0123456789")
            #expect(mkfifo("\(base)/pipe", 0o600) == 0)
            for name in ["pipe", "none", "."] { #expect(endOfFile("\(base)/\(name)", limit: 10).isEmpty) }
            // A file of the kernel's has no size.
            #expect(endOfFile("/proc/self/status", limit: 1 << 16).hasPrefix("Name:"))
        }
    }

    @Test("the names in a directory come without those for itself and the one above")
    func names() throws {
        try withDirectory { base in
            try write("", to: "\(base)/b")
            try write("", to: "\(base)/.hidden")
            try link("nowhere", at: "\(base)/dangling")
            #expect(Set(namesInDirectory(base)) == ["b", ".hidden", "dangling"])
            #expect(Set(try ContainedDirectory(base).names) == ["b", ".hidden", "dangling"])
            #expect(namesInDirectory("\(base)/none").isEmpty && namesInDirectory("\(base)/b").isEmpty)
        }
    }

    @Test("directories are made for their owner, and a file in the way is named")
    func directories() throws {
        try withDirectory { base in
            try makeDirectory("\(base)/a/b/c")
            try makeDirectory("\(base)/a/b/c")
            let mode = try FileManager.default.attributesOfItem(atPath: "\(base)/a")[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try write("", to: "\(base)/file")
            let error = #expect(throws: SystemFailure.self) { try makeDirectory("\(base)/file/inner") }
            #expect(error?.number == ENOTDIR && error?.description.hasPrefix("'\(base)/file/inner'") == true)
        }
    }

    @Test("a file that is open tells of its own permissions, and refuses what is too large")
    func openFiles() throws {
        try withDirectory { base in
            try write("#!/bin/sh\n", to: "\(base)/program")
            #expect(chmod("\(base)/program", 0o755) == 0)
            try link("program", at: "\(base)/link")
            let file = try ContainedFile(named: "\(base)/link")
            #expect(file.size == 10 && file.mode == 0o755 && file.isExecutable && file.isWritable)
            #expect(try file.contents(limit: 10) == Array("#!/bin/sh\n".utf8))
            #expect(throws: ContainedFailure.tooLarge(bytes: 10)) { try file.contents(limit: 9) }
            // It grows after it was looked at.
            try write("#!/bin/sh\nmore\n", to: "\(base)/other")
            let growing = try ContainedFile(named: "\(base)/other")
            let descriptor = open("\(base)/other", O_WRONLY | O_APPEND | O_CLOEXEC)
            #expect(writeAll(Array("and more\n".utf8), to: descriptor))
            close(descriptor)
            #expect(throws: ContainedFailure.tooLarge(bytes: 24)) { try growing.contents(limit: 15) }
        }
    }

    @Test(
        "why a file isn't opened is told apart",
        arguments: [
            ("none", .absent, "does not exist"), ("file/below", .absent, "does not exist"),
            (".", .notRegular(isDirectory: true), "is a directory"),
            ("pipe", .notRegular(isDirectory: false), "is not a regular file"),
            ("loop", .system(ELOOP), "cannot be opened: Too many levels of symbolic links"),
        ] as [(String, ContainedFailure, String)])
    func reasons(_ name: String, _ expected: ContainedFailure, _ reason: String) throws {
        try withDirectory { base in
            try write("", to: "\(base)/file")
            try link("loop", at: "\(base)/loop")
            #expect(mkfifo("\(base)/pipe", 0o600) == 0)
            #expect(throws: expected) { try ContainedFile(named: "\(base)/\(name)") }
            #expect(expected.reason == reason)
        }
    }
}

@Suite struct OwnershipTests {
    @Test("all of a tree is given to a user, and nothing that links lead to", .enabled(if: getuid() == 0))
    func givingFiles() throws {
        try withDirectory { base in
            try write("", to: "\(base)/tree/inner/file")
            try write("", to: "\(base)/outside/file")
            try link("../outside", at: "\(base)/tree/link")
            try giveFiles(below: "\(base)/tree", to: 4711)
            func owner(_ path: String) -> [UInt32] {
                var status = stat()
                lstat("\(base)/\(path)", &status)
                return [status.st_uid, status.st_gid]
            }
            for path in ["tree", "tree/inner", "tree/inner/file", "tree/link"] { #expect(owner(path) == [4711, 4711]) }
            for path in ["outside", "outside/file", "."] { #expect(owner(path)[0] == 0) }
        }
    }

    @Test("a directory that isn't there can't be given")
    func nothingToGive() {
        let error = #expect(throws: SystemFailure.self) { try giveFiles(below: "/nowhere", to: getuid()) }
        #expect(error?.number == ENOENT)
    }
}
