import HostFiles

/// The files that lie beside a lesson's pages.
enum LessonFiles {
    /// Whether a path that a page names leads to a file of the lesson, relative to the page. What lies elsewhere on the host
    /// counts as missing.
    static func exists(_ path: String, besides page: String) -> Bool {
        let withoutFragment = path.prefix { $0 != "#" && $0 != "?" }
        guard !withoutFragment.isEmpty else { return true }
        let directory = page.lastIndex(of: "/").map { String(page[..<$0]) } ?? "."
        let file = directory + "/" + decoded(withoutFragment)
        guard let root = MountPolicy.root(around: directory) ?? MountPolicy.resolved(directory) else { return false }
        return MountPolicy.allows(file, under: root)
    }

    /// Undoes percent-encoding (RFC 3986, 2.1); a `%` that encodes nothing stays.
    private static func decoded(_ path: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count > 1
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
