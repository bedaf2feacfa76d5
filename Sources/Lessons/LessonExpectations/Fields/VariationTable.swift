import Lessons

/// The one table of what may vary: a row for each class, a column for each wording.
///
/// The matcher asks it and the documentation prints it (a test compares the two), so neither can drift.
enum VariationTable {
    struct Row: Sendable {
        let fieldClass: FieldClass
        /// What belongs to the class, with examples as tools print them.
        let meaning: String
        let variesWhenExact: Bool
        let variesWhenSimilar: Bool
    }

    static let rows: [Row] = [
        volatile(.uuid, "`89339b04-9c99-44cc-b0a6-ad8a5bba82e3`"),
        volatile(.objectID, "`ObjectId('5fec0c8e…')`, 24 hexadecimal digits"),
        volatile(.hash, "Git commits, container ids, digests: 7 or more hexadecimal digits, also after `sha256:`"),
        volatile(.token, "random strings of 16 or more letters and digits, Base64, JSON web tokens"),
        volatile(.timestamp, "dates and times in every form that tools print, `ISODate('…')`, seconds since 1970"),
        volatile(.duration, "`0.52 sec`, `12ms`, `0m0.003s`, `3 minutes`, `5d12h`"),
        volatile(.age, "`2 minutes ago`, `About an hour ago`, `Up 3 hours`"),
        volatile(.size, "amounts of data and rates: `187MB`, `4.0K`, `512 bytes`, `3.2 MB/s`"),
        volatile(.processID, "`pid 4711`, `sshd[4711]`, `[1] 4711`, a column named PID"),
        volatile(.version, "`1.18.0`, `v12.13.1`, `10.11.6-MariaDB`"),
        similar(.port, "a port beside a host or after the word port; 30000 and above also vary under exact wording"),
        similar(.address, "IP and MAC addresses; private networks also vary under exact wording"),
        similar(.email, "`Hyman.Bartell@gust.biz`"),
        similar(.url, "`https://example.com/path`"),
        similar(.path, "absolute paths and those that start with `./` or `~`"),
        similar(.integer, "whole numbers, counts"),
        similar(.decimal, "numbers with a decimal point"),
        similar(.percentage, "`45%`"),
        similar(.boolean, "`true`, `false`; as a value of structured data"),
        similar(.name, "names of people and things; as a value of structured data"),
        similar(.text, "free text, lorem words; as a value of structured data or in quotes"),
        fixed(.null, "`null`, `undefined`, `None`"),
        fixed(.word, "everything else: words, keys, identifiers, punctuation"),
    ]

    static func varies(_ fieldClass: FieldClass, _ wording: Wording) -> Bool {
        (wording == .similar ? varyWhenSimilar : varyWhenExact).contains(fieldClass)
    }

    // Asked for every value: a few classes are found sooner than a dictionary hashes their names.
    private static let varyWhenSimilar = rows.filter(\.variesWhenSimilar).map(\.fieldClass)
    private static let varyWhenExact = rows.filter(\.variesWhenExact).map(\.fieldClass)

    private static func volatile(_ fieldClass: FieldClass, _ meaning: String) -> Row {
        Row(fieldClass: fieldClass, meaning: meaning, variesWhenExact: true, variesWhenSimilar: true)
    }

    private static func similar(_ fieldClass: FieldClass, _ meaning: String) -> Row {
        Row(fieldClass: fieldClass, meaning: meaning, variesWhenExact: false, variesWhenSimilar: true)
    }

    private static func fixed(_ fieldClass: FieldClass, _ meaning: String) -> Row {
        Row(fieldClass: fieldClass, meaning: meaning, variesWhenExact: false, variesWhenSimilar: false)
    }
}
