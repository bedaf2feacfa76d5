import ArgumentParser
import ComposeFiles
import Diagnostics
import LessonMarkdown
import Lessons
import PageCorpus

struct PageTarget: FuzzTarget {
    func input(seed: UInt64) -> [UInt8] {
        var generator = PageGenerator(seed: seed)
        switch seed % 3 {
        case 0: return generator.noise(atMost: 400)
        case 1: return generator.damaged(Array(generator.page(bytes: 300).utf8))
        default: return generator.damaged(Array((Constructs.all[Int(seed % UInt64(Constructs.all.count))]).utf8))
        }
    }

    func read(_ input: [UInt8], seed: UInt64) throws -> Bool {
        let page = LessonReader().page(markdown: String(decoding: input, as: UTF8.self), file: "page.md")
        let lines = 1...(input.count + 1)
        let places =
            page.actions.map(\.place) + page.samples.map(\.place) + page.warnings.map(\.place)
            + page.links.map(\.place) + page.fileBlocks.map(\.place) + page.quizzes.map(\.place)
        let holds =
            places.allSatisfy { lines.contains($0.line) && $0.column >= 1 }
            && page.samples.allSatisfy { page.actions.indices.contains($0.action) }
        guard holds else { throw ValidationError("seed \(seed): the page's values don't hold together") }
        return true
    }
}

struct ComposeTarget: FuzzTarget {
    func input(seed: UInt64) -> [UInt8] {
        var generator = PageGenerator(seed: seed)
        if seed % 16 == 0 { return generator.noise(atMost: 400) }
        // One in eight of those that are refused as they are, one of the long ones.
        let texts =
            switch seed / 16 % 8 {
            case 0: FileConstructs.unsoundCompose
            case 1: FileConstructs.soundCompose
            default: FileConstructs.shortCompose
            }
        return generator.damaged(
            Array(texts[Int(seed / 128 % UInt64(texts.count))].utf8), with: FileConstructs.composeTokens,
            changes: seed % 2 == 0 ? 1 : 8)
    }

    func read(_ input: [UInt8], seed: UInt64) throws -> Bool {
        let text = String(decoding: input, as: UTF8.self)
        do {
            let project = try ComposeProject.read(
                text: text, file: "compose.yaml", environment: FileConstructs.composeVariables)
            let names = Set(project.services.map(\.name))
            let holds =
                names.count == project.services.count
                && names.allSatisfy { !$0.contains("/") && $0 != "." && $0 != ".." }
                && project.startOrder.count == names.count
                && project.services.flatMap(\.mounts).allSatisfy { $0.target.hasPrefix("/") }
            guard holds else { throw ValidationError("seed \(seed): the project's values don't hold together") }
            return true
        } catch let error as ComposeError {
            guard error.place.map({ 1...(input.count + 2) ~= $0.line && $0.column >= 1 }) ?? true,
                !error.problem.isEmpty
            else { throw ValidationError("seed \(seed): the error's place doesn't hold: \(error)") }
            return false
        }
    }
}

struct IndexTarget: FuzzTarget {
    func input(seed: UInt64) -> [UInt8] {
        var generator = PageGenerator(seed: seed)
        if seed % 16 == 0 { return generator.noise(atMost: 400) }
        let texts = FileConstructs.index
        return generator.damaged(
            Array(texts[Int(seed / 16 % UInt64(texts.count))].utf8), with: FileConstructs.indexTokens,
            changes: seed % 2 == 0 ? 1 : 8)
    }

    func read(_ input: [UInt8], seed: UInt64) throws -> Bool {
        // JSON is YAML too, or almost.
        let file = seed % 4 == 3 ? "index.yaml" : "index.json"
        do {
            let scenario = try LessonReader().scenario(index: input, file: file)
            let holds =
                scenario.platform.assets.allSatisfy { !$0.file.hasPrefix("/") }
                && scenario.settings.timeout.map { $0 > 0 && $0 <= 86_400 } ?? true
            guard holds else { throw ValidationError("seed \(seed): the scenario's values don't hold together") }
            return true
        } catch let error as LessonError {
            guard error.place.map({ 1...(input.count + 2) ~= $0.line && $0.column >= 1 }) ?? true else {
                throw ValidationError("seed \(seed): the error's place doesn't hold: \(error)")
            }
            return false
        }
    }
}
