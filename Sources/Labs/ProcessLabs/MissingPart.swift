import ComposeFiles
import Glibc
import Labs

/// Something that must be installed, and how.
struct MissingPart {
    var problem: String
    var remedy: String

    static let bubblewrap = MissingPart(
        problem: "the program 'bwrap' is missing, which makes sandboxes", remedy: install("bubblewrap"))
    static let agent = MissingPart(
        problem: "the program 'lectern-agent' isn't beside 'lectern'", remedy: "install Lectern again, or 'make build' in a checkout")

    static func install(_ package: String) -> String {
        "\(geteuid() == 0 ? "" : "sudo ")apt-get install --no-install-recommends -y \(package)"
    }
}

extension LabError {
    init(_ missing: MissingPart) {
        self.init(code: .missingPart, problem: missing.problem, remedy: missing.remedy)
    }
}

extension Installation {
    /// - Returns: `nil` when the requirement is met.
    func missingPart(_ requirement: Requirement, of service: String) -> MissingPart? {
        let what: String
        switch requirement.subject {
        case .program(let name):
            guard findLabProgram(name) == nil else { return nil }
            what = "the program '\(name)'"
        case .file(let path):
            if let path = hostPath(of: path), access(path, F_OK) == 0 { return nil }
            what = "'\(path)'"
        }
        if let path = requirement.subject.path, !isKnown(path) {
            return MissingPart(
                problem: "\(requirement.place): service '\(service)' needs \(what), which no lab is shown",
                remedy: "name what lies in '/usr' or '/opt/lectern'")
        }
        return MissingPart(
            problem: "service '\(service)' needs \(what), which isn't installed",
            remedy: requirement.package.map(MissingPart.install) ?? requirement.remedy ?? "lectern-setup, or 'make setup' in a checkout")
    }

    /// Whether a lab may be shown what has this path, installed or not.
    private func isKnown(_ path: String) -> Bool {
        path.hasPrefix(SandboxPaths.programs + "/") || path.hasPrefix(SandboxPaths.parts + "/")
            || SandboxPaths.isShown(path)
    }

    /// Lectern's own parts, each at its fixed place, read-only.
    var bindings: [Sandbox.Binding] {
        var bindings = programs.sorted { $0.key < $1.key }.map {
            Sandbox.Binding(source: $0.value, target: "\(SandboxPaths.programs)/\($0.key)")
        }
        for (source, target) in [
            (parts, SandboxPaths.parts), (swiftRuntime, SandboxPaths.swiftRuntime),
        ] {
            if let source { bindings.append(Sandbox.Binding(source: source, target: target)) }
        }
        return bindings
    }

    /// `NAME=value` strings: what every process of a lab gets, and over it what is given.
    ///
    /// A Swift runtime of ours comes after the folders that the given `LD_LIBRARY_PATH` names.
    func environment(_ given: [String: String]) -> [String] {
        var environment = [
            "PATH": SandboxPaths.search, "HOME": SandboxPaths.home, "USER": "root", "LOGNAME": "root",
            "SHELL": "/bin/bash", "LANG": "C.UTF-8",
        ]
        environment.merge(given) { $1 }
        if swiftRuntime != nil {
            let folders = [environment["LD_LIBRARY_PATH"], SandboxPaths.swiftRuntime].compactMap(\.self)
            environment["LD_LIBRARY_PATH"] = folders.joined(separator: ":")
        }
        return environment.map { "\($0.key)=\($0.value)" }.sorted()
    }
}

extension Requirement.Subject {
    /// The path that is wanted; `nil` for a name that is looked up.
    fileprivate var path: String? {
        switch self {
        case .program(let name): name.contains("/") ? name : nil
        case .file(let path): path
        }
    }
}
