// swift-tools-version:6.2
import PackageDescription

// For `make check` and CI: elsewhere a newer compiler's new warnings should stop nobody.
let strictness: [SwiftSetting] = Context.environment["LECTERN_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let settings: [SwiftSetting] =
    strictness + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]

typealias Dependency = Target.Dependency

let argumentParser = Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Dependency.product(name: "Yams", package: "Yams")

/// A module is named after the last part of its path below `Sources`.
func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

func module(_ path: String, _ dependencies: [Dependency] = []) -> Target {
    .target(name: name(of: path), dependencies: dependencies, path: "Sources/\(path)", swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Dependency], linking: [LinkerSetting] = []) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Sources/Programs/\(name)", swiftSettings: settings,
        linkerSettings: linking)
}

func systemLibrary(_ name: String, pkgConfig: String, _ debianPackages: [String]) -> Target {
    .systemLibrary(
        name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt(debianPackages)])
}

func tests(_ name: String, _ dependencies: [Dependency], exclude: [String] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

/// Tests on real services and programs, which skip aloud where one is missing.
func integrationTests(_ area: String, _ dependencies: [Dependency]) -> Target {
    .testTarget(
        name: "\(area)IntegrationTests", dependencies: dependencies, path: "Tests/IntegrationTests/\(area)",
        swiftSettings: settings)
}

let systemLibraries: [Target] = [
    systemLibrary("CCMarkGFM", pkgConfig: "libcmark-gfm", ["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]),
    systemLibrary("CEditLine", pkgConfig: "libedit", ["libedit-dev"]),
    systemLibrary("CMariaDB", pkgConfig: "libmariadb", ["libmariadb-dev"]),
    systemLibrary("CMessageDigest", pkgConfig: "libmd", ["libmd-dev"]),
    systemLibrary("CMongoC", pkgConfig: "libmongoc-1.0", ["libmongoc-dev"]),
    systemLibrary("CRDKafka", pkgConfig: "rdkafka", ["librdkafka-dev"]),
    systemLibrary("CVTerm", pkgConfig: "vterm", ["libvterm-dev"]),
]

/// What Lectern is: lessons, the labs they run in, and the terminals they are typed into.
let lessonsAndLabs: [Target] = [
    module("System/Diagnostics"),
    module("Lessons/Lessons", ["Diagnostics"]),
    module("Lessons/LinePatterns"),
    module("Labs/ComposeFiles", ["Diagnostics", "HostFiles", yams]),
    module("Lessons/LessonMarkdown", ["Diagnostics", "HostFiles", "Lessons", "LinePatterns", "Processes", yams]),
    module("Lessons/LessonExpectations", ["Diagnostics", "Lessons", "LinePatterns"]),
    module(
        "Lessons/LessonLinting",
        ["Diagnostics", "HostFiles", "LessonExpectations", "LessonMarkdown", "Lessons", "Processes"]),
    module("Lessons/LessonPages", ["CCMarkGFM", "Diagnostics", "LessonMarkdown", "Lessons"]),
    module("Lessons/LessonReports", ["Diagnostics", "Lessons"]),
    module("Lessons/SampleUpdating", ["Diagnostics", "LessonExpectations", "LessonMarkdown", "Lessons"]),

    module("Terminals/PseudoTerminals", ["CLinux"]),
    module("Terminals/TerminalScreens", ["CVTerm"]),
    module("Terminals/TerminalSessions", ["Diagnostics", "Lessons", "PseudoTerminals", "TerminalScreens"]),

    module("System/HTTPConnections", [nioCore, nioHTTP1, nioPosix]),
    module("Labs/DockerAPI", ["Diagnostics", "HTTPConnections", nioCore, nioHTTP1, nioPosix]),

    .target(name: "CLinux", path: "Sources/System/CLinux"),
    module("System/Processes", ["CLinux"]),
    module("System/HostFiles", ["CLinux", "Processes"]),
    module("Labs/AgentProtocol"),
    // Without libraries in every build, since it is copied into containers of any kind. No test may depend on it: it would be
    // linked in the same way.
    program(
        "lectern-agent", ["AgentProtocol", "HostFiles", "Processes", "PseudoTerminals"],
        linking: [.unsafeFlags(["-static-executable", "-use-ld=lld", "-Xlinker", "-s"])]),
    module("Labs/FrameConnections", ["AgentProtocol", nioCore, nioPosix]),
    module("Labs/LabAgents", ["AgentProtocol", "Diagnostics", "FrameConnections", "PseudoTerminals", nioCore]),
    module("Labs/Labs", ["AgentProtocol", "ComposeFiles", "Diagnostics", "HostFiles", "LabAgents", "Processes"]),
    module(
        "Labs/ProcessLabs",
        [
            "AgentProtocol", "CMessageDigest", "ComposeFiles", "Diagnostics", "HostFiles", "LabAgents", "Labs",
            "Processes", "PseudoTerminals", nioCore, nioPosix,
        ]),

    module(
        "Labs/DockerLabs",
        [
            "AgentProtocol", "ComposeFiles", "Diagnostics", "DockerAPI", "HostFiles", "LabAgents", "Labs", nioCore,
            nioPosix,
        ]),

    module(
        "Labs/LabEngines",
        ["ComposeFiles", "Diagnostics", "DockerAPI", "DockerLabs", "Labs", "ProcessLabs", nioCore]),
    module(
        "Labs/LabControl/LabControlProtocol",
        [
            "AgentProtocol", "Diagnostics", "FrameConnections", "HostFiles", "LabAgents", "Labs", "Lessons",
            "TerminalSessions",
        ]),
    module(
        "Labs/LabControl/LabControlClient",
        [
            "AgentProtocol", "Diagnostics", "FrameConnections", "HostFiles", "LabControlProtocol", "LabEngines", "Labs",
            "Lessons",
            "Processes", "PseudoTerminals", "TerminalScreens", "TerminalSessions", nioCore, nioPosix,
        ]),
    module(
        "Labs/LabControl/LabControlServer",
        [
            "AgentProtocol", "ComposeFiles", "Diagnostics", "FrameConnections", "HostFiles", "LabAgents",
            "LabControlProtocol", "LabEngines", "Labs", "Lessons", "Processes", "PseudoTerminals",
            "TerminalScreens",
            "TerminalSessions", nioCore, nioPosix,
        ]),

    module(
        "Labs/LabProvisioning",
        [
            "AgentProtocol", "ComposeFiles", "Diagnostics", "HostFiles", "LabControlClient", "LabControlProtocol",
            "Labs", "LessonMarkdown", "Lessons",
        ]),

    module(
        "Lessons/LessonVerification",
        ["Diagnostics", "HostFiles", "LessonExpectations", "Lessons", "TerminalScreens", "TerminalSessions"]),
    module(
        "Programs/Commands",
        [
            "AgentProtocol", "ComposeFiles", "Diagnostics", "DockerAPI", "HostFiles", "LabControlClient",
            "LabControlProtocol", "LabControlServer", "LabEngines", "LabProvisioning", "Labs", "LessonExpectations",
            "LessonLinting",
            "LessonMarkdown", "LessonPages", "LessonReports", "Lessons", "LessonVerification", "ProcessLabs",
            "Processes", "SampleUpdating", "TerminalScreens", "TerminalSessions", argumentParser,
        ]),
    program("lectern", ["Commands"]),
    program(
        "lesson-bench",
        ["LessonExpectations", "Lessons", "PatternFuzz", "SampleCorpus", "SeededNumbers", argumentParser]),
    .target(
        name: "SampleCorpus", dependencies: ["Lessons"], path: "Tests/Support/SampleCorpus", swiftSettings: settings),
    .target(
        name: "PatternFuzz", dependencies: ["LinePatterns", "SeededNumbers"], path: "Tests/Support/PatternFuzz",
        swiftSettings: settings),
    program(
        "reader-bench",
        ["ComposeFiles", "Diagnostics", "LessonLinting", "LessonMarkdown", "Lessons", "PageCorpus", argumentParser]),
    .target(
        name: "LocalTerminals", dependencies: ["PseudoTerminals", "TerminalSessions"],
        path: "Tests/Support/LocalTerminals", swiftSettings: settings),
    .target(name: "SeededNumbers", path: "Tests/Support/SeededNumbers", swiftSettings: settings),
    .target(name: "SchemaChecks", path: "Tests/Support/SchemaChecks", swiftSettings: settings),
    .target(
        name: "PageCorpus", dependencies: ["SeededNumbers"], path: "Tests/Support/PageCorpus", swiftSettings: settings),
    .target(
        name: "FrameProperties",
        dependencies: [
            "AgentProtocol", "LabControlProtocol", "PseudoTerminals", "TerminalProperties", "SeededNumbers",
        ],
        path: "Tests/Support/FrameProperties", swiftSettings: settings),
    .target(
        name: "TerminalProperties", dependencies: ["SeededNumbers", "TerminalScreens", "TerminalSessions"],
        path: "Tests/Support/TerminalProperties", swiftSettings: settings),
    program(
        "terminal-bench",
        [
            "FrameProperties", "LabControlClient", "LabControlProtocol", "Labs", "LocalTerminals", "PseudoTerminals",
            "TerminalProperties",
            "TerminalScreens",
            "TerminalSessions",
        ]),

    tests("AgentProtocolTests", ["AgentProtocol", "SeededNumbers"]),
    tests("FrameConnectionsTests", ["AgentProtocol", "FrameConnections", nioCore, nioPosix]),
    tests(
        "CommandsTests",
        [
            "AgentProtocol", "Commands", "Diagnostics", "LabControlProtocol", "LabProvisioning", "Labs", "Lessons",
            argumentParser,
        ]),
    tests("ComposeFilesTests", ["ComposeFiles", "Diagnostics", "Lessons", "PageCorpus", "SchemaChecks"]),
    tests("HTTPConnectionsTests", ["HTTPConnections", "SeededNumbers", nioCore, nioHTTP1, nioPosix]),
    .target(name: "FakeEngines", path: "Tests/Support/FakeEngines", swiftSettings: settings),
    tests("DockerAPITests", ["DockerAPI", "FakeEngines", nioCore]),
    tests(
        "DockerLabsTests",
        ["ComposeFiles", "Diagnostics", "DockerAPI", "DockerLabs", "FakeEngines", "Labs", nioPosix]),
    tests("HostFilesTests", ["HostFiles", "Processes"]),
    tests("LabsTests", ["AgentProtocol", "ComposeFiles", "Diagnostics", "HostFiles", "LabAgents", "Labs"]),
    tests(
        "LabProvisioningTests",
        ["AgentProtocol", "ComposeFiles", "Diagnostics", "LabControlProtocol", "LabProvisioning", "Labs", "Lessons"]),
    tests(
        "LabControlClientTests",
        [
            "AgentProtocol", "FrameConnections", "HostFiles", "LabControlClient", "LabControlProtocol", "Labs",
            "Processes", "PseudoTerminals", "TerminalSessions", nioPosix,
        ]),
    tests(
        "LabControlServerTests",
        [
            "AgentProtocol", "ComposeFiles", "FrameConnections", "FrameProperties", "LabAgents", "LabControlProtocol",
            "LabControlServer",
            "LabEngines", "Labs", "PseudoTerminals", "TerminalSessions", nioPosix,
        ]),
    tests("LessonExpectationsTests", ["LessonExpectations", "Lessons", "SampleCorpus", "SeededNumbers"]),
    tests("LessonLintingTests", ["Diagnostics", "LessonLinting", "LessonMarkdown", "Lessons", "SeededNumbers"]),
    tests(
        "SampleUpdatingTests", ["LessonExpectations", "LessonMarkdown", "Lessons", "SampleUpdating", "SeededNumbers"]),
    tests("LessonMarkdownTests", ["Diagnostics", "LessonMarkdown", "Lessons", "PageCorpus", "SeededNumbers"]),
    tests("LessonPagesTests", ["Diagnostics", "LessonMarkdown", "LessonPages", "Lessons", "SeededNumbers"]),
    tests("LessonReportsTests", ["Diagnostics", "LessonMarkdown", "LessonReports", "Lessons", "SchemaChecks"]),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests("LessonsTests", ["Diagnostics", "Lessons"]),
    tests("LinePatternsTests", ["LinePatterns", "PatternFuzz"]),
    tests(
        "LessonVerificationTests",
        ["Diagnostics", "Lessons", "LessonVerification", "TerminalScreens", "TerminalSessions"]),
    tests("ProcessLabsTests", ["AgentProtocol", "ComposeFiles", "Diagnostics", "Labs", "ProcessLabs"]),
    tests("ProcessesTests", ["CLinux", "Processes"]),
    tests("PseudoTerminalsTests", ["PseudoTerminals"]),
    tests("TerminalScreensTests", ["TerminalProperties", "TerminalScreens"]),
    tests("TerminalSessionsTests", ["TerminalProperties", "TerminalScreens", "TerminalSessions"]),
    integrationTests("ComposeFiles", ["ComposeFiles"]),
    .target(
        name: "PrivateEngines", dependencies: ["DockerAPI"], path: "Tests/IntegrationTests/PrivateEngines",
        swiftSettings: settings),
    integrationTests("DockerAPI", ["DockerAPI", "PrivateEngines", nioCore, nioPosix]),
    integrationTests(
        "Labs",
        [
            "AgentProtocol", "DockerAPI", "LabControlClient", "LabControlProtocol", "Labs", "TerminalSessions",
            "lectern",
        ]),
    integrationTests(
        "Lessons",
        [
            "DockerAPI", "PrivateEngines", "PseudoTerminals", "TerminalProperties", "TerminalScreens", "kfk", "lectern",
            "mongosh",
            "order-seeder", "order-service",
        ]),
    integrationTests(
        "Terminals", ["LocalTerminals", "PseudoTerminals", "TerminalScreens", "TerminalSessions", "kfk", "mongosh"]),
]

/// What the lessons teach with: the order service, its data, and shells for its stores. Of the part above only modules of
/// `System` are imported.
let orders: [Target] = [
    module("Orders/SeededData"),
    module("Orders/OrderSeeding", ["Diagnostics", "HTTPConnections", "SeededData", nioCore, nioHTTP1]),
    program("order-seeder", ["OrderSeeding", "SeededData", argumentParser, unixSignals]),

    module("Orders/Orders"),
    module("Orders/MariaDBOrders", ["CMariaDB", "Orders", nioPosix]),
    module("Orders/MongoDBOrders", ["CMongoC", "Orders", nioPosix]),
    module("Orders/KafkaOrders", ["CRDKafka", "Orders", logging, nioPosix]),
    module("Orders/OrderAPI", ["Diagnostics", "Orders", httpTypes, hummingbird, logging, nioCore]),
    program(
        "order-service",
        [
            "KafkaOrders", "MariaDBOrders", "MongoDBOrders", "OrderAPI", "Orders",
            hummingbird, logging, nioCore, serviceLifecycle, unixSignals,
        ]),

    module("Shells/ShellLiterals"),
    module("Shells/MongoShell", ["ShellLiterals"]),
    program("mongosh", ["CEditLine", "CMongoC", "MongoShell", "ShellLiterals"]),
    module("Shells/KafkaShell", ["ShellLiterals"]),
    program("kfk", ["CRDKafka", "KafkaShell", "ShellLiterals"]),

    tests("KafkaShellTests", ["KafkaShell"]),
    tests("KafkaOrdersTests", ["CRDKafka", "KafkaOrders", "Orders", logging]),
    tests("MariaDBOrdersTests", ["MariaDBOrders", "Orders"]),
    tests("MongoDBOrdersTests", ["CMongoC", "MongoDBOrders", "Orders"]),
    tests("OrderServiceTests", ["order-service", logging]),
    tests("MongoShellTests", ["MongoShell", "SeededNumbers", "ShellLiterals"], resources: [.copy("Golden")]),
    tests(
        "OrderAPITests",
        ["HTTPConnections", "OrderAPI", "Orders", "SeededNumbers", hummingbird, logging, nioCore, nioHTTP1]),
    tests("OrderSeedingTests", ["OrderSeeding", "SeededData", "order-seeder", nioCore, nioHTTP1, nioPosix]),
    tests("OrdersTests", ["Orders"]),
    tests("SeededDataTests", ["SeededData"], exclude: ["Golden"]),
    tests("ShellLiteralsTests", ["SeededNumbers", "ShellLiterals"]),
    integrationTests(
        "Orders",
        [
            "CRDKafka", "HTTPConnections", "KafkaOrders", "MariaDBOrders", "MongoDBOrders", "OrderAPI", "Orders",
            "order-service", logging, nioCore, nioHTTP1,
        ]),
    integrationTests("Shells", ["kfk", "mongosh"]),
]

/// Without tests, benchmarks and what only they need, where the programs alone are wanted: a first build is long enough.
let isForPrograms = Context.environment["LECTERN_BUILD"] == "programs"
let targets = (systemLibraries + lessonsAndLabs + orders).filter { target in
    !isForPrograms || target.path?.hasPrefix("Sources/") == true && !target.name.hasSuffix("-bench")
}

let package = Package(
    name: "lectern",
    products: [
        .executable(name: "lectern", targets: ["lectern"]),
        .library(name: "SeededData", targets: ["SeededData"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: targets
)
