/// What kind of value a word, number or string of a sample is.
///
/// The raw value is the word that authors write in `field:NAME=CLASS` and that `ParsedSample.inferred` shows.
public enum FieldClass: String, CaseIterable, Codable, Sendable {
    case uuid
    case objectID = "object-id"
    case hash
    case token
    case timestamp
    case duration
    case age
    case size
    case processID = "process-id"
    case port
    case version
    case address
    case email
    case url
    case path
    case integer
    case decimal
    case percentage
    case boolean
    case name
    case text
    case null
    case word

    /// The class with its article, as a sentence says it: "expected an integer".
    var phrase: String {
        switch self {
        case .uuid: "a UUID"
        case .objectID: "an object id"
        case .hash: "a hash"
        case .token: "a random token"
        case .timestamp: "a date or time"
        case .duration: "a duration"
        case .age: "an age"
        case .size: "a size"
        case .processID: "a process id"
        case .port: "a port"
        case .version: "a version"
        case .address: "a network address"
        case .email: "an e-mail address"
        case .url: "a URL"
        case .path: "a path"
        case .integer: "an integer"
        case .decimal: "a decimal"
        case .percentage: "a percentage"
        case .boolean: "a boolean"
        case .name: "a name"
        case .text: "text"
        case .null: "null"
        case .word: "a word"
        }
    }

    /// Whether two equal values of this class in a sample mean the same thing, so that they must be equal in the output too.
    ///
    /// Short numbers and words are equal by chance; these hardly ever are.
    var recurs: Bool {
        switch self {
        case .uuid, .objectID, .hash, .token, .email: true
        default: false
        }
    }
}
