/// What `help` and the `help()` methods print.
enum HelpText {
    static let shell = page(
        "Shell Help",
        [
            ("use <db>", "Set the current database."),
            ("show dbs, show databases", "Print the names of all databases."),
            ("show collections, show tables", "Print the names of the collections of the current database."),
            ("db", "The current database; db.help() lists its methods."),
            ("db.<collection>.find()", "The documents of a collection; .help() lists more."),
            ("it", "The next documents of the last query."),
            ("cls", "Clear the screen."),
            ("exit, quit", "Leave the shell."),
        ], note: note)

    static let database = page(
        "Database Class", DatabaseMethods.all.keys.sorted().map { ("db.\($0)()", "") }, note: note)

    static let collection = page(
        "Collection Class", CollectionMethods.all.keys.sorted().map { ("db.<collection>.\($0)()", "") }, note: note)

    static let cursor = page(
        "Cursor Class",
        ["limit", "skip", "sort", "projection", "count", "toArray", "forEach", "map", "next", "hasNext", "pretty"]
            .map { (".\($0)()", "") }, note: note)

    private static let note = "This is Lectern's stand-in for mongosh: it knows what is listed here."

    private static func page(_ title: String, _ entries: [(String, String)], note: String) -> String {
        let lines = entries.map { name, text in
            text.isEmpty
                ? "    \(name)" : "    \(name)\(String(repeating: " ", count: max(1, 43 - name.utf8.count)))\(text)"
        }
        return "\n  \(title):\n\n\(lines.joined(separator: "\n"))\n\n  \(note)"
    }
}
