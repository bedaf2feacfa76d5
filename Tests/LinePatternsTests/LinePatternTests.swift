import LinePatterns
import Testing

struct LinePatternTests {
    @Test(
        "a line matches as a whole or not at all",
        arguments: [
            ("", "", true), ("", "a", false), ("a", "a", true), ("a", "aa", false), ("^a$", "a", true),
            ("a|bc", "bc", true), ("(a|b)*c", "ababc", true), ("(a|b)*c", "abab", false), ("a?b+", "bb", true),
            ("x{2,3}", "x", false), ("x{2,3}", "xxx", true), ("x{2,3}", "xxxx", false), ("x{2,}", "xxxxx", true),
            ("x{,2}", "xx", true), ("x{0}y", "y", true), ("a*?b", "aab", true), (#"\d+ (ms|s)"#, "12 ms", true),
            (#"[\w.-]+@[a-z]+"#, "a.b-c@host", true), ("[^a-c]", "d", true), ("[^a-c]", "b", false),
            ("[]a]", "]", true),
            ("[a-]", "-", true), ("[[:digit:]]+", "42", true), (#"\bfoo\b.*"#, "foo bar", true),
            (#"fo\Bo"#, "foo", true), (#"\Afoo\z"#, "foo", true), ("(?i)ready", "READY", true),
            ("(?i)[a-c]+", "ABC", true),
            ("(?:ab){2}", "abab", true), ("(?<year>[0-9]{4})", "2031", true), (#"\x41\u00E9\u{1F600}"#, "Aé😀", true),
            (#"\$\(\)\{\}"#, "$(){}", true), ("a{b}", "a{b}", true), (".", "é", true), ("()*", "", true),
            ("(|a)+b", "aab", true), ("(a*)*", "aaaa", true), ("^^a$$", "a", true),
        ])
    func matches(pattern: String, line: String, holds: Bool) throws {
        #expect(try LinePattern(pattern).match(line) == (holds ? .matches : .differs))
    }

    @Test(
        "what is not an expression, or not a supported one, is refused with its reason",
        arguments: [
            ("(a", "a group is not closed"), ("a)", "a ) without its ("), ("[a", "a set is not closed"),
            ("*a", "there is nothing before * to repeat"), ("a**", "a repetition is repeated; put it into a group"),
            ("a{3,2}", "the bounds are the wrong way round"), ("a{1001}", "repeats more than 1000 times"),
            ("^*", "a place can't be repeated"), (#"a\"#, "a backslash at the end"),
            (#"(a)\1"#, "a back reference is not supported"),
            ("(?=a)", "(?= is not supported; use (?:…) or a plain group"),
            ("(?<!a)b", "(?< is not supported; use (?:…) or a plain group"), (#"\p{L}"#, #"\p is not supported"#),
            ("[z-a]", "a range goes from a lower character to a higher one"),
            ("(a{1,1000}){1,1000}", "the repetitions multiply to more than 5000 states; repeat less"),
            ("((){1000}){1000}", "the repetitions multiply to more than 5000 states; repeat less"),
        ])
    func refusals(pattern: String, reason: String) {
        let error = #expect(throws: LinePatternError.self) { try LinePattern(pattern) }
        #expect(error?.reason == reason)
    }

    @Test(
        "expressions that a backtracking engine hangs on are answered, also for lines of 3,000 characters",
        arguments: [
            ("^(a|a)*$", "!", false), ("(a+)+$", "!", false), ("(a*)*b", "", false), ("(.*a){20}", "", true),
            ("(a|aa|aaa)+", "", true), ("((a?)*)*", "!", false), ("(x+x+)+y", "", false),
            ("(a{0,30}){0,30}!", "!", false),
            (String(repeating: "()*", count: 1_000) + "a*", "", true),
        ])
    func hangs(pattern: String, end: String, holds: Bool) throws {
        let line = String(repeating: "a", count: 3_000) + end
        #expect(try LinePattern(pattern).match(line) == (holds ? .matches : .differs))
    }

    @Test("sixty optional letters before sixty letters are answered")
    func optionalLetters() throws {
        let pattern = try LinePattern("^(a?){60}a{60}$")
        #expect(pattern.match(String(repeating: "a", count: 60)) == .matches)
        #expect(pattern.match(String(repeating: "a", count: 59)) == .differs)
    }

    @Test("a line that would take too many steps is given up, not worked on for ever")
    func bound() throws {
        let pattern = try LinePattern("(a?){800}(a?){800}")
        #expect(pattern.match(String(repeating: "a", count: 100_000)) != .matches)
        #expect(try LinePattern("(.*){400}(.?){900}b").match(String(repeating: "a", count: 90_000)) == .inconclusive)
    }

    @Test("groups that nest too deep are refused, not followed")
    func depth() {
        let deep = String(repeating: "(", count: 50_000) + String(repeating: ")", count: 50_000)
        #expect(throws: LinePatternError.self) { try LinePattern(deep) }
    }
}
