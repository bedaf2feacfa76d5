public import FoundationEssentials

/// What several runs of a lesson showed of its samples: which parts of each output varied, and which never did.
///
/// `lectern update --learn` writes it beside the lesson, for `verify` to go by and for people to review.
public struct ObservedVariation: Hashable, Codable, Sendable {
    /// Where it is kept, relative to the lesson's directory.
    public static let path = ".lectern/observed.json"
    /// No such file is longer, in bytes.
    public static let maxSize = 1 << 20

    /// Grows when a member changes its meaning.
    public var schemaVersion = 1
    /// How often the lesson was run.
    public var runs: Int
    /// In the order of the pages; only those of which something was learned.
    public var samples: [ObservedSample]

    /// - Parameter runs: At least 2.
    public init(runs: Int, samples: [ObservedSample]) {
        self.runs = runs
        self.samples = samples
    }

    /// - Throws: `DecodingError` for other JSON than ``Encodable`` writes of it, and for a schema that isn't known.
    public init(json: Data) throws {
        self = try JSONDecoder().decode(Self.self, from: json)
        guard schemaVersion == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "the schema version \(schemaVersion) is not supported"))
        }
    }

    /// The samples that are no longer on their page as they were: their command or their text has changed.
    public func stale(on pages: [(name: String, page: Page)]) -> [ObservedSample] {
        var current: Set<Key> = []
        for (name, page) in pages {
            for sample in page.samples { current.insert(Key(page: name, digest: page.digest(of: sample))) }
        }
        return samples.filter { !current.contains(Key(page: $0.page, digest: $0.digest)) }
    }

    fileprivate struct Key: Hashable {
        var page: String
        var digest: String
    }
}

/// What several runs showed of one sample.
public struct ObservedSample: Hashable, Codable, Sendable {
    /// The page, relative to the lesson's directory.
    public var page: String
    /// The first line of the command that prints it, for a reader of the file.
    public var command: String
    /// Of the command and the sample's text: see ``Page/digest(of:)``.
    public var digest: String
    /// The sample's lines, in which `{integer}`, `{hex}`, `{word}`, `{text}` and `{any}` stand for what varied.
    public var lines: [String]

    /// - Parameter lines: As many as the sample has, without blank lines around it.
    public init(page: String, command: String, digest: String, lines: [String]) {
        self.page = page
        self.command = command
        self.digest = digest
        self.lines = lines
    }
}

/// How the lines of a sample vary from run to run, as far as that was observed.
public struct ObservedShapes: Hashable, Codable, Sendable {
    /// In how many runs.
    public var runs: Int
    /// See ``ObservedSample/lines``.
    public var lines: [String]

    /// - Parameter runs: At least 2.
    public init(runs: Int, lines: [String]) {
        self.runs = runs
        self.lines = lines
    }
}

extension Page {
    /// A digest of a sample's text and its command (64 bits, hexadecimal), by which a change of either is noticed.
    public func digest(of sample: Sample) -> String {
        let command = actions.indices.contains(sample.action) ? actions[sample.action].text : ""
        // FNV-1a: it need not withstand anybody, and must be the same everywhere.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(command.utf8) + [0] + Array(sample.text.utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Scenario {
    /// The directory of the lesson's files; that of a single page is the page's.
    public var fileDirectory: String {
        guard pages.count == 1, pages[0].role == .alone else { return directory }
        return directory.lastIndex(of: "/").map { String(directory[..<$0]) } ?? "."
    }

    /// A page's path relative to ``fileDirectory``.
    public func name(of page: Page) -> String {
        let prefix = fileDirectory.hasSuffix("/") ? fileDirectory : fileDirectory + "/"
        return page.file.hasPrefix(prefix) ? String(page.file.dropFirst(prefix.count)) : page.file
    }

    /// The lesson with what was observed of its samples; what is stale is left out.
    public func applying(_ variation: ObservedVariation) -> Scenario {
        let shapes = Dictionary(
            variation.samples.map { (ObservedVariation.Key(page: $0.page, digest: $0.digest), $0.lines) },
            uniquingKeysWith: { first, _ in first })
        var scenario = self
        for (number, page) in pages.enumerated() {
            for (index, sample) in page.samples.enumerated() {
                let key = ObservedVariation.Key(page: name(of: page), digest: page.digest(of: sample))
                guard let lines = shapes[key] else { continue }
                scenario.pages[number].samples[index].observed = ObservedShapes(runs: variation.runs, lines: lines)
            }
        }
        return scenario
    }
}
