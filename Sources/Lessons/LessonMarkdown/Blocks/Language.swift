/// What a fence's info string says of the block.
enum Language {
    private static let outputs: Set<String> = [
        "", "text", "txt", "plain", "plaintext", "console", "output", "out", "log", "logs", "none", "nohighlight",
        "json", "terminal", "tree", "screen", "result", "results", "ansi", "table", "raw", "response", "stdout",
        "no-highlight", "nocode", "markup",
    ]
    private static let shells: Set<String> = [
        "bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "shell-session", "shellsession",
    ]

    /// Whether a block of this language is as likely output as not; the words before it may still say that any is.
    static func isOutput(_ language: String) -> Bool { outputs.contains(language) }

    private static let programming: Set<String> = [
        "yaml", "yml", "python", "py", "javascript", "js", "typescript", "ts", "java", "go", "golang", "rust", "c",
        "cpp", "c++", "csharp", "cs", "swift", "dockerfile", "docker", "toml", "ini", "properties", "html", "xml",
        "css", "sql", "cypher", "cql", "hcl", "terraform", "groovy", "kotlin", "scala", "ruby", "php", "nginx",
        "makefile", "proto", "graphql", "diff", "csv", "r", "perl", "lua", "vim", "markdown", "md", "jsx", "tsx",
        "promql", "logql",
    ]

    static func isKnown(_ language: String) -> Bool {
        outputs.contains(language) || shells.contains(language) || programming.contains(language)
    }

    static func isShell(_ language: String) -> Bool { shells.contains(language) }
}
