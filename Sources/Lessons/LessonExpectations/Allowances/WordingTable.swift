/// The wordings of known tools, each with the release in which it changed.
enum WordingTable {
    static let all: [KnownWording] = git + containers + kubernetes + packages + network + shells + services

    /// Git's release notes (Documentation/RelNotes).
    private static let git: [KnownWording] = [
        // log.decorate is on where a terminal listens, since 2.13.
        decorated("HEAD -> "), decorated("origin/"), decorated("tag: "), decorated("HEAD, "),
        .init(["git"], "commit {1} ({2})", "commit {1}"),
        // Small repositories are received before a rate is known.
        .init(["git"], "Receiving objects: {1}, {2} | {3}, done.", "Receiving objects: {1}, done."),
        .init(["git"], "Writing objects: {1}, {2} | {3}, done.", "Writing objects: {1}, done."),
        .init(["git"], "Unpacking objects: {1}, {2} | {3}, done.", "Unpacking objects: {1}, done."),
        .init(["git"], "branch '{1}' set up to track '{2}'.", "Branch '{1}' set up to track remote branch '{1}'."),
        // 2.15
        .init(["git"], "Initial commit{1}", "No commits yet{1}"),
        // 2.10
        .init(["git"], "nothing to commit, working directory clean", "nothing to commit, working tree clean"),
        // 2.23 has restore and switch.
        .init(
            ["git"], "(use \"git checkout -- <file>...\" to discard{1}",
            "(use \"git restore <file>...\" to discard{1}"),
        .init(
            ["git"], "(use \"git reset HEAD <file>...\" to unstage{1}",
            "(use \"git restore --staged <file>...\" to unstage{1}"),
        .init(
            ["git"], "(use \"git rm --cached <file>...\" to unstage{1}",
            "(use \"git restore --staged <file>...\" to unstage{1}"),
        // 2.19
        .init(["git"], "Counting objects: {1}", "Enumerating objects: {1}"),
        .init(["git"], "remote: Counting objects: {1}", "remote: Enumerating objects: {1}"),
        // init.defaultBranch, 2.28
        .init(["git"], "[master (root-commit) {1}", "[main (root-commit) {1}"),
        .init(["git"], "Your branch is up-to-date with {1}", "Your branch is up to date with {1}"),
        // 2.15
        .init(["git"], "Already up-to-date.", "Already up to date."),
        .init(["git"], "Everything up-to-date{1}", "Everything up to date{1}"),
        // 2.34 merges with ort.
        .init(["git"], "Merge made by the 'recursive' strategy.", "Merge made by the 'ort' strategy."),
        .init(["git"], "Merge made by the recursive strategy.", "Merge made by the 'ort' strategy."),
        // 2.21 and 2.43
        .init(["git"], "Total {1}, pack-reused {2}", "Total {1}"),
        .init(["git"], "remote: Total {1}, pack-reused {2}", "remote: Total {1}"),
        // Before 1.7.11
        .init(["git"], "1 files changed, {1}", "1 file changed, {1}"),
    ]

    private static func decorated(_ start: String) -> KnownWording {
        .init(["git"], "{1} (\(start){2}) {3}", "{1} {3}")
    }

    /// Release notes of Docker Engine, BuildKit and Compose.
    private static let containers: [KnownWording] = [
        .init(["docker", "docker-compose"], "⠿ {1}", "{1}"),
        .init(["docker", "docker-compose"], "✓ {1}", "{1}"),
        .init(["docker", "docker-compose"], "✔ {1}", "{1}"), .init(["docker"], "[+] up {1}", "[+] Running {1}"),
        .init(["docker"], "{1}: Layer already exists", "{1}: Pushed"),
        .init(["docker"], "{1}: Mounted from {2}", "{1}: Pushed"),
        .init(["docker"], "{1}: Already exists", "{1}: Pull complete"),
        .init(["docker"], "{1}: Download complete", "{1}: Pull complete"),
        .init(["docker"], "Status: Image is up to date for {1}", "Status: Downloaded newer image for {1}"),
        .init(["docker"], "=> CACHED {1}", "=> {1}"), .init(["docker"], "{1} FINISHED{2}", "{1} FINISHED"),
    ]

    /// Kubernetes' changelogs.
    private static let kubernetes: [KnownWording] = [
        // 1.33
        .init(["kubectl"], "{1} deleted from {2} namespace", "{1} deleted"),
        // Groups moved from extensions to apps in 1.16.
        .init(["kubectl"], "deployment.extensions/{1}", "deployment.apps/{1}"),
        .init(["kubectl"], "deployment.extensions \"{1}", "deployment.apps \"{1}"),
        // Before 1.10
        .init(["kubectl"], "deployment \"{1}\" {2}", "deployment.apps/{1} {2}"),
        .init(["kubectl"], "deployment/{1}", "deployment.apps/{1}"),
        .init(["kubectl"], "service \"{1}\" created", "service/{1} created"),
        .init(["kubectl"], "service \"{1}\" exposed", "service/{1} exposed"),
        .init(["kubectl"], "pod \"{1}\" created", "pod/{1} created"),
        .init(["kubectl"], "namespace \"{1}\" created", "namespace/{1} created"),
        .init(["kubectl"], "configmap \"{1}\" created", "configmap/{1} created"),
        .init(["kubectl"], "secret \"{1}\" created", "secret/{1} created"),
        // 1.20 renamed masters.
        .init(["kubectl"], "Kubernetes master is running at {1}", "Kubernetes control plane is running at {1}"),
        .init(["kubectl"], "KubeDNS is running at {1}", "CoreDNS is running at {1}"),
        .init(["kubectl"], "{1}control-plane,master{2}", "{1}control-plane{2}"),
        .init(["kubectl"], "{1}   master   {2}", "{1}   control-plane   {2}"),
        .init(["kubectl"], "{1}.extensions {2}", "{1}.apps {2}"),
        .init(["kubectl"], "node \"{1}\" {2}", "node/{1} {2}"),
    ]

