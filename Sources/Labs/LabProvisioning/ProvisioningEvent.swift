public import Labs
public import Lessons

/// A part of making a lab ready for a lesson.
public enum ProvisioningStep: Hashable, Sendable {
    case opening
    case joining
    case checkingMachine
    case placingAssets
    case seeding
    case resetting
    case ready

    /// Where a lab is in this step; completes "interrupted …".
    public var position: String {
        switch self {
        case .opening: "while the lab was made"
        case .joining: "while the lab was looked at"
        case .checkingMachine: "while the lab's programs were checked"
        case .placingAssets: "while the lesson's assets were placed"
        case .seeding: "while the lab was seeded"
        case .resetting: "while the lab was reset"
        case .ready: "when the lab was ready"
        }
    }

    /// What somebody waits for in this step; `nil` when there is nothing to wait for, or when the lab's own events say more.
    public var wait: String? {
        switch self {
        case .opening, .resetting, .ready: nil
        case .joining: "looking at the lab"
        case .checkingMachine: "checking the lab's programs"
        case .placingAssets: "placing the lesson's assets"
        case .seeding: "seeding the lab"
        }
    }
}

/// What happens while a lab is made ready, in order.
public enum ProvisioningEvent: Sendable {
    case began(ProvisioningStep)
    /// What the lab itself tells while it starts or is reset.
    case lab(LabEvent)
    /// Parts of the lesson's start that the lab had done before; only those that the lesson has.
    case setupSkipped(Set<LessonStart>)
    case seeded(SeedingReport)
    /// Something failed, and the lab was ended.
    ///
    /// - Parameter problem: Why something of it may be left; `nil` when nothing is.
    case stopped(lab: String, problem: LabError?)
    /// Something failed, and the lab goes on, since it was to stay in any case.
    case leftRunning(lab: String)
}

/// What came of seeding a lab.
public struct SeedingReport: Hashable, Sendable {
    /// What was asked for.
    public var seeding: Seeding
    /// What the lab's seed command printed; when long, a line says how much of the middle is left out.
    public var output: String
    /// How long it took.
    public var seconds: Double

    /// Arguments as the properties of the same name.
    public init(seeding: Seeding, output: String, seconds: Double) {
        self.seeding = seeding
        self.output = output
        self.seconds = seconds
    }
}
