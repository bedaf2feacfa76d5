/// Spells a name with ASCII letters, digits and inner hyphens, as people of the locale do in their mail addresses.
///
/// Accents are dropped, except that German writes umlauts with an `e`. Ligatures and letters such as `ß`, `æ`, `ø` become
/// what they stand for. Whatever else there is (spaces, apostrophes, other scripts) is left out.
func asciiSpelling(of name: String, in locale: Faker.Locale) -> String {
    if name.utf8.allSatisfy(isLetterOrDigit) { return name }
    var text = ""
    for scalar in name.unicodeScalars {
        if scalar == "\u{308}" {
            // A diaeresis on its own: the name came decomposed, so the letter under it has been written already.
            if locale == .de, let last = text.last, "aouAOU".contains(last) { text.append("e") }
        } else if scalar == "-" {
            if !text.isEmpty && text.last != "-" { text.append("-") }
        } else {
            text += spelling(of: scalar, in: locale)
        }
    }
    while text.last == "-" { text.removeLast() }
    return text
}

private func spelling(of scalar: Unicode.Scalar, in locale: Faker.Locale) -> String {
    if scalar.isASCII { return isLetterOrDigit(UInt8(ascii: scalar)) ? String(scalar) : "" }
    let lower = scalar.properties.lowercaseMapping
    guard let letter = lower.unicodeScalars.first, let plain = lowerCaseSpelling(of: letter, in: locale) else {
        return ""
    }
    return lower == String(scalar) ? plain : plain.prefix(1).uppercased() + plain.dropFirst()
}

private func lowerCaseSpelling(of letter: Unicode.Scalar, in locale: Faker.Locale) -> String? {
    switch letter {
    case "ä": locale == .de ? "ae" : "a"
    case "ö": locale == .de ? "oe" : "o"
    case "ü": locale == .de ? "ue" : "u"
    case "à", "á", "â", "ã", "å", "ā", "ă", "ą", "ª": "a"
    case "ç", "ć", "ĉ", "ċ", "č": "c"
    case "ď", "đ", "ð": "d"
    case "è", "é", "ê", "ë", "ē", "ĕ", "ė", "ę", "ě": "e"
    case "ĝ", "ğ", "ġ", "ģ": "g"
    case "ĥ", "ħ": "h"
    case "ì", "í", "î", "ï", "ĩ", "ī", "ĭ", "į", "ı": "i"
    case "ĵ": "j"
    case "ķ": "k"
    case "ĺ", "ļ", "ľ", "ł": "l"
    case "ñ", "ń", "ņ", "ň": "n"
    case "ò", "ó", "ô", "õ", "ø", "ō", "ŏ", "ő", "º": "o"
    case "ŕ", "ŗ", "ř": "r"
    case "ś", "ŝ", "ş", "š", "ș": "s"
    case "ţ", "ť", "ŧ", "ț": "t"
    case "ù", "ú", "û", "ũ", "ū", "ŭ", "ů", "ű", "ų": "u"
    case "ŵ": "w"
    case "ý", "ÿ", "ŷ": "y"
    case "ź", "ż", "ž": "z"
    case "æ": "ae"
    case "œ": "oe"
    case "ß": "ss"
    case "þ": "th"
    default: nil
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
