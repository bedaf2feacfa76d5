import Foundation
import Processes
import Testing

@testable import HostFiles

@Suite struct WritingTests {
    @Test("a link is replaced by a new file, and what it leads to stays as it is")
    func linksAreReplaced() throws {
        try withDirectory { base in
            try write("precious", to: "\(base)/victim")
            try link("victim", at: "\(base)/whole")
            try link("victim", at: "\(base)/in-pieces")
            try replaceFile("\(base)/whole", with: Array("new".utf8), mode: 0o640, isDurable: true)
            let file = try makeFile(inPlaceOf: "\(base)/in-pieces")
            #expect(writeAll(Array("new".utf8), to: file))
            close(file)
            #expect(try text(at: "\(base)/victim") == "precious")
            for name in ["whole", "in-pieces"] {
                #expect(try text(at: "\(base)/\(name)") == "new")
                #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: "\(base)/\(name)")) == nil)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: base).count == 3)
        }
    }

    @Test("what can't be replaced is left, and no draft stays")
    func failures() throws {
        try withDirectory { base in
            try write("x", to: "\(base)/directory/file")
            #expect(throws: SystemFailure.self) { try replaceFile("\(base)/directory", with: []) }
            #expect(throws: SystemFailure.self) { try replaceFile("\(base)/none/file", with: []) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: base) == ["directory"])
        }
    }

    @Test("set-user-id bits go, links aren't followed")
    func setIDBits() throws {
        try withDirectory { base in
            try write("x", to: "\(base)/data/deep/program")
            try write("x", to: "\(base)/outside")
            try link("../outside", at: "\(base)/data/link")
            #expect(chmod("\(base)/data/deep/program", 0o6755) == 0 && chmod("\(base)/outside", 0o4755) == 0)
            removeSetIDBits(in: try ContainedDirectory("\(base)/data"))
            let modes = try ["data/deep/program", "outside"].map {
                try FileManager.default.attributesOfItem(atPath: "\(base)/\($0)")[.posixPermissions] as? Int
            }
            #expect(modes == [0o755, 0o4755])
        }
    }

    @Test("removing a tree leaves what its links lead to, permissions included")
    func removing() throws {
        try withDirectory { base in
            try write("x", to: "\(base)/victim/file")
            #expect(chmod("\(base)/victim", 0o750) == 0)
            try write("x", to: "\(base)/tree/closed/file")
            try link("../../victim", at: "\(base)/tree/closed/link")
            #expect(chmod("\(base)/tree/closed", 0) == 0)
            removeTree("\(base)/tree")
            #expect(!FileManager.default.fileExists(atPath: "\(base)/tree"))
            #expect(try text(at: "\(base)/victim/file") == "x")
            let mode = try FileManager.default.attributesOfItem(atPath: "\(base)/victim")[.posixPermissions] as? Int
            #expect(mode == 0o750)
        }
    }

    @Test("a file is written as a whole, and never through a link")
    func wholeFiles() throws {
        try withDirectory { base in
            try write("long before", to: "\(base)/file")
            try writeFile(Array("new".utf8), to: "\(base)/file")
            #expect(try text(at: "\(base)/file") == "new")
            try link("file", at: "\(base)/link")
            let error = #expect(throws: SystemFailure.self) { try writeFile([], to: "\(base)/link") }
            #expect(error?.number == ELOOP)
            #expect(error?.description.hasPrefix("'\(base)/link' cannot be written: ") == true)
            #expect(try text(at: "\(base)/file") == "new")
        }
    }

    @Test("a file that is replaced has the permissions asked for, and its owner where that is wished")
    func replacedFiles() throws {
        try withDirectory { base in
            try write("old", to: "\(base)/file")
            let isRoot = getuid() == 0
            if isRoot { #expect(chown("\(base)/file", 4711, 4712) == 0) }
            try replaceFile("\(base)/file", with: Array("new".utf8), mode: 0o604, keepsOwner: true)
            var status = stat()
            #expect(stat("\(base)/file", &status) == 0 && status.st_mode & 0o7777 == 0o604)
            #expect(!isRoot || (status.st_uid, status.st_gid) == (4711, 4712))
            try replaceFile("\(base)/file", with: Array("newer".utf8))
            #expect(stat("\(base)/file", &status) == 0 && status.st_uid == getuid())
            #expect(try text(at: "\(base)/file") == "newer")
        }
    }

    @Test(
        "a device, a pipe, and what the system keeps beside devices are not replaced",
        arguments: ["/dev/null", "/dev/stdout"])
    func devices(_ path: String) throws {
        let error = #expect(throws: SystemFailure.self) { try replaceFile(path, with: []) }
        #expect(error?.number == EEXIST && error?.description.hasPrefix("'\(path)' is not a regular file") == true)
        try withDirectory { base in
            #expect(mkfifo("\(base)/pipe", 0o600) == 0)
            #expect(throws: SystemFailure.self) { try makeFile(inPlaceOf: "\(base)/pipe") }
            let names = try FileManager.default.contentsOfDirectory(atPath: base)
            #expect(names == ["pipe"])
        }
    }

    @Test("the longest name that a file system takes is written too")
    func longNames() throws {
        try withDirectory { base in
            let name = String(repeating: "n", count: 255)
            try replaceFile("\(base)/\(name)", with: Array("x".utf8))
            #expect(try text(at: "\(base)/\(name)") == "x")
        }
    }
}
