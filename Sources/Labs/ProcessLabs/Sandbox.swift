import FoundationEssentials
import Glibc
import HostFiles
import Labs

/// What a sandbox consists of, and the `bwrap` arguments that make it.
///
/// Whoever starts it is mapped to user 0 of a user namespace, as root and as an ordinary user alike. The first process
/// inside is the agent; it makes the process namespaces in which everything else runs without any capability. Only what is named here exists inside; nothing of the host but the lab's own directories can be written. The root
/// itself is in memory, and `/etc` is the lab's own copy.
struct Sandbox {
    struct Binding {
        var source: String
        var target: String
        var isWritable = false
    }

    var hostname: String
    /// What the lab may take of this host.
    var limits: LabLimits
    /// Who its user 0 is; `nil` for the caller.
    var owner: SandboxOwner?
    /// In order: a later one may lie inside an earlier one.
    var bindings: [Binding] = []
    /// Paths of memory file systems.
    var temporary: [String] = []

    /// The system's files that programs of a lesson or a service may need; those that don't exist are left out. Files are
    /// copied, since lessons change some of them; folders are shown as they are.
    ///
    /// Not among them: `shadow`, `ssl/private`, `mysql` (Debian keeps a password there), and all that names the host.
    private static let systemFiles = [
        "alternatives", "bash.bashrc", "ca-certificates.conf", "debian_version", "inputrc", "ld.so.cache",
        "ld.so.conf", "ld.so.conf.d", "localtime", "magic", "man_db.conf", "manpath.config", "mime.types", "php",
        "protocols", "services", "ssl/certs", "ssl/openssl.cnf", "terminfo", "timezone", "vim",
    ]

    /// A language's settings are in a directory with its version.
    private static let systemFilePrefixes = ["python3"]

    /// Folders of a usual machine in which lessons put files.
    private static let ownFolders = ["/opt", "/srv", "/mnt", "/var/log", "/var/lib"]

    /// What the agent needs, as the sandbox's first process, to divide it; nothing else in a lab has any capability.
    ///
    /// `SYS_ADMIN` and `SYS_CHROOT` for mounts and namespaces, `SYS_PTRACE` to open those of a process that can't be
    /// inspected, `SYS_RESOURCE` to forbid user namespaces, `SETPCAP` to take all of them from what it starts. They hold
    /// in the sandbox's user namespace, never outside it.
    static let capabilityArguments =
        ["--cap-drop", "ALL"]
        + ["SYS_ADMIN", "SYS_CHROOT", "SYS_PTRACE", "SYS_RESOURCE", "SETPCAP"].flatMap { ["--cap-add", "CAP_\($0)"] }

    /// What the agent needs besides, until it has become the owner: `CHOWN`, `SETGID` and `SETUID`.
    private static let ownerArguments = ["CHOWN", "SETGID", "SETUID"].flatMap { ["--cap-add", "CAP_\($0)"] }

    /// Gives the sandbox's owner what it will be shown of a directory.
    ///
    /// - Parameter systemFiles: See ``arguments(systemFiles:command:)``, which must have been called; it lies in the directory.
    func takeOver(systemFiles: String) throws {
        guard let owner else { return }
        let directory = String(systemFiles[...(systemFiles.lastIndex(of: "/") ?? systemFiles.startIndex)])
        for target in bindings.map(\.target) + temporary { try makeWay(to: target, in: directory) }
        try owner.takeOver(systemFiles)
        for binding in bindings where binding.source.hasPrefix(directory) { try owner.takeOver(binding.source) }
    }

    /// Makes the directories that lead to a mount inside one of the lab's own: bwrap would make them as another user.
    private func makeWay(to target: String, in directory: String) throws {
        let outer = bindings.filter { $0.source.hasPrefix(directory) && target.hasPrefix($0.target + "/") }
            .max { $0.target.count < $1.target.count }
        guard let outer, let slash = target.lastIndex(of: "/") else { return }
        let place = target[..<slash].dropFirst(outer.target.count + 1)
        guard !place.isEmpty else { return }
        try ContainedDirectory(outer.source).makeDirectory(String(place))
    }

    /// How much of the memory files may take: half of it in the root, of which `/tmp` is a part, so that neither they
    /// alone nor all together leave nothing for programs.
    private enum Share {
        static let root: Int = 2
        static let other: Int = 8
        /// For the agent's own files and the services' sockets: a lesson that fills another one leaves it alone.
        static let runtimeFiles: Int = 32
    }