    /// Release notes of npm, pip and pytest.
    private static let packages: [KnownWording] = [
        // npm 7
        .init(
            ["npm"], "added {1} packages from {2} contributors and audited {3} packages in {4}",
            "added {1} packages, and audited {3} packages in {4}"),
        .init(["npm"], "audited {1} packages in {2}", "up to date, audited {1} packages in {2}"),
        .init(["npm"], "npm WARN {1}", "npm warn {1}"), .init(["npm"], "npm ERR! {1}", "npm error {1}"),
        // Advisories are published later than pages.
        .init(["npm"], "{1} vulnerabilities ({2})", "found {1} vulnerabilities"),
        .init(["npm"], "{1} {2} severity vulnerability", "found {1} vulnerabilities"),
        .init(["npm"], "{1} {2} severity vulnerabilities", "found {1} vulnerabilities"),
        .init(["pip", "pip3"], "Using cached {1}", "Downloading {1}"),
        .init(["pytest", "python3", "python"], "collecting ... {1}", "{1}"),
        .init(["npm"], "up to date in {1}", "up to date, audited in {1}"),
        .init(["npm"], "up to date, audited {1} in {2}", "up to date, audited in {2}"),
        .init(["npm"], "added 1 package from {1} in {2}", "added 1 package in {2}"),
        .init(["npm"], "added 1 package, and audited {1} in {2}", "added 1 package in {2}"),
        // Python 3.10 and 3.11 suggest names and qualify methods.
        .init(["python3", "python"], "{1}Error: {2}. Did you mean: {3}?", "{1}Error: {2}"),
        .init(["python3", "python"], "{1}Error: {2}. Did you forget to import '{3}'?", "{1}Error: {2}"),
        .init(["python3", "python"], "SyntaxError: invalid syntax. {1}", "SyntaxError: invalid syntax"),
        .init(["python3", "python"], "{1} ({2}.{1}) ... {3}", "{1} ({2}) ... {3}"),
        .init(["python3", "python"], "{1}: {2} ({3}.{2})", "{1}: {2} ({3})"),
        // Node.js 16
        .init(
            ["node", "nodejs", "npm"], "{1}Cannot read property '{2}' of {3}",
            "{1}Cannot read properties of {3} (reading '{2}')"),
        .init(
            ["node", "nodejs", "npm"], "{1}Cannot set property '{2}' of {3}",
            "{1}Cannot set properties of {3} (setting '{2}')"),
        // Cargo 1.79, 1.80 and the test harness of 1.49
        .init(["cargo"], "Finished dev [{1}", "Finished `dev` profile [{1}"),
        .init(["cargo"], "Finished release [{1}", "Finished `release` profile [{1}"),
        .init(["cargo"], "Finished test [{1}", "Finished `test` profile [{1}"),
        .init(["cargo"], "Creating {1} package", "Created {1} package"),
        .init(["cargo"], "Running unittests {1} ({2})", "Running {2}"),
        .init(["cargo"], "test result: {1}; finished in {2}", "test result: {1}"),
        .init(["go"], "ok  \t{1}\t{2}", "ok  \t{1}"),
        // argparse of Python 3.10
        .init([], "optional arguments:", "options:"),
        .init(["make"], "gcc {1}", "cc {1}"), .init(["make"], "g++ {1}", "c++ {1}"),
        .init(["npm", "npx", "jest", "yarn"], "Time: {1}, estimated {2}", "Time: {1}"),
        // GNU Make 4
        .init(["make"], "make: *** [{1}:{2}: {3}] Error {4}", "make: *** [{3}] Error {4}"),
        // JDK 11 and 14
        .init(["java"], "{1}NullPointerException: Cannot {2}", "{1}NullPointerException"),
        .init(
            ["java"], "{1}OutOfBoundsException: Index {2} out of bounds for length {3}", "{1}OutOfBoundsException: {2}"),
    ]

