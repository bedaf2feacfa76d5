import Diagnostics
import Testing

@testable import ComposeFiles

@Suite("What a Compose file says of the lab as a whole") struct LabConfigurationTests {
    /// A top-level `x-lectern` in flow style, which begins at column 12, and a service `web`.
    private func project(_ lab: String, others: [String: String] = [:]) throws -> ComposeProject {
        try read(
            "x-lectern: \(lab)\nservices: {web: {image: a}}\n", others: others,
            files: ["/lab/main.yaml"] + others.keys.sorted())
    }

    @Test("the seed command is a list of words, or a line", arguments: ["[fill, --fast]", "fill --fast"])
    func seeder(command: String) throws {
        let seeder = try #require(try project("{seed: {command: \(command), service: web}}").lab.seeder)
        #expect(seeder.command == ["fill", "--fast"] && seeder.service == "web")
        #expect(seeder.place == SourcePlace(file: "/lab/main.yaml", line: 1, column: 19))
    }

    @Test("a file that says nothing asks for nothing") func nothing() throws {
        #expect(try read("services: {web: {image: a}}\n").lab == LabConfiguration())
    }

    @Test("a program is shown once, in the order of the file") func programs() throws {
        #expect(try project("{programs: [b, a, b]}").lab.programs.map(\.name) == ["b", "a"])
    }

    @Test("a later file adds programs, and its seed command replaces the earlier one") func merging() throws {
        let lab = try project(
            "{programs: [a], seed: {command: [one, two], service: web}}",
            others: ["/lab/over.yaml": "x-lectern: {programs: [b], seed: {command: [three]}}\n"]
        ).lab
        #expect(lab.programs.map(\.name) == ["a", "b"])
        #expect(lab.seeder?.command == ["three"] && lab.seeder?.service == "web")
    }

    @Test(
        "a mistake is told where it is",
        arguments: [
            ("{sed: {}}", ComposeError.Code.unknownKey, 13), ("{seed: {service: web}}", .missingKey, 19),
            ("{seed: {comand: [a]}}", .unknownKey, 20), ("{seed: {command: []}}", .invalidValue, 29),
            ("{seed: {command: [a], service: wbe}}", .unresolved, 43), ("{seed: fill}", .wrongType, 19),
            ("{programs: [a, b/c]}", .invalidValue, 27), ("{programs: a}", .wrongType, 23),
        ] as [(String, ComposeError.Code, Int)])
    func mistakes(lab: String, code: ComposeError.Code, column: Int) throws {
        let error = try failure(of: "x-lectern: \(lab)\nservices: {web: {image: a}}\n")
        #expect(error.code == code && error.place?.column == column, "\(error)")
        #expect(error.excerpt?.hasSuffix("^") == true || error.excerpt?.contains("^~") == true, "\(error)")
    }

    @Test("a misspelt service names the one that was probably meant") func misspelt() throws {
        let error = try failure(of: "x-lectern: {seed: {command: a, service: wbe}}\nservices: {web: {image: a}}\n")
        #expect(error.remedy?.contains("'web'") == true, "\(error)")
    }
}
