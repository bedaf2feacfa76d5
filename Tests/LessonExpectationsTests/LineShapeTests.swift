import Lessons
import Testing

@testable import LessonExpectations

@Suite struct LineShapeTests {
    @Test(arguments: [
        ("took 12 ms", ["took 14 ms", "took 9 ms"], "took {integer} ms"),
        ("id 5fa81c", ["id 00ffee", "id 91bc2d"], "id {hex}"),
        ("state up", ["state starting", "state up"], "state {word}"),
        ("run a1_x", ["run b2", "run c_3"], "run {text}"),
        ("3 of 3", ["3 of 3", "3 of 3"], "3 of 3"),
        ("{\"n\": 1}", ["{\"n\": 2}", "{\"n\": 3}"], "{{\"n\": {integer}}}"),
        ("a b", ["a b", "a b c"], "{any}"),
        ("1.5 s", ["1.5 s", "12.5 s"], "{integer}.5 s"),
    ])
    func whatVariedHasTheNarrowestClassThatFitsAllRuns(_ line: String, _ printed: [String], _ shape: String) {
        #expect(LineShape(of: line, printed: printed).description == shape)
    }

    @Test(arguments: ["took {integer} ms", "{{\"n\": {integer}}}", "{any}", "plain", "", "a  {word}\t{hex}"])
    func aShapeIsReadAsItIsWritten(_ text: String) throws {
        #expect(try #require(LineShape(text)).description == text)
    }

    @Test(arguments: ["{number}", "{", "}", "a {integer", "{}"])
    func anotherTextIsNotAShape(_ text: String) { #expect(LineShape(text) == nil) }

    @Test func aSlotTakesItsClassOnly() throws {
        let shape = try #require(LineShape("took {integer} ms"))
        #expect(shape.fits("took 7 ms", documented: "took 12 ms"))
        #expect(!shape.fits("took seven ms", documented: "took 12 ms"))
        #expect(!shape.fits("gave 7 ms", documented: "took 12 ms"))
    }

    @Test func whatAlwaysVariesMayVaryWhereNoRunShowedIt() throws {
        let line = "backup of 2026-11-30 done"
        let shape = LineShape(of: line, printed: [line, line])
        #expect(shape.fits("backup of 2027-01-02 done", documented: line))
        #expect(!shape.fits("backup of 2027-01-02 failed", documented: line))
    }
}

@Suite struct ObservedComparisonTests {
    private func compare(
        _ output: String, with sample: String, after runs: [String]
    ) throws -> ObservedComparison.Result {
        let shapes = try #require(ObservedComparison.shapes(of: sample, printed: runs))
        return try #require(ObservedComparison(shapes, of: sample)).compare(with: output)
    }

    private let sample = "replicas: 3/3\nin 20 ms"
    private let runs = ["replicas: 3/3\nin 18 ms\n", "replicas: 3/3\nin 25 ms\n", "replicas: 3/3\nin 7 ms\n"]

    @Test func whatVariedIsFreeAndSaid() throws {
        #expect(
            try compare("replicas: 3/3\nin 99 ms\n", with: sample, after: runs)
                == .matches(note: "line 2 differs only in what varied in 3 observed runs"))
        #expect(try compare(sample, with: sample, after: runs) == .matches(note: nil))
    }

    @Test func whatNeverVariedIsHeldFast() throws {
        #expect(
            try compare("replicas: 0/3\nin 20 ms\n", with: sample, after: runs)
                == .differs(
                    #"line 1: expected "replicas: 3/3", which fits all 3 observed runs, got "replicas: 0/3""#))
    }

    @Test func anotherNumberOrOrderOfLinesIsLeftToInference() throws {
        #expect(try compare("replicas: 3/3\n", with: sample, after: runs) == .unknown)
        #expect(try compare("in 20 ms\nreplicas: 3/3\n", with: sample, after: runs) == .unknown)
    }

    @Test func nothingIsLearnedOfASampleThatIsNotWhatIsPrinted() {
        #expect(ObservedComparison.shapes(of: "replicas: 2/2\nin 20 ms", printed: runs) == nil)
        #expect(ObservedComparison.shapes(of: "replicas: 3/3", printed: runs) == nil)
        #expect(ObservedComparison.shapes(of: sample, printed: [sample]) == nil)
    }

    @Test func anObservationOfAnotherTextIsNone() {
        #expect(ObservedComparison(ObservedShapes(runs: 3, lines: ["a"]), of: sample) == nil)
        #expect(ObservedComparison(ObservedShapes(runs: 3, lines: ["a", "{odd}"]), of: sample) == nil)
    }
}
