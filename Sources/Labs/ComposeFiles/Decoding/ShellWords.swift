/// Splits a line into words as a POSIX shell does, quotes and backslashes included, without expanding anything.
///
/// - Returns: `nil` when a quote isn't closed or the line ends in a backslash.
func shellWords(_ line: String) -> [String]? {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var hasWord = false
    var quote: Unicode.Scalar?
    var scalars = line.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
        switch (quote, scalar) {
        case ("'", "'"), ("\"", "\""):
            quote = nil
        case ("\"", "\\"):
            guard let next = scalars.next() else { return nil }
            if !"\"\\$`\n".unicodeScalars.contains(next) { word.append("\\") }
            if next != "\n" { word.append(next) }
        case (.some, _):
            word.append(scalar)
        case (nil, "'"), (nil, "\""):
            quote = scalar
            hasWord = true
        case (nil, "\\"):
            guard let next = scalars.next() else { return nil }
            if next != "\n" {
                word.append(next)
                hasWord = true
            }
        case (nil, " "), (nil, "\t"), (nil, "\n"), (nil, "\r"):
            if hasWord { words.append(String(word)) }
            word = .init()
            hasWord = false
        case (nil, _):
            word.append(scalar)
            hasWord = true
        }
    }
    guard quote == nil else { return nil }
    if hasWord { words.append(String(word)) }
    return words
}
