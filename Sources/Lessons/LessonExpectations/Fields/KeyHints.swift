/// What the name of a field says about its value, where the value alone could be several things.
///
/// Worked out once for a field, then asked for each of its values.
struct KeyHints: Sendable {
    /// The field's value is one of a fixed set and says what kind of thing this is; it stays fixed.
    private(set) var namesConstant = false
    /// The constant says what sort of thing a row is, which other rows may be, too.
    private(set) var namesSort = false
    /// The field holds the name of a person, place or thing, however it is spelled.
    private(set) var namesName = false
    /// The field holds the name of a device, which the machine gives.
    private(set) var namesDevice = false
    /// The field holds prose.
    private(set) var namesText = false
    /// A number or text that the machine, the process or the moment gives, whatever the wording.
    private(set) var volatileClass: FieldClass?

    init(_ key: String) {
        self = key.isEmpty ? KeyHints() : Self.all[Self.normalized(key)] ?? KeyHints()
    }

    private init() {}

    /// Every key that says something, so that one look tells all of it.
    private static let all: [String: KeyHints] = {
        var all: [String: KeyHints] = [:]
        for key in constants { all[key, default: KeyHints()].namesConstant = true }
        for key in ["kind", "category", "model", "class"] { all[key, default: KeyHints()].namesSort = true }
        for key in names { all[key, default: KeyHints()].namesName = true }
        for key in devices { all[key, default: KeyHints()].namesDevice = true }
        for key in texts { all[key, default: KeyHints()].namesText = true }
        for (key, fieldClass) in volatile { all[key, default: KeyHints()].volatileClass = fieldClass }
        return all
    }()

    private static let volatile: [String: FieldClass] = [
        "pid": .processID, "ppid": .processID, "processid": .processID, "mainpid": .processID, "contentlength": .size,
        "etag": .token, "setcookie": .token, "xrequestid": .token, "requestid": .token, "traceid": .token,
        "spanid": .token,
        "cfray": .token, "nonce": .token, "timestamp": .timestamp, "uptime": .duration, "elapsed": .duration,
        "duration": .duration, "took": .duration, "elapsedms": .duration, "durationms": .duration, "tookms": .duration,
        "responsetime": .duration, "latency": .duration,
    ]

    private static func normalized(_ key: String) -> String {
        String(decoding: key.utf8.filter { $0.isLetter }.map(\.lowered), as: UTF8.self)
    }

    private static let constants: Set<String> = [
        "status", "statuscode", "state", "type", "kind", "topic", "event", "eventname", "eventtype", "level",
        "severity",
        "code", "exitcode", "returncode", "errno", "ok", "acknowledged", "success", "healthy", "ready", "valid", "role",
        "method", "currency", "database", "db", "dbname", "databasename", "collection", "table", "tablename", "schema",
        "namespace", "apiversion", "image", "service", "environment", "encoding", "format", "unit", "mode", "action",
        "operation", "op", "protocol", "driver", "engine", "os", "arch", "architecture", "platform", "error", "errors",
        "contenttype", "class", "category", "phase", "restartpolicy", "partition", "topicname", "repository", "queue",
        "exchange",
        "model", "object", "license", "main", "scripts", "charset", "command", "cmd", "scope",
    ]

    private static let names: Set<String> = [
        "firstname", "lastname", "fullname", "middlename", "givenname", "familyname", "surname", "displayname",
        "nickname",
        "author", "owner", "customername", "contact", "person", "employee", "manager", "city", "country", "street",
        "company", "companyname", "product", "productname", "username", "login", "user", "createdby", "updatedby",
        "assignee", "department", "first", "last",
    ]

    private static let devices: Set<String> = ["filesystem", "interface", "iface", "disk"]

    private static let texts: Set<String> = [
        "description", "title", "comment", "comments", "text", "body", "note", "notes", "summary", "subject", "content",
        "bio", "address", "details", "label", "caption", "review", "question", "answer",
    ]
}
