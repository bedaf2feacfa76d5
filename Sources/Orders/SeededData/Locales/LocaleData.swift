/// The words and forms of one locale.
///
/// Lists are frozen: a word added, removed or moved changes what every seed gives, so that is for a major version.
struct LocaleData: Sendable {
    let femaleNames: [String]
    let maleNames: [String]
    let lastNames: [String]
    let cities: [String]
    let regions: [String]
    let countries: [String]
    /// Complete names of streets, without a number.
    let streets: [String]
    let addressForm: AddressForm
    /// `#` stands for a digit.
    let phonePatterns: [String]
    let topLevelDomains: [String]
    /// `#` stands for a family name.
    let companyPatterns: [String]
    let products: [String]
    /// With the preposition where the language needs one.
    let materials: [String]

    struct AddressForm: Sendable {
        let numberComesFirst: Bool
        let numberSeparator: String
        let highestHouseNumber: Int
        /// The lowest and highest postal code, without leading zeros and hyphen.
        let zips: ClosedRange<Int>
        let zipDigits: Int
    }
}

extension Faker.Locale {
    var data: LocaleData {
        switch self {
        case .en: englishData
        case .de: germanData
        case .fr: frenchData
        case .es: spanishData
        case .ptBR: brazilianData
        }
    }
}

/// Splits a list at its commas; line ends and spaces around an element are not part of it.
func list(_ text: String) -> [String] {
    text.split(separator: ",").map { element in
        let kept = element.drop(while: \.isWhitespace)
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }
}
