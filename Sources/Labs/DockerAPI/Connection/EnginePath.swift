/// The path of a request to an engine, without the version.
///
/// Written as a string literal; what is interpolated into it is one component, percent-encoded, so that no name can lead
/// anywhere else. `.`, `..` and nothing at all aren't names: an engine would take them for a way up. Such a path is kept
/// from being sent by ``check()``.
struct EnginePath: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    private(set) var description: String
    /// The first name that can't be a component.
    private var refused: String?

    init(stringLiteral text: String) {
        description = text
    }

    init(stringInterpolation: StringInterpolation) {
        description = stringInterpolation.text
        refused = stringInterpolation.refused
    }

    /// - Throws: ``DockerError`` with code `.badRequest` when a name in the path is none.
    func check() throws(DockerError) {
        guard let refused else { return }
        throw DockerError(
            code: .badRequest, problem: "'\(printable(refused))' cannot be a name in an engine",
            remedy: "use letters, digits, '.', '_' and '-'")
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text: String
        fileprivate var refused: String?

        init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// One component.
        mutating func appendInterpolation(_ name: String) {
            if ["", ".", ".."].contains(name) { refused = refused ?? name }
            text += escaped(name)
        }

        /// The name of an image, whose slashes the engine wants as they are.
        mutating func appendInterpolation(image reference: String) {
            if ImageReference.fault(in: reference) != nil { refused = refused ?? reference }
            text += reference.split(separator: "/", omittingEmptySubsequences: false).map(escaped)
                .joined(separator: "/")
        }

        /// What is done with a container, such as `/start`; a literal, never a name.
        mutating func appendInterpolation(action: StaticString) {
            text += "\(action)"
        }
    }
}

/// A text for a message: control characters as question marks, and not much of it.
func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(80).map { $0.properties.isPrintable ? $0 : "?" }))
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
