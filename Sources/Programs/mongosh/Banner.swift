import MongoShell
import ShellLiterals

/// What mongosh says before its first prompt.
enum Banner {
    /// Twenty-four hexadecimal digits, as an `ObjectId` has them.
    static func logID() -> String { (0..<12).map { _ in UInt8.random(in: 0...255) }.hexText }

    /// - Throws: ``ShellError`` when the server can't be reached.
    static func serverVersion(_ connection: MongoConnection) throws -> String {
        let reply = try connection.run(["buildInfo": 1], on: "admin")
        if case .string(let version)? = reply["version"] { return version }
        return "unknown"
    }
}
