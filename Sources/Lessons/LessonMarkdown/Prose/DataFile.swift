/// Names of files that hold data rather than a program: what is below such a name is often what to write there.
enum DataFile {
    private static let extensions: Set<String> = [
        "json", "yaml", "yml", "xml", "ini", "toml", "conf", "cfg", "properties", "env", "tf",
    ]

    static func isNamed(by span: String) -> Bool {
        guard let dot = span.utf8.lastIndex(of: UInt8(ascii: ".")), !span.utf8.contains(where: \.isWhite) else {
            return false
        }
        return extensions.contains(span[span.index(after: dot)...].lowercased())
    }
}
