import LessonMarkdown
import Testing

@Suite struct PercentEncodingTests {
    @Test(arguments: [
        ("a/b-c_d.e~f", "a/b-c_d.e~f"), ("two words", "two%20words"), ("100%", "100%25"),
        ("größe\n", "gr%C3%B6%C3%9Fe%0A"),
    ])
    func pathsComeBackAsTheyWere(path: String, encoded: String) {
        #expect(PercentEncoding.encoded(path) == encoded)
        #expect(PercentEncoding.decoded(encoded[...]) == path)
    }

    @Test(arguments: ["%", "a%2", "%zz", "%+1", "%-1", "%00"])
    func whatEncodesNothingStays(text: String) {
        #expect(PercentEncoding.decoded(text[...]) == text)
    }
}
