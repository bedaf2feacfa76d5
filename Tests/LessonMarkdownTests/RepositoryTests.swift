import Diagnostics
import Foundation
import LessonMarkdown
import Lessons
import Testing

@Suite struct RepositoryTests {
    /// Reads a repository of these files; paths come back relative to it.
    private func repository(_ files: [String: String], at inner: String = "") throws -> (LessonRepository, [String]) {
        let folder = try Folder(files)
        let repository = try LessonReader().repository(at: folder.path + inner)
        return (repository, repository.scenarios.map { String($0.dropFirst(folder.path.count + 1)) })
    }

    private func problems(_ repository: LessonRepository) -> [String] {
        repository.problems.map { problem in
            let place =
                problem.place.map { "\(($0.file as NSString).lastPathComponent):\($0.line):\($0.column) " } ?? ""
            return place + problem.summary.replacing(repository.directory, with: "ROOT")
        }
    }

    @Test func withoutCoursesScenariosComeByNameAndHiddenOnesDoNot() throws {
        let (found, scenarios) = try repository([
            "b/index.json": "{}", "a/c/index.yaml": "title: x", ".git/index.json": "{}", "b/inner/index.json": "{}",
            "d/readme.md": "", "node_modules/x/index.json": "{}", "a/assets/index.json": "{}",
        ])
        #expect(scenarios == ["a/c", "b"])
        #expect(found.problems.isEmpty)
    }

    @Test func aScenarioIsARepositoryOfOne() throws {
        let folder = try Folder(["b/index.json": "{}"])
        #expect(try LessonReader().repository(at: folder.path + "/b/").scenarios == [folder.path + "/b"])
        #expect(throws: LessonError.self) { try LessonReader().repository(at: "/nowhere/lessons") }
    }

    @Test func aStructureAloneSaysWhatThereIs() throws {
        let (found, scenarios) = try repository([
            "structure.json": #"{"items": [{"path": "second", "title": "Two"}, {"path": "./first"}]}"#,
            "first/index.json": "{}", "second/index.json": "{}", "draft/index.json": "{}",
        ])
        #expect(scenarios == ["second", "first"])
        #expect(found.unlisted == [found.directory + "/draft"])
        #expect(found.title(of: found.directory + "/second") == "Two")
        #expect(found.title(of: found.directory + "/first") == nil)
        #expect(found.courses.map(\.kind) == [.structure])
        #expect(found.courses.first?.entries.map(\.place.column) == [12, 48])
    }

