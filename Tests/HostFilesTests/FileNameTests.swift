import HostFiles
import Testing

@Suite struct FileNameTests {
    @Test(
        "a name that means another place can't be used",
        arguments: [
            "", ".", "..", "a/b", "/a", "../a", "a\u{0}b", "a\nb", "a\u{1B}[2Jb", "a\u{202E}b", "a\u{85}",
            String(repeating: "x", count: 129),
        ])
    func bad(_ name: String) {
        #expect(!FileName.isUsable(name))
    }

    @Test(
        "an ordinary name can",
        arguments: ["a", "...", ".hidden", "mariadb-10.11", "größe", String(repeating: "x", count: 128)])
    func good(_ name: String) {
        #expect(FileName.problem(with: name) == nil)
    }
}