    /// The changelogs of curl, iputils and tree.
    private static let network: [KnownWording] = [
        // curl 7.76 names the time, 7.87 the reason.
        .init(["curl"], "curl: (7) Failed to connect to {1} after {2}: {3}", "curl: (7) Failed to connect to {1}"),
        .init(["curl"], "curl: (7) Failed to connect to {1}: {2}", "curl: (7) Failed to connect to {1}"),
        .init(["curl"], "curl: (7) couldn't connect to host{1}", "curl: (7) Failed to connect to host{1}"),
        .init(["ping"], "{1} bytes from {2} ({3}): {4}", "{1} bytes from {3}: {4}"),
        .init(["tree"], "1 directory, {1}", "1 directories, {1}"),
        // 2.0 counts the root.
        .init(["tree"], "{1} directories, {2}", "directories, {2}"),
        .init(["curl"], "* Connected to {1} port {2} (#{3})", "* Connected to {1} port {2}"),
        .init(
            ["curl"], "curl: (22) The requested URL returned error: {1} {2}",
            "curl: (22) The requested URL returned error: {1}"),
        // OpenSSL 3.0
        .init(["openssl"], "SHA2-{1}({2})= {3}", "SHA{1}({2})= {3}"),
        .init(["openssl"], "(stdin)= {1}", "SHA256(stdin)= {1}"),
        .init(["openssl"], "writing RSA key", "writing private key"),
        .init(["openssl"], "-----{1} RSA PRIVATE KEY-----", "-----{1} PRIVATE KEY-----"),
        // OpenSSL 3.2 prints names without blanks.
        .init(["openssl"], "{1}CN = {2}", "{1}CN={2}"), .init(["openssl"], "{1}O = {2}", "{1}O={2}"),
        .init(["openssl"], "{1}C = {2}", "{1}C={2}"),
        // curl 7.87 and 8.0 tell less of the connection.
        .init(["curl"], "* Closing connection {1}", "* Closing connection"),
        .init(["curl"], "*   Trying {1}:{2}...", "* Trying {1}..."),
        .init(["curl"], "* Established connection to {1} from {2}", "* Connected to {1}"),
        // OpenSSH 8
        .init(["ssh-keygen"], "Your {1} has been saved in {2}.", "Your {1} has been saved in {2}"),
    ]

    /// bash, dash and zsh say who speaks in ways of their own.
    private static let shells: [KnownWording] = [
        .init([], "-bash: {1}", "bash: {1}"), .init([], "bash: line {1}: {2}", "bash: {2}"),
        .init([], "sh: {1}: {2}: not found", "bash: {2}: command not found"),
        .init([], "zsh: command not found: {1}", "bash: {1}: command not found"),
        .init([], "zsh: permission denied: {1}", "bash: {1}: Permission denied"),
    ]

    private static func started(_ verb: String) -> KnownWording {
        .init(["systemctl", "journalctl", "service"], "{1}: \(verb) {2}.service - {3}", "{1}: \(verb) {3}")
    }

    private static let services: [KnownWording] = [
        // systemd 247 names the unit.
        started("Started"), started("Starting"), started("Stopped"), started("Stopping"), started("Finished"),
        // systemd 243 and 252
        .init(["systemctl", "service"], "* {1}", "● {1}"), .init(["systemctl", "service"], "○ {1}", "● {1}"),
        .init(["systemctl", "service"], "{1}; vendor preset: {2}", "{1}; preset: {2}"),
        .init(["systemctl", "service"], "{1} (/lib/systemd/{2}", "{1} (/usr/lib/systemd/{2}"),
        .init(["systemctl"], "Created symlink '{1}' → '{2}'.", "Created symlink {1} → {2}."),
        // SQLite 3.38
        .init(["sqlite3"], "Error: in prepare, {1}", "Error: {1}"),
        .init(["sqlite3"], "Parse error near line {1}: {2}", "Error: {2}"),
        .init(["sqlite3"], "Parse error: {1}", "Error: {1}"),
        .init(["sqlite3"], "Error: near line {1}: {2}", "Error: {2}"),
        // A client that reads a script names the line.
        .init(["mysql", "mariadb"], "ERROR {1} at line {2}: {3}", "ERROR {1}: {3}"),
        // MySQL 8.0.19 shows no width.
        .init(["mysql", "mariadb"], "{1}int(11){2}", "{1}int{2}"),
        .init(["mysql", "mariadb"], "{1}int(20){2}", "{1}int{2}"),
        // Redis 6
        .init(["redis-cli"], "(empty list or set)", "(empty array)"),
        .init(["redis-cli"], "(empty list)", "(empty array)"),
        // Kafka 2.8 shows ids, 3.x drops quotes.
        .init(
            ["kafka-topics.sh", "kafka-topics"], "Topic: {1}\tTopicId: {2}\tPartitionCount: {3}",
            "Topic: {1}\tPartitionCount: {3}"),
        .init(["kafka-topics.sh", "kafka-topics"], "{1}\tConfigs: {2}", "{1}"),
        .init(["kafka-topics.sh", "kafka-topics"], "Created topic \"{1}\".", "Created topic {1}."),
        .init(["top"], "KiB {1}", "MiB {1}"),
        .init(["kafka-topics.sh", "kafka-topics"], "{1}\tElr: {2}", "{1}"),
        .init(["ansible-playbook", "ansible"], "{1}    skipped=0    rescued=0    ignored=0", "{1}"),
    ]
}
