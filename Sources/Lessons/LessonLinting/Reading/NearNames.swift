import Diagnostics
import LessonMarkdown

/// Finds the file that is meant by a name which is none.
struct NearNames {
    /// No more names are compared letter by letter with one that is looked for.
    private static let maxComparisons = 200

    private var byLowercase: [String: String] = [:]
    private var byName: [String: String] = [:]
    /// By their digits: `step11.md` is no slip for `step1.md`.
    private var byDigits: [String: [String]] = [:]

    init(_ files: some Sequence<String>) {
        for file in files {
            let lowercased = file.lowercased()
            byLowercase[lowercased] = byLowercase[lowercased] ?? file
            let name = RelativePath.name(of: file)
            byName[name] = byName[name] ?? file
            byDigits[file.filter(\.isNumber), default: []].append(file)
        }
    }

    /// The file that is most likely meant: the same but for case, the same name elsewhere, or a slip of the pen.
    func nearest(to path: String) -> String? {
        byLowercase[path.lowercased()] ?? byName[RelativePath.name(of: path)]
            ?? byDigits[path.filter(\.isNumber)]?.prefix(Self.maxComparisons).first {
                Spelling.isNear(path, to: $0, slips: 2)
            }
    }
}
