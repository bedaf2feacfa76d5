import Lessons

/// What a sample shows of one value: every documented value of a place, and the class they have in common.
///
/// A list of documents is one shape, so a leaf may hold several values, one of each document.
struct Leaf: Sendable {
    /// The documented values that differ, in the order of the sample.
    let values: [Literal]
    let key: String
    private let hints: KeyHints
    /// What all the documented values are together, when a place that shows the same must turn out the same; `nil` for
    /// values that are equal by chance.
    let recurrence: String?
    private let classes: [FieldClass]
    /// The class to show and to name in a sentence.
    let fieldClass: FieldClass
    /// The documented values: one of them is as good, whatever its class.
    private let known: Set<Distinct>
    /// Words that differ between the documents of a sample vary; the same word in all of them is fixed.
    private let wordsVary: Bool
    /// An author's word on the class, from a `field:` directive.
    let demanded: FieldClass?

    init(_ values: [Literal], key: String, demanded: FieldClass? = nil) {
        var seen: Set<Distinct> = []
        let distinct = values.count == 1 ? values : values.filter { seen.insert(Distinct($0)).inserted }
        known = seen
        self.values = distinct
        self.key = key
        self.demanded = demanded
        hints = KeyHints(key)
        let classes = distinct.map { [hints] in Leaf.fieldClass(of: $0, hints) }
        self.classes = classes
        wordsVary = distinct.count > 1 && (!hints.namesConstant || hints.namesSort)
        recurrence = demanded == nil ? Leaf.recurrence(values, classes) : nil
        fieldClass = demanded ?? Leaf.common(classes)
    }

    /// What tells two values of one place apart.
    private struct Distinct: Hashable {
        let kind: Int
        let text: String

        init(_ literal: Literal) {
            kind = literal.kindName
            text = literal.plain
        }
    }

    private static func common(_ classes: [FieldClass]) -> FieldClass {
        if classes.contains(.decimal), classes.allSatisfy({ $0 == .decimal || $0 == .integer }) { return .decimal }
        return classes.first { $0 != .null } ?? .null
    }

    private static func recurrence(_ values: [Literal], _ classes: [FieldClass]) -> String? {
        guard let first = values.first, let fieldClass = classes.first else { return nil }
        var isLong = false
        if case .string(let text) = first.kind { isLong = fieldClass == .text && text.utf8.count >= 12 }
        guard isLong || fieldClass.recurs else { return nil }
        guard values.count > 1 else { return first.plain }
        var hasher = Hasher()
        for value in values { hasher.combine(value.plain) }
        return "\(values.count) values: \(hasher.finalize())"
    }

    /// Whether values other than the documented ones are as good.
    func mayVary(_ wording: Wording) -> Bool {
        VariationTable.varies(fieldClass, wording) || (wordsVary && wording == .similar)
    }

    /// What is wrong with the value, as the end of a sentence (`expected an integer, got the string "six"`), or `nil`.
    ///
    /// - Parameter fixed: Values that may not vary, whatever their class.
    func objection(to actual: Literal, _ wording: Wording, fixed: FixedValues = .none) -> String? {
        if let demanded { return objection(to: actual, demanded) }
        if !known.isEmpty, known.contains(Distinct(actual)) { return nil }
        var first: String?
        for (value, fieldClass) in zip(values, classes) {
            guard
                let objection = objection(to: actual, value, fieldClass, wording)
                    ?? contradiction(of: actual, value, fieldClass, fixed), !isPattern(value, of: actual)
            else { return nil }
            first = first ?? objection
        }
        return first
    }

