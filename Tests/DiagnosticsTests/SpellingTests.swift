import Diagnostics
import Testing

@Suite struct SpellingTests {
    @Test(arguments: ["image", "imge", "imagee", "imige", "iamge"])
    func oneSlipIsNear(word: String) {
        #expect(Spelling.isNear(word, to: "image"))
        #expect(Spelling.isNear("image", to: word))
    }

    @Test(arguments: ["img", "imagine", "egami", "", "Igame"])
    func moreAreNot(word: String) {
        #expect(!Spelling.isNear(word, to: "image"))
    }

    @Test func theBoundCounts() {
        #expect(Spelling.isNear("enviromnt", to: "environment", slips: 2))
        #expect(!Spelling.isNear("enviromnt", to: "environment", slips: 1))
        #expect(Spelling.isNear("same", to: "same", slips: 0))
        #expect(!Spelling.isNear("Same", to: "same", slips: 0))
        // A swap looks two rows back, where all ways between have more slips.
        #expect(Spelling.isNear("ba", to: "ab", slips: 1))
    }

    @Test func theNearestNameWinsAndCaseIsForgiven() {
        #expect(nearestName(to: "Exeute", among: ["copy", "execute", "exec"]) == "execute")
        #expect(nearestName(to: "tset", among: ["text", "test"]) == "test")
        #expect(nearestName(to: "cat", among: ["dog"]) == nil)
        #expect(nearestName(to: "bat", among: ["hat", "cat"]) == "cat")
    }
}
