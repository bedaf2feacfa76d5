/// What is known of `index.json`: keys by the place in which they stand.
enum IndexKeys {
    static let root = [
        "title", "description", "difficulty", "time", "pathwayTitle", "icon", "type", "noindex", "private", "id",
        "live",
        "details", "files", "asyncFiles", "environment", "interface", "backend", "events", "lectern",
    ]
    static let details = ["intro", "steps", "finish", "assets"]
    static let page = [
        "text", "title", "foreground", "code", "background", "courseData", "verify", "answer", "hint", "credits",
        "host",
    ]
    static let environment = [
        "uilayout", "hideintro", "hidefinish", "hidesidebar", "showdashboard", "showdashboards", "dashboards",
        "dashboard", "terminals", "uieditorpath", "uisettings", "hideHiddenFiles", "exclusionPatterns",
        "hideuieditortree", "delayToSaveFileAfterStopTypingMilliseconds", "showide", "ide", "idePort", "showvisualise",
        "scope", "scopePort", "uimessage1",
    ]
    static let backend = ["imageid", "port", "url", "autoUpgrade", "trainingid"]
    static let asset = ["file", "target", "chmod"]

    static let layouts = [
        "terminal", "terminal-iframe", "editor-terminal", "editor-terminal-v1", "terminal-terminal",
        "vscode", "vscode-terminal", "vscode-terminal-split", "terminal-iframe-split", "editor-iframe-split", "iframe",
        "terminal-v1", "editor",
    ]
}

/// Machine images by the names that lessons use.
enum MachineImage {
    private static let families: Set<String> = [
        "ubuntu", "ubuntu-4GB", "ubuntu20.04", "ubuntu2004", "ubuntu-desktop", "bash", "git", "node", "nodejs",
        "python",
        "golang", "rust", "ruby", "dotnet", "openjdk", "java", "kotlin", "rlang", "php", "scala", "swift", "elixir",
        "docker", "docker-swarm", "docker-direct", "minikube", "minikube-running", "envoy-docker", "coreos", "centos",
        "centos7", "kubernetes", "kubernetes-cluster", "kubernetes-cluster-running", "kubernetes-cluster-master",
        "kubernetes-kubeadm-1node", "kubernetes-kubeadm-2nodes", "kubernetes-kubeadm-1node-rapid",
        "kubernetes-kubeadm-2nodes-rapid", "kubernetes-k3s-1node", "openshift", "openshift-3-11", "openshift-4-7",
        "openshift-4-2", "openshift-4-4", "openshift-4-5", "openshift-4-6", "terraform", "tensorflow", "jupyter",
        "vscode", "redis", "cassandra", "haskell", "deno", "nginx", "istio", "k3s", "podman", "buildah", "fedora",
        "debian",
    ]

    static func isKnown(_ image: String) -> Bool {
        let family = String(image.prefix { $0 != ":" })
        // A size at the end (`-4GB`) chooses the same machine with more memory.
        let size = family.split(separator: "-").last.map { $0.hasSuffix("GB") && $0.dropLast(2).allSatisfy(\.isNumber) }
        guard size == true, let dash = family.lastIndex(of: "-") else { return families.contains(family) }
        return families.contains(family) || families.contains(String(family[..<dash]))
    }

    /// The known name that is most likely meant.
    static func near(_ image: String) -> String? {
        families.sorted().first { $0.count > 4 && Slip.isNear(image, $0) }
    }

    /// `nil` where the name doesn't tell.
    static func hosts(of image: String) -> Int? {
        let family = image.prefix { $0 != ":" }
        if family.hasSuffix("2nodes") || family.hasSuffix("2nodes-rapid") { return 2 }
        if family.hasSuffix("1node") || family.hasSuffix("1node-rapid") { return 1 }
        return family == "ubuntu" || family.hasPrefix("ubuntu-") || family.hasPrefix("ubuntu2") ? 1 : nil
    }
}
