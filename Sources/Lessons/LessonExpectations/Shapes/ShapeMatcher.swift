import Lessons

/// Compares values with a shape and collects what differs, naming the field.
struct ShapeMatcher {
    /// More differences than these say nothing more.
    static let maximumDifferences = 40

    let wording: Wording
    let options: ComparisonOptions
    let fixed: FixedValues
    private var isUnordered: Bool { options.isUnordered }
    /// What an element of the outermost list is called.
    var noun = "document"
    private(set) var differences: [Difference] = []
    /// What recurring values of the sample have turned out to be, by the documented values.
    private var bindings: [String: (value: String, place: Place)] = [:]

    init(wording: Wording, options: ComparisonOptions = .init(), fixed: FixedValues = .none) {
        self.wording = wording
        self.options = options
        self.fixed = fixed
    }

    static func accepts(_ documented: Literal, _ actual: Literal, _ wording: Wording) -> Bool {
        var matcher = ShapeMatcher(wording: wording)
        matcher.match(Shape([documented]), actual, at: Path())
        return matcher.differences.isEmpty
    }

    /// Where a value is: the field's path, and the document of a list of documents.
    ///
    /// Linked to where it comes from; spelled out only when something is to be said of it.
    struct Path {
        private indirect enum Step {
            case root
            case key(Step, String)
            case index(Step, Int)
        }

        private var step = Step.root
        private(set) var element: Int?
        private(set) var count = 0

        var isRoot: Bool { if case .root = step { true } else { false } }

        func appending(_ key: String) -> Path {
            var path = self
            path.step = .key(step, key)
            return path
        }

        func indexed(_ index: Int, of count: Int) -> Path {
            var path = self
            if isRoot, element == nil {
                path.element = index
                path.count = count
            } else {
                path.step = .index(step, index)
            }
            return path
        }

        /// `customer.email`, `items[2].price`
        var field: String {
            var parts: [String] = []
            var step = step
            while true {
                switch step {
                case .root: return parts.reversed().joined()
                case .key(let outer, let key):
                    if case .root = outer { parts.append(key) } else { parts.append("." + key) }
                    step = outer
                case .index(let outer, let index):
                    parts.append("[\(index)]")
                    step = outer
                }
            }
        }
    }

    /// Where a recurring value stood first; spelled out only when it is another later.
    enum Place {
        case field(Path)
        case line(Int)

        var text: String {
            switch self {
            case .field(let path): path.field
            case .line(let number): "line \(number)"
            }
        }
    }

    mutating func match(_ shape: Shape, _ actual: Literal, at path: Path) {
        guard differences.count < Self.maximumDifferences else { return }
        switch shape {
        case .object(let object):
            guard case .object(let fields, let tag, _) = actual.kind else {
                return report(path, "expected an object, got \(actual.phrase)", "an object", actual)
            }
            match(object, fields, tag, actual, at: path)
        case .list(let list):
            guard case .list(let items, _, let isElided) = actual.kind else {
                return report(path, "expected a list, got \(actual.phrase)", "a list", actual)
            }
            match(list, items, isElided: isElided, actual, at: path)
        case .embedded(let inner):
            guard case .string(let text) = actual.kind else {
                return report(path, "expected a string that holds JSON, got \(actual.phrase)", "a string", actual)
            }
            guard let held = LiteralParser.whole(text) else {
                return report(path, "expected a string that holds JSON, got \(actual.phrase)", "JSON", actual)
            }
            match(inner, held.moved(to: actual.line), at: path)
        case .leaf(let leaf):
            if let objection = leaf.objection(to: actual, wording, fixed: fixed) {
                report(path, objection, leaf.values[0].inline, actual, documented: leaf.values[0].line)
            } else {
                bind(leaf, actual, at: path)
            }
        case .mixed(let alternatives):
            var best: ShapeMatcher?
            for alternative in alternatives {
                var attempt = self
                attempt.match(alternative, actual, at: path)
                if best.map({ attempt.differences.count < $0.differences.count }) ?? true { best = attempt }
            }
            if let best { self = best }
        }
    }

    // MARK: Objects

