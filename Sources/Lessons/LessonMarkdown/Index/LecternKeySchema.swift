/// The JSON Schema (draft 2020-12) of the `lectern` key, for editors and other checkers.
///
/// It describes a scenario's whole `index.json`, and leaves open all that belongs to other platforms. What only the file system can tell
/// is left to ``LessonReader``: whether a file is there, and whether its path leaves the scenario's directory half-way.
public enum LecternKeySchema {
    /// Ends with a line feed.
    public static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "lectern.schema.json",
          "title": "index.json with Lectern's own key",
          "description": "What a lesson needs of Lectern stands under 'lectern'; other players ignore it. All other keys belong to them, and are left open here.",
          "type": "object",
          "properties": {
            "lectern": { "$ref": "#/$defs/scenario" },
            "details": {
              "properties": {
                "intro": { "$ref": "#/$defs/pageObject" },
                "steps": { "items": { "$ref": "#/$defs/pageObject" } },
                "finish": { "$ref": "#/$defs/pageObject" }
              }
            }
          },
          "$defs": {
            "pageObject": {
              "properties": { "lectern": { "$ref": "#/$defs/page" } }
            },
            "scenario": {
              "title": "What the scenario needs of Lectern",
              "description": "Everything is optional; an unknown member is an error.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "environment": {
                  "description": "Compose files of the lab, relative to the scenario's directory (they may lie above it), merged in this order. They alone say what the lab is: 'backend.imageid' is not looked up. Default: none.",
                  "anyOf": [
                    { "$ref": "#/$defs/composeFile" },
                    { "type": "array", "items": { "$ref": "#/$defs/composeFile" } }
                  ],
                  "examples": ["../../docker/compose.yaml", ["compose.yaml", "compose.lesson.yaml"]]
                },
                "seed": { "$ref": "#/$defs/seed" },
                "image": {
                  "description": "The machine to look up in the table of images in place of 'backend.imageid'. Default: 'backend.imageid'.",
                  "type": "string",
                  "minLength": 1,
                  "examples": ["ubuntu"]
                },
                "timeout": {
                  "description": "How long one action or one foreground script may take: a time above 0 and at most a day; a bare number counts seconds. Default: 60s, or what the command line says.",
                  "$ref": "#/$defs/time"
                },
                "checkTimeout": {
                  "description": "How long one 'verify' script may take, after which the check could not run: a time above 0 and at most a day; a bare number counts seconds. Default: 60s.",
                  "$ref": "#/$defs/time"
                },
                "backgroundTimeout": {
                  "description": "How long one background script may take: a time above 0 and at most a day; a bare number counts seconds. Default: none, it may run until the lab ends.",
                  "$ref": "#/$defs/time"
                },
                "terminals": { "$ref": "#/$defs/terminals" },
                "limits": { "$ref": "#/$defs/limits" },
                "internet": {
                  "description": "Whether the lesson needs the internet in its lab. Given only to labs of containers, and only when whoever runs the lesson says '--internet'. Default: false.",
                  "type": "boolean",
                  "examples": [true]
                }
              },
              "examples": [
                { "environment": "../../docker/compose.yaml", "seed": { "rows": 10, "seed": 2020 }, "timeout": "30s" }
              ]
            },
            "page": {
              "title": "What the page needs of Lectern",
              "description": "In the object of the intro, a step or the finish. Everything is optional; an unknown member is an error.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "timeout": {
                  "description": "How long one action of this page may take: a time above 0 and at most a day; a bare number counts seconds. Default: the scenario's.",
                  "$ref": "#/$defs/time"
                },
                "checkTimeout": {
                  "description": "How long this page's 'verify' script may take: a time above 0 and at most a day; a bare number counts seconds. Default: the scenario's.",
                  "$ref": "#/$defs/time"
                },
                "solution": {
                  "description": "A script in the scenario's directory, relative to it, that does what the page asks for: it solves a challenge's task where there's no 'answer'. Default: none.",
                  "type": "string",
                  "pattern": "^(?!(\\./+)*\\.\\.(/|$))[^/~\\u0000][^\\u0000]*$",
                  "examples": ["solution1.sh"]
                }
              },
              "examples": [{ "timeout": "2m", "checkTimeout": "10s" }]
            },
            "seed": {
              "title": "What is seeded once the lab is ready",
              "description": "Names of the lesson's choice. The seed command of the lab's Compose files ('x-lectern: {seed: {command: …}}') is given each as '--name value'. Default: nothing is seeded.",
              "type": "object",
              "maxProperties": 50,
              "patternProperties": {
                "^[A-Za-z][A-Za-z0-9_-]{0,63}$": {
                  "anyOf": [
                    { "type": "string", "pattern": "^[^\\u0000-\\u001f\\u007f]{0,1000}$" },
                    { "type": "number" },
                    { "type": "boolean" }
                  ]
                }
              },
              "additionalProperties": false,
              "examples": [{ "rows": 25, "seed": 2020, "language": "de" }, {}]
            },
            "terminals": {
              "title": "The terminals that the lesson is read in",
              "description": "Their size, in character cells. Default: the run's own size.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "columns": {
                  "description": "Their width in characters, from 20 to 500.",
                  "type": "integer",
                  "minimum": 20,
                  "maximum": 500,
                  "default": 120,
                  "examples": [100]
                },
                "rows": {
                  "description": "Their height in lines, from 5 to 200.",
                  "type": "integer",
                  "minimum": 5,
                  "maximum": 200,
                  "default": 40,
                  "examples": [30]
                }
              },
              "examples": [{ "columns": 100, "rows": 30 }]
            },
            "limits": {
              "title": "What the lab makes do with",
              "description": "A lesson may ask for less than its lab would get, never for more. Default: what the command line says, or else 2g of memory, 1024 processes and 4g of disk.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "memory": {
                  "description": "Memory, files in memory included; less than 64m counts as 64m.",
                  "$ref": "#/$defs/size"
                },
                "processes": {
                  "description": "Processes and threads at a time; fewer than 32 count as 32.",
                  "type": "integer",
                  "minimum": 1,
                  "maximum": 9223372036854775807,
                  "default": 1024,
                  "examples": [256]
                },
                "disk": {
                  "description": "All files that the lab writes; less than 64m counts as 64m.",
                  "$ref": "#/$defs/size"
                }
              },
              "examples": [{ "memory": "512m", "processes": 256, "disk": "1g" }]
            },
            "size": {
              "title": "Bytes in units of 1024 (k), its square (m) or its cube (g)",
              "type": "string",
              "pattern": "^(?=0*[1-9])[0-9]{1,6}[kmg]$",
              "examples": ["512m", "2g"]
            },
            "composeFile": {
              "description": "A path relative to the scenario's directory.",
              "type": "string",
              "pattern": "^[^/~\\u0000][^\\u0000]*$"
            },
            "time": {
              "title": "A time above 0, at most a day",
              "anyOf": [
                { "type": "number", "exclusiveMinimum": 0, "maximum": 86400 },
                {
                  "type": "string",
                  "pattern": "^(?=[0.]*[1-9])([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ms|s|m|min|h)?$",
                  "not": { "$ref": "#/$defs/moreThanADay" }
                }
              ],
              "examples": ["500ms", "30s", "2m", "1h", 45, 1.5]
            },
            "moreThanADay": {
              "description": "Above 86400000ms, 86400s, 1440m or 24h.",
              "anyOf": [
                {
                  "pattern": "^0*([1-9][0-9]{8,}|9[0-9]{7}|8[7-9][0-9]{6}|86[5-9][0-9]{5}|864(?!00000)[0-9]{5})(\\.[0-9]*)?ms$|^0*86400000\\.[0-9]*[1-9][0-9]*ms$"
                },
                {
                  "pattern": "^0*([1-9][0-9]{5,}|9[0-9]{4}|8[7-9][0-9]{3}|86[5-9][0-9]{2}|864(?!00)[0-9]{2})(\\.[0-9]*)?s?$|^0*86400\\.[0-9]*[1-9][0-9]*s?$"
                },
                {
                  "pattern": "^0*([1-9][0-9]{4,}|[2-9][0-9]{3}|1[5-9][0-9]{2}|14(?!40)[4-9][0-9])(\\.[0-9]*)?m(in)?$|^0*1440\\.[0-9]*[1-9][0-9]*m(in)?$"
                },
                {
                  "pattern": "^0*([1-9][0-9]{2,}|[3-9][0-9]|2[5-9])(\\.[0-9]*)?h$|^0*24\\.[0-9]*[1-9][0-9]*h$"
                }
              ]
            }
          }
        }

        """#
}
