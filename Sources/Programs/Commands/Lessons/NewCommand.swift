import ArgumentParser
import Diagnostics
import FoundationEssentials
import HostFiles
import Lessons

/// `lectern new`: starts a lesson that verifies at once.
struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Start a lesson that verifies at once.",
        discussion: """
            Makes a directory with an index.json, an intro, two steps with commands and samples, a check and a finish. Its lab has \
            no services, so nothing but bubblewrap is needed.
            """)

    @Argument(help: "The lesson's directory; its name has lower-case letters, digits and hyphens.") var name: String
    @Option(help: "The lesson's title; made from the name unless given.") var title: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        var directory = name
        while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
        let lesson = try LessonTemplate(directory: directory, title: title)
        try lesson.write()
        console.result(StyledText(directory))
        let argument = directory.quotedForShell
        console.report("verify it:   lectern verify \(argument)")
        console.report("look at it:  lectern inspect \(argument)")
        console.report("try it:      lectern up \(argument), then lectern shell T1")
    }
}

/// The files of a first lesson.
struct LessonTemplate {
    let directory: String
    let title: String

    static let maxNameLength = 64

    /// - Throws: ``CommandError`` for a name that would make a bad address on the platforms.
    init(directory: String, title: String?) throws(CommandError) {
        let name = directory.split(separator: "/").last.map(String.init) ?? ""
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, !name.isEmpty, !name.hasPrefix("-"), !name.hasSuffix("-"), name.utf8.count <= Self.maxNameLength
        else {
            throw CommandError(
                problem: "'\(name)' is not a name for a lesson",
                remedy:
                    "use lower-case letters, digits and hyphens, at most \(Self.maxNameLength), such as '\(Self.plain(name))'"
            )
        }
        self.directory = directory
        let words = name.split(separator: "-").joined(separator: " ")
        let given = title.map(\.oneLine) ?? ""
        self.title = given.isEmpty ? words.prefix(1).uppercased() + words.dropFirst() : given
    }

    /// What is near the name and may be one.
    private static func plain(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let plain = words.joined(separator: "-").prefix(maxNameLength)
        return plain.isEmpty || plain.hasSuffix("-") ? "first-steps" : String(plain)
    }

    /// Makes the directory and its files; what can't be finished is taken away again.
    func write() throws {
        let files = FileManager.default
        // A symbolic link counts, wherever it leads.
        guard (try? files.attributesOfItem(atPath: directory)) == nil else {
            throw CommandError(
                problem: "'\(directory)' already exists", remedy: "choose another name, or move the existing one")
        }
        let slash = directory.lastIndex(of: "/")
        let parent = slash.map { $0 == directory.startIndex ? "/" : String(directory[..<$0]) } ?? "."
        guard files.fileExists(atPath: parent) else {
            throw CommandError(
                problem: "the directory '\(parent)', where the lesson would be created, does not exist",
                remedy: "create it: mkdir -p \(parent.quotedForShell)")
        }
        do {
            try files.createDirectory(atPath: directory, withIntermediateDirectories: false)
        } catch {
            throw CommandError(
                problem: "the directory '\(directory)' cannot be created",
                remedy: "check that '\(parent)' is a directory that you may write to")
        }
        do {
            for file in contents {
                let path = directory + "/" + file.name
                try replaceFile(path, with: Array(file.text.utf8), mode: file.isScript ? 0o755 : 0o644)
            }
        } catch {
            try? files.removeItem(atPath: directory)
            throw CommandError(
                problem: "the files of '\(directory)' cannot be written", remedy: "check free disk space")
        }
    }

    private struct File {
        var name: String
        var text: String
        var isScript: Bool { name.hasSuffix(".sh") }
    }

    private var contents: [File] {
        [
            File(name: "index.json", text: index), File(name: "intro.md", text: intro),
            File(name: "step1.md", text: firstStep), File(name: "verify1.sh", text: check),
            File(name: "step2.md", text: secondStep), File(name: "finish.md", text: finish),
        ]
    }

    private var quotedTitle: String {
        title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private var index: String {
        """
        {
          "title": "\(quotedTitle)",
          "description": "Write an order into a file, and look at it again.",
          "difficulty": "Beginner",
          "time": "5 minutes",
          "details": {
            "intro": { "title": "Before you start", "text": "intro.md" },
            "steps": [
              { "title": "Write a file", "text": "step1.md", "verify": "verify1.sh" },
              { "title": "Look at it again", "text": "step2.md" }
            ],
            "finish": { "title": "What you have seen", "text": "finish.md" }
          },
          "environment": { "uilayout": "terminal" },
          "backend": { "imageid": "ubuntu" },
          "lectern": { "timeout": "30s" }
        }

        """
    }

    private let intro = """
        You'll write an order into a file, read it, and see when it was written. Everything happens in one terminal.

        """

    private let firstStep = """
        Write an order of two lines into a file:

        `printf 'coffee 4\\ntea 2\\n' > order.txt`{{execute T1}}

        Now read it:

        `cat order.txt`{{execute T1}}

        The output is as follows:

        ```
        coffee 4
        tea 2
        ```

        """

    private let check = """
        #!/bin/sh
        # The step is done once the order is in the file.
        if grep -q '^coffee 4$' "$HOME/order.txt"; then
            exit 0
        fi
        echo "order.txt has no line 'coffee 4' yet"
        exit 1

        """

    private let secondStep = """
        When was the file written, and how large is it?

        `ls -l --time-style=long-iso order.txt`{{execute T1}}

        You'll see output similar to the following, with your own time:

        ```
        -rw-r--r-- 1 root root 15 2026-03-14 09:26 order.txt
        ```

        Sort the lines by the number in them:

        ```
        sort --numeric-sort --key=2 \\
          order.txt
        ```{{execute T1}}

        The output is as follows:

        ```
        tea 2
        coffee 4
        ```

        """

    private let finish = """
        You wrote a file, read it, and sorted its lines.

        """
}

extension String {
    /// As one word of a command that can be copied.
    fileprivate var quotedForShell: String {
        let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+@%:,".contains($0)) }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
