import LabSupervision
import Labs
import LessonMarkdown
import LessonReports
import LessonVerification
import Lessons
import Synchronization

/// One lesson from the lab's start to its end, with its report on the way.
struct LessonRun {
    let scenario: Scenario
    let console: Console
    /// Nothing but problems and the lab's progress is written: the outcome is for a program.
    let isQuiet: Bool
    let limits: VerificationLimits
    let steps: ClosedRange<Int>?
    let labName: String?
    let keepsLab: Bool
    let tables: [MachineTable]

    /// Runs the lesson.
    ///
    /// - Returns: An outcome, also when the lab can't be had or breaks: then it is undecided and names the problem.
    /// - Throws: `CancellationError`, after the lab is down.
    func outcome() async throws -> ScenarioOutcome {
        let clock = ContinuousClock()
        let start = clock.now
        let report = TerminalReport(isColoured: console.isColoured)
        if !isQuiet { console.result(report.heading(of: scenario)) }
        var outcome = ScenarioOutcome(title: scenario.title, path: scenario.directory)
        do {
            try refuseBrokenPages()
            let machine = try LessonMachine(of: scenario, in: tables)
            let materials = try LessonReader().materials(of: scenario)
            outcome.notes = materials.notes + scenario.platform.notes
            if !isQuiet { report.lines(forNotes: outcome.notes).forEach(console.result) }
            let lab = try await openLab(machine)
            do {
                outcome.provisioning = (clock.now - start).seconds
                let pages = PageCollector()
                do {
                    let verifier = LessonVerifier(lab: SupervisedLab(client: lab), limits: limits) { event in
                        pages.note(event)
                        if !isQuiet { show(event, report) }
                    }
                    outcome.pages = try await verifier.verify(
                        scenario, materials: materials, steps: steps, startsLab: labName == nil || steps == nil)
                } catch {
                    outcome.pages = pages.pages
                    throw error
                }
            } catch {
                await close(lab)
                throw error
            }
            await close(lab)
        } catch let error as CancellationError {
            throw error
        } catch let error as any UserFacingError {
            outcome.problem = error.problem
            outcome.remedy = error.remedy
        } catch {
            outcome.problem = "\(error)"
        }
        outcome.duration = (clock.now - start).seconds
        if !isQuiet { console.result(report.summary(of: outcome)) }
        return outcome
    }

    private func refuseBrokenPages() throws {
        let warnings = scenario.pages.flatMap(\.warnings)
        for warning in warnings where warning.severity == .warning {
            console.report("\(warning.place): warning: \(warning.problem)")
        }
        guard let broken = warnings.first(where: { $0.severity == .error }) else { return }
        throw CommandError(
            problem: "\(broken.place): \(broken.problem)",
            remedy: "mend the page; 'lectern inspect' shows how it is read")
    }

    // MARK: The lab

    private func openLab(_ machine: LessonMachine) async throws -> LabClient {
        if let labName {
            let lab = try await LabClient.connect(to: labName)
            // What an earlier run left in the terminals (a directory, an editor) is not this lesson's.
            for terminal in try await lab.status().terminals { try await lab.reopen(terminal) }
            return lab
        }
        let lab = try await LabOpening(
            composeFiles: scenario.composeFiles, name: nil, workspaceImage: machine.machine.docker, console: console
        ).open(endsWithClient: !keepsLab)
        do {
            try await machine.check(lab)
            if let seeding = scenario.settings.seeding { try await LabSeeding(lab: lab, console: console).run(seeding) }
            return lab
        } catch {
            await close(lab)
            throw error
        }
    }

    private func close(_ lab: LabClient) async {
        guard labName == nil else { return }
        if keepsLab {
            console.report(
                "the lab '\(lab.name)' stays up: 'lectern shell T1 --lab \(lab.name)' looks into it, 'lectern down \(lab.name)' ends it"
            )
            return
        }
        // A task of its own, so that an interrupted run still takes its lab down.
        await Task {
            do { try await lab.stop() } catch { console.problem("the lab '\(lab.name)' didn't end: \(error)") }
        }.value
    }

    private func show(_ event: VerificationEvent, _ report: TerminalReport) {
        switch event {
        case .pageStarted(let page): if let heading = report.heading(of: page) { console.result(heading) }
        case .actionEnded(let outcome): report.lines(for: outcome).forEach(console.result)
        case .linkLooked(let outcome): report.lines(for: outcome).forEach(console.result)
        case .scriptEnded(let outcome, _): report.lines(for: outcome).forEach(console.result)
        case .fileBlockClicked(let outcome): report.lines(for: outcome).forEach(console.result)
        case .quizLooked(let outcome): report.lines(for: outcome).forEach(console.result)
        case .actionStarted, .scriptStarted: break
        }
    }
}

/// Keeps the outcomes of pages as they come, so that a lab that breaks doesn't take them along.
private final class PageCollector: Sendable {
    private let collected = Mutex<[PageOutcome]>([])

    var pages: [PageOutcome] { collected.withLock { $0 } }

    func note(_ event: VerificationEvent) {
        collected.withLock { pages in
            switch event {
            case .pageStarted(let page): pages.append(PageOutcome(page: page))
            case .actionEnded(let outcome): pages[pages.count - 1].actions.append(outcome)
            case .linkLooked(let outcome): pages[pages.count - 1].links.append(outcome)
            case .scriptEnded(let outcome, let page) where pages.indices.contains(page):
                pages[page].scripts.append(outcome)
            case .fileBlockClicked(let outcome): pages[pages.count - 1].fileBlocks.append(outcome)
            case .quizLooked(let outcome): pages[pages.count - 1].quizzes.append(outcome)
            case .actionStarted, .scriptStarted, .scriptEnded: break
            }
        }
    }
}
