import Foundation

/// A scenario of a few files, written for one test.
struct WrittenScenario {
    let path: String

    /// - Parameter files: Contents by path; without an `index.json` the details and other members make one.
    init(
        in lectern: LecternProgram, details: String, others: String = #""backend": {"imageid": "ubuntu"}"#,
        files: [String: String]
    ) throws {
        let folder = lectern.state.appending(path: "scenario-\(UUID().uuidString.prefix(8))")
        path = folder.path
        var files = files
        files["index.json"] = "{\"title\": \"Written\",\n\"details\": \(details),\n\(others)}\n"
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    /// One step, with these members beside its text.
    init(
        in lectern: LecternProgram, step: String, page: String = "`true`{{execute}}\n", before: String = "",
        others: String = #""backend": {"imageid": "ubuntu"}"#, files: [String: String] = [:]
    ) throws {
        let comma = step.isEmpty ? "" : ", "
        try self.init(
            in: lectern, details: "{\(before)\"steps\": [{\"title\": \"One\", \"text\": \"step1.md\"\(comma)\(step)}]}",
            others: others, files: files.merging(["step1.md": page]) { $1 })
    }
}
