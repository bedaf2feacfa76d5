import Diagnostics
import Foundation
import LessonMarkdown
import Lessons
import PageCorpus
import SeededNumbers
import Testing

/// Lessons are untrusted: whatever they hold, reading ends soon and its values hold together.
@Suite struct RobustnessTests {
    private static let seed = """
        # Title
        1. Run `ls -l`{{execute T1}} and you'll see output similar to:

           ```
           total 0
           ...
           ```

        > ``a `b` ``{{copy}} [x](https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/)

        ```bash
        cat <<EOF
        EOF
        ```{{execute interrupt}}
        <!-- lectern: similar timeout=10s field:a.b=integer -->
        | a | `b` |
        <pre class="file" data-filename="x" data-target='insert' data-marker="<!-- -->">&lt;</pre>
        >>Q?<<
        [*] a
        [ ] b

            indented {{TRAFFIC_HOST1_80}} ![p](q.png)
        """

    private func check(_ page: Page, lines: Int) {
        for action in page.actions { #expect((1...lines).contains(action.place.line)) }
        for sample in page.samples {
            #expect(page.actions.indices.contains(sample.action))
            #expect((1...lines).contains(sample.place.line))
        }
    }

    @Test func mutatedLessonsAreRead() {
        var generator = SplitMix(state: 7)
        let source = Array(Self.seed.utf8)
        let tokens = [
            "```", "`", "{{execute}}", "{{", "}}", "<!--", "-->", ">", "- ", "    ", "\n", "\r", "\t", "<pre", "</pre>",
            "[", "](", "~~~", "\u{E9}", ">>", "<<",
        ]
        for _ in 0..<1000 {
            var bytes = source
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1:
                    bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...20, using: &generator)))
                case 2: bytes.insert(contentsOf: tokens.randomElement(using: &generator)?.utf8 ?? "".utf8, at: index)
                default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 40)], at: index)
                }
                if bytes.isEmpty { bytes = source }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            check(read(text), lines: text.utf8.count + 1)
        }
    }

    @Test func arbitraryBytesAreRead() {
        var generator = SplitMix(state: 11)
        let alphabet = Array("`~{}<>!-[]()#*|:=\n\r\t ae1\\'\"/.&;".utf8)
        for _ in 0..<1000 {
            let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0x20
            }
            let text = String(decoding: bytes, as: UTF8.self)
            check(read(text), lines: text.utf8.count + 1)
        }
    }

    /// Sixteen times the input may take no more than sixty-four times as long: far from the 256 of a quadratic reader.
    @Test(arguments: Pathologies.all)
    func timeGrowsWithTheSizeAlone(name: String, unit: String) {
        // The thread's own time: other work on the machine doesn't count.
        func time(_ count: Int) -> Int {
            let text = "`first`{{execute}}\n\n" + String(repeating: unit, count: count / unit.utf8.count)
            return (0..<2).map { _ in
                let start = nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
                _ = read(text)
                return nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) - start
            }.min() ?? 0
        }
        let small = max(time(1 << 13), 2_000_000)
        #expect(time(1 << 17) < small * 64, "\(name)")
    }
}

/// The clock's reading in nanoseconds.
private func nanoseconds(of clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
