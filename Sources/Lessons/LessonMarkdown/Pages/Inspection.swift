import Diagnostics
public import Lessons

/// What was found in one or more files, for people and programs that compare it.
public struct Inspection: Hashable, Codable, Sendable {
    /// In the order in which they were asked for; of a scenario its pages in the order of the lesson.
    public var files: [File]

    /// What was read of one page.
    public struct File: Hashable, Codable, Sendable {
        /// The path as it was given.
        public var file: String
        /// In the order of the page.
        public var actions: [Action]
        /// In the order of the page.
        public var samples: [Sample]
    }

    /// A command or a text that the reader clicks.
    public struct Action: Hashable, Codable, Sendable {
        /// Where its code opens, counted from 1.
        public var line: Int
        /// What a click types or copies, without the macro.
        public var text: String
        /// What a click does with the text.
        public var kind: Lessons.Action.Kind
        /// As written (`T2`); `nil` when the macro names none.
        public var terminal: String?
        /// As written (`HOST1`); `nil` when the macro names none.
        public var host: String?
    }

    /// A documented output, and the action that prints it.
    public struct Sample: Hashable, Codable, Sendable {
        /// Where its code opens, counted from 1.
        public var line: Int
        /// The line of the action that prints the sample.
        public var afterActionLine: Int
        /// An author's comment overrules the sentence before the sample.
        public var mode: Wording
        /// Lines such as `...` stand for others that were left out.
        public var elided: Bool
    }

    /// Takes over what the pages have; reads nothing.
    public init(of pages: [Page]) {
        files = pages.map { page in
            File(
                file: page.file,
                actions: page.actions.map { action in
                    Action(
                        line: action.place.line, text: action.text, kind: action.kind,
                        terminal: action.terminal.map { "T\($0)" },
                        host: action.host.map { "HOST\($0)" })
                },
                samples: page.samples.map { sample in
                    Sample(
                        line: sample.place.line, afterActionLine: page.actions[sample.action].place.line,
                        mode: sample.directives.wording ?? sample.wording, elided: sample.isElided)
                })
        }
    }

    /// One line of JSON whose members are in the order of the properties, with `null` written out.
    public var json: String {
        let files = files.map { file in
            let actions = file.actions.map { action in
                "{\"line\":\(action.line),\"text\":\(Self.quoted(action.text)),\"kind\":\(Self.quoted(action.kind.rawValue)),"
                    + "\"terminal\":\(Self.quoted(action.terminal)),\"host\":\(Self.quoted(action.host))}"
            }
            let samples = file.samples.map { sample in
                "{\"line\":\(sample.line),\"afterActionLine\":\(sample.afterActionLine),"
                    + "\"mode\":\(Self.quoted(sample.mode.rawValue)),\"elided\":\(sample.elided)}"
            }
            return "{\"file\":\(Self.quoted(file.file)),\"actions\":[\(actions.joined(separator: ","))],"
                + "\"samples\":[\(samples.joined(separator: ","))]}"
        }
        return "{\"schemaVersion\":1,\"files\":[\(files.joined(separator: ","))]}"
    }

    private static func quoted(_ text: String?) -> String { text.map { JSONText.quoted($0) } ?? "null" }
}

extension LessonReader {
    /// What ``Inspection`` tells of one page.
    public func inspection(of page: Page) -> Inspection { Inspection(of: [page]) }
}