    /// What is wrong with a value of the right kind, by what the command and the page name and by what counts say.
    private func contradiction(
        of actual: Literal, _ value: Literal, _ fieldClass: FieldClass, _ fixed: FixedValues
    ) -> String? {
        let (wanted, got) = (value.plain, actual.plain)
        guard wanted != got else { return nil }
        if case .number(let number) = value.kind, let documented = Double(number), let counted = Double(got),
            Claims.contradict(documented, counted, beside: Claims.words(of: key))
        {
            return "expected \(documented == 0 ? "0" : "another number than 0"), as the sample shows, got \(got)"
        }
        guard !fixed.isEmpty, values.count == 1 else { return nil }
        if VariationTable.varies(fieldClass, .exact) {
            let isFixed = fixed.isVerbatim && ![.timestamp, .duration, .age, .processID].contains(fieldClass)
            return isFixed ? "expected exactly \"\(wanted.shortened)\", got \"\(got.shortened)\"" : nil
        }
        // A host, a file, an address that is named holds inside of a longer value, too: `CN = shop.example, O = Shop`.
        let parts = fixed.words(in: wanted).filter { $0.contains { ".@_".contains($0) } }
        guard let named = fixed.contains(wanted, of: key) ? wanted : parts.first(where: { !got.contains($0) }) else {
            return nil
        }
        return "expected \"\(named.shortened)\", which the command or the page names, got \"\(got.shortened)\""
    }

    /// Whether the documented text stands for the value: a placeholder, or a token that was shortened.
    private func isPattern(_ value: Literal, of actual: Literal) -> Bool {
        guard case .string(let text) = value.kind, let pattern = TextPattern(Bytes(text.utf8)[...], isString: true)
        else {
            return false
        }
        switch actual.kind {
        case .string, .number, .date, .objectID: return pattern.matches(Bytes(actual.plain.utf8)[...])
        default: return false
        }
    }

    private func objection(to actual: Literal, _ demanded: FieldClass) -> String? {
        let actualClass = Leaf.fieldClass(of: actual, key: "")
        let isText = demanded == .text || demanded == .name || demanded == .word
        if case .string(let text) = actual.kind, isText, !text.isEmpty { return nil }
        return actualClass == demanded || (demanded == .decimal && actualClass == .integer)
            ? nil : "expected \(demanded.phrase), got \(actual.phrase)"
    }

    private func objection(
        to actual: Literal, _ value: Literal, _ fieldClass: FieldClass, _ wording: Wording
    ) -> String? {
        var wrongKind: String { "expected \(phrase(fieldClass, value)), got \(actual.phrase)" }
        let varies = VariationTable.varies(fieldClass, wording)
        switch (value.kind, actual.kind) {
        case (.string(let wanted), .string(let got)):
            return textObjection(wanted, got, fieldClass, wording, isBare: value.isBare)
        case (.number(let wanted), .number(let got)):
            guard Literal.isInteger(wanted) == Literal.isInteger(got) else { return wrongKind }
            return varies || wanted == got || wordsVary && wording == .similar ? nil : "expected \(wanted), got \(got)"
        case (.boolean(let wanted), .boolean(let got)):
            return wanted == got || varies ? nil : "expected \(wanted), got \(got)"
        case (.null(let wanted), .null(let got)):
            return wanted == got ? nil : "expected \(wanted), got \(got)"
        case (.number(let wanted), .string(let got))
        where value.isBare && Literal.isInteger(wanted) && Leaf.isDatedCount(got):
            return varies ? nil : wrongKind
        case (.number("0"), .string(let got)) where value.isBare && Leaf.fieldClass(of: got, hints) == .size: return nil
        case (.string, .number("0")) where value.isBare && fieldClass == .size: return nil
        case (.date, .date), (.objectID, .objectID): return nil
        case (.opaque(let wanted), .opaque(let got)):
            return Leaf.isAlike(wanted, got, wording) ? nil : "expected \(wanted), got \(got)"
        case (.opaque("[Object]"), .object), (.opaque("[Array]"), .list): return nil
        default: return wrongKind
        }
    }

