import ShellLiterals

/// Methods of objects, and of JavaScript's `Object`.
enum ObjectMethods {
    static func member(_ name: String, of object: Object) -> Value {
        switch name {
        case "hasOwnProperty":
            .function(
                Function(name: name) { arguments in
                    .literal(.bool(object[arguments[0]?.joinedText ?? "undefined"] != nil))
                })
        case "toString": .function(Function(name: name) { _ in .string("[object Object]") })
        default: .undefined
        }
    }

    /// `Object.keys` and the like.
    static let constructor: [String: @Sendable (Arguments) throws -> Value] = [
        "keys": { .list(List(fields(of: $0[0]).map { .string($0.name) })) },
        "values": { .list(List(fields(of: $0[0]).map(\.value))) },
        "entries": { .list(List(fields(of: $0[0]).map { .list(List([.string($0.name), $0.value])) })) },
        "assign": { arguments in
            guard case .object(let target)? = arguments[0] else {
                throw ShellError.type("The first argument of Object.assign must be an object")
            }
            for source in arguments.values.dropFirst() {
                for field in fields(of: source) { target[field.name] = field.value }
            }
            return .object(target)
        },
        "fromEntries": { arguments in
            let object = Object()
            guard case .list(let entries)? = arguments[0] else { return .object(object) }
            for case .list(let entry) in entries.elements where entry.elements.count >= 2 {
                object[entry.elements[0].joinedText] = entry.elements[1]
            }
            return .object(object)
        },
    ]

    /// The fields of an object, or the elements of a list by their places.
    private static func fields(of value: Value?) -> [(name: String, value: Value)] {
        switch value {
        case .object(let object)?: object.fields
        case .list(let list)?: list.elements.enumerated().map { (String($0), $1) }
        default: []
        }
    }
}
