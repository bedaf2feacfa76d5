/// The JSON Schema (draft 2020-12) of what `lectern verify --json` prints.
///
/// Members may be added; a member that goes away or changes its meaning makes ``JSONReport/schemaVersion`` grow.
public enum VerifySchema {
    /// Ends with a line feed.
    public static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "verify.schema.json",
          "title": "The outcome of 'lectern verify --json'",
          "description": "Durations are seconds. A member that has no value is left out.",
          "type": "object",
          "required": ["schemaVersion", "verdict", "interrupted", "scenarios"],
          "properties": {
            "schemaVersion": { "description": "The version of this form.", "const": 1 },
            "verdict": { "$ref": "#/$defs/verdict" },
            "interrupted": { "description": "The user ended the run.", "type": "boolean" },
            "problem": { "description": "Why no lesson could be run at all.", "type": "string" },
            "remedy": { "description": "What to try next.", "type": "string" },
            "scenarios": { "description": "A lesson each, as named.", "type": "array", "items": { "$ref": "#/$defs/scenario" } }
          },
          "$defs": {
            "verdict": {
              "description": "Of several the worst: inconclusive before failed before passed.",
              "enum": ["passed", "failed", "inconclusive", "notRun"]
            },
            "scenario": {
              "type": "object",
              "required": ["path", "title", "verdict", "interrupted", "pages", "notes", "recordings", "provisioning", "duration"],
              "properties": {
                "path": { "description": "As the user named it.", "type": "string" },
                "title": { "description": "Empty when the lesson can't be read.", "type": "string" },
                "verdict": { "$ref": "#/$defs/verdict" },
                "problem": { "description": "Why the lesson is inconclusive.", "type": "string" },
                "remedy": { "description": "What to try next.", "type": "string" },
                "problemLog": { "description": "The end of the log that explains the problem.", "type": "string" },
                "interrupted": { "description": "The user ended the run.", "type": "boolean" },
                "position": { "description": "Where an interrupted run was.", "type": "string" },
                "notes": { "$ref": "#/$defs/texts" },
                "provisioning": { "description": "How long the lab took.", "type": "number", "minimum": 0 },
                "duration": { "description": "Everything, the lab included.", "type": "number", "minimum": 0 },
                "recordings": { "type": "array", "items": { "$ref": "#/$defs/recording" } },
                "pages": { "type": "array", "items": { "$ref": "#/$defs/page" } }
              }
            },
            "recording": {
              "type": "object",
              "required": ["terminal", "path"],
              "properties": {
                "terminal": { "type": "string", "pattern": "^T[0-9]+$" },
                "path": { "type": "string" },
                "problem": { "description": "Why it isn't complete.", "type": "string" }
              }
            },
            "page": {
              "type": "object",
              "required": ["title", "role", "file", "actions", "links", "scripts", "fileBlocks", "quizzes", "notes"],
              "properties": {
                "title": { "type": "string" },
                "role": { "description": "One member: intro, step (with its number), finish or alone.", "type": "object" },
                "file": { "type": "string" },
                "notes": { "$ref": "#/$defs/texts" },
                "actions": { "type": "array", "items": { "$ref": "#/$defs/action" } },
                "links": { "type": "array", "items": { "$ref": "#/$defs/part" } },
                "scripts": { "type": "array", "items": { "$ref": "#/$defs/part" } },
                "fileBlocks": { "type": "array", "items": { "$ref": "#/$defs/part" } },
                "quizzes": { "type": "array", "items": { "$ref": "#/$defs/part" } }
              }
            },
            "action": {
              "type": "object",
              "required": ["action", "verdict", "duration", "attempts", "samples", "output", "screen", "notes"],
              "properties": {
                "action": { "$ref": "#/$defs/click" },
                "terminal": { "description": "Where it was typed.", "type": "string" },
                "verdict": { "$ref": "#/$defs/verdict" },
                "duration": { "type": "number", "minimum": 0 },
                "attempts": { "description": "How often it was typed.", "type": "integer", "minimum": 0 },
                "problem": { "description": "What is wrong, in one sentence.", "type": "string" },
                "samples": { "type": "array", "items": { "$ref": "#/$defs/sample" } },
                "output": { "description": "What it printed, as a person sees it.", "type": "string" },
                "screen": { "$ref": "#/$defs/texts" },
                "timeout": { "description": "What was going on when its time was over.", "type": "object" },
                "takenBy": { "description": "The program that took a command for the shell.", "type": "string" },
                "consequenceOf": {
                  "description": "Where an earlier action failed that may have caused this failure.", "$ref": "#/$defs/place"
                },
                "showsError": { "description": "It passed, and printed an error.", "type": "boolean" },
                "notes": { "$ref": "#/$defs/texts" }
              }
            },
            "click": {
              "type": "object",
              "required": ["place", "text", "kind"],
              "properties": {
                "place": { "$ref": "#/$defs/place" },
                "text": { "type": "string" },
                "kind": { "enum": ["execute", "copy", "open", "ctrl-seq", "interrupt"] },
                "terminal": { "type": "integer", "minimum": 1 },
                "host": { "type": "integer", "minimum": 1 },
                "pressesReturn": { "type": "boolean" },
                "tags": { "$ref": "#/$defs/texts" },
                "directives": { "description": "What the author's comment asks for.", "type": "object" }
              }
            },
            "sample": {
              "type": "object",
              "required": ["place", "wording", "source", "verdict", "differences", "explanation"],
              "properties": {
                "place": { "$ref": "#/$defs/place" },
                "wording": { "enum": ["exact", "similar"] },
                "source": { "enum": ["output", "screen"] },
                "verdict": { "$ref": "#/$defs/verdict" },
                "differences": { "$ref": "#/$defs/texts" },
                "notes": { "$ref": "#/$defs/texts" },
                "explanation": { "description": "Both sides, the differing parts marked.", "type": "string" }
              }
            },
            "part": {
              "description": "A link, script, file block or question, under a member of that name or with a file, and what looking at it showed.",
              "type": "object",
              "required": ["verdict"],
              "properties": { "verdict": { "$ref": "#/$defs/verdict" }, "problem": { "type": "string" } },
              "additionalProperties": {}
            },
            "place": {
              "description": "Lines and columns count from 1.",
              "type": "object",
              "required": ["file", "line", "column"],
              "properties": {
                "file": { "type": "string" },
                "line": { "type": "integer", "minimum": 1 },
                "column": { "type": "integer", "minimum": 1 }
              }
            },
            "texts": { "type": "array", "items": { "type": "string" } }
          }
        }

        """#
}
