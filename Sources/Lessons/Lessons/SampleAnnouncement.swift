/// What the sentence before a sample says of the output, beside how freely its values may vary.
///
/// A page announces a sample in a sentence: "The log ends with these lines:", "You should see, in any order:". The words
/// that matter are few and are looked for as they are; a sentence without any announces the whole output, in order.
public struct SampleAnnouncement: Hashable, Codable, Sendable {
    /// Which part of the output the sample shows.
    public enum Extent: String, Codable, Sendable {
        case whole
        /// Some of its lines, in their order: "should include", "among others", "an excerpt".
        case part
        /// Its first lines: "starts with", "the first lines".
        case beginning
        /// Its last lines: "ends with", "at the end".
        case end
    }

    /// How much of the output the sample shows.
    public var extent = Extent.whole
    /// "in any order", "the order may differ".
    public var isUnordered = false
    /// "newest first", "sorted by", "in this order".
    public var isOrdered = false
    /// "must be exactly this one": nothing varies, identifiers included.
    public var isVerbatim = false
    /// "a random saying", "worded in another way each time": any text of its kind is as good.
    public var isGenerated = false

    /// The whole output, in order, with values that may vary.
    public init() {}

    /// - Parameter sentence: The words before the sample, as a reader sees them. Markdown's marks don't matter.
    public init(sentence: String) {
        guard !sentence.isEmpty else { return }
        let words = Self.plain(sentence).split(separator: " ")
        func says(_ phrases: Phrases) -> Bool { phrases.areSaid(in: words) }
        isUnordered = says(Self.unordered)
        isOrdered = !isUnordered && says(Self.ordered)
        isVerbatim = says(Self.verbatim)
        isGenerated = says(Self.generated)
        if says(Self.ends) {
            extent = .end
        } else if says(Self.beginnings) {
            extent = .beginning
        } else if says(Self.parts) {
            extent = .part
        }
    }

    /// Lower-case words with one blank between, without marks; apostrophes stay.
    private static func plain(_ sentence: String) -> String {
        let letters = sentence.lowercased().map { character -> Character in
            if character == "’" { return "'" }
            return character.isLetter || character.isNumber || character == "'" ? character : " "
        }
        return String(letters).split(separator: " ").joined(separator: " ")
    }

    private static func phrases(_ text: String) -> Phrases { Phrases(text) }

    private static let unordered = phrases(
        """
        any order, no particular order, no fixed order, no certain order, random order, another order, a different order
        different orders, order may, order can, order might, order will differ, order will vary, order is not, order isn't
        in parallel, concurrently, at the same time, simultaneously, whichever, as they finish, as they come, as they complete
        asynchronously, order does not, order doesn't, order varies, order differs, not in order, unordered, whatever order
        """)

    private static let ordered = phrases(
        """
        newest first, oldest first, latest first, largest first, smallest first, biggest first, comes first, sorted
        in this order, in order, in that order, ascending, descending, alphabetical, alphabetically, ordered by, ranked
        one after the other, one after another, from newest, from oldest, reverse order, in sequence, chronological
        in the order
        """)

    private static let verbatim = phrases(
        """
        exactly this, exactly these, exactly the same, exactly that, exactly as shown, exactly what, must be exactly
        must match exactly, must be identical, must be the same, must equal, must match, byte for byte
        character for character, word for word, precisely this, must read exactly, must print exactly
        """)

    private static let generated = phrases(
        """
        random, randomly, generated, worded, another way each time, different each time, different every time
        differs each time, differs every time, other words, made up, something else each time
        something different each time, own words, your own, answer varies, answers vary, reply varies, text varies
        wording varies, answer differs, answer will differ, answer will vary, response varies, response will vary
        answer may differ, answer may vary, be another, a different one each time
        """)

    private static let ends = phrases(
        """
        ends with, end with, ending with, ends in, ends like, at the end, end of the, last line, last lines, last few lines
        last two lines, last three lines, final line, final lines, finishes with, finish with, concludes with, the tail of
        at the bottom, bottom of, closes with, the end looks, last rows, last entries, ends by
        """)

    private static let beginnings = phrases(
        """
        first line, first lines, first few lines, first two lines, first three lines, first rows, first few rows
        first entries, begins with, begins as, begin as, starts as, start as, begin like, begin with, starts with, start with, starting with, beginning of, start of the
        top of the, at the top, the head of, first part of, the first few, begins like, starts like, at the start
        at the beginning, opens with
        """)

    private static let parts = phrases(
        """
        include, includes, including, included, contain, contains, containing, among others, among other, among them
        among the, somewhere in, somewhere, part of, parts of, excerpt, an excerpt, extract, snippet, a fragment
        a line like, a line such, lines like, lines such, this line, these lines, the line, the lines, following line
        following lines, one of the lines, some of the, partial, abridged, at least, important part, relevant part
        relevant lines, relevant line, interesting part, interesting lines, an entry like, an entry for, a row like, a row for
        a section like, a block like, an item like, amongst others, amongst other, only part, not the whole, more lines
        other lines, along with, besides others, look for, find the, you'll find, you will find, will find, should find
        in the middle, is listed, are listed, appears in, appear in, lists among, within the, cut short, only the
        """)
}
