import Foundation

/// Looks whether a JSON document is what a JSON Schema (draft 2020-12) describes.
///
/// It knows the keywords that our schemas use; any other one is an objection, so that none is passed over.
package struct SchemaCheck {
    private let root: [String: Any]

    private static let annotations: Set = ["$schema", "$id", "$defs", "title", "description", "default", "examples"]

    /// Members that the schema doesn't describe are objected to, even where it leaves room for later ones.
    private let isClosed: Bool

    package init(_ schema: String, isClosed: Bool = false) throws {
        self.isClosed = isClosed
        let value = try JSONSerialization.jsonObject(with: Data(schema.utf8))
        guard let root = value as? [String: Any] else { throw CocoaError(.coderReadCorrupt) }
        self.root = root
    }

    /// What the document has that the schema forbids, each with its place; empty for a document that the schema describes.
    package func objections(to document: String) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(document.utf8), options: .fragmentsAllowed)
        return objections(to: value, root, at: "$")
    }

    /// The examples of a definition's members, as JSON, by the member's name.
    package func examples(of definition: String) throws -> [(member: String, json: String)] {
        let object = (root["$defs"] as? [String: Any])?[definition] as? [String: Any] ?? [:]
        let properties = object["properties"] as? [String: [String: Any]] ?? [:]
        return try properties.sorted { $0.key < $1.key }.flatMap { name, property in
            try (resolved(property)["examples"] as? [Any] ?? []).map {
                (
                    name,
                    String(
                        decoding: try JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed),
                        as: UTF8.self)
                )
            }
        }
    }

    /// The names of a definition's members.
    package func members(of definition: String) -> [String] {
        let object = (root["$defs"] as? [String: Any])?[definition] as? [String: Any]
        return (object?["properties"] as? [String: Any] ?? [:]).keys.sorted()
    }

    private func resolved(_ schema: [String: Any]) -> [String: Any] {
        guard let name = (schema["$ref"] as? String)?.split(separator: "/").last else { return schema }
        return (root["$defs"] as? [String: Any])?[String(name)] as? [String: Any] ?? ["a missing definition": name]
    }

    private func objections(to value: Any, _ schema: [String: Any], at place: String) -> [String] {
        let schema = resolved(schema)
        return schema.keys.sorted().flatMap { keyword -> [String] in
            guard let argument = schema[keyword], !Self.annotations.contains(keyword) else { return [] }
            switch keyword {
            case "properties", "additionalProperties":
                return keyword == "properties" || schema["properties"] == nil
                    ? members(of: value, schema, at: place) : []
            case "items":
                let items = value as? [Any] ?? []
                return items.enumerated().flatMap {
                    objections(to: $1, argument as? [String: Any] ?? [:], at: "\(place)[\($0)]")
                }
            case "anyOf":
                let choices = argument as? [[String: Any]] ?? []
                return choices.contains { objections(to: value, $0, at: place).isEmpty }
                    ? [] : ["\(place) is none of its forms"]
            default:
                return isMet(keyword, argument, by: value) ? [] : ["\(place): \(keyword) \(argument), found \(value)"]
            }
        }
    }

    private func members(of value: Any, _ schema: [String: Any], at place: String) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        return (value as? [String: Any] ?? [:]).sorted { $0.key < $1.key }.flatMap { name, member -> [String] in
            if let property = properties[name] { return objections(to: member, property, at: "\(place).\(name)") }
            if let others = schema["additionalProperties"] as? [String: Any] {
                return objections(to: member, others, at: "\(place).\(name)")
            }
            let isOpen = schema["additionalProperties"] as? Bool != false && !(isClosed && schema["properties"] != nil)
            return !isOpen ? ["\(place).\(name) is not described"] : []
        }
    }

    private func isMet(_ keyword: String, _ argument: Any, by value: Any) -> Bool {
        let number = (value as? NSNumber)?.doubleValue
        let limit = (argument as? NSNumber)?.doubleValue ?? .nan
        switch keyword {
        case "type": return (argument as? [String] ?? [argument as? String ?? ""]).contains { isOf($0, value) }
        case "required": return (argument as? [String] ?? []).allSatisfy { (value as? [String: Any])?[$0] != nil }
        case "enum", "const":
            return ((argument as? [Any]) ?? [argument]).contains { "\($0)" == "\(value)" }
        case "pattern":
            return (value as? String)?.range(of: argument as? String ?? "", options: .regularExpression) != nil
        case "minimum": return number.map { $0 >= limit } ?? true
        case "maximum": return number.map { $0 <= limit } ?? true
        case "minLength": return (value as? String).map { Double($0.count) >= limit } ?? true
        case "minItems": return (value as? [Any]).map { Double($0.count) >= limit } ?? true
        default: return false
        }
    }

    private func isOf(_ type: String, _ value: Any) -> Bool {
        let isBoolean = (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
        switch type {
        case "object": return value is [String: Any]
        case "array": return value is [Any]
        case "string": return value is String
        case "null": return value is NSNull
        case "boolean": return isBoolean
        case "number": return value is NSNumber && !isBoolean
        case "integer":
            return !isBoolean && (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } == true
        default: return false
        }
    }

}
