extension LessonLab {
    /// The home directory of the workspace's user.
    func home() async throws -> String {
        let answer = try await run(["sh", "-c", "printf %s \"$HOME\""], environment: [:], timeout: 10)
        return answer.output.hasPrefix("/") ? answer.output : "/root"
    }
}
