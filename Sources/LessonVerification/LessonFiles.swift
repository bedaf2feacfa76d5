import FoundationEssentials

/// The files that lie beside a lesson's pages.
enum LessonFiles {
    /// Whether a path that a page names leads to a file, relative to the page.
    static func exists(_ path: String, besides page: String) -> Bool {
        let withoutFragment = path.prefix { $0 != "#" && $0 != "?" }
        guard !withoutFragment.isEmpty else { return true }
        let directory = page.lastIndex(of: "/").map { String(page[..<$0]) } ?? "."
        let decoded = String(withoutFragment).removingPercentEncoding ?? String(withoutFragment)
        return FileManager.default.fileExists(atPath: directory + "/" + decoded)
    }
}
