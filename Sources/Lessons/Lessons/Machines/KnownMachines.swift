extension MachineTable {
    /// The machines that public lessons name: what is run, linted and imported agrees on them.
    public static let known = MachineTable(
        images: machines(shells, Machine()).and(["ubuntu*": Machine(hosts: 1)]).and(tools).and(clusters)
            .and(machines(openShifts, .cluster("it is an OpenShift cluster, and no engine provides one")))
            .and(machines(daemons, containerEngine)).and(["docker-swarm*": swarm, "swarm*": swarm])
            .and(machines(otherSystems, Machine(unsupported: "its packages are not Debian's, but a lab's are"))))

    /// A shell on a machine of one's own; whatever else is installed there, lessons rarely use.
    private static let shells = [
        "debian*", "bash*", "linux*", "client*", "terminal*", "vscode*", "terraform-ubuntu*",
    ]

    private static let tools: [String: Machine] = [
        "git*": Machine(needs: ["git": "git"]),
        "python*": Machine(.tools, docker: "python:3", needs: ["python3": "python3"]),
        "jupyter*": Machine(.tools, docker: "python:3", needs: ["python3": "python3"]),
        "nodejs*": Machine(.tools, docker: "node:lts", needs: ["node": "nodejs", "npm": "npm"]),
        "node*": Machine(.tools, docker: "node:lts", needs: ["node": "nodejs", "npm": "npm"]),
        "golang*": Machine(.tools, docker: "golang:1", needs: ["go": "golang-go"]),
        "go*": Machine(.tools, docker: "golang:1", needs: ["go": "golang-go"]),
        "rust*": Machine(.tools, docker: "rust:1", needs: ["cargo": "cargo"]),
        "ruby*": Machine(.tools, docker: "ruby:3", needs: ["ruby": "ruby"]),
        "openjdk*": Machine(.tools, docker: "eclipse-temurin:21", needs: ["javac": "default-jdk-headless"]),
        "java*": Machine(.tools, docker: "eclipse-temurin:21", needs: ["javac": "default-jdk-headless"]),
        "rlang*": Machine(.tools, docker: "r-base:latest", needs: ["Rscript": "r-base-core"]),
        "dotnet*": Machine(
            .tools, docker: "mcr.microsoft.com/dotnet/sdk:8.0", needs: ["dotnet": "dotnet-sdk-8.0, from Microsoft"]),
        "kotlin*": Machine(.tools, docker: "zenika/kotlin:latest", needs: ["kotlinc": "kotlin"]),
        "php*": Machine(.tools, docker: "php:8-cli", needs: ["php": "php-cli"]),
        "perl*": Machine(.tools, docker: "perl:5", needs: ["perl": "perl"]),
        "swift*": Machine(.tools, docker: "swift:6.1", needs: ["swift": "swift, from swift.org"]),
        "scala*": Machine(.tools, needs: ["scala": "scala"]),
        "elixir*": Machine(.tools, docker: "elixir:1.18", needs: ["elixir": "elixir"]),
        "haskell*": Machine(.tools, docker: "haskell:9", needs: ["ghc": "ghc"]),
        "deno*": Machine(.tools, docker: "denoland/deno:debian", needs: ["deno": "deno, from deno.com"]),
        "redis*": Machine(.tools, docker: "redis:7", needs: ["redis-server": "redis-server"]),
        "nginx*": Machine(.tools, docker: "nginx:1", needs: ["nginx": "nginx"]),
        "cassandra*": Machine(.tools, docker: "cassandra:5", needs: ["cqlsh": "cassandra, from Apache"]),
        "terraform*": Machine(.tools, needs: ["terraform": "terraform, from HashiCorp"]),
        "tensorflow*": Machine(.tools, docker: "tensorflow/tensorflow:latest", needs: ["python3": "python3"]),
    ]

    private static let clusters: [String: Machine] = {
        let cluster = Machine.cluster("it is a Kubernetes cluster, and no engine provides one")
        var table = machines(["kubernetes*", "k8s*", "k3s*", "microk8s*", "minikube*", "istio*"], cluster)
        for name in ["kubernetes-kubeadm-1node*", "kubernetes-k3s-1node*"] { table[name] = cluster.with(hosts: 1) }
        table["kubernetes-kubeadm-2nodes*"] = cluster.with(hosts: 2)
        return table
    }()

    private static let openShifts = ["openshift*", "crc*"]
    private static let daemons = ["docker*", "envoy-docker*", "dind*", "podman*", "buildah*"]
    private static let otherSystems = ["centos*", "fedora*", "coreos*"]

    private static let containerEngine = Machine(
        .containers, unsupported: "it runs a container engine of its own, but a lab has none")
    private static let swarm = containerEngine.with(hosts: 2)

    private static func machines(_ names: [String], _ machine: Machine) -> [String: Machine] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, machine) })
    }
}

extension Machine {
    fileprivate static func cluster(_ reason: String) -> Self { Machine(.cluster, unsupported: reason) }

    fileprivate func with(hosts: Int) -> Self {
        var machine = self
        machine.hosts = hosts
        return machine
    }
}

extension [String: Machine] {
    fileprivate func and(_ others: Self) -> Self { merging(others) { $1 } }
}
