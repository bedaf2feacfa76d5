import Diagnostics
import LabControlClient
import LabControlProtocol
import LabProvisioning
import Labs
import LessonReports
import LessonVerification
import Lessons

/// One lesson from the lab's start to its end, with its report on the way.
struct LessonRun {
    var scenario: Scenario
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
    /// - Returns: An outcome, also when the lab cannot be started or breaks: then it is inconclusive and names the problem. When
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
            let lesson = try LessonNeeds(of: scenario, in: tables)
            outcome.notes =
                lesson.materials.notes + scenario.platform.notes + [scenario.observationNote].compactMap(\.self)
            if !isQuiet { report.lines(forNotes: outcome.notes).forEach(show) }
            let lab = try await openLab(for: lesson, progress, waiting)
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
                        progress.take(event)
                        waiting.wait(for: progress.wait)
                        if !isQuiet { waiting.whileErased { show(event, report) } }
                    }
                    return try await LabWatch(lab: lab).whileWhole {
                        try await verifier.verify(scenario, materials: lesson.materials, steps: steps)
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
        console.report(log: outcome.problemLog ?? "")
        if !isQuiet {
            if !purpose.updates || outcome.verdict != .passed { show(report.summary(of: outcome)) }
            report.lines(for: outcome.recordings).forEach(show)
        }
        return outcome
    }

    // MARK: The lab

    private func openLab(
        for lesson: LessonNeeds, _ progress: RunProgress, _ waiting: WaitDisplay
    ) async throws -> LabClient {
        let display = ProvisioningDisplay(console: console, waiting: waiting)
        let provisioner = LabProvisioner(opener: SupervisedLabOpener()) { event in
            display.show(event)
            switch event {
            case .began(let step): progress.reach(step.position)
            case .setupSkipped(let parts):
                progress.skip(parts)
                if !isQuiet { waiting.whileErased { console.report("  \(remark(on: parts))") } }
            default: break
            }
        }
        if let labName {
            let lab = try await LabClient.connect(to: labName)
            try await provisioner.join(lab, for: lesson)
            return lab
        }
        let request = LabRequest(
            composeFiles: scenario.composeFiles, engine: engine, workspaceImage: lesson.machine.machine.docker,
            lesson: absolutePath(scenario.directory), variables: variables, limits: labLimits, internet: internet)
        return try await provisioner.provision(
            ProvisioningRequest(lab: request, lesson: lesson, lifetime: keepsLab ? .kept : .client))
    }

    private func close(_ lab: LabClient, _ waiting: WaitDisplay) async {
        waiting.wait(for: nil)
        guard labName == nil else { return }
        if keepsLab {
            return console.report(StyledText(ProvisioningDisplay.staysUp(lab.name)))
        }
        waiting.wait(for: .init("taking the lab down"))
        defer { waiting.wait(for: nil) }
        // A task of its own, so that an interrupted run still takes its lab down.
        await Task {
            do {
                try await lab.stop()
            } catch let error as LabError where [.supervisorGone, .labEnded, .notAnswering].contains(error.code) {
                // It's gone, and why has been told.
            } catch let error as LabError where error.code == .leftBehind {
                console.problem([error.problem, error.remedy].compactMap(\.self).joined(separator: "\n  try: "))
            } catch {
                console.problem("the lab '\(lab.name)' could not be taken down: \(error)")
            }
        }.value
    }

    private func remark(on leftOut: Set<LessonStart>) -> String {
        let parts = [leftOut.contains(.assets) ? "assets" : nil, leftOut.contains(.scripts) ? "intro's scripts" : nil]
        let names = parts.compactMap(\.self).joined(separator: " and the ")
        return
            "the lesson's \(names) are already in this lab; skipped ('lectern reset \(labName ?? "")' takes the lab back to its "
            + "beginning)"
    }

    /// In an update the run is only the way to the result.
    private func show(_ text: StyledText) {
        if purpose.updates { console.report(text) } else { console.result(text) }
    }

    private func show(_ event: VerificationEvent, _ report: TerminalReport) {
        switch event {
        case .pageStarted(let page): if let heading = report.heading(of: page) { show(heading) }
        case .actionEnded(let outcome): report.lines(for: outcome).forEach(show)
        case .linkChecked(let outcome): report.lines(for: outcome).forEach(show)
        case .scriptEnded(let outcome, _): report.lines(for: outcome).forEach(show)
        case .fileBlockClicked(let outcome): report.lines(for: outcome).forEach(show)
        case .quizChecked(let outcome): report.lines(for: outcome).forEach(show)
        case .actionStarted, .linkOpened, .scriptStarted: break
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
