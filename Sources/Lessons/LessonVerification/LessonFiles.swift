import HostFiles
import Lessons

/// The files that lie beside a lesson's pages.
enum LessonFiles {
    /// Whether a path that a page names leads to a file of the lesson, relative to the page. What lies elsewhere on the host
    /// counts as missing.
    static func exists(_ path: String, besides page: String) -> Bool {
        let withoutFragment = path.prefix { $0 != "#" && $0 != "?" }
        guard !withoutFragment.isEmpty else { return true }
        let directory = page.lastIndex(of: "/").map { String(page[..<$0]) } ?? "."
        let file = directory + "/" + PercentEncoding.decoded(withoutFragment)
        guard let root = MountPolicy.root(around: directory) ?? MountPolicy.resolved(directory) else { return false }
        return MountPolicy.allows(file, under: root)
    }
}
