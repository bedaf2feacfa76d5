import FrameProperties
import Testing

@Suite struct FrameFuzzTests {
    @Test("what a hostile lab or a damaged client sends is read or refused, and never worse", arguments: 0..<5)
    func properties(index: Int) throws {
        let property = FrameProperties.all[index]
        for number in UInt64(0)..<4000 {
            if let failure = property.check(number) {
                Issue.record("input \(number), '\(property.name)': \(failure)")
                return
            }
        }
    }
}
