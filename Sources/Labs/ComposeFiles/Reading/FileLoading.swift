internal import FoundationEssentials

/// Why a file could not be had; completes "file 'x' …".
struct FileFailure: Error {
    var problem: String
    var remedy: String?
    var isMissing = false
    var isTooLarge = false
}

/// The text of a regular file of at most ``ReadingContext/largestFile`` bytes.
func loadFile(_ path: String) throws(FileFailure) -> String {
    let files = FileManager.default
    var isDirectory = false
    guard files.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw FileFailure(problem: "doesn't exist", remedy: "check the path", isMissing: true)
    }
    // A device or a pipe could be endless, or wait for ever.
    let attributes = try? files.attributesOfItem(atPath: resolvingLinks(path))
    guard !isDirectory, attributes?[.type] as? FileAttributeType == .typeRegular else {
        throw FileFailure(problem: isDirectory ? "is a directory" : "isn't a regular file", remedy: "name a file")
    }
    guard let size = attributes?[.size] as? Int ?? (attributes?[.size] as? UInt64).map(Int.init(clamping:)),
        size <= ReadingContext.largestFile
    else {
        throw FileFailure(
            problem: "is larger than \(ReadingContext.largestFile >> 20) MiB", remedy: "name a Compose file",
            isTooLarge: true)
    }
    guard let data = files.contents(atPath: path) else {
        throw FileFailure(problem: "can't be opened", remedy: "check its permissions")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
        throw FileFailure(problem: "isn't UTF-8 text", remedy: "save it as UTF-8")
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
}

/// `attributesOfItem` speaks of a link itself.
private func resolvingLinks(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
}

/// Path arithmetic by the text alone, as Compose does it.
enum Paths {
    /// `path` itself when absolute, else below `directory`; `.` and `..` taken out where they can be.
    static func resolve(_ path: String, against directory: String) -> String {
        normalize(path.hasPrefix("/") ? path : directory.isEmpty ? path : "\(directory)/\(path)")
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
