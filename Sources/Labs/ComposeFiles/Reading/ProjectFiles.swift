import FoundationEssentials
import HostFiles

/// Why a file could not be had; completes "file 'x' …".
struct FileFailure: Error {
    var problem: String
    var remedy: String?
    var isMissing = false
    var isTooLarge = false
    var isOutside = false
}

/// The files that one reading may open: those that the user named, and what lies in the lesson's root.
struct ProjectFiles {
    /// Directories and files of the lesson; `nil` where nothing but the named files may be read.
    private let root: ContainedDirectory?
    /// As the user gave them; opened wherever they are.
    private let named: Set<String>

    /// - Parameter lesson: The directory of the lesson that names the files; `nil` when the user does.
    init(_ files: [String], of lesson: String?) {
        let root = lesson.map { MountPolicy.root(around: $0) } ?? files.first.flatMap { MountPolicy.root(of: $0) }
        self.root = root.flatMap { try? ContainedDirectory($0) }
        named = lesson == nil ? Set(files) : []
    }

    /// Whether anything but the named files may be read.
    var hasRoot: Bool { root != nil }

    /// The text of a regular file of at most ``ReadingContext/maxFileSize`` bytes.
    func load(_ path: String) throws(FileFailure) -> String {
        let bytes: [UInt8]
        do throws(ContainedFailure) {
            bytes = try file(path).contents(limit: ReadingContext.maxFileSize)
        } catch {
            throw FileFailure(error)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileFailure(problem: "is not UTF-8 text", remedy: "save it as UTF-8")
        }
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Whether a path, whatever is there, is one of the named files or lies in the root.
    func mayRead(_ path: String) -> Bool { named.contains(path) || place(of: path) != nil }

    private func place(of path: String) -> String? {
        root.flatMap { MountPolicy.place(of: Paths.absolute(path), under: $0.path) }
    }

    private func file(_ path: String) throws(ContainedFailure) -> ContainedFile {
        if named.contains(path) { return try ContainedFile(named: path) }
        guard let root, let place = place(of: path) else { throw .outside }
        return try root.file(place, links: .followedInside)
    }
}

extension FileFailure {
    fileprivate init(_ failure: ContainedFailure) {
        switch failure {
        case .absent: self.init(problem: "does not exist", remedy: "check the path", isMissing: true)
        case .outside:
            self.init(
                problem: "lies outside the lesson",
                remedy: "a lesson may read only what comes with it: copy the file beside the Compose file",
                isOutside: true)
        case .notRegular(let isDirectory):
            self.init(problem: isDirectory ? "is a directory" : "is not a regular file", remedy: "name a file")
        case .tooLarge:
            self.init(
                problem: "is larger than \(ReadingContext.maxFileSize >> 20) MiB", remedy: "name a Compose file",
                isTooLarge: true)
        case .system: self.init(problem: "cannot be opened", remedy: "check its permissions")
        }
    }
}

/// Path arithmetic by the text alone, as Compose does it.
enum Paths {
    /// `path` itself when absolute, else below `directory`; `.` and `..` taken out where they can be.
    static func resolve(_ path: String, against directory: String) -> String {
        normalize(path.hasPrefix("/") ? path : directory.isEmpty ? path : "\(directory)/\(path)")
    }

    static func isComposeFile(_ path: String) -> Bool {
        let path = path.lowercased()
        return path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    }

    static func directory(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    static func absolute(_ path: String) -> String {
        resolve(path, against: FileManager.default.currentDirectoryPath)
    }

    static func normalize(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isAbsolute ? "/\(joined)" : joined.isEmpty ? "." : joined
    }
}