    private mutating func match(
        _ object: ObjectShape, _ fields: [Literal.Field], _ tag: String?, _ actual: Literal, at path: Path
    ) {
        if !object.tags.contains(tag) {
            report(
                path,
                "expected \(object.tags[0].map { "an object of class \($0)" } ?? "a plain object"), got \(actual.phrase)",
                object.tags[0] ?? "", actual)
        }
        let isKnown = object.variants.contains { variant in
            variant.count == fields.count && zip(variant, fields).allSatisfy { $0 == $1.key }
        }
        if !isKnown { compareKeys(object, fields.map(\.key), actual, at: path) }
        for field in fields {
            guard let shape = object.fields[field.key] else { continue }
            match(shape, field.value, at: path.appending(field.key))
        }
    }

    private mutating func compareKeys(_ object: ObjectShape, _ keys: [String], _ actual: Literal, at path: Path) {
        let present = Set(keys)
        // The variant that has most in common names the fewest fields.
        let variant =
            object.variants.max { left, right in
                score(left, present) < score(right, present)
            } ?? []
        let wanted = Set(variant)
        let missing = variant.filter { !present.contains($0) }
        let extra = keys.filter { !wanted.contains($0) }
        var replaced: Set<String> = []
        for key in missing {
            let place = variant.firstIndex(of: key) ?? 0
            let substitute = place < keys.count && extra.contains(keys[place]) ? keys[place] : nil
            if let substitute { replaced.insert(substitute) }
            report(
                path.appending(key), substitute.map { "missing; found \"\($0)\" instead" } ?? "missing", key, nil,
                actualLine: actual.line)
        }
        if !object.isElided, !options.showsPart {
            for key in extra where !replaced.contains(key) {
                report(path.appending(key), "not in the sample", nil, nil, actualLine: actual.line, got: key)
            }
        }
        let count = keys.count - present.count
        if count > 0 {
            let twice = keys.first { key in keys.filter { $0 == key }.count > 1 } ?? ""
            report(path.appending(twice), "appears twice", nil, nil, actualLine: actual.line, got: twice)
        }
        let order = keys.filter(wanted.contains)
        let documented = variant.filter(present.contains)
        if !isUnordered, !options.keysMayMove, missing.isEmpty, order != documented, count == 0 {
            let index = zip(order, documented).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
            let before = index > 0 ? "after \(documented[index - 1])" : "first"
            report(
                path.appending(documented[index]),
                "expected \(before), got \(order[index]) there: the order of the keys differs",
                documented.joined(separator: ", "), nil, actualLine: actual.line, got: order.joined(separator: ", "))
        }
    }

    private func score(_ variant: [String], _ present: Set<String>) -> Int {
        variant.reduce(0) { $0 + (present.contains($1) ? 1 : -1) }
    }

    // MARK: Lists

    /// Documents that are one after the other in a text; more of them may still come.
    mutating func matchDocuments(_ list: ListShape, _ documents: Documents) {
        noun = documents.noun
        if let positions = list.positions, positions.count == 1, documents.literals.count == 1, documents.kind != .table
        {
            match(positions[0], documents.literals[0], at: Path())
        } else {
            match(list, documents.literals, nil, at: Path())
        }
    }

    private mutating func match(
        _ list: ListShape, _ items: [Literal], isElided: Bool = false, _ actual: Literal?, at path: Path
    ) {
        compareCount(list, items, at: path, actual)
        if wording == .similar || list.positions == nil, let element = list.element {
            for (index, item) in items.enumerated() {
                matchElement(
                    element, item, at: path.indexed(index, of: items.count), isolated: list.counts.max() ?? 0 > 1)
            }
        } else if let positions = list.positions {
            if isUnordered {
                matchUnordered(positions, items, at: path)
            } else if list.isElided || options.showsPart || options.goesOn {
                matchElided(positions, list.element, items, at: path)
            } else {
                for (index, item) in items.enumerated() where index < positions.count {
                    match(positions[index], item, at: path.indexed(index, of: items.count))
                }
            }
        }
    }