    @Test func structuresLieInsideEachOtherAndShareScenarios() throws {
        let (found, scenarios) = try repository([
            "structure.json": #"{"items": [{"path": "deep"}, {"path": "plain"}]}"#,
            "deep/structure.json": #"{"title": "Deep", "items": [{"path": "z"}, {"path": "../plain/b"}]}"#,
            "deep/z/index.json": "{}", "deep/y/index.json": "{}", "plain/a/index.json": "{}",
            "plain/b/index.json": "{}",
        ])
        #expect(scenarios == ["deep/z", "plain/b", "plain/a"])
        #expect(found.courses.map(\.title) == ["", "Deep"])
        #expect(
            found.courses[0].entries.map(\.target) == [
                .course("\(found.directory)/deep"), .course("\(found.directory)/plain"),
            ])
        #expect(found.courses[1].entries.map(\.target).last == .scenario("\(found.directory)/plain/b"))
        #expect(found.unlisted == ["\(found.directory)/deep/y"])
    }

    @Test func whatIsWrongWithAStructureIsPointedAt() throws {
        let (found, scenarios) = try repository([
            "structure.json": """
            {"items": [
              {"path": "gone"},
              {"path": "../outside"},
              {"path": "/etc"},
              {"path": "round"},
              {"path": "a"}
            ]}
            """,
            "round/structure.json": #"{"items": [{"path": ".."}]}"#, "a/index.json": "{}",
            "broken/structure.json": "{",
        ])
        #expect(scenarios == ["a"])
        #expect(
            problems(found) == [
                "structure.json:2:12 no such directory: 'ROOT/gone'",
                "structure.json:3:12 '../outside' leads out of 'ROOT'",
                "structure.json:4:12 '/etc' leads out of 'ROOT'",
                "structure.json:1:21 '..' leads back to 'ROOT', which lists this course",
            ])
        #expect(problems(try repository(["structure.json": "{"]).0).count == 1)
        #expect(problems(try repository(["structure.json": #"{"items": {}}"#]).0).count == 1)
        #expect(problems(try repository(["structure.json": #"{"items": [{"title": "x"}]}"#]).0).count == 1)
    }

    @Test func aLinkOutOfTheRepositoryIsRefused() throws {
        let folder = try Folder([
            "in/structure.json": #"{"items": [{"path": "link"}]}"#, "out/index.json": "{}",
        ])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/link", withDestinationPath: "../out")
        let found = try LessonReader().repository(at: folder.path + "/in")
        #expect(found.scenarios.isEmpty)
        #expect(found.problems.map(\.code) == [.outside])
    }

    @Test func pathwaysOrderAndTheRestFollows() throws {
        let (found, scenarios) = try repository([
            "basics-pathway.json": """
            {"title": "Basics", "courses": [
              {"course_id": "two", "title": "Second first"},
              {"course_id": "shown", "id": "one"},
              {"external_link": "https://example.org/x", "course_id": "y"},
              {"pathway_id": "more", "course_id": "shared"},
              {"pathway_id": "someone/else", "course_id": "far"},
              {"course_id": "gone"}
            ]}
            """,
            "basics/one/index.json": "{}", "basics/two/index.json": "{}", "basics/zero/index.json": "{}",
            "more/shared/index.json": "{}", "alone/index.json": "{}",
        ])
        #expect(scenarios == ["basics/two", "basics/one", "more/shared", "alone", "basics/zero"])
        #expect(
            found.courses.first?.entries.map(\.target) == [
                .scenario("\(found.directory)/basics/two"), .scenario("\(found.directory)/basics/one"),
                .external("https://example.org/x"), .scenario("\(found.directory)/more/shared"),
                .elsewhere("someone/else/far"), .missing("basics/gone"),
            ])
        #expect(problems(found) == ["basics-pathway.json:7:17 no scenario 'basics/gone' is here"])
        #expect(found.unlisted.isEmpty)
    }

    @Test func aProfileOrdersCoursesAndTrainingsRepeatThem() throws {
        let (found, scenarios) = try repository([
            "profile-pathway.json": #"{"courses": [{"id": "late"}, {"id": "early"}], "scenarios": [{"id": "single"}]}"#,
            "early-pathway.json": #"{"title": "E", "courses": [{"course_id": "e"}]}"#,
            "late-pathway.json": #"{"title": "L", "courses": [{"course_id": "l2"}, {"course_id": "l1"}]}"#,
            "training/day-pathway.json": #"{"courses": [{"pathway_id": "me/early", "id": "e", "course_id": "x"}]}"#,
            "early/e/index.json": "{}", "late/l1/index.json": "{}", "late/l2/index.json": "{}",
            "single/index.json": "{}", "another/index.json": "{}",
        ])
        #expect(scenarios == ["late/l2", "late/l1", "early/e", "single", "another"])
        #expect(found.courses.map(\.kind) == [.profile, .pathway, .pathway, .training])
        #expect(found.courses.map(\.title) == ["", "L", "E", ""])
        #expect(found.courses.last?.entries.map(\.target) == [.scenario("\(found.directory)/early/e")])
        #expect(found.problems.isEmpty)
    }

    @Test func theScenarioRootIsTakenAndOtherKeysAreNot() throws {
        let files = ["docs/index.json": "{}", "labs/a/index.json": "{}"]
        #expect(try repository(files.merging(["katacoda.yaml": "scenario_root: labs"]) { $1 }).1 == ["labs/a"])
        #expect(try repository(files.merging(["katacoda.yaml": "base: ubuntu"]) { $1 }).1 == ["docs", "labs/a"])
        let (found, scenarios) = try repository(files.merging(["katacoda.yaml": "scenario_root: ../x"]) { $1 })
        #expect(scenarios == ["docs", "labs/a"])
        #expect(problems(found) == ["katacoda.yaml:1:16 '../x' leads out of 'ROOT'"])
    }

    @Test func translationsAndWordsAreRead() throws {
        let (found, scenarios) = try repository([
            "_de/a/step1.md": "", "_pt-BR/a/step1.md": "", "_assets/index.json": "{}", "a/index.json": "{}",
            "_de/b/index.json": "{}", "strings.yaml": "continue: Weiter\nsteps: [1]\nstpe: Schritt\n",
        ])
        #expect(scenarios == ["_assets", "a"])
        #expect(found.translations.map(\.language) == ["de", "pt-BR"])
        #expect(found.strings == ["continue": "Weiter"])
        #expect(
            problems(found)
                == [
                    "strings.yaml:2:8 'steps' must be a string, not a list", "strings.yaml:3 unknown word 'stpe'",
                ].map { $0.replacing("yaml:3 ", with: "yaml:3:1 ") })
    }

    @Test func anIndexInTwoFormsIsRefused() throws {
        let folder = try Folder(["index.json": "{}", "index.yaml": "title: x"])
        let path = folder.path
        let error = #expect(throws: LessonError.self) { try LessonReader().scenario(at: path) }
        #expect(error?.summary == "'\(path)' contains both 'index.json' and 'index.yaml'")
    }
}
