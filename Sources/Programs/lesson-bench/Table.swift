import ArgumentParser

/// Rows of figures under a heading, as `make bench` prints them.
struct Table {
    /// How often each thing is measured.
    let runs: Int
    private var isWithinBounds = true

    init(_ title: String, runs: Int) {
        self.runs = runs
        print(Self.cells(title, ["median", "least", "most"], ""))
    }

    /// Measures a body in milliseconds, prints the row and returns the median.
    ///
    /// - Parameter bound: Milliseconds that the median may have; a row above it says so.
    @discardableResult
    mutating func measure(_ name: String, bound: Double? = nil, _ body: () -> Void) -> Double {
        body()
        var times: [Double] = []
        for _ in 0..<runs {
            let start = ContinuousClock.now
            body()
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        times.sort()
        let median = times[times.count / 2]
        var unit = "ms"
        if let bound {
            unit += median <= bound ? ", bound \(Self.text(bound))" : ", ABOVE its bound of \(Self.text(bound))"
            if median > bound { isWithinBounds = false }
        }
        print(Self.cells(name, [median, times[0], times[times.count - 1]].map(Self.text), unit))
        return median
    }

    /// - Throws: `ExitCode(1)` when a row lies above its bound.
    func finish() throws {
        if !isWithinBounds { throw ExitCode(1) }
    }

    private static func cells(_ name: String, _ figures: [String], _ unit: String) -> String {
        let name = name + String(repeating: " ", count: max(0, 44 - name.count))
        let columns = figures.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }.joined()
        return unit.isEmpty ? name + columns : "\(name)\(columns)  \(unit)"
    }

    /// With two decimals, without Foundation.
    static func text(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(String(100 + hundredths % 100).dropFirst())"
    }
}
