public import ComposeFiles
import HostFiles
import Lessons

extension Mount {
    /// The file or folder of the host that this shows to a lab, symbolic links resolved; `nil` when it shows none.
    ///
    /// - Parameter service: The name of the service that it is mounted into, for the error.
    /// - Throws: ``LabError`` with code `.badDefinition` when it lies outside the checkout that the Compose file is in, or
    ///   isn't there.
    public func hostPath(in service: String) throws(LabError) -> String? {
        guard case .bind(let source) = source else { return nil }
        let path = MountPolicy.resolved(source)
        guard let root = MountPolicy.root(of: place.file),
            MountPolicy.allows(path ?? MountPolicy.deepestFolder(above: source), under: root)
        else {
            throw LabError(
                code: .badDefinition,
                problem: "\(place): '\(source)', mounted into '\(service)', lies outside the checkout",
                remedy: "a lesson is shown only what comes with it: copy the file beside the Compose file")
        }
        guard let path else {
            throw LabError(
                code: .badDefinition, problem: "\(place): '\(source)', mounted into '\(service)', isn't there",
                remedy: "run in a whole checkout, or take the mount out")
        }
        return path
    }
}
