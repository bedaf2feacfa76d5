import Testing

@testable import DockerAPI

/// What engines say, word for word, and what becomes of it.
struct MessageTests {
    @Test(arguments: [
        (
            500,
            "driver failed programming external connectivity on endpoint pod (1a2b): Bind for 127.0.0.1:8080 failed: "
                + "port is already allocated", DockerError.Code.portTaken
        ),
        (
            500,
            "driver failed programming external connectivity on endpoint pod (1a2b): Error starting userland proxy: "
                + "listen tcp4 127.0.0.1:8080: bind: address already in use", .portTaken
        ),
        (500, "rootlessport listen tcp 127.0.0.1:8080: bind: address already in use", .portTaken),
        (
            409,
            "Conflict. The container name \"/pod\" is already in use by container \"1a2b\". You have to remove (or rename) "
                + "that container to be able to reuse that name.", .nameTaken
        ),
        (500, "creating container storage: the container name \"pod\" is already in use by 1a2b.", .nameTaken),
        (404, "No such image: mariadb:10.11.11", .noSuchImage),
        (404, "No such container: pod", .noSuchContainer),
        (409, "Container 1a2b is not running", .notRunning),
        (409, "Cannot kill container: pod: Container 1a2b is not running", .notRunning),
        (500, "write /var/lib/docker/tmp/x: no space left on device", .diskFull),
        (
            400,
            "OCI runtime create failed: container_linux.go:380: starting container process caused: exec: \"no\": "
                + "executable file not found in $PATH: unknown", .badCommand
        ),
        (400, "invalid reference format", .badRequest),
        (500, "something else", .refused),
    ])
    func aRefusalHasItsCode(status: Int, message: String, code: DockerError.Code) {
        let error = DockerError.refusal(status: status, message: message, about: .container("pod"))
        #expect(error.code == code, "\(error)")
        #expect(error.port == (code == .portTaken ? 8080 : nil))
        #expect(error.code == .refused || !error.problem.contains("1a2b"))
    }

    @Test(arguments: [
        (
            "Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host",
            DockerError.Code.registryUnreachable
        ),
        (
            "Get \"https://registry-1.docker.io/v2/\": net/http: request canceled while waiting for connection "
                + "(Client.Timeout exceeded while awaiting headers)", .registryUnreachable
        ),
        ("manifest for mariadb:0.1 not found: manifest unknown: manifest unknown", .imageUnknown),
        (
            "pull access denied for mariadbb, repository does not exist or may require 'docker login': denied: requested "
                + "access to the resource is denied", .imageUnknown
        ),
        ("toomanyrequests: You have reached your pull rate limit.", .registryUnreachable),
        (
            "failed to register layer: Error processing tar file(exit status 1): write /x: no space left on device",
            .diskFull
        ),
    ])
    func aFailedPullHasItsCode(message: String, code: DockerError.Code) {
        let error = DockerError.refusal(status: 500, message: message, about: .image("mariadb"))
        #expect(error.code == code, "\(error)")
        #expect(error.problem.contains(code == .diskFull ? "disk is full" : "'mariadb'"))
    }

    @Test func theImageThatIsMissingIsNamed() {
        let error = DockerError.refusal(status: 404, message: "No such image: a/b:1", about: .container("pod"))
        #expect(error.problem == "the engine has no image 'a/b:1'")
    }

    @Test func controlCharactersOfAMessageReachNoTerminal() {
        let error = DockerError.refusal(status: 500, message: "bad\u{1B}[2J\nworse", about: .engine)
        #expect(error.problem == "the engine refused (500), for the request: bad [2J worse")
    }
}