    private func textObjection(
        _ wanted: String, _ got: String, _ fieldClass: FieldClass, _ wording: Wording, isBare: Bool
    ) -> String? {
        if wanted == got { return nil }
        var wrongText: String { Contrast.sentence(wanted, got) }
        guard VariationTable.varies(fieldClass, wording) || (wordsVary && wording == .similar) else {
            return Leaf.isAlike(wanted, got, wording) ? nil : wrongText
        }
        if isBare, fieldClass == .text, !hints.namesText, Leaf.isComposite(wanted) {
            // `active (running) since …`: a phrase of a program, not of a person.
            return Leaf.isAlike(wanted, got, wording) ? nil : wrongText
        }
        let gotClass = Leaf.fieldClass(of: got, hints)
        var wrongClass: String { "expected \(fieldClass.phrase), got the string \"\(got.shortened)\"" }
        switch fieldClass {
        case .text, .name, .word:
            guard !got.isEmpty || wanted.isEmpty else { return "expected \(fieldClass.phrase), got an empty string" }
            if ErrorSigns.isErrorValue(got), !ErrorSigns.isErrorValue(wanted) { return wrongText }
            return wanted.isEmpty || Leaf.isText(gotClass, got) ? nil : wrongClass
        case .hash, .token:
            let bytes = Bytes(got.utf8)
            let scanner = ValueScanner(bytes: bytes, range: 0..<bytes.count)
            return gotClass == fieldClass || gotClass == .hash || !bytes.isEmpty && scanner.couldBeHash
                ? nil : wrongClass
        case .duration, .size:
            return gotClass == fieldClass && !Units.areOther(Bytes(wanted.utf8), Bytes(got.utf8)) ? nil : wrongText
        default: return gotClass == fieldClass ? nil : wrongClass
        }
    }

    private func phrase(_ fieldClass: FieldClass, _ value: Literal) -> String {
        switch value.kind {
        case .string:
            fieldClass == .word || fieldClass == .text || fieldClass == .name
                ? "a string" : "\(fieldClass.phrase) in a string"
        case .number(let text): Literal.isInteger(text) ? "an integer" : "a decimal"
        case .boolean: "a boolean"
        case .null(let text): text
        case .date: "a date"
        case .objectID: "an object id"
        case .opaque(let text): text
        case .object: "an object"
        case .list: "a list"
        }
    }

    // MARK: Classes

    /// Seconds since 1970, with or without a fraction, or milliseconds.
    private static func isEpoch(_ number: String) -> Bool {
        let bytes = Bytes(number.prefix { $0 != "." }.utf8)
        return ValueScanner(bytes: bytes, range: 0..<bytes.count).isEpoch
    }

    static func fieldClass(of literal: Literal, key: String) -> FieldClass {
        fieldClass(of: literal, KeyHints(key))
    }

    private static func fieldClass(of literal: Literal, _ hints: KeyHints) -> FieldClass {
        switch literal.kind {
        case .number(let text):
            if let volatile = hints.volatileClass { return volatile }
            if hints.namesConstant { return .word }
            if isEpoch(text) { return .timestamp }
            return Literal.isInteger(text) ? .integer : .decimal
        case .boolean: return hints.namesConstant ? .word : .boolean
        case .null: return .null
        case .date: return .timestamp
        case .objectID: return .objectID
        case .string(let text): return fieldClass(of: text, hints)
        case .opaque, .object, .list: return .word
        }
    }

    private static func fieldClass(of text: String, _ hints: KeyHints) -> FieldClass {
        let source = SourceText(text)
        let bytes = source.bytes
        guard !bytes.isEmpty else { return .text }
        if hints.namesDevice { return .name }
        if bytes.count <= 200 {
            let tokens = Lexer.tokens(source, 0..<bytes.count)
            if tokens.count == 1, case .field(let fieldClass) = tokens[0].kind, fieldClass != .word {
                return fieldClass
            }
        }
        if let volatile = hints.volatileClass { return volatile }
        if hints.namesName { return .name }
        if hints.namesText { return .text }
        if hints.namesConstant { return .word }
        if isContainerName(bytes) { return .token }
        if bytes.contains(where: \.isSpace) { return isName(text) ? .name : .text }
        if isIdentifier(bytes) { return .word }
        return bytes[0].isUpper ? .name : .text
    }

