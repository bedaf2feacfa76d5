import Diagnostics
import LabControlClient
import LabControlProtocol
import Labs
import LessonMarkdown
import LessonReports
import LessonVerification
import Lessons

/// One lesson from the lab's start to its end, with its report on the way.
struct LessonRun {
    let scenario: Scenario
    let console: Console
    /// Nothing but problems and the lab's progress is written: the outcome is for a program.
    let isQuiet: Bool
    let limits: VerificationLimits
    let steps: ClosedRange<Int>?
    let engine: EngineChoice
    /// What a lab that is made for the run may take of this host.
    let labLimits: LabLimits
    let internet: InternetAccess
    let labName: String?
    let keepsLab: Bool
    let tables: [MachineTable]
    /// What the user passes to the lesson.
    let variables: [String: String]
    /// Where its terminals are recorded; `nil` for nowhere.
    var recordings: RecordingDirectory?
    var purpose = RunPurpose.verifying
    /// A part that fails doesn't end the run.
    var keepsGoing = false

    /// Runs the lesson.
    ///
    /// - Returns: An outcome, also when the lab can't be had or breaks: then it is inconclusive and names the problem. When
    ///   the task is cancelled it says so, after the lab is down.
    func outcome() async -> ScenarioOutcome {
        let clock = ContinuousClock()
        let start = clock.now
        let report = TerminalReport()
        if !isQuiet { show(report.heading(of: scenario)) }
        var outcome = ScenarioOutcome(title: scenario.title, path: scenario.directory)
        let progress = RunProgress()
        let waiting = WaitDisplay(console: console)
        defer { waiting.close() }
        do {
            try LessonPreflight(scenario: scenario, steps: steps, console: console).check()
            let machine = try LessonMachine(of: scenario, in: tables)
            let materials = try LessonReader().materials(of: scenario)
            outcome.notes = materials.notes + scenario.platform.notes
            if !isQuiet { report.lines(forNotes: outcome.notes).forEach(show) }
            let lab = try await openLab(machine, progress, waiting)
            outcome.provisioning = (clock.now - start).seconds
            let result: Result<[PageOutcome], any Error>
            do {
                (result, outcome.recordings) = try await LessonRecorder.during(
                    lab, into: recordings, console: console
                ) {
                    if labName == nil, !keepsLab, recordings == nil { lab.holdTerminals() }
                    let verifier = LessonVerifier(
                        lab: SupervisedLab(client: lab, isRecorded: recordings != nil), limits: limits,
                        purpose: purpose,
                        keepsGoing: keepsGoing
                    ) { event in
                        progress.note(event)
                        waiting.wait(for: progress.wait)
                        if !isQuiet { waiting.whileErased { show(event, report) } }
                    }
                    return try await LabWatch(lab: lab).whileWhole {
                        try await verifier.verify(scenario, materials: materials, steps: steps)
                    }
                }
            } catch {
                await close(lab, waiting)
                throw error
            }
            await close(lab, waiting)
            outcome.pages = try result.get()
        } catch {
            waiting.wait(for: nil)
            outcome.pages = progress.pages
            if Task.isCancelled || error is CancellationError {
                outcome.interrupted = true
                outcome.position = progress.position
            } else {
                outcome.problem = (error as? any UserFacingError)?.problem ?? "\(error)"
                outcome.remedy = (error as? any UserFacingError)?.remedy
                outcome.problemLog = (error as? LabError)?.logTail.nonEmpty
            }
        }
        outcome.duration = (clock.now - start).seconds
        if !progress.leftOut.isEmpty { outcome.notes.append(remark(on: progress.leftOut)) }
        if let log = outcome.problemLog { console.report(StyledText(log.quoted)) }
        if !isQuiet {
            if !purpose.records || outcome.verdict != .passed { show(report.summary(of: outcome)) }
            report.lines(for: outcome.recordings).forEach(show)
        }
        return outcome
    }

    // MARK: The lab

