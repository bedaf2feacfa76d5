import LabControlClient
import Labs
import Lessons

/// Keeps an eye on a lab while a lesson runs in it: what the lesson shows means nothing once the lab has lost a part.
struct LabWatch {
    let lab: LabClient

    /// Runs a lesson until it's through, or until the lab loses a service or ends; afterwards the lab is asked whether all of
    /// it was there until the end.
    ///
    /// - Throws: ``LabError`` that names what was lost, with the end of its log, whatever the lesson showed or threw.
    func whileWhole(
        _ lesson: @escaping @Sendable () async throws -> [PageOutcome]
    ) async throws -> [PageOutcome] {
        let pages: [PageOutcome]
        do {
            pages = try await untilLoss(lesson)
        } catch let error where error is CancellationError || Task.isCancelled || error.saysWhatIsLost {
            throw error
        } catch {
            // What broke may only be the first that was seen of it.
            try await lab.checkHealth(afterFailure: true)
            throw error
        }
        try await lab.checkHealth(afterFailure: pages.contains { $0.verdict != .passed })
        return pages
    }

    private func untilLoss(
        _ lesson: @escaping @Sendable () async throws -> [PageOutcome]
    ) async throws -> [PageOutcome] {
        try await withThrowingTaskGroup(of: [PageOutcome].self) { group in
            defer { group.cancelAll() }
            group.addTask { try await lesson() }
            group.addTask { throw try await lab.waitForLoss() }
            guard let pages = try await group.next() else { throw CancellationError() }
            return pages
        }
    }
}

extension Error {
    fileprivate var saysWhatIsLost: Bool {
        guard let error = self as? LabError else { return false }
        return [.serviceDied, .labEnded, .supervisorGone, .notAnswering].contains(error.code)
    }
}
