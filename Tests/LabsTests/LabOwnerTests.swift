import Labs
import Testing

@Suite struct LabOwnerTests {
    @Test func thisProcessIsRecognised() throws {
        let owner = try #require(LabOwner(LabOwner.current.description))
        #expect(owner == LabOwner.current && owner.mayLive && owner.isInReach)
    }

    @Test func anotherProcessOfTheSameNumberIsNotTheOwner() throws {
        let parts = LabOwner.current.description.split(separator: "@")
        let earlier = try #require(LabOwner("\(parts[0])@1@\(parts[2])"))
        #expect(!earlier.mayLive)
        let elsewhere = try #require(LabOwner("\(parts[0])@1@other-boot/1"))
        #expect(elsewhere.mayLive && !elsewhere.isInReach)
    }

    @Test(arguments: ["", "1", "x@1@2", "1@2"]) func whatIsNoOwnerIsNone(_ label: String) {
        #expect(LabOwner(label) == nil)
    }
}
