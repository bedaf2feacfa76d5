/// The JSON Schema (draft 2020-12) of `x-lectern`, at the top of a Compose file and in its services, for editors and other
/// checkers.
///
/// It describes a whole Compose file, and leaves open all that belongs to Compose. What one member says of another is left to the
/// reader: a template needs a command, and the service that explains a failed seeding must be there.
public enum XLecternSchema {
    /// Ends with a line feed.
    public static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "x-lectern.schema.json",
          "title": "A Compose file with Lectern's own fields",
          "description": "How the lab is seeded, how services run as ordinary processes, when they are ready, and what a reset does to them. All else belongs to Compose, and is left open here.",
          "type": "object",
          "properties": {
            "x-lectern": { "$ref": "#/$defs/lab" },
            "services": { "type": "object", "additionalProperties": { "$ref": "#/$defs/service" } }
          },
          "$defs": {
            "lab": {
              "description": "What concerns the lab as a whole; an unknown member is an error.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "internet": {
                  "description": "Whether the lab needs the internet. Given only to labs of containers, and only when whoever runs it says '--internet'.",
                  "type": "boolean",
                  "examples": [true]
                },
                "seed": { "$ref": "#/$defs/seed" },
                "programs": {
                  "description": "Programs that are installed beside 'lectern' and that a lab of processes has in its search path, unless the system has one of the name. Containers have what their images hold.",
                  "type": "array",
                  "items": { "type": "string", "pattern": "^(?!\\.{1,2}$)[^/]{1,128}$" },
                  "examples": [["mongosh", "kfk"]]
                }
              }
            },
            "seed": {
              "description": "How the lab is filled with data, for lessons whose index has a 'seed' and for 'lectern seed'.",
              "type": "object",
              "additionalProperties": false,
              "required": ["command"],
              "properties": {
                "command": { "$ref": "#/$defs/program" },
                "service": {
                  "description": "The service whose log explains a failure.",
                  "type": "string",
                  "minLength": 1,
                  "examples": ["web"]
                }
              },
              "examples": [{ "command": ["sh", "/lesson/seed.sh"], "service": "web" }]
            },
            "service": {
              "properties": { "x-lectern": { "$ref": "#/$defs/x-lectern" } }
            },
            "x-lectern": {
              "description": "How Lectern runs the service and how its labs treat it; an unknown member is an error.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "command": {
                  "description": "The program and its arguments; an empty list for a service that runs nothing.",
                  "anyOf": [{ "type": "array", "items": { "type": "string" } }, { "type": "string" }],
                  "examples": [["python3", "-m", "http.server"], "sleep infinity", []]
                },
                "environment": {
                  "description": "Variables beside those of the service's own environment.",
                  "anyOf": [{ "type": "object" }, { "type": "array", "items": { "type": "string" } }],
                  "examples": [{ "LEVEL": "debug" }, ["LEVEL=debug"]]
                },
                "directory": { "$ref": "#/$defs/path" },
                "terminals": {
                  "description": "Whether the service is the workspace, in which terminals are opened.",
                  "type": "boolean",
                  "examples": [true]
                },
                "template": { "$ref": "#/$defs/template" },
                "ready": {
                  "description": "What must hold, in this order, before others may use the service.",
                  "type": "array",
                  "items": { "$ref": "#/$defs/condition" },
                  "examples": [[{ "port": 8080 }, { "log": "started", "timeout": "30s" }]]
                },
                "needs": {
                  "description": "What must be installed on a host that runs the service as a process.",
                  "type": "array",
                  "items": { "$ref": "#/$defs/need" },
                  "examples": [[{ "program": "redis-server", "package": "redis-server" }]]
                },
                "reset": {
                  "description": "What 'lectern reset' does to the service.",
                  "enum": ["restart", "keep"],
                  "examples": ["keep"]
                }
              }
            },
            "template": {
              "description": "A data directory that is built once and copied for every lab.",
              "type": "object",
              "additionalProperties": false,
              "required": ["into", "build"],
              "properties": {
                "into": { "$ref": "#/$defs/path" },
                "build": { "$ref": "#/$defs/program" }
              },
              "examples": [{ "into": "/run/lab/data/store", "build": ["mkdir", "/run/lab/data/store/new"] }]
            },
            "condition": {
              "description": "One of 'port', 'http', 'log' and 'command', and how long it is waited for.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "port": {
                  "description": "A TCP connection to this port is accepted.",
                  "type": "integer",
                  "minimum": 1,
                  "maximum": 65535
                },
                "http": {
                  "description": "A GET of this URL is answered with a status below 500.",
                  "type": "string",
                  "pattern": "^http://."
                },
                "log": { "description": "A line of the output has this text in it.", "type": "string", "minLength": 1 },
                "command": { "$ref": "#/$defs/program" },
                "timeout": { "description": "Such as '500ms', '20s' or '1m30s'.", "type": "string", "minLength": 2 }
              }
            },
            "need": {
              "description": "Either a program or a file, and how to get it.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "program": { "description": "On the search path, or an absolute path.", "type": "string" },
                "file": { "$ref": "#/$defs/path" },
                "package": { "description": "The Debian package that brings it.", "type": "string" },
                "remedy": { "description": "How to get it otherwise, completing 'try: …'.", "type": "string" }
              }
            },
            "path": {
              "description": "An absolute path without '..'.",
              "type": "string",
              "pattern": "^/",
              "examples": ["/run/lab/data"]
            },
            "program": {
              "description": "A program and its arguments, as a list or as a line that is split as a shell does.",
              "anyOf": [
                { "type": "array", "minItems": 1, "items": { "type": "string" } },
                { "type": "string", "minLength": 1 }
              ],
              "examples": [["test", "-e", "/tmp/ready"], "test -e /tmp/ready"]
            }
          }
        }

        """#
}
