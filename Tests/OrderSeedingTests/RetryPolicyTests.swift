import Testing

@testable import OrderSeeding

struct RetryPolicyTests {
    private let policy = RetryPolicy(firstDelay: .milliseconds(100), maxDelay: .seconds(2))

    @Test func waitsDoubleUpToTheirLimit() {
        let waits = (1...8).map { policy.delay(afterAttempt: $0, requested: nil, chance: 0) }
        #expect(waits == [50, 100, 200, 400, 800, 1_000, 1_000, 1_000].map { .milliseconds($0) })
        #expect(policy.delay(afterAttempt: 1_000, requested: nil, chance: 0) == .seconds(1))
    }

    @Test func halfOfAWaitIsLeftToChance() {
        #expect(policy.delay(afterAttempt: 2, requested: nil, chance: 0.5) == .milliseconds(150))
        #expect(policy.delay(afterAttempt: 2, requested: nil, chance: 0.999) < .milliseconds(200))
    }

    @Test func aRequestedWaitIsGrantedWithinBounds() {
        #expect(policy.delay(afterAttempt: 1, requested: .seconds(3), chance: 0) == .seconds(3))
        #expect(policy.delay(afterAttempt: 1, requested: .seconds(86_400), chance: 0) == .seconds(30))
        #expect(policy.delay(afterAttempt: 1, requested: .seconds(-5), chance: 0) == .milliseconds(50))
    }

    @Test func durationsAreWrittenInSeconds() {
        #expect(Duration.seconds(10).formattedSeconds == "10 s")
        #expect(Duration.milliseconds(300).formattedSeconds == "0.3 s")
    }
}
