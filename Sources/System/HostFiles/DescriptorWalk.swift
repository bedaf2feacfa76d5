import CLinux
import Glibc

/// Opens a path component by component, each relative to the descriptor of the one before, on a kernel without `openat2`.
///
/// A `..` goes back to a descriptor that is held, and so can't leave the root, whatever is renamed meanwhile.
struct DescriptorWalk {
    let root: Int32

    /// Links that are followed before a circle is assumed; as the kernel does.
    private static let maxLinks = 40

    func open(
        _ path: String, _ flags: Int32, mode: UInt32, links: ContainedDirectory.Links
    ) throws(ContainedFailure) -> Int32 {
        guard !path.hasPrefix("/") else { throw .outside }
        var pending: [String] = Self.reversedParts(of: path)
        var entered: [Int32] = []
        defer { for descriptor in entered { close(descriptor) } }
        var linksLeft = links == .followedInside ? Self.maxLinks : 0
        while let name = pending.popLast() {
            let parent = entered.last ?? root
            if name == ".." {
                guard let left = entered.popLast() else { throw .outside }
                close(left)
            } else if let destination = linkDestination(name, in: parent) {
                guard linksLeft > 0, !destination.hasPrefix("/") else { throw .outside }
                linksLeft -= 1
                pending += Self.reversedParts(of: destination)
            } else if pending.isEmpty {
                // A link that took the place meanwhile is not followed.
                let opened = openat(parent, name, flags | O_NOFOLLOW | O_CLOEXEC, mode)
                guard opened >= 0 else { throw ContainedFailure(number: errno) }
                return opened
            } else {
                let next = openat(parent, name, linux_path_only | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                guard next >= 0 else { throw ContainedFailure(number: errno) }
                entered.append(next)
            }
        }
        // The path ended with `..`, or is the root itself.
        let opened = openat(entered.last ?? root, ".", flags | O_CLOEXEC, mode)
        guard opened >= 0 else { throw ContainedFailure(number: errno) }
        return opened
    }

    private static func reversedParts(of path: String) -> [String] {
        path.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
    }
}

/// The text of a symbolic link; `nil` for anything else.
func linkDestination(_ name: String, in directory: Int32) -> String? {
    var text = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = text.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return -1 }
        return readlinkat(directory, name, start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard count >= 0 else { return nil }
    return String(decoding: text[..<count], as: UTF8.self)
}
