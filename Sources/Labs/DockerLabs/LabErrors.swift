import Diagnostics
import DockerAPI
import LabAgents
import Labs

extension LabError {
    /// What went wrong with an engine, as a lab says it.
    init(_ error: any Error) {
        switch error {
        case let error as DockerError:
            let code: Code =
                switch error.code {
                case .noEngine, .noPermission, .wrongVersion, .badEndpoint: .engineMissing
                case .engineGone, .timedOut: .labEnded
                case .noSuchImage, .imageUnknown, .registryUnreachable: .missingPart
                case .badCommand, .badReference, .badRequest: .badDefinition
                case .nameTaken: .nameTaken
                default: .system
                }
            self.init(code: code, problem: error.problem, remedy: error.remedy)
        default: self.init(error, failing: "the engine cannot be used")
        }
    }
}
