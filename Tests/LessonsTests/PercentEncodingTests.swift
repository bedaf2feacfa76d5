import Lessons
import Testing

@Suite struct PercentEncodingTests {
    @Test(arguments: [
        ("a%20b.md", "a b.md"), ("%C3%A9", "é"), ("100%", "100%"), ("%zz", "%zz"), ("%+1", "%+1"), ("%00", "%00"),
        ("%4", "%4"), ("a/b-c_d.e~f", "a/b-c_d.e~f"),
    ])
    func whatEncodesNothingStays(encoded: String, decoded: String) {
        #expect(PercentEncoding.decoded(encoded) == decoded)
        #expect(PercentEncoding.decoded(Substring(encoded)) == decoded)
    }

    @Test(arguments: [
        ("a/b-c_d.e~f", "a/b-c_d.e~f"), ("two words", "two%20words"), ("100%", "100%25"),
        ("größe\n", "gr%C3%B6%C3%9Fe%0A"),
    ])
    func pathsComeBackAsTheyWere(path: String, encoded: String) {
        #expect(PercentEncoding.encoded(path) == encoded)
        #expect(PercentEncoding.decoded(encoded) == path)
    }

    @Test func bytesThatPathsMayNotHaveAreEncoded() {
        #expect(PercentEncoding.encoded("a b/é%.md") == "a%20b/%C3%A9%25.md")
        #expect(PercentEncoding.encoded("A-z_0.9~/") == "A-z_0.9~/")
    }
}
