import ComposeFiles
import Labs

extension LabLimits {
    /// These limits, lowered to what the Compose file gives all services together.
    ///
    /// The services share one sandbox and are bounded together. A service without a limit of its own may use all of the
    /// lab's, so that the others' sum says nothing then.
    func lowered(to services: [Service]) -> LabLimits {
        lowered(
            memory: Self.sum(services.map { $0.limits.memory.map(Int.init(clamping:)) }),
            processes: Self.sum(services.map { $0.limits.pids }))
    }

    /// - Returns: `nil` when one is missing or has no bound (0 or less), and of none.
    private static func sum(_ limits: [Int?]) -> Int? {
        let known = limits.compactMap(\.self).filter { $0 > 0 }
        guard !limits.isEmpty, known.count == limits.count else { return nil }
        return known.reduce(0) { total, limit in
            let (sum, overflows) = total.addingReportingOverflow(limit)
            return overflows ? .max : sum
        }
    }
}
