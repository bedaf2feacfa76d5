import Diagnostics
import HostFiles

extension ReadingContext {
    /// Refuses a key that can't be the name of a service or a volume; such names become those of files and containers.
    ///
    /// - Throws: ``ComposeError`` with code `.invalidValue`, at the key.
    func checkName(_ entry: YAMLNode.Entry, of thing: String) throws {
        guard !FileName.isUsable(entry.key) || !entry.key.unicodeScalars.allSatisfy(isNameScalar) else { return }
        throw error(
            .invalidValue, entry.place, length: entry.key.unicodeScalars.count,
            "\(quoted(entry.key)) is not a name for \(thing)",
            remedy: "use up to \(FileName.maxLength) letters, digits, '.', '_' and '-', and more than dots")
    }
}

private func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
    default: false
    }
}