    /// `quirky_einstein`: the names that Docker gives to containers without one.
    private static func isContainerName(_ bytes: Bytes) -> Bool {
        guard let bar = bytes.firstIndex(of: UInt8(ascii: "_")), bar + 3 < bytes.count else { return false }
        return bytes[(bar + 1)...].allSatisfy(\.isLower)
            && adjectives.contains(String(decoding: bytes[..<bar], as: UTF8.self))
    }

    private static let adjectives = Set(
        """
        admiring adoring affectionate agitated amazing angry awesome beautiful blissful bold boring brave busy charming clever \
        compassionate competent condescending confident cool cranky crazy dazzling determined distracted dreamy eager ecstatic \
        elastic elated elegant eloquent epic exciting fervent festive flamboyant focused friendly frosty funny gallant gifted \
        goofy gracious great happy hardcore heuristic hopeful hungry infallible inspiring intelligent interesting jolly jovial \
        keen kind laughing loving lucid magical modest musing mystifying naughty nervous nice nifty nostalgic objective \
        optimistic peaceful pedantic pensive practical priceless quirky quizzical recursing relaxed reverent romantic sad \
        serene sharp silly sleepy stoic strange stupefied suspicious sweet tender thirsty trusting unruffled upbeat vibrant \
        vigilant vigorous wizardly wonderful xenodochial youthful zealous zen
        """.split(separator: " ").map(String.init))

    /// Up to four words, each of them capitalised, without digits.
    private static func isName(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return words.count <= 4 && words.allSatisfy { $0.first?.isUppercase ?? false }
            && !text.utf8.contains(where: \.isDigit)
    }

    /// Spelled as programs spell names: `store_r`, `OnNewItem`, `web-server`, `EUR`, `v1`.
    private static func isIdentifier(_ bytes: Bytes) -> Bool {
        if bytes.count > 1, bytes.allSatisfy({ $0.isUpper || $0.isDigit }) { return true }
        for (index, byte) in bytes.enumerated() {
            if byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") {
                return true
            }
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."), index + 1 < bytes.count, bytes[index + 1].isLower
            {
                return true
            }
            if byte.isUpper, index > 0, bytes[index - 1].isLower { return true }
        }
        return false
    }

    /// `1 (2m ago)`: a count, and when it last grew.
    private static func isDatedCount(_ text: String) -> Bool {
        guard let space = text.firstIndex(of: " "), text[space...].hasPrefix(" ("), text.hasSuffix(" ago)") else {
            return false
        }
        return Literal.isInteger(String(text[..<space]))
    }

    /// Words with marks, numbers or other typed values among them.
    private static func isComposite(_ text: String) -> Bool {
        !text.utf8.allSatisfy {
            $0.isLetter || $0.isBlank || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
                || $0 == UInt8(ascii: "-")
        }
    }

    /// Prose, names, words: anything that a typed field isn't.
    private static func isText(_ fieldClass: FieldClass, _ text: String) -> Bool {
        switch fieldClass {
        case .word, .name, .text, .version, .path, .size, .duration: true
        default: false
        }
    }

    /// Equal but for what varies under the wording.
    static func isAlike(_ wanted: String, _ got: String, _ wording: Wording) -> Bool {
        let documented = SourceText(wanted)
        let actual = SourceText(got)
        return TokenMatcher(documented: documented, actual: actual, wording: wording).firstMismatch(
            Lexer.tokens(documented, 0..<documented.bytes.count, readsPatterns: true),
            Lexer.tokens(actual, 0..<actual.bytes.count)) == nil
    }
}
