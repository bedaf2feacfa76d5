import Diagnostics
import FoundationEssentials
import HostFiles
import LessonMarkdown
import Lessons
import Processes

/// The file beside a lesson in which is kept what runs of it showed.
struct ObservedFile {
    let scenario: Scenario

    /// As the user can open it.
    var path: String { "\(scenario.fileDirectory)/\(ObservedVariation.path)" }

    /// - Returns: `nil` when there is none.
    /// - Throws: ``CommandError`` for one that cannot be read.
    func read() throws(CommandError) -> ObservedVariation? {
        do {
            let source = try LessonFile.source(
                ObservedVariation.path, in: scenario.fileDirectory, maxSize: ObservedVariation.maxSize)
            return try ObservedVariation(json: Data(source.bytes))
        } catch let error as LessonError where error.code == .notFound {
            return nil
        } catch {
            let reason = (error as? LessonError)?.problem ?? "it is not what 'lectern update --learn' writes"
            throw CommandError(
                problem: "'\(path)' cannot be read: \(reason)",
                remedy: "run 'lectern update --learn 5 \(scenario.directory)', or remove the file")
        }
    }

    /// Replaces the file; makes its directory when that does not exist.
    func write(_ variation: ObservedVariation) throws {
        let directory = "\(scenario.fileDirectory)/.lectern"
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try replaceFile(path, with: Array((try variation.jsonText() + "\n").utf8), isDurable: true)
        } catch {
            let reason = (error as? SystemFailure)?.description ?? "'\(directory)' cannot be created"
            throw CommandError(problem: reason, remedy: "check the permissions of '\(scenario.fileDirectory)'")
        }
    }
}
