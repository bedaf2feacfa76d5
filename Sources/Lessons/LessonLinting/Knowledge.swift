/// What is known of `index.json`: keys by the place in which they are.
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
    /// Those that describe a lesson, or only say how a platform shows it: what is run and checked doesn't depend on them.
    static let descriptive = Set(environment).subtracting(["uilayout", "uieditorpath", "hideintro", "hidefinish"])
        .union([
            "title", "description", "difficulty", "time", "pathwayTitle", "icon", "noindex", "private", "id", "live",
            "interface", "events", "credits", "port", "url", "autoUpgrade", "trainingid",
        ])

    static let layouts = [
        "terminal", "terminal-iframe", "editor-terminal", "editor-terminal-v1", "terminal-terminal",
        "vscode", "vscode-terminal", "vscode-terminal-split", "terminal-iframe-split", "editor-iframe-split", "iframe",
        "terminal-v1", "editor",
    ]
}