    private mutating func compareCount(_ list: ListShape, _ items: [Literal], at path: Path, _ actual: Literal?) {
        guard let most = list.counts.max(), let least = list.counts.min() else { return }
        // A sample that shows the list several times at several lengths shows that its length varies.
        let isFree = list.counts.count > 1
        let fits =
            list.isElided || options.showsPart || options.goesOn
            ? items.count >= max(1, least)
            : isFree ? items.count >= min(1, least) : items.count == most
        guard !fits else { return }
        var noun = "elements"
        if case .object = list.element, path.isRoot { noun = self.noun + "s" }
        let expected = list.isElided || isFree ? "at least \(max(1, least))" : "\(most)"
        if most == 1 { noun.removeLast() }
        let sentence = "\(expected) \(noun) expected, got \(items.isEmpty ? "none" : "\(items.count)")"
        report(
            path, sentence, "\(expected) \(noun)", nil, actualLine: actual?.line, got: "\(items.count)",
            isShort: actual == nil && items.count < least)
    }

    /// Values that recur do so within one element; each element has its own.
    private mutating func matchElement(_ shape: Shape, _ item: Literal, at path: Path, isolated: Bool) {
        let outer = bindings
        if isolated { bindings = [:] }
        match(shape, item, at: path)
        if isolated { bindings = outer }
    }

    /// The documented elements occur in order; those between have the same shape.
    private mutating func matchElided(_ positions: [Shape], _ element: Shape?, _ items: [Literal], at path: Path) {
        var next = 0
        for (index, item) in items.enumerated() {
            if next < positions.count {
                var attempt = self
                attempt.match(positions[next], item, at: path.indexed(index, of: items.count))
                if attempt.differences.count == differences.count {
                    self = attempt
                    next += 1
                    continue
                }
                if items.count - index <= positions.count - next {
                    self = attempt
                    next += 1
                    continue
                }
            }
            guard let element else { continue }
            var between = ShapeMatcher(wording: .similar)
            between.match(element, item, at: path.indexed(index, of: items.count))
            differences += between.differences
        }
    }

    private mutating func matchUnordered(_ positions: [Shape], _ items: [Literal], at path: Path) {
        var open = Array(positions.indices)
        for (index, item) in items.enumerated() {
            var best: (slot: Int, attempt: ShapeMatcher)?
            for slot in open.indices {
                var attempt = self
                attempt.match(positions[open[slot]], item, at: path.indexed(index, of: items.count))
                if best.map({ attempt.differences.count < $0.attempt.differences.count }) ?? true {
                    best = (slot, attempt)
                }
                if attempt.differences.count == differences.count { break }
            }
            guard let best else { return }
            self = best.attempt
            open.remove(at: best.slot)
        }
    }

    // MARK: Recurrence

    private mutating func bind(_ leaf: Leaf, _ actual: Literal, at path: Path) {
        guard let documented = leaf.recurrence else { return }
        if let objection = bind(documented, actual.plain, leaf.fieldClass, at: .field(path)) {
            report(path, objection, leaf.values[0].inline, actual, documented: leaf.values[0].line)
        }
    }

    /// Notes what a recurring value of the sample is in the output; says what is wrong when it was another before.
    mutating func bind(
        _ documented: String, _ actual: String, _ fieldClass: FieldClass, at place: Place
    ) -> String? {
        guard let bound = bindings[documented] else {
            bindings[documented] = (actual, place)
            return nil
        }
        guard bound.value != actual else { return nil }
        return "expected \"\(bound.value)\", the same \(fieldClass.noun) as \(bound.place.text), got \"\(actual)\""
    }

    // MARK: Reports

    mutating func report(
        _ path: Path, _ objection: String, _ expected: String?, _ actual: Literal?, documented: Int? = nil,
        actualLine: Int? = nil, got: String? = nil, isShort: Bool = false
    ) {
        let place = path.element.map { path.count > 1 ? "\(noun) \($0 + 1) of \(path.count)" : "" } ?? ""
        let name = path.field
        let subject = name.isEmpty ? "" : "\(name): "
        let field = path.element.map { name.isEmpty ? "[\($0)]" : "[\($0)].\(name)" } ?? name
        var difference = Difference(
            path: field.isEmpty ? nil : field, sentence: subject + objection, expected: expected,
            actual: got ?? actual?.inline, documentedLine: documented.map { $0 + 1 },
            actualLine: (actual?.line ?? actualLine).map { $0 + 1 }, mayStillMatch: isShort)
        difference.place = place
        differences.append(difference)
    }
}

extension FieldClass {
    fileprivate var noun: String {
        phrase.split(separator: " ", maxSplits: 1).last.map(String.init) ?? phrase
    }
}
