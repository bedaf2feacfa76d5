import AgentProtocol
import Glibc
import Processes

/// A file that is being edited: bytes gather beside it, and replace it in one move.
final class FileEditing: AgentChannel {
    let child: pid_t = 0
    /// No file that is edited, other than replaced, may be longer, in bytes.
    private static let longest = 64 << 20

    private let path: String
    private let edit: FileEdit
    private let mode: UInt32
    private let draft: String
    private var file: Int32
    private var block: [UInt8] = []
    private var failure: SystemFailure?
    private let channel: UInt32
    private unowned let agent: Agent

    init(_ path: String, _ edit: FileEdit, mode: UInt32, channel: UInt32, agent: Agent) throws(SystemFailure) {
        makeDirectories(above: path)
        // As an editor does: a link stays one, and the file behind it changes.
        let resolved = Self.behindLinks(path)
        self.path = resolved
        self.edit = edit
        self.mode = mode
        self.channel = channel
        self.agent = agent
        let directory = resolved.lastIndex(of: "/").map { resolved[..<$0] } ?? ""
        var template = Array("\(directory)/.lectern-XXXXXX".utf8CString)
        file = mkstemp(&template)
        draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard file >= 0 else { throw SystemFailure("'\(path)'") }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    }

    func receive(_ request: AgentRequest) {
        switch request {
        case .data(let bytes): take(bytes)
        case .finish: finish()
        case .close: tearDown()
        default: break
        }
    }

    func tearDown() {
        guard file >= 0 else { return }
        close(file)
        file = -1
        unlink(draft)
    }

    private func take(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        do throws(SystemFailure) {
            if edit == .replace {
                try writeAll(bytes, to: file, path: path)
            } else if block.count + bytes.count > Self.longest {
                failure = SystemFailure("'\(path)'", number: EFBIG)
            } else {
                block += bytes
            }
        } catch {
            failure = error
        }
    }

    private func finish() {
        defer { agent.remove(channel) }
        do throws(SystemFailure) {
            if let failure { throw failure }
            try put()
            agent.link.send(.closed, on: channel)
        } catch {
            tearDown()
            agent.link.send(.failed(error.number, error.description), on: channel)
        }
    }

    private func put() throws(SystemFailure) {
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT != S_IFREG { throw SystemFailure("'\(path)'", number: EISDIR) }
        if edit != .replace { try writeAll(edited(isThere ? try contents() : []), to: file, path: path) }
        fchmod(file, isThere ? status.st_mode & 0o7777 | mode & 0o111 : mode)
        guard rename(draft, path) == 0 else { throw SystemFailure("'\(path)'") }
        close(file)
        file = -1
    }

    private func edited(_ old: [UInt8]) throws(SystemFailure) -> [UInt8] {
        switch edit {
        case .replace: return block
        case .prepend: return block + old
        case .append: return old + block
        case .insert(let marker):
            guard let range = old.firstRange(of: Array(marker.utf8)), !range.isEmpty else {
                throw SystemFailure("'\(path)'", number: ENOMSG)
            }
            return old[..<range.lowerBound] + block + old[range.upperBound...]
        }
    }

    private func contents() throws(SystemFailure) -> [UInt8] {
        let old = open(path, O_RDONLY | O_CLOEXEC)
        guard old >= 0 else { throw SystemFailure("'\(path)'") }
        defer { close(old) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(old, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemFailure("'\(path)'") }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            if bytes.count > Self.longest { throw SystemFailure("'\(path)'", number: EFBIG) }
        }
    }

    private static func behindLinks(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