    private func openLab(
        _ machine: LessonMachine, _ progress: RunProgress, _ waiting: WaitDisplay
    ) async throws -> LabClient {
        if let labName {
            let lab = try await LabClient.connect(to: labName)
            // A lesson can't be told by a lab that lacks a part.
            try await lab.checkHealth()
            // What an earlier run left in the terminals (a directory, an editor) is not this lesson's.
            for terminal in try await lab.status().terminals { try await lab.reopen(terminal) }
            return lab
        }
        progress.reach("while the lab was made")
        let lab = try await LabLauncher(
            composeFiles: scenario.composeFiles, name: nil, engine: engine, workspaceImage: machine.machine.docker,
            lesson: scenario, variables: variables, limits: labLimits, internet: internet, console: console,
            waiting: waiting
        ).open(endsWithClient: !keepsLab)
        do {
            try await machine.check(lab)
            if let seeding = scenario.settings.seeding {
                progress.reach("while the lab was seeded")
                waiting.wait(for: .init("seeding the lab"))
                try await LabSeeder(lab: lab, console: console).run(seeding)
            }
            waiting.wait(for: nil)
            progress.reach("when the lab was ready")
            return lab
        } catch {
            waiting.wait(for: nil)
            let cause = await cause(of: error, in: lab)
            await close(lab, waiting)
            throw cause
        }
    }

    /// What the lab has lost, if that may be why something went wrong in it; else the error itself.
    private func cause(of error: any Error, in lab: LabClient) async -> any Error {
        guard !Task.isCancelled else { return error }
        do {
            try await lab.checkHealth(afterFailure: true)
            return error
        } catch let loss as LabError where loss.code == .serviceDied {
            return loss
        } catch { return error }
    }

    private func close(_ lab: LabClient, _ waiting: WaitDisplay) async {
        waiting.wait(for: nil)
        guard labName == nil else { return }
        if keepsLab {
            console.report(
                "the lab '\(lab.name)' stays up: 'lectern shell T1 --lab \(lab.name)' looks into it, 'lectern down \(lab.name)' ends it"
            )
            return
        }
        waiting.wait(for: .init("taking the lab down"))
        defer { waiting.wait(for: nil) }
        // A task of its own, so that an interrupted run still takes its lab down.
        await Task {
            do {
                try await lab.stop()
            } catch let error as LabError where [.supervisorGone, .labEnded, .notAnswering].contains(error.code) {
                // It's gone, and why has been told.
            } catch {
                console.problem("the lab '\(lab.name)' didn't end: \(error)")
            }
        }.value
    }

    private func remark(on leftOut: Set<LessonStart>) -> String {
        let parts = [leftOut.contains(.assets) ? "assets" : nil, leftOut.contains(.scripts) ? "intro's scripts" : nil]
        let names = parts.compactMap(\.self).joined(separator: " and the ")
        return
            "the lesson's \(names) came to this lab before and are left out; 'lectern reset \(labName ?? "")' makes "
            + "it new"
    }

    /// Where something is recorded the run is only the way to the result.
    private func show(_ text: StyledText) {
        if purpose.records { console.report(text) } else { console.result(text) }
    }

    private func show(_ event: VerificationEvent, _ report: TerminalReport) {
        switch event {
        case .pageStarted(let page): if let heading = report.heading(of: page) { show(heading) }
        case .actionEnded(let outcome): report.lines(for: outcome).forEach(show)
        case .linkChecked(let outcome): report.lines(for: outcome).forEach(show)
        case .scriptEnded(let outcome, _): report.lines(for: outcome).forEach(show)
        case .fileBlockClicked(let outcome): report.lines(for: outcome).forEach(show)
        case .quizChecked(let outcome): report.lines(for: outcome).forEach(show)
        case .setupSkipped(let parts): console.report("  \(remark(on: parts))")
        case .assetsPlaced, .actionStarted, .linkOpened, .scriptStarted: break
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
