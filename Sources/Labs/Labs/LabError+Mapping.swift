public import ComposeFiles
import Diagnostics
public import LabAgents

extension LabError {
    /// Says as a lab's error what went wrong with one; the one place that knows how errors of its parts are told.
    ///
    /// - Parameters:
    ///   - code: For an error that says what to do and has no code of a lab's.
    ///   - subject: What failed; completes "…: ERROR" for an error that was not foreseen.
    public init(_ error: any Error, code: Code = .system, failing subject: String) {
        switch error {
        case let error as LabError: self = error
        case let error as ComposeError: self.init(error)
        case let error as AgentError: self.init(error)
        case let error as any UserFacingError:
            self.init(code: code, problem: error.problem, remedy: error.remedy)
        case is CancellationError: self.init(code: .labEnded, problem: "\(subject): it was interrupted")
        default: self.init(code: .system, problem: "\(subject): \(error)")
        }
    }

    /// What is wrong in a Compose file, with the place in the file and the line that is there.
    public init(_ error: ComposeError) {
        let place = error.place.map { "\($0): " } ?? ""
        let excerpt = error.excerpt.map { "\n\($0)" } ?? ""
        self.init(code: .badDefinition, problem: place + error.problem + excerpt, remedy: error.remedy)
    }

    /// What a lab's agent couldn't do.
    public init(_ error: AgentError) {
        let code: Code =
            switch error.code {
            case .gone: .labEnded
            case .silent: .notAnswering
            case .otherVersion: .missingPart
            case .cannotStart: .cannotStart
            case .cannotWrite: .cannotWrite
            case .markerMissing: .markerMissing
            case .refused: .system
            }
        self.init(code: code, problem: error.problem, remedy: error.remedy)
    }
}
