import Diagnostics
public import LabControlProtocol
import Labs
public import Lessons

/// A lab that is to be made ready, and for what.
public struct ProvisioningRequest: Sendable {
    /// How long a lab lasts.
    public enum Lifetime: Sendable {
        /// As long as the process that asked for it.
        case client
        /// Until somebody ends it, once all of it is ready; until then as long as the process that asked for it.
        case keptOnceReady
        /// Until somebody ends it, also when its lesson can't be prepared: to look into it.
        case kept
    }

    /// The lab itself.
    public var lab: LabRequest
    /// What it is filled for; `nil` for a lab without a lesson.
    public var lesson: LessonNeeds?
    /// How long the lab is to last.
    public var lifetime: Lifetime

    /// Arguments as the properties of the same name.
    public init(lab: LabRequest, lesson: LessonNeeds?, lifetime: Lifetime) {
        self.lab = lab
        self.lesson = lesson
        self.lifetime = lifetime
    }
}

/// Makes labs ready: opened, checked for the programs of the lesson's machine, filled with the lesson's assets and seeded.
///
/// Whoever needs a lab that a lesson can be read or verified in uses it, so that all of them get the same lab. What happens on
/// the way is told as values.
public struct LabProvisioner<Opener: LabOpener>: Sendable {
    private let opener: Opener
    private let listener: @Sendable (ProvisioningEvent) -> Void

    /// - Parameter listener: Called in order, for faces that show progress.
    public init(opener: Opener, listener: @escaping @Sendable (ProvisioningEvent) -> Void) {
        self.opener = opener
        self.listener = listener
    }

    /// Makes a lab and everything in it that its lesson begins with.
    ///
    /// A lab in which something of that fails is ended again, unless it is ``ProvisioningRequest/Lifetime/kept``; so is one
    /// whose task is cancelled.
    ///
    /// - Throws: `LabError`, and `CancellationError`. When a service that ended is behind a failure, that is what is told.
    public func provision(_ request: ProvisioningRequest) async throws -> Opener.Lab {
        listener(.began(.opening))
        try request.lesson?.scenario.checkEnvironment(variables: request.lab.variables ?? [:])
        let lab = try await opener.open(request.lab, endsWithClient: request.lifetime != .kept) { [listener] event in
            listener(.lab(event))
        }
        do {
            if let lesson = request.lesson { try await fill(lab, for: lesson) }
            if request.lifetime == .keptOnceReady { try await lab.keep() }
        } catch {
            let cause = await cause(of: error, in: lab)
            if request.lifetime == .kept { listener(.leftRunning(lab: lab.name)) } else { await stop(lab) }
            throw cause
        }
        listener(.began(.ready))
        return lab
    }

    private func fill(_ lab: Opener.Lab, for lesson: LessonNeeds) async throws {
        listener(.began(.checkingMachine))
        try await lesson.machine.check(lab)
        try await placeAssets(of: lesson.scenario.directory, lesson.materials, in: lab)
        guard let seeding = lesson.scenario.settings.seeding else { return }
        listener(.began(.seeding))
        listener(.seeded(try await LabSeeder(lab).run(seeding)))
    }

    private func placeAssets(of lesson: String, _ materials: LessonMaterials, in lab: Opener.Lab) async throws {
        listener(.began(.placingAssets))
        try await AssetInstaller(lab: lab, materials: materials, lesson: lesson).run()
    }

    /// Makes a lab that is running already ready for a lesson: all of it must be there, its terminals are opened afresh, and
    /// the lesson's assets are placed unless they have been.
    ///
    /// The lab is neither seeded nor ended, whatever happens.
    public func join(_ lab: Opener.Lab, for lesson: LessonNeeds) async throws {
        listener(.began(.joining))
        do {
            // A lesson can't be told by a lab that lacks a part.
            try await lab.checkHealth(afterFailure: false)
            // What an earlier run left in the terminals (a directory, an editor) is not this lesson's.
            for terminal in try await lab.status().terminals { try await lab.reopen(terminal) }
            let directory = absolutePath(lesson.scenario.directory)
            let done = try await lab.startedParts(of: directory)
            let skipped = done.filter(lesson.has)
            if !skipped.isEmpty { listener(.setupSkipped(skipped)) }
            if !done.contains(.assets) { try await placeAssets(of: directory, lesson.materials, in: lab) }
        } catch {
            throw await cause(of: error, in: lab)
        }
        listener(.began(.ready))
    }

    /// Takes a lab back to the state after its seeding, and places the assets of its lesson again, as they are now.
    ///
    /// - Parameter materials: Reads what the lesson in a directory brings along.
    /// - Throws: `LabError`. When only the assets can't be placed the lab is reset all the same.
    public func reset(_ lab: Opener.Lab, materials: (_ lesson: String) throws -> LessonMaterials) async throws {
        listener(.began(.resetting))
        try await lab.reset { event in
            // It's as it was only when its assets are back.
            if case .ready = event { return }
            listener(.lab(event))
        }
        guard let lesson = try await lab.status().lesson else { return listener(.began(.ready)) }
        do {
            try await placeAssets(of: lesson, try materials(lesson), in: lab)
        } catch let error as any UserFacingError where (error as? LabError)?.code ?? .assetRefused == .assetRefused {
            throw LabError(
                code: .assetRefused,
                problem: "the lab '\(lab.name)' is reset, but without its lesson's assets: \(error.problem)",
                remedy: "fix the lesson '\(lesson)' and reset again, or end the lab: lectern down \(lab.name)")
        }
        listener(.began(.ready))
    }

    // MARK: Failures

    /// What the lab has lost, if that may be why something went wrong in it; else the error itself.
    private func cause(of error: any Error, in lab: Opener.Lab) async -> any Error {
        if error is CancellationError || Task.isCancelled { return error }
        do {
            try await lab.checkHealth(afterFailure: true)
            return LabError(error, failing: "the lab '\(lab.name)' cannot be prepared")
        } catch let loss as LabError where loss.code == .serviceDied {
            return loss
        } catch { return LabError(error, failing: "the lab '\(lab.name)' cannot be prepared") }
    }

    private func stop(_ lab: Opener.Lab) async {
        // A task of its own: what is interrupted still takes its lab down.
        let problem = await Task { () -> LabError? in
            do {
                try await lab.stop()
                return nil
            } catch let error as LabError where [.supervisorGone, .labEnded].contains(error.code) {
                return nil
            } catch {
                return LabError(error, failing: "the lab '\(lab.name)' did not end")
            }
        }.value
        listener(.stopped(lab: lab.name, problem: problem))
    }
}
