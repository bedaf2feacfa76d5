import AgentProtocol
import Glibc
import LabAgents
import Labs
import NIOCore
import Processes
import PseudoTerminals

/// A sandbox whose first process, the agent, answers.
struct SandboxedAgent {
    let agent: LabAgent
    let process: SandboxProcess
    /// What bwrap and the agent print.
    let output: SandboxOutput

    /// Starts a sandbox with the agent in it; nothing else runs there yet.
    ///
    /// - Parameters:
    ///   - systemFiles: See ``Sandbox/arguments(systemFiles:command:)``. What is shown of the directory that it lies in
    ///     becomes the sandbox's own.
    ///   - groups: What bounds it.
    /// - Throws: `LabError` that says why the sandbox didn't start, or `SystemFailure`; nothing of it is left.
    static func start(
        _ sandbox: Sandbox, systemFiles: String, installation: Installation, groups: ControlGroups,
        on group: any EventLoopGroup
    ) async throws -> SandboxedAgent {
        let limits = sandbox.limits
        let bounds = SandboxLimits(
            memory: UInt64(limits.memory), watchesMemory: !groups.controllers.contains(.memory),
            processes: limits.processes, countsProcesses: !groups.controllers.contains(.processes),
            disk: UInt64(limits.disk),
            directories: ["/etc"] + sandbox.bindings.filter(\.isWritable).map(\.target))
        let arguments = try sandbox.arguments(
            systemFiles: systemFiles,
            command: ["/usr/bin/env", "-i"] + installation.environment([:]) + [
                "\(SandboxPaths.programs)/\(Installation.agentName)", "--sandbox",
            ] + bounds.arguments)
        try sandbox.takeOver(systemFiles: systemFiles)
        let (inner, outer) = try makeSocketPair()
        let (passingInside, passing) = try DescriptorSocket.makePair()
        let masters = DescriptorSocket(adopting: passing)
        let output: SandboxOutput
        let process: SandboxProcess
        do {
            defer {
                close(inner)
                close(passingInside)
            }
            output = try SandboxOutput()
            defer { output.closeWriting() }
            process = try await SandboxProcess.start(
                arguments, input: inner, passing: passingInside, output: output.writing, groups: groups,
                owner: sandbox.owner)
        } catch {
            close(outer)
            await groups.remove()
            throw error
        }
        do {
            return SandboxedAgent(
                agent: try await LabAgent(adopting: outer, passing: masters, on: group), process: process,
                output: output)
        } catch {
            throw await end(process, output, after: error)
        }
    }

    /// Ends the sandbox, and says what the failure of something in it means.
    func end(after failure: any Error) async -> any Error {
        guard (failure as? AgentError)?.code == .gone else { return await Self.end(process, output, after: failure) }
        // It had started, and ended by itself.
        let status = await process.exit()
        return LabError(
            code: .labEnded, problem: Self.ending(status), remedy: "everything in the lab ended with it: try again",
            logTail: await output.end())
    }

    /// What the end of bwrap says, which passes on how the agent has ended.
    static func ending(_ status: ExitStatus) -> String {
        switch status {
        case .code(SandboxLimits.namespaceIsLost): "a part of the lab was killed, with all its processes"
        case .signal(let signal): "the lab's sandbox was ended by signal \(signal)"
        case .code(let code) where code > 128: "the lab's agent was ended by signal \(code - 128)"
        case .code(let code): "the lab's agent ended with exit status \(code)"
        }
    }

    private static func end(
        _ process: SandboxProcess, _ output: SandboxOutput, after failure: any Error
    ) async -> any Error {
        process.kill()
        let status = await process.exit()
        switch failure {
        case is LabError: return failure
        // The end is of our making when the agent answered; what it answered is the reason.
        case let answer as AgentError where answer.code != .gone:
            return LabError(
                code: .missingPart, problem: "the sandbox did not start: \(answer.problem)", remedy: answer.remedy)
        default:
            return LabError(
                code: .engineMissing, problem: "the sandbox did not start: bwrap ended with \(status)",
                remedy: "ask 'lectern doctor' what this host lacks", logTail: await output.end())
        }
    }
}
