import Lessons

/// What must hold of a value, unified over every place where the sample shows one of its kind.
indirect enum Shape: Sendable {
    case object(ObjectShape)
    case list(ListShape)
    /// A string that holds JSON, compared by what it holds.
    case embedded(Shape)
    case leaf(Leaf)
    /// The sample shows values of different kinds here; each alternative is as good.
    case mixed([Shape])

    /// - Parameter wording: Leaves out what no comparison under this wording asks for.
    init(
        _ literals: [Literal], key: String = "", fieldClasses: [String: String] = [:], path: String = "",
        wording: Wording? = nil
    ) {
        var objects: [Literal] = []
        var lists: [Literal] = []
        var embedded: [Literal] = []
        var scalars: [Literal] = []
        for literal in literals {
            switch literal.kind {
            case .object: objects.append(literal)
            case .list: lists.append(literal)
            case .string(let text):
                if let inner = LiteralParser.whole(text) {
                    embedded.append(inner.moved(to: literal.line))
                } else {
                    scalars.append(literal)
                }
            default: scalars.append(literal)
            }
        }
        var shapes: [Shape] = []
        if !objects.isEmpty { shapes.append(.object(ObjectShape(objects, fieldClasses, path, wording))) }
        if !lists.isEmpty { shapes.append(.list(ListShape(lists, key, fieldClasses, path, wording: wording))) }
        if !embedded.isEmpty {
            shapes.append(
                .embedded(Shape(embedded, key: key, fieldClasses: fieldClasses, path: path, wording: wording)))
        }
        if !scalars.isEmpty {
            let demanded = (fieldClasses[path] ?? fieldClasses[key]).flatMap(FieldClass.init(rawValue:))
            shapes.append(.leaf(Leaf(scalars, key: key, demanded: demanded)))
        }
        self = shapes.count == 1 ? shapes[0] : .mixed(shapes)
    }
}

struct ObjectShape: Sendable {
    /// The orders of keys that the sample shows; an object has one of them.
    let variants: [[String]]
    let fields: [String: Shape]
    let tags: [String?]
    let isElided: Bool

    init(_ objects: [Literal], _ fieldClasses: [String: String], _ path: String, _ wording: Wording?) {
        var variants: [[String]] = []
        var seen: Set<[String]> = []
        var values: [String: [Literal]] = [:]
        var tags: [String?] = []
        var isElided = false
        for case .object(let fields, let tag, let elided) in objects.map(\.kind) {
            let keys = fields.map(\.key)
            if seen.insert(keys).inserted { variants.append(keys) }
            if !tags.contains(tag) { tags.append(tag) }
            isElided = isElided || elided
            for field in fields { values[field.key, default: []].append(field.value) }
        }
        self.variants = variants
        self.tags = tags
        self.isElided = isElided
        var shapes: [String: Shape] = [:]
        for (key, literals) in values {
            let inner = path.isEmpty ? key : "\(path).\(key)"
            shapes[key] = Shape(literals, key: key, fieldClasses: fieldClasses, path: inner, wording: wording)
        }
        fields = shapes
    }
}

struct ListShape: Sendable {
    /// The lengths that the sample shows.
    let counts: Set<Int>
    let isElided: Bool
    /// The shape of every element, when all are of one kind.
    let element: Shape?
    /// The shape of each element by its place, when the sample shows this list once.
    let positions: [Shape]?

    init(
        _ lists: [Literal], _ key: String, _ fieldClasses: [String: String], _ path: String, isElided: Bool = false,
        wording: Wording? = nil
    ) {
        var counts: Set<Int> = []
        var all: [Literal] = []
        var isElided = isElided
        for case .list(let items, _, let elided) in lists.map(\.kind) {
            counts.insert(items.count)
            all += items
            isElided = isElided || elided
        }
        self.counts = counts
        self.isElided = isElided
        let kind = all.first?.kindName
        let isUniform = kind != nil && all.allSatisfy { $0.kindName == kind }
        element =
            isUniform ? Shape(all, key: key, fieldClasses: fieldClasses, path: path, wording: wording) : nil
        // Where values vary, the place of an element of one kind says nothing; a document alone is asked by its place.
        let needsPositions = wording != .similar || !isUniform || all.count == 1
        positions =
            lists.count == 1 && needsPositions
            ? all.map { Shape([$0], key: key, fieldClasses: fieldClasses, path: path, wording: wording) } : nil
    }
}

extension Literal {
    /// A number for each kind of value.
    var kindName: Int {
        switch kind {
        case .object: 0
        case .list: 1
        case .string: 2
        case .number: 3
        case .boolean: 4
        case .null: 5
        case .date: 6
        case .objectID: 7
        case .opaque: 8
        }
    }
}
