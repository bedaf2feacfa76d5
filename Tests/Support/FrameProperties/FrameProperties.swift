import AgentProtocol
import LabControlProtocol
import PseudoTerminals
import TerminalProperties

/// What must hold of the frames that a supervisor takes from a lab and from its clients, whoever wrote them.
///
/// Each property takes the number of an input, from which everything else follows, and returns what is wrong, or `nil`.
package enum FrameProperties {
    /// Every property, by its name.
    package static let all: [(name: String, check: @Sendable (UInt64) -> String?)] = [
        ("frames don't depend on the pieces in which they arrive", decodingInPieces),
        ("an agent's events survive the way there and back", agentEvents),
        ("requests to an agent survive the way there and back", agentRequests),
        ("a client's requests are read, or refused", controlRequests),
        ("a look at the foreground holds numbers that can be counted with", foregroundStates),
    ]

    private static let limit = 4096

    @Sendable private static func decodingInPieces(_ number: UInt64) -> String? {
        var generator = FrameGenerator(seed: number)
        let stream = generator.stream()
        let whole = frames(of: [stream[...]])
        var pieces: [ArraySlice<UInt8>] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = rest.prefix(1 + generator.random.below(40))
            pieces.append(piece)
            rest = rest.dropFirst(piece.count)
        }
        let split = frames(of: pieces)
        guard whole.error == split.error, whole.frames == split.frames else {
            return "\(whole.frames.count) frames and \(split.frames.count) in pieces"
        }
        guard whole.frames.allSatisfy({ $0.payload.count <= limit }) else { return "a payload is above the limit" }
        var again: [UInt8] = []
        for frame in whole.frames { frame.encode(into: &again) }
        return stream.starts(with: again) ? nil : "a frame isn't written as it was read"
    }

    private static func frames(of pieces: [ArraySlice<UInt8>]) -> (frames: [Frame], error: FrameError?) {
        var decoder = FrameDecoder(limit: limit)
        var frames: [Frame] = []
        for piece in pieces {
            decoder.append(piece)
            do {
                while let frame = try decoder.next() { frames.append(frame) }
            } catch {
                return (frames, error)
            }
        }
        return (frames, nil)
    }

    @Sendable private static func agentEvents(_ number: UInt64) -> String? {
        var generator = FrameGenerator(seed: number)
        let frame = generator.eventFrame()
        guard let event = try? AgentEvent(frame) else { return nil }
        guard let again = try? AgentEvent(event.frame(on: frame.channel)) else { return "\(event) can't be read again" }
        return again == event ? nil : "\(event) became \(again)"
    }

    @Sendable private static func agentRequests(_ number: UInt64) -> String? {
        var generator = FrameGenerator(seed: number)
        let frame = generator.requestFrame()
        guard let request = try? AgentRequest(frame) else { return nil }
        guard let again = try? AgentRequest(request.frame(on: frame.channel)) else {
            return "\(request) can't be read again"
        }
        return again == request ? nil : "\(request) became \(again)"
    }

    @Sendable private static func controlRequests(_ number: UInt64) -> String? {
        var generator = FrameGenerator(seed: number)
        let bytes = generator.controlRequest()
        guard let request = try? decode(ControlRequest.self, from: bytes) else { return nil }
        guard let text = try? encode(request), (try? decode(ControlRequest.self, from: text)) != nil else {
            return "\(request) can't be written and read again"
        }
        return nil
    }

    @Sendable private static func foregroundStates(_ number: UInt64) -> String? {
        var generator = FrameGenerator(seed: number)
        guard let state = ForegroundState(encoded: generator.foreground()) else { return nil }
        guard let timeout = state.waitTimeout else { return nil }
        return timeout.isFinite && timeout >= 0 ? nil : "a time-out of \(timeout) s"
    }
}