    /// - Parameters:
    ///   - folder: What becomes `/etc`: a directory of the lab's own, empty or missing; it's filled here.
    ///   - command: What runs inside; it isn't looked up in a search path.
    func arguments(systemFiles folder: String, command: [String]) throws -> [String] {
        var arguments = [
            "bwrap", "--unshare-user", "--unshare-net", "--unshare-pid", "--unshare-ipc",
            "--unshare-uts", "--unshare-cgroup-try", "--hostname", hostname, "--die-with-parent", "--new-session",
            "--as-pid-1", "--clearenv",
        ]
        // The owner's numbers are mapped from outside, by whoever may.
        arguments += Self.capabilityArguments + (owner == nil ? ["--uid", "0", "--gid", "0"] : Self.ownerArguments)
        arguments += ["--size", String(limits.memory / Share.root), "--tmpfs", "/", "--ro-bind", "/usr", "/usr"]
        for folder in Self.ownFolders { arguments += ["--dir", folder] }
        for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] { arguments += Self.systemFolder("/\(name)") }
        arguments += ["--perms", "0555", "--dir", "/var/empty", "--dev", "/dev", "--proc", "/proc"]
        for path in ["/tmp", "/var/tmp"] { arguments += ["--perms", "1777", "--dir", path] }
        for (path, share) in [("/run", Share.runtimeFiles)] + (["/dev/shm"] + temporary).map({ ($0, Share.other) }) {
            arguments += ["--perms", "1777", "--size", String(limits.memory / share), "--tmpfs", path]
        }
        arguments += ["--symlink", "/run", "/var/run", "--bind", folder, "/etc"]
        arguments += ["--symlink", "/usr/lib/os-release", "/etc/os-release"]
        arguments += try fillSystemFiles(folder)
        arguments += localFiles
        for binding in bindings {
            arguments += [binding.isWritable ? "--bind" : "--ro-bind", binding.source, binding.target]
        }
        // Lessons write where root may write: what is not the host's is a file system in memory that ends with the lab. Not
        // the lab's home, which bwrap may not enter when it's another user's.
        return arguments + ["--chdir", "/", "--"] + command
    }

    /// - Returns: The arguments that show those folders of `/etc` that aren't copied.
    private func fillSystemFiles(_ folder: String) throws -> [String] {
        var arguments: [String] = []
        try makeDirectory(folder)
        let versioned = Self.names(in: "/etc").filter { name in Self.systemFilePrefixes.contains(where: name.hasPrefix)
        }
        for name in Self.systemFiles + versioned {
            let path = "/etc/\(name)"
            guard let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType else {
                continue
            }
            if kind != .typeDirectory, !name.contains("/"), let bytes = FileManager.default.contents(atPath: path) {
                try writeFile(Array(bytes), to: "\(folder)/\(name)")
            } else {
                // bwrap would make what leads there as another user than the lab's.
                if let slash = name.lastIndex(of: "/") { try makeDirectory("\(folder)/\(name[..<slash])") }
                arguments += ["--ro-bind-try", path, path]
            }
        }
        for (name, text) in generatedFiles {
            let path = "\(folder)/\(name)"
            try makeDirectory(URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false))
            try writeFile(Array(text.utf8), to: path)
        }
        return arguments
    }

    private var generatedFiles: [(String, String)] {
        [
            ("passwd", "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"),
            ("group", "root:x:0:\nnogroup:x:65534:\n"),
            ("hosts", "127.0.0.1 localhost \(hostname)\n::1 ip6-localhost\n"),
            ("hostname", "\(hostname)\n"),
            ("killercoda/host", "http://localhost:PORT\n"),
            ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n"),
        ]
    }

    /// Folders of `/usr/local`, where lessons put files of their own, can be written; the host's files are there by links.
    private var localFiles: [String] {
        let root = "/usr/local"
        let host = "/opt/lectern/local"
        var arguments = ["--ro-bind-try", root, host, "--size", String(limits.memory / Share.other), "--tmpfs", root]
        for entry in Self.names(in: root) {
            let path = "\(root)/\(entry)"
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                arguments += ["--symlink", target, path]
            } else if let names = try? FileManager.default.contentsOfDirectory(atPath: path) {
                arguments += ["--dir", path]
                for name in names.sorted() {
                    arguments += ["--symlink", "\(host)/\(entry)/\(name)", "\(path)/\(name)"]
                }
            } else {
                arguments += ["--symlink", "\(host)/\(entry)", path]
            }
        }
        return arguments
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// A folder of the root directory as the host has it: a link into `/usr`, or a folder of its own.
    private static func systemFolder(_ path: String) -> [String] {
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
            return ["--symlink", target, path]
        }
        return ["--ro-bind-try", path, path]
    }
}
