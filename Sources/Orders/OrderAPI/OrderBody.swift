import FoundationEssentials
import Orders

extension NewOrder {
    /// Reads the body of a `POST /orders`; fields that are not known are ignored.
    ///
    /// - Throws: ``OrderError/invalid(field:problem:)``, naming the field, or `body` when it is not a JSON object.
    init(body: Data) throws {
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Fields.self, from: body)
        } catch DecodingError.typeMismatch {
            throw OrderError.invalid(field: "body", problem: "must be a JSON object")
        } catch is DecodingError {
            throw OrderError.invalid(field: "body", problem: "is not valid JSON")
        }
        try self.init(
            description: fields.description, quantity: fields.quantity, email: fields.email,
            firstName: fields.firstName, lastName: fields.lastName)
    }
}

/// The fields as JSON has them; `null` is as good as missing.
private struct Fields: Decodable {
    let description: String
    let quantity: Int
    let email: String
    let firstName: String?
    let lastName: String?

    private enum CodingKeys: CodingKey {
        case description, quantity, email, firstName, lastName
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)

        func optional<Value: Decodable>(_ key: CodingKeys, _ kind: String) throws -> Value? {
            do {
                return try object.decodeIfPresent(Value.self, forKey: key)
            } catch {
                throw OrderError.invalid(field: key.stringValue, problem: "must be \(kind)")
            }
        }
        func required<Value: Decodable>(_ key: CodingKeys, _ kind: String) throws -> Value {
            guard let value: Value = try optional(key, kind) else {
                throw OrderError.invalid(field: key.stringValue, problem: "is missing")
            }
            return value
        }

        description = try required(.description, "a string")
        quantity = try required(.quantity, "a whole number")
        email = try required(.email, "a string")
        firstName = try optional(.firstName, "a string")
        lastName = try optional(.lastName, "a string")
    }
}
