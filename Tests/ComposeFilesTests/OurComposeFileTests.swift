import Foundation
import Lessons
import Testing

@testable import ComposeFiles

@Suite struct OurComposeFileTests {
    let project: ComposeProject

    init() throws {
        project = try ComposeProject.read(files: [ourComposeFile.path()])
    }

    @Test func isReadWithoutAWarning() {
        #expect(project.warnings == [])
    }

    @Test func allShareThePodsNetworkAndOnlyLoopbackIsPublished() {
        let joined = project.services.filter { $0.name != "pod" }
        #expect(joined.allSatisfy { $0.networkMode == .service("pod") && !$0.dependencies.isEmpty })
        #expect(project.forwardedPorts.map(\.containerPort) == [8080, 9001, 3306, 27017, 9092])
        #expect(project.forwardedPorts.allSatisfy { $0.isLoopback })
        #expect(project.startOrder.first == "pod")
    }

    @Test func everyServiceIsConfinedAndBounded() {
        for service in project.services {
            #expect(service.droppedCapabilities == ["ALL"] && service.securityOptions == ["no-new-privileges:true"])
            #expect(service.limits.memory != nil && service.limits.cpus != nil && service.limits.pids != nil)
            #expect(service.addedCapabilities.isEmpty || service.name == "workspace")
            #expect(service.image?.split(separator: ":").count == 2, "\(service.name) must pin its image")
        }
    }

    @Test func everyServiceHasAProcessConfiguration() throws {
        for service in project.services {
            let local = try #require(service.local, "\(service.name)")
            let command = try #require(local.command, "\(service.name)")
            #expect(local.hasTerminals == (service.name == "workspace"))
            #expect(command.isEmpty == (local.hasTerminals || service.name == "pod"))
            #expect(local.ready.isEmpty == command.isEmpty)
            #expect(command.allSatisfy { !$0.contains("$$") })
        }
        let ports = project.services.flatMap { $0.local?.ready ?? [] }.map(\.check)
        #expect(
            Set(ports) == [.port(3306), .port(8080), .port(27017), .port(9092), .http("http://127.0.0.1:9001/ready")])
    }

    @Test func theLabSaysHowItIsSeededAndWhichProgramsItShows() {
        #expect(project.lab.seeder?.command.first == "order-seeder" && project.lab.seeder?.service == "order-service")
        #expect(project.lab.programs.map(\.name) == ["kfk", "mongosh", "order-seeder", "order-service"])
    }

    @Test func whatTheFileNamesExists() {
        for service in project.services {
            if let build = service.build {
                #expect(FileManager.default.fileExists(atPath: "\(build.context)/\(build.dockerfile ?? "Dockerfile")"))
            }
        }
    }

    @Test func wantedPortsCanBeMoved() throws {
        let moved = try ComposeProject.read(
            files: [ourComposeFile.path()], variables: ["LECTERN_ADMINER_PORT": "18080"])
        #expect(moved.forwardedPorts[0].hostPort == 18080 && moved.forwardedPorts[0].containerPort == 8080)
    }
}
