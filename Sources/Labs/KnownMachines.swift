extension MachineTable {
    /// The machines that public lessons name.
    public static let known = MachineTable(
        images: machines(shells, Machine())
            .merging(languages) { $1 }
            .merging(machines(clusters, Machine(unsupported: "it is a Kubernetes cluster, and no engine makes one"))) {
                $1
            }
            .merging(machines(openShifts, Machine(unsupported: "it is an OpenShift cluster, and no engine makes one")))
        { $1 }
            .merging(
                machines(daemons, Machine(unsupported: "it runs a container engine of its own, and a lab has none"))
            ) { $1 }
    )

    /// A shell on a machine of one's own; whatever else is installed there, lessons rarely use.
    private static let shells = ["ubuntu*", "debian*", "bash*", "linux*", "client*", "terraform-ubuntu*"]

    private static let languages: [String: Machine] = [
        "git*": Machine(needs: ["git": "git"]),
        "python*": Machine(docker: "python:3", needs: ["python3": "python3"]),
        "nodejs*": Machine(docker: "node:lts", needs: ["node": "nodejs", "npm": "npm"]),
        "node*": Machine(docker: "node:lts", needs: ["node": "nodejs", "npm": "npm"]),
        "golang*": Machine(docker: "golang:1", needs: ["go": "golang-go"]),
        "go*": Machine(docker: "golang:1", needs: ["go": "golang-go"]),
        "rust*": Machine(docker: "rust:1", needs: ["cargo": "cargo"]),
        "ruby*": Machine(docker: "ruby:3", needs: ["ruby": "ruby"]),
        "openjdk*": Machine(docker: "eclipse-temurin:21", needs: ["javac": "default-jdk-headless"]),
        "java*": Machine(docker: "eclipse-temurin:21", needs: ["javac": "default-jdk-headless"]),
        "rlang*": Machine(docker: "r-base:latest", needs: ["Rscript": "r-base-core"]),
        "dotnet*": Machine(
            docker: "mcr.microsoft.com/dotnet/sdk:8.0", needs: ["dotnet": "dotnet-sdk-8.0, from Microsoft"]),
        "kotlin*": Machine(docker: "zenika/kotlin:latest", needs: ["kotlinc": "kotlin"]),
    ]

    private static let clusters = ["kubernetes*", "k8s*", "k3s*", "minikube*"]
    private static let openShifts = ["openshift*", "crc*"]
    private static let daemons = ["docker*", "envoy-docker*", "swarm*", "dind*", "podman*"]

    private static func machines(_ names: [String], _ machine: Machine) -> [String: Machine] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, machine) })
    }
}
