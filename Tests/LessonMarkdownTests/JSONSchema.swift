import Foundation
import Testing

@testable import LessonMarkdown

/// Evaluates the part of JSON Schema (draft 2020-12) that Lectern's own schema uses; any other keyword is a failure, so that none is
/// passed over.
struct JSONSchema {
    let root: IndexValue

    private static let annotations: Set = ["$schema", "$id", "$defs", "title", "description", "default", "examples"]

    init(_ text: String) throws {
        root = try JSONParser.parse(SourceText(bytes: Array(text.utf8), file: "schema.json"))
    }

    func accepts(_ value: IndexValue) -> Bool { accepts(value, root) }

    func accepts(_ value: IndexValue, _ schema: IndexValue) -> Bool {
        members(of: schema).allSatisfy { keyword, _, argument in
            switch keyword {
            case "$ref": accepts(value, resolved(argument))
            case "anyOf": argument.list?.contains { accepts(value, $0) } == true
            case "not": !accepts(value, argument)
            case "type": isOf(argument.string ?? "", value)
            case "properties":
                members(of: value).allSatisfy { key, _, member in argument[key].map { accepts(member, $0) } ?? true }
            case "patternProperties":
                members(of: value).allSatisfy { key, _, member in
                    members(of: argument).allSatisfy { !matches(key, $0.key) || accepts(member, $0.value) }
                }
            case "additionalProperties":
                members(of: value).allSatisfy { key, _, _ in
                    schema["properties"]?[key] != nil
                        || schema["patternProperties"].map(members)?.contains { matches(key, $0.key) } == true
                }
            case "maxProperties": members(of: value).count <= argument.integer ?? 0
            case "items": (value.list ?? []).allSatisfy { accepts($0, argument) }
            case "minLength": text(of: value).map { $0.unicodeScalars.count >= argument.integer ?? 0 } ?? true
            case "pattern": text(of: value).map { matches($0, argument.string ?? "") } ?? true
            case "minimum": number(of: value).map { $0 >= number(of: argument) ?? .nan } ?? true
            case "maximum": number(of: value).map { $0 <= number(of: argument) ?? .nan } ?? true
            case "exclusiveMinimum": number(of: value).map { $0 > number(of: argument) ?? .nan } ?? true
            case let other where Self.annotations.contains(other): true
            default: unknown(keyword)
            }
        }
    }

    /// The schema that `$ref` names, or the schema itself.
    func target(of schema: IndexValue) -> IndexValue { schema["$ref"].map(resolved) ?? schema }

    func definition(_ name: String) throws -> IndexValue { try #require(root["$defs"]?[name]) }

    func members(of value: IndexValue) -> [(key: String, offset: Int, value: IndexValue)] {
        if case .object(let members) = value.content { members } else { [] }
    }

    private func resolved(_ reference: IndexValue) -> IndexValue {
        let name = reference.string?.split(separator: "/").last.map(String.init) ?? ""
        guard let found = root["$defs"]?[name] else {
            Issue.record("'\(reference.string ?? "")' leads nowhere")
            return root
        }
        return found
    }

    private func unknown(_ keyword: String) -> Bool {
        Issue.record("the evaluator knows no '\(keyword)'")
        return false
    }

    private func isOf(_ type: String, _ value: IndexValue) -> Bool {
        switch (type, value.content) {
        case ("object", .object), ("array", .list), ("string", .string), ("number", .number), ("boolean", .bool): true
        case ("integer", .number): number(of: value).map { $0 == $0.rounded() } == true
        default: false
        }
    }

    private func text(of value: IndexValue) -> String? {
        if case .string(let text) = value.content { text } else { nil }
    }

    private func number(of value: IndexValue) -> Double? {
        if case .number(let text) = value.content { Double(text) } else { nil }
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }
}
