import ShellLiterals

extension Evaluator {
    /// What `value.name` is: a field, a method, or for a database and a collection the collection of that name.
    func member(_ name: String, of value: Value) throws -> Value {
        switch value {
        case .database(let database):
            if let method = DatabaseMethods.all[name] {
                return .function(Function(name: name) { try method(self, database, $0) })
            }
            return .collection(Namespace(database: database, collection: name))
        case .collection(let namespace):
            if let method = CollectionMethods.all[name] {
                return .function(Function(name: name) { try method(self, namespace, $0) })
            }
            return .collection(Namespace(database: namespace.database, collection: "\(namespace.collection).\(name)"))
        case .cursor(let cursor):
            guard let method = CursorMethods.method(name, of: cursor) else { return .undefined }
            return .function(Function(name: name) { try method(self, cursor, $0) })
        case .list(let list): return ListMethods.member(name, of: list)
        case .object(let object): return object[name] ?? ObjectMethods.member(name, of: object)
        case .error(let error): return member(name, of: error)
        case .literal(let literal): return try LiteralMethods.member(name, of: literal)
        case .function(let function): return Builtins.member(name, of: function, in: self) ?? .undefined
        }
    }

    private func member(_ name: String, of error: ShellError) -> Value {
        switch name {
        case "name": .string(error.name)
        case "message": .string(error.message)
        case "codeName": error.codeName.map { .string($0) } ?? .undefined
        case "stack": .string("\(error)")
        case "toString": .function(Function(name: name) { _ in .string("\(error)") })
        default: .undefined
        }
    }
}
