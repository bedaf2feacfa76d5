/// Texts of the other files of a lesson, to be damaged.
public enum FileConstructs {
    /// Compose files that are read, given ``composeVariables``: most damage is found deep inside only in such.
    public static let soundCompose = [
        """
        version: "2.4"
        name: demo
        x-base: &base {image: "app:${TAG:-1}", restart: "no", environment: {A: '1', B: }}
        services:
          db:
            <<: *base
            volumes: ["data:/var/lib/db", "./init:/init:ro", {type: tmpfs, target: /fast, tmpfs: {size: 1m, mode: 0777}}]
            healthcheck: {test: [CMD, "true"], interval: 1m30s, retries: 3}
            ports: ["127.0.0.1:8000-8010:8000-8010/udp", "[::1]:53:53", 80]
            mem_limit: 1.5g
            x-lectern:
              command: [sh, -c, "exec db"]
              template: {into: /d, build: "make 'all of it'"}
              ready: [{port: 1}, {http: "http://127.0.0.1:80/"}, {log: up, timeout: 5s}]
              needs: [{program: sh, package: dash}, {file: /usr/bin/env, remedy: none}]
          web:
            extends: {service: db}
            depends_on: {db: {condition: service_healthy, required: false}}
            command: !reset null
            ports: !reset []
            network_mode: "service:db"
        volumes: {data: {driver: local}}
        networks: {back: {internal: true}}
        """,
        """
        services:
          one: {image: a, env_file: [{path: none.env, required: false}], environment: ["X=$$", "Y=${Z?missing ${W}}"]}
          two:
            image: b
            extends: one
            labels: [a=b]
            deploy: {resources: {limits: {cpus: "0.5", memory: 64m, pids: 5}}}
            ulimits: {nofile: {soft: 1, hard: 2}}
            build: {context: ., args: [A, B=1], dockerfile_inline: "FROM x"}
            x-lectern: {terminals: true, reset: keep}
        """,
    ]

    /// Short Compose files that are read, each with a few things of its own: damaged, more of them are still read.
    public static let shortCompose = [
        "name: a\nservices: {a: {image: 'x:1', command: [a, \"b c\"], entrypoint: sh -c 'd e'}}\n",
        "services:\n  a: {image: x, environment: {A: 1, B: \"${TAG:-2}\", C: null}, labels: [a=b]}\n",
        "services:\n  a: {image: x, environment: [\"A=$$1\", \"B=${Z}\"], working_dir: /a, user: \"1:2\"}\n",
        "services:\n  a:\n    image: x\n    ports: [80, \"127.0.0.1:81:82/tcp\", {target: 83, published: \"84\"}]\n",
        "services:\n  a: {image: x, volumes: [\"d:/d\", \"/e\", {type: volume, source: d, target: /f, read_only: true}]}\n"
            + "volumes: {d: {}}\n",
        "services:\n  a: {image: x, healthcheck: {test: curl -f a || exit 1, timeout: 1m, start_period: 2s}}\n",
        "services:\n  a: &a {image: x}\n  b:\n    <<: *a\n    depends_on:\n      a:\n        condition: service_started\n",
        "services:\n  a: {image: x, mem_limit: 64m, pids_limit: 10, cpus: 0.5, tmpfs: [/t], restart: always}\n",
        "services:\n  a: {image: x, deploy: {resources: {limits: {memory: 1g}}}, ulimits: {nproc: 5}}\n",
        "x-a: {b: [c]}\nservices:\n  a:\n    build: {context: .}\n    x-lectern: {ready: [{port: 80}], reset: restart}\n",
        "services:\n  a:\n    image: x\n    x-lectern:\n      command: [a]\n      ready:\n        - command: [b]\n        - log: |-\n            up\n",
        "services:\n  a: {image: x, network_mode: none, cap_drop: [ALL], read_only: true, init: true}\n",
    ]

    /// What ``soundCompose`` and ``shortCompose`` need to be read.
    public static let composeVariables = ["TAG": "2", "Z": "z"]

    /// Compose files that are refused as a whole, for a cycle and for aliases that multiply.
    public static let unsoundCompose = [
        "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n? [*c]\n: 1\nservices: {}\n",
    ]

    /// Pieces that damage a sound Compose file in most interesting ways.
    public static let composeTokens = [
        "*base", "&x ", "<<: *base\n", "!reset ", "!override ", "${", "}", "$$", ":-", ":?", "\t", "- ", ": ", "? ",
        "[", "]",
        "{", "}", "\"", "'", "|\n", ">\n", "#", "\u{0}", "\u{85}", "\u{2028}", "é", "~", "null", "%YAML 1.2\n", "---\n",
        "...\n", "\r", "services:", "extends: db\n", "1-65535", "!!binary ", "\\", "..", "/", "\n  ", "x-lectern: ",
        "18446744073709551616", "-0x", "1e999", "\u{FEFF}", "\u{202E}",
    ]

    /// Sound indexes, each of which the reader takes.
    public static let index = [
        #"""
        {"title": "One", "description": "d", "difficulty": "beginner", "time": "5 min", "type": "challenge@0.8",
        "details": {"intro": {"text": "i.md", "foreground": "a.sh", "background": "b.sh"},
        "steps": [{"title": "S", "text": "s.md", "verify": "v.sh", "answer": "a.md", "lectern": {"timeout": "5s", "solution": "s.sh"}}],
        "finish": {"text": "f.md"}, "assets": {"host01": [{"file": "*.txt", "target": "~/", "chmod": "+x"}]}},
        "environment": {"uilayout": "editor-terminal", "uieditorpath": "/root", "showdashboard": true,
        "dashboards": [{"name": "A", "port": 80}, {"name": "B", "href": "https://x"}], "terminals": [{"command": "x"}]},
        "backend": {"imageid": "ubuntu:2004", "port": 80},
        "lectern": {"environment": ["c.yaml", "../d.yaml"], "seed": {"rows": 10, "seed": 1, "language": "de"},
        "timeout": 60, "checkTimeout": "2m", "backgroundTimeout": 1.5e1, "terminals": {"columns": 100, "rows": 30}}}
        """#,
        #"{"title": "\u00e9\ud83d\ude00\n", "details": {"steps": []}, "pathwayTitle": null, "icon": -0.5E-3, "a": [[], {}, [{}]]}"#,
        #"{"details": {"steps": [{"text": "../../etc/passwd"}, {"text": "/abs"}, {"text": "~/x"}, {"code": "x", "courseData": "y"}]}}"#,
    ]

    /// Pieces that damage a sound index in most interesting ways.
    public static let indexTokens = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud83d", "null", "true", "-", "1e999", "0.", "00",
        "\"lectern\": {",
        "\"steps\": [", "\"\": ", "\n", "\r\n", "\t", "\u{0}", "\u{FEFF}", "é", "\u{202E}", "..", "/", "//", "'", "NaN",
        "18446744073709551616",
    ]
}
