import PatternFuzz
import Testing

@Test("random expressions match the lines that their structure says, and no others")
func fuzzedPatterns() {
    var fuzz = PatternFuzz(seed: 2026)
    fuzz.run(5_000)
    #expect(fuzz.firstDisagreement == nil)
    #expect(fuzz.compared == 5_000)
    #expect(fuzz.matched > 200)
}

@Test("damaged expressions are refused, or matched to an end")
func damagedPatterns() {
    var fuzz = PatternFuzz(seed: 2027)
    let read = fuzz.runDamaged(5_000)
    #expect((1_000..<4_900).contains(read), "\(read) were read")
}
