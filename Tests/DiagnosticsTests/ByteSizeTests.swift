import Diagnostics
import Testing

@Suite struct ByteSizeTests {
    @Test(
        "a size is a whole number with a unit of 1024",
        arguments: [("1k", 1024), ("512m", 512 << 20), ("010g", 10 << 30)])
    func read(_ text: String, _ bytes: Int) {
        #expect(ByteSize.read(text) == bytes)
    }

    @Test(
        "anything else is no size",
        arguments: ["", "g", "0g", "1", "1.5g", "-1g", "1 g", "1gb", "1234567k", "١g", "1G"])
    func refused(_ text: String) {
        #expect(ByteSize.read(text) == nil)
    }

    @Test("a size is told in the largest unit in which it's whole")
    func text() {
        #expect(ByteSize.text(2 << 30) == "2 GiB")
        #expect(ByteSize.text(1536 << 20) == "1536 MiB")
        #expect(ByteSize.text(1000) == "1000 bytes")
        #expect(ByteSize.text(0) == "0 bytes")
    }
}
