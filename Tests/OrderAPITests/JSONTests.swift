import FoundationEssentials
import NIOCore
import Orders
import Testing

@testable import OrderAPI

@Suite struct JSONTests {
    private func text(_ json: JSON) -> String {
        var buffer = ByteBuffer()
        json.write(to: &buffer)
        return String(buffer: buffer)
    }

    @Test("members come in the order in which they were written")
    func order() {
        let json: JSON = ["z": .integer(-1), "a": .array([.bool(true), .bool(false), "x", .object([])]), "m": [:]]
        #expect(text(json) == #"{"z":-1,"a":[true,false,"x",{}],"m":{}}"#)
        #expect(text(.array([])) == "[]")
    }

    @Test("whatever a client sent is data in the answer: it ends no string, no line, and commands no terminal")
    func strings() throws {
        let hostile = "\"},\\ \u{0}\u{1F}\n\r\t\u{1B}[2J\u{9B}2J\u{7F}\u{202E}é€😀"
        let written = text(.string(hostile))
        #expect(try JSONDecoder().decode(String.self, from: Data(written.utf8)) == hostile)
        #expect(
            written.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) && $0.value != 0x202E })
        #expect(written.contains("é€😀"))
        #expect(text([hostile: "v"]).hasPrefix(#"{"\"},\\ "#))
    }
}

@Suite struct PercentDecodingTests {
    @Test(
        "escapes are undone, and a broken one is no text",
        arguments: [
            ("ada%40example.org", "ada@example.org"), ("a+b", "a+b"), ("%E2%82%AC%e2%82%ac", "€€"), ("", ""),
            ("100%25", "100%"), ("%", nil), ("%4", nil), ("%zz", nil), ("%+1", nil), ("%-1", nil), ("%FF", nil),
            ("%E2%82", nil),
        ] as [(String, String?)])
    func decoding(_ text: String, _ decoded: String?) {
        #expect(text.percentDecoded == decoded)
    }
}
