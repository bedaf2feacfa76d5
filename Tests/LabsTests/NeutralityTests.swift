import Foundation
import Testing

/// Lectern runs anybody's lessons: what belongs to the lessons that come with it is in their Compose file.
@Suite("Neutrality") struct NeutralityTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources").standardizedFileURL
    private static let directories = [
        "Lessons", "Labs", "Terminals", "System", "Programs/Commands", "Programs/lectern-agent",
    ]

    /// Names of the order service, its stores, its port and its data.
    static let foreign = #"order-?(service|seed)|adminer|simplecqrs|OnNewOrder|\b9001\b|\blocales?\b"#

    @Test("no module for lessons and labs names what belongs to the order lesson", arguments: directories)
    func sources(directory: String) throws {
        let root = Self.sources.appending(path: directory)
        let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let found = line.range(of: Self.foreign, options: [.regularExpression, .caseInsensitive])
                #expect(found == nil, "\(directory)/\(file):\(number + 1): \(line)")
            }
        }
    }

    @Test(
        "such a name would be found", arguments: ["OrderSeeder", "order-service", "port: 9001", "--locale", "Adminer"])
    func foreignNames(line: String) {
        #expect(line.range(of: Self.foreign, options: [.regularExpression, .caseInsensitive]) != nil)
    }
}
