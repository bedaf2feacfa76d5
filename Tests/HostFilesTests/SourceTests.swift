import Foundation
import Testing

/// The rule that nobody else opens what a lab or a lesson can change, checked on the sources themselves.
@Suite struct SourceTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources").standardizedFileURL

    /// Where files of the host are touched on behalf of lessons and labs. Programs that run inside a lab are not here.
    private static let folders = [
        "Labs/ComposeFiles", "Labs/DockerLabs", "Labs/LabAgents", "Labs/LabControl", "Labs/LabEngines", "Labs/Labs",
        "Labs/ProcessLabs", "Lessons", "Programs/Commands",
    ]

    /// Files that open, read or write something by its name, each with the reason why it may.
    private static let exceptions = [
        "Labs/DockerLabs/DockerEngine.swift": "the agent's program, beside lectern",
        "Labs/LabControl/LabControlClient/LabClient.swift": "the supervisor's log, which no lab sees",
        "Labs/LabControl/LabControlProtocol/StateDirectory.swift": "Lectern's own files, which no lab sees",
        "Labs/LabControl/LabControlServer/LabSupervisor.swift": "/dev/null",
        "Labs/ProcessLabs/ControlGroups.swift": "files of the kernel's control groups",
        "Labs/ProcessLabs/HostProgram.swift": "/dev/null",
        "Labs/ProcessLabs/Sandbox.swift": "the system's own files under /etc",
        "Labs/ProcessLabs/SandboxOwner.swift": "/proc of a process",
        "Labs/ProcessLabs/SandboxProcess.swift": "/proc of a process",
        "Lessons/LessonMarkdown/LessonFile.swift": "a page that the user has named, and names in directories",
        "Lessons/LessonPages/HTMLSanitizer.swift": "opens an element, not a file",
        "Programs/Commands/Lessons/ImageTableOptions.swift": "tables that the user has named",
        "Programs/Commands/Lessons/MatchCommand.swift": "files that the user has named",
    ]

    /// Ways to open, read or write a file by its name; calls of other functions called `open` have a label or a type.
    private static let opening = [
        #"(?<![\w.`])(open|fopen|openat|opendir|freopen)\((?!services|terminal|request|_ |\.|for|Self|client)[^)\s]"#,
        #"Glibc\.open\("#, #"(Data|String)\(\s*contentsOf"#, #"\.contents\(atPath"#, #"FileHandle\(for"#,
        #"InputStream\("#, #"\.write\(to:\s*URL"#, #"createFile\(atPath"#, #"\.(copy|move)Item\("#,
        #"runOnHost\(\s*\[\s*"(cp|mv|rm|tar|install)""#,
    ].joined(separator: "|")

    private func offences(in text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { line in
            !line.hasPrefix("//") && !line.contains("func open(")
                && line.range(of: Self.opening, options: .regularExpression) != nil
        }
    }

    @Test("nobody but HostFiles opens by name what a lab or a lesson can change")
    func onlyOneModuleOpens() throws {
        var found: [String: [String]] = [:]
        for name in Self.folders {
            let folder = Self.sources.appending(path: name)
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            for case let file as URL in try #require(files) where file.pathExtension == "swift" {
                let lines = offences(in: try String(contentsOf: file, encoding: .utf8))
                let name = file.standardizedFileURL.path.dropFirst(Self.sources.path.count + 1)
                if !lines.isEmpty { found[String(name)] = lines }
            }
        }
        for (file, lines) in found where Self.exceptions[file] == nil {
            Issue.record("\(file) opens files by name; use HostFiles:\n\(lines.joined(separator: "\n"))")
        }
        // An exception that nobody needs any more would hide the next offence.
        #expect(Set(Self.exceptions.keys).subtracting(found.keys) == [])
    }

    @Test(
        "the search sees every usual way",
        arguments: [
            #"let file = open(path, O_RDONLY)"#, #"Glibc.open(logFile, O_WRONLY)"#, #"try Data(contentsOf: url)"#,
            #"String(contentsOfFile: path, encoding: .utf8)"#, #"FileManager.default.contents(atPath: path)"#,
            #"try Data(text.utf8).write(to: URL(filePath: path))"#, #"opendir(directory)"#,
            #"runOnHost(["cp", "-a", path])"#,
        ])
    func searchWorks(_ line: String) {
        #expect(offences(in: line) == [line])
    }
}
