public import Diagnostics

/// `x-lectern` at the top of a Compose file: what concerns the lab as a whole.
public struct LabConfiguration: Hashable, Codable, Sendable {
    /// Whether the lab needs the internet; only whoever runs it allows that.
    public var asksForInternet = false
    /// How the lab is filled with data; `nil` when the files don't say.
    public var seeder: Seeder?
    /// Programs that are installed beside `lectern` and that a lab of processes has in its search path, in the order of the
    /// files, each once. Containers have what their images hold.
    public var programs: [LabProgram] = []

    /// Asks for nothing.
    public init() {}
}

/// A command that fills a lab with data through the lab's own services.
public struct Seeder: Hashable, Codable, Sendable {
    /// Program and arguments, run in the workspace. What a lesson asks for follows as `--NAME VALUE`.
    public var command: [String]
    /// The service whose log explains a failure; `nil` when the command's own output does.
    public var service: String?
    /// Of the value of `seed`.
    public var place: SourcePlace

    /// Arguments as the properties of the same name.
    public init(command: [String], service: String? = nil, place: SourcePlace) {
        self.command = command
        self.service = service
        self.place = place
    }
}

/// The name of a program that a lab is shown.
public struct LabProgram: Hashable, Codable, Sendable {
    /// A file name.
    public var name: String
    /// Of the name under `programs`.
    public var place: SourcePlace

    /// Arguments as the properties of the same name.
    public init(name: String, place: SourcePlace) {
        self.name = name
        self.place = place
    }
}
