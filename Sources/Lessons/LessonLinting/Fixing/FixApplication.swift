import LessonMarkdown

/// Carries out fixes.
///
/// A file is written whole or not at all, with the permissions that it had. Of fixes that touch the same bytes the first
/// is done; the others are found again by the next look.
public struct FixApplication: Sendable {
    /// What one file becomes.
    public struct Change: Sendable {
        /// The path as the user can open it.
        public let file: String
        /// The whole file when the fixes were worked out, without a byte order mark.
        public let before: String
        /// The whole file once it is fixed; a byte order mark is kept when it is written.
        public let after: String
        /// How many fixes the change holds.
        public let fixes: Int
    }

    /// By file name.
    public let changes: [Change]

    /// Works out what the fixes of the problems change, and writes nothing.
    ///
    /// - Throws: `LessonError` for a file that can't be read any more.
    public init(of problems: [Problem]) throws {
        var byFile: [String: [Fix]] = [:]
        for fix in problems.compactMap(\.fix) {
            guard let file = fix.edits.first?.file, fix.edits.allSatisfy({ $0.file == file }) else { continue }
            byFile[file, default: []].append(fix)
        }
        changes = try byFile.keys.sorted().compactMap { try Self.change(of: $0, fixes: byFile[$0] ?? []) }
    }

    private static func change(of file: String, fixes: [Fix]) throws -> Change? {
        let source = try LessonFile.source(at: file)
        var edits: [Edit] = []
        var taken: [Range<Int>] = []
        var count = 0
        for fix in fixes where fix.edits.allSatisfy({ $0.range.upperBound <= source.bytes.count }) {
            let ranges = fix.edits.map(\.range)
            guard !ranges.contains(where: { range in overlaps(range, taken) }) else { continue }
            taken = (taken + ranges).sorted { $0.lowerBound < $1.lowerBound }
            edits += fix.edits
            count += 1
        }
        guard !edits.isEmpty else { return nil }
        edits.sort { $0.range.lowerBound < $1.range.lowerBound }
        var after: [UInt8] = []
        var offset = 0
        for edit in edits {
            after += source.bytes[offset..<edit.range.lowerBound]
            after += edit.replacement.utf8
            offset = edit.range.upperBound
        }
        after += source.bytes[offset...]
        return Change(
            file: file, before: source.string(0..<source.bytes.count), after: String(decoding: after, as: UTF8.self),
            fixes: count)
    }

    /// Whether the range meets one of the sorted ones, or touches the same place as an empty one.
    private static func overlaps(_ range: Range<Int>, _ taken: [Range<Int>]) -> Bool {
        var low = 0
        var high = taken.count
        while low < high {
            let middle = (low + high) / 2
            if taken[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < taken.count && taken[low].lowerBound < range.upperBound
    }

    /// Writes the changed files, each in one step.
    ///
    /// - Throws: ``LintError`` at the first file that can't be written; those before it are changed.
    public func write() throws {
        for change in changes { try AtomicFile.write(change.after, over: change.file) }
    }
}
