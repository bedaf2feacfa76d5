import PageCorpus
import Testing

@testable import ComposeFiles

/// The fuzzer damages these: were they refused as they are, it would see little of the reader.
@Test("Compose files that the fuzzer damages are read as they are", arguments: FileConstructs.soundCompose)
func soundCompose(text: String) throws {
    let project = try ComposeProject.read(
        text: text, file: "compose.yaml", environment: FileConstructs.composeVariables)
    #expect(project.services.count == 2)
}

@Test("short Compose files that the fuzzer damages are read as they are", arguments: FileConstructs.shortCompose)
func shortCompose(text: String) throws {
    let project = try ComposeProject.read(
        text: text, file: "compose.yaml", environment: FileConstructs.composeVariables)
    #expect(project.services.first?.name == "a")
}

@Test("Compose files that the fuzzer takes for refused are refused", arguments: FileConstructs.unsoundCompose)
func unsoundCompose(text: String) {
    #expect(throws: ComposeError.self) { try ComposeProject.read(text: text, file: "compose.yaml") }
}
