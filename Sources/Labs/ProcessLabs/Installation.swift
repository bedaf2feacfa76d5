import FoundationEssentials
import Glibc
import HostFiles
import ProcessSpawning

/// Where Lectern's own parts are on this host.
public struct Installation: Sendable {
    /// Paths of the programs that a lab finds under `/opt/lectern/bin`, by name.
    public var programs: [String: String]
    /// What `make setup` installed for the user, or `lectern-setup` for everybody: a Python environment (`venv`), programs
    /// (`bin`) and libraries (`lib`); `nil` when there's nothing.
    public var parts: String?
    /// The folder of the Swift runtime that this process runs with; `nil` when it's linked in or a system library.
    public var swiftRuntime: String?

    private static let sharedParts = "/var/lib/lectern"
    public static let programNames = ["lectern-agent", "order-service", "order-seeder", "mongosh", "kfk"]

    public init(programs: [String: String], parts: String? = nil, swiftRuntime: String? = nil) {
        self.programs = programs
        self.parts = parts
        self.swiftRuntime = swiftRuntime
    }

    /// Looks for the programs beside an executable of Lectern's, and for the parts in the user's data directory and then where
    /// root installs them for all.
    ///
    /// A `mongosh` or `kfk` that the system has in `/usr` goes before ours.
    ///
    /// - Parameters:
    ///   - executable: The path of `lectern`; links are followed.
    ///   - environment: `XDG_DATA_HOME`, `HOME` and `PATH` matter.
    public static func find(beside executable: String, environment: [String: String]) -> Installation {
        let folder = URL(filePath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
        var programs: [String: String] = [:]
        for name in programNames {
            let path = folder.appending(path: name).path(percentEncoded: false)
            guard access(path, X_OK) == 0, !isReal(name) else { continue }
            programs[name] = path
        }
        let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "/root") + "/.local/share"
        // An installation that was begun and not finished has no file of this name.
        let parts =
            ["\(data)/lectern", sharedParts].first { access("\($0)/installed", F_OK) == 0 }
            ?? (access("\(data)/lectern", F_OK) == 0 ? "\(data)/lectern" : nil)
        return Installation(programs: programs, parts: parts, swiftRuntime: loadedSwiftRuntime())
    }

    /// `true` when the system has the real tool, so that our stand-in isn't needed.
    private static func isReal(_ name: String) -> Bool {
        ["mongosh", "kfk"].contains(name) && findProgram(name, path: "/usr/local/bin:/usr/bin:/bin") != nil
    }

    /// Reads the memory map of this process for the library that every dynamically linked Swift program has.
    private static func loadedSwiftRuntime() -> String? {
        let library = "/libswiftCore.so"
        for line in endOfFile("/proc/self/maps", limit: 1 << 20).split(separator: "\n") where line.hasSuffix(library) {
            guard let start = line.firstIndex(of: "/") else { continue }
            let folder = line[start...].dropLast(library.count)
            return folder.hasPrefix("/usr/") || folder.hasPrefix("/lib") ? nil : String(folder)
        }
        return nil
    }

    /// The path on the host of what a lab sees under a path.
    ///
    /// - Returns: `nil` for a part of Lectern's that isn't installed, and for what no lab is shown: a lesson must not find
    ///   out whether it's there.
    func hostPath(of path: String) -> String? {
        guard !path.split(separator: "/").contains("..") else { return nil }
        if path.hasPrefix(SandboxPaths.programs + "/") {
            return programs[String(path.dropFirst(SandboxPaths.programs.count + 1))]
        }
        if path.hasPrefix(SandboxPaths.parts + "/") {
            return parts.map { $0 + path.dropFirst(SandboxPaths.parts.count) }
        }
        return SandboxPaths.isShown(path) ? path : nil
    }

    /// Finds a program that a service of a lab would find under this name.
    func findLabProgram(_ name: String) -> String? {
        guard name.contains("/") else {
            return programs[name] ?? findProgram(name, path: SandboxPaths.search[...])
        }
        guard let path = hostPath(of: name), access(path, X_OK) == 0 else { return nil }
        return path
    }
}

/// Where a lab finds things; the same for every lab.
enum SandboxPaths {
    static let programs = "/opt/lectern/bin"
    static let parts = "/opt/lectern/parts"
    static let swiftRuntime = "/opt/lectern/swift"
    /// Where a lab finds the template of a service's data directory.
    static func template(of service: String) -> String { "/opt/lectern/templates/\(service)" }
    static let home = "/root"

    /// Whether a lab sees the host's own file under this path.
    static func isShown(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 2 && parts[0].isEmpty && !parts.contains("..")
            && ["bin", "lib", "lib32", "lib64", "libx32", "sbin", "usr"].contains(parts[1])
    }

    static let ownFiles = "/run/lectern"
    static let search = "\(programs):/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
}
