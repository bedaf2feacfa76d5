public import ComposeFiles
import Diagnostics
import HostFiles
import Processes

/// What a lesson's services are shown of the lesson's own files: copies that belong to the lab.
///
/// A lab can't change the repository it came from, whatever its Compose file says, and never sees its `.git`. A mount that
/// the file makes writable is one in the lab; what is written there ends with the lab. Two mounts of the same path share
/// one copy, as they would share the path.
public struct LessonMounts: Sendable {
    private let directory: String
    private let limits: TreeCopy.Limits

    /// - Parameter directory: A directory of the lab's own for the copies; made when needed.
    public init(directory: String) {
        self.init(directory: directory, limits: TreeCopy.Limits())
    }

    init(directory: String, limits: TreeCopy.Limits) {
        self.directory = directory
        self.limits = limits
    }

    /// Copies what the project's services mount, before anything of the lab runs.
    ///
    /// - Returns: The project with the copies in the place of the paths.
    /// - Throws: ``LabError`` with code `.badDefinition`, at its place, for a path outside the lesson, one that isn't there,
    ///   or more than 512 MiB or 20,000 files.
    public func copying(_ project: ComposeProject) throws(LabError) -> ComposeProject {
        var project = project
        var copies: [String: String] = [:]
        for index in project.services.indices {
            let name = project.services[index].name
            for position in project.services[index].mounts.indices {
                let mount = project.services[index].mounts[position]
                guard case .bind(let source) = mount.source else { continue }
                let found = try locate(source, mount, in: name)
                if copies[found.resolved] == nil {
                    copies[found.resolved] = try copy(found, mount, number: copies.count)
                }
                project.services[index].mounts[position].source =
                    copies[found.resolved].map { .copy($0) } ?? mount.source
            }
        }
        return project
    }

    /// A path that may be shown.
    private struct Source {
        var path: String
        var resolved: String
        var root: String
        /// Where it lies beneath the root.
        var place: String
        var service: String
    }

    private func locate(_ path: String, _ mount: Mount, in service: String) throws(LabError) -> Source {
        func refusal(_ problem: String, remedy: String) -> LabError {
            LabError(
                code: .badDefinition, problem: "\(mount.place): '\(path)', mounted into '\(service)', \(problem)",
                remedy: remedy)
        }
        guard let root = MountPolicy.root(of: mount.place.file) else {
            throw refusal(
                "lies in a directory that holds other things than the lesson",
                remedy: "move the lesson into a directory of its own")
        }
        guard let place = MountPolicy.place(of: path, under: root) else {
            throw refusal(
                "lies outside the lesson",
                remedy: "a lesson is shown only what comes with it: copy the file beside the Compose file")
        }
        guard !place.split(separator: "/").contains(".git") else {
            throw refusal(
                "belongs to git", remedy: "a lesson is not shown its repository's history: mount another path")
        }
        guard let resolved = MountPolicy.resolved(path) else {
            throw refusal("does not exist", remedy: "run in a whole checkout, or remove the mount")
        }
        guard MountPolicy.allows(path, under: root), !resolved.split(separator: "/").contains(".git") else {
            throw refusal(
                "leads out of the lesson",
                remedy: "a lesson is shown only what comes with it: put the file itself there, not a link")
        }
        return Source(path: path, resolved: resolved, root: root, place: place, service: service)
    }

    private func copy(_ source: Source, _ mount: Mount, number: Int) throws(LabError) -> String {
        let target = "\(directory)/\(number)"
        let subject = "\(mount.place): '\(source.path)', mounted into '\(source.service)',"
        do throws(TreeCopy.Failure) {
            try TreeCopy.copy(source.place, in: try opened(source.root), to: target, limits: limits)
            return target
        } catch {
            switch error {
            case .tooLarge:
                throw LabError(
                    code: .badDefinition,
                    problem: "\(subject) has more than \(limits.bytes >> 20) MiB or \(limits.entries) files",
                    remedy: "mount only the directory that the lesson needs")
            case .unreadable(let path, let failure):
                throw LabError(
                    code: .badDefinition, problem: "\(subject) cannot be copied: '\(path)' \(failure.reason)",
                    remedy: "mount files and directories that you may read")
            case .system(let failure):
                throw LabError(
                    code: .system, problem: "\(subject) cannot be copied: \(failure)",
                    remedy: "check free disk space in the state directory")
            }
        }
    }

    private func opened(_ root: String) throws(TreeCopy.Failure) -> ContainedDirectory {
        do throws(SystemFailure) {
            try makeDirectory(directory)
            return try ContainedDirectory(root)
        } catch {
            throw .system(error)
        }
    }
}

extension ComposeProject {
    /// The project, read again with further files, with the copies that an earlier reading's mounts have.
    ///
    /// A mount that the earlier reading doesn't have stays as it is, and no engine takes it.
    public func takingCopies(from other: ComposeProject) -> ComposeProject {
        var project = self
        for index in project.services.indices {
            let copied = other[project.services[index].name]?.mounts ?? []
            for position in project.services[index].mounts.indices {
                let mount = project.services[index].mounts[position]
                guard case .bind = mount.source,
                    let copy = copied.first(where: { $0.target == mount.target && $0.place == mount.place })
                else { continue }
                project.services[index].mounts[position].source = copy.source
            }
        }
        return project
    }
}
