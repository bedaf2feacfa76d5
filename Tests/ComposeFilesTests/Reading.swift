import Diagnostics
import Lessons
import Testing

@testable import ComposeFiles

/// Reads Compose files that exist only here: `main.yaml` in `/lab` and whatever else is named.
func read(
    _ text: String, others: [String: String] = [:], files: [String] = ["/lab/main.yaml"],
    environment: [String: String] = [:]
) throws -> ComposeProject {
    let texts = others.merging(["/lab/main.yaml": text]) { $1 }
    return try ComposeProject.read(files: files, environment: environment) { path throws(FileFailure) in
        guard let text = texts[path] else { throw FileFailure(problem: "doesn't exist", isMissing: true) }
        return text
    }
}

/// One service `web` with an image and these lines, already indented by four spaces.
func service(_ lines: String, environment: [String: String] = [:], others: [String: String] = [:]) throws -> Service {
    let project = try read(
        "services:\n  web:\n    image: nginx\n\(lines)\nvolumes:\n  data: {}\n  cache: {}\nnetworks:\n  back: {}\n",
        others: others, environment: environment)
    return try #require(project["web"])
}

/// The error that reading the text ends in.
func failure(
    of text: String, others: [String: String] = [:], files: [String] = ["/lab/main.yaml"],
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
) throws -> ComposeError {
    let error = #expect(throws: ComposeError.self, sourceLocation: sourceLocation) {
        _ = try read(text, others: others, files: files, environment: environment)
    }
    return try #require(error, sourceLocation: sourceLocation)
}

/// The error for a service `web` with these lines; they start on line 4.
func serviceFailure(_ lines: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> ComposeError {
    try failure(of: "services:\n  web:\n    image: nginx\n\(lines)\n", sourceLocation: sourceLocation)
}
