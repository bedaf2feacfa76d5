import Diagnostics
import HostFiles
import Lessons
import Processes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the text files of a lesson, which are untrusted.
package enum LessonFile {
    /// No page is longer, in bytes.
    package static let maxSize = 4 << 20
    /// No index or course file is longer, in bytes.
    package static let maxIndexSize = 1 << 20
    /// No script is longer, in bytes.
    package static let maxScriptSize = 1 << 20

    /// Reads a whole file of UTF-8 text; a byte order mark is dropped. A longer file is refused unread.
    package static func source(at path: String, maxSize: Int = LessonFile.maxSize) throws(LessonError) -> SourceText {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw LessonError(
                .notFound, "cannot open '\(path)': \(reason(errno))", remedy: "check the path and its permissions")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw LessonError(
                .notFound, "'\(path)' is \(entry(at: path) == .directory ? "a directory" : "no regular file")",
                remedy: "name a Markdown file or a scenario's directory")
        }
        guard status.st_size <= maxSize else {
            throw LessonError(
                .notText,
                "'\(path)' has \(status.st_size) bytes, more than the \(maxSize) that such a file may have",
                remedy: "split it, or put data into the assets directory")
        }
        let bytes = try contents(of: descriptor, size: Int(status.st_size), path: path)
        return try text(bytes, file: path)
    }

    /// Reads a text file of a lesson or a repository, of which no path and no link leads out.
    ///
    /// - Parameter directory: What the path is relative to, and where it must lead.
    package static func source(
        _ path: String, in directory: String, maxSize: Int = LessonFile.maxSize
    ) throws(LessonError) -> SourceText {
        try text(try bytes(path, in: directory, maxSize: maxSize).contents, file: "\(directory)/\(path)")
    }

    /// The bytes of any file of a lesson, as ``source(_:in:maxSize:)`` reads it, and whether it may be run.
    static func bytes(
        _ path: String, in directory: String, maxSize: Int
    ) throws(LessonError) -> (contents: [UInt8], isExecutable: Bool) {
        let shown = "\(directory)/\(path)"
        let root: ContainedDirectory
        do { root = try ContainedDirectory(directory) } catch {
            throw LessonError(
                .notFound, "cannot open '\(directory)': \(reason(error.number))",
                remedy: "check the path and its permissions")
        }
        do throws(ContainedFailure) {
            let file = try root.file(path, links: .followedInside)
            return (try file.contents(limit: maxSize), file.isExecutable)
        } catch {
            switch error {
            case .absent: throw LessonError(.notFound, absence(of: shown), remedy: "check the path and its permissions")
            case .outside:
                throw LessonError(
                    .outside, "'\(path)' is a symbolic link out of '\(directory)'",
                    remedy: "put a copy of the file into the directory")
            case .notRegular(let isDirectory):
                throw LessonError(
                    .notFound, "'\(shown)' is \(isDirectory ? "a directory" : "no regular file")",
                    remedy: "name a Markdown file or a scenario's directory")
            case .tooLarge(let size):
                throw LessonError(
                    .notText, "'\(shown)' has \(size) bytes, more than the \(maxSize) that such a file may have",
                    remedy: "split it, or put data into the assets directory")
            case .system(let number):
                throw LessonError(
                    .notFound, "cannot open '\(shown)': \(reason(number))",
                    remedy: "check the path and its permissions")
            }
        }
    }

    private static func contents(of descriptor: Int32, size: Int, path: String) throws(LessonError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        while count < size {
            let offset = count
            let got = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + offset }, size - offset)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw LessonError(.notFound, "cannot read '\(path)': \(reason(errno))") }
            if got == 0 { break }
            count += got
        }
        bytes.removeSubrange(count...)
        return bytes
    }

    /// Checks that the bytes are text.
    static func text(_ bytes: [UInt8], file: String) throws(LessonError) -> SourceText {
        var bytes = bytes
        if let encoding = TextEncoding.wide(bytes) {
            throw LessonError(.notText, "'\(file)' is \(encoding), not UTF-8", remedy: "save it as UTF-8")
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { bytes.removeFirst(3) }
        let source = SourceText(bytes: bytes, file: file)
        if let null = bytes.firstIndex(of: 0) {
            throw LessonError(
                .notText, "'\(file)' contains a NUL byte, so it is not text", offset: null, in: source,
                remedy: "save it as UTF-8 text")
        }
        if let wrong = firstInvalidByte(bytes) {
            throw LessonError(
                .notText, "'\(file)' is not UTF-8: byte 0x\(String(bytes[wrong], radix: 16)) begins no character",
                offset: wrong, in: source,
                remedy: TextEncoding.looksLikeLatin1(bytes)
                    ? "it looks like ISO 8859-1 (Latin-1) or Windows-1252; save it as UTF-8" : "save it as UTF-8")
        }
        return source
    }

    private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        // Off the fast path only: find where the first fault is.
        var index = 0
        while index < bytes.count {
            let length: Int
            switch bytes[index] {
            case 0..<0x80: length = 1
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: return index
            }
            let end = min(index + length, bytes.count)
            if String(validating: bytes[index..<end], as: UTF8.self) == nil { return index }
            index += length
        }
        return 0
    }

    static func reason(_ number: Int32) -> String {
        switch number {
        case ENOENT, ENOTDIR: "no such file or directory"
        case EACCES, EPERM: "permission denied"
        case EISDIR: "it is a directory"
        case ELOOP: "too many symbolic links"
        default: "error \(number)"
        }
    }

    package enum Entry: Sendable { case file, directory, other }

    /// Why there is no file to read at the path: "no such file: 'a.md'".
    static func absence(of path: String) -> String {
        switch entry(at: path) {
        case .directory: "'\(path)' is a directory"
        case .file, .other: "'\(path)' is not a regular file"
        case nil: isLink(path) ? "'\(path)' is a broken symbolic link" : "no such file: '\(path)'"
        }
    }

    /// Whether a symbolic link is at the path itself.
    package static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// What is at the path, symbolic links followed; `nil` for nothing.
    package static func entry(at path: String) -> Entry? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        default: return .other
        }
    }

    /// The names in a directory, sorted by their bytes, without `.` and `..`; symbolic links only when asked for.
    package static func names(in directory: String, withLinks: Bool = false) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            if !withLinks, Int32(entry.pointee.d_type) == Int32(DT_LNK) { continue }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The path without symbolic links; `nil` when nothing is there.
    package static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
