import MongoShell
import SeededNumbers
import ShellLiterals
import Testing

/// Inputs that nobody meant: every one must come back with a reply, soon.
struct FuzzTests {
    private static let seeds = [
        "db.orders.find({a: {$gt: 1}, b: [1, 'x', /y/i]}, {_id: 0}).sort({a: -1}).limit(3)",
        "db.c.insertOne({a: ISODate('2020-01-01'), b: `x${1+1}`})",
        "let x = [1,2].map(v => ({v, w: v ** 2})); x.filter(y => y.v > 1)",
        "db['a'].aggregate([{$match: {}}, {$group: {_id: '$a', n: {$sum: 1}}}])",
        "use x; show dbs", "new Date(2020, 1, 1) ?? null", "a?.b ? 1e-5 : .5 // c",
        "for (let i = 0; i < 3; i++) { if (i % 2) continue; print(i) }", "for (const [k, v] of [[1, 2]]) print(k, v)",
        "try { throw new Error('x') } catch ({message}) { print(message) } finally { a = 1 }",
        "function f(a, ...b) { return b.length ? f(...b) : a } f(1, 2, 3)",
        "const {a, b: [c, d = 5], ...e} = {a: 1, b: [2], z: 0}; [a, c, d, e]",
        "o = {a: 1}; o.b = o; o.a += 2; delete o.a; o", "l = []; while (l.length < 9) l.push(l); l.sort()",
        "'a-b'.split('-').map(s => s.padStart(4, '*')).join() + 'x'.replace(/x/g, '$&y')",
        "do { n = Math.max(1, 2) } while (false); switch", "`a${`b${1}`}`", "JSON.parse('[1]').concat(new Array(3))",
        "ObjectId('0123456789abcdef01234567')", "f = (a, b) => { return a / b }; f(1, 2)",
    ]

    private struct EmptyServer: MongoServer {
        func run(_ command: LiteralObject, on database: String) throws -> LiteralObject {
            // What can be written must be read back the same way.
            _ = try BSONReader.document(in: try BSONWriter.bytes(of: command))
            return ["ok": 1, "cursor": ["firstBatch": [["a": 1]], "id": .long(0)]]
        }
    }

    private func feed(_ text: String) {
        // A mutated loop may have no end; asked the first time, 1,024 steps on, this one has.
        var questions = 0
        let session = MongoShellSession(
            server: EmptyServer(), database: "r",
            isInterrupted: {
                questions += 1
                return questions > 0
            }, print: { _ in })
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { _ = session.enter(String(line)) }
        _ = session.finish()
        #expect(!session.isContinuing)
    }

    @Test func randomBytesAreSurvived() {
        var generator = SplitMix(state: 1)
        for _ in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            feed(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func mutatedExpressionsAreSurvived() {
        var generator = SplitMix(state: 2)
        let alphabet = Array("{}[]()'\"`$.,:;=>?/\\+-*!&|<%~^0123456789abx_ \n")
        for round in 0..<6000 {
            var text = Array(Self.seeds[round % Self.seeds.count])
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                let place = Int.random(in: 0..<text.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: text.remove(at: place)
                case 1: text.insert(alphabet.randomElement(using: &generator) ?? "x", at: place)
                case 2: text[place] = alphabet.randomElement(using: &generator) ?? "x"
                default: text += text[place...].prefix(20)
                }
                if text.isEmpty { text = ["1"] }
            }
            feed(String(text))
        }
    }

    @Test(arguments: [
        "[", "(", "{a:", "-", "!", "a.", "a(", "x=>", "1+", "1?", "new ", "a[", "`${", "1**", "typeof ", "f=", "a?.b",
        ".a", "/*", "''+", "[[],", "{", "if(1)", "for(;;)", "while(1){", "try{", "()=>{", "function f(){", "[a]=",
        "let [",
        "do ", "`${`", "...", "a=[", "x.y=", "else ",
    ])
    func deepNestingIsRefused(piece: String) {
        feed(String(repeating: piece, count: 20_000) + "1")
        feed(String(repeating: piece, count: 150) + "1")
    }

    /// Programs put together from whole statements, nested in each other at random.
    @Test("random programs end with a reply, whatever they do")
    func randomPrograms() {
        var generator = SplitMix(state: 4)
        for _ in 0..<1500 { feed(program(depth: 4, &generator)) }
    }

    private func program(depth: Int, _ generator: inout SplitMix) -> String {
        let inner = depth > 0 ? program(depth: depth - 1, &generator) : "x = [x, x]"
        let names = ["a", "b", "c"]
        let name = names.randomElement(using: &generator) ?? "a"
        let other = names.randomElement(using: &generator) ?? "b"
        let forms = [
            "let \(name) = [\(other)]; \(inner)", "for (const \(name) of [1, 2, 'x']) { \(inner) }",
            "for (let i = 0; i < 5; i++) { \(inner) }", "while (\(name) < 3) { \(inner); \(name)++ }",
            "try { \(inner); throw \(other) } catch (\(name)) { \(other) = \(name) } finally { \(inner) }",
            "function \(name)(\(other) = 1) { \(inner) } \(name)(\(other))",
            "\(name) = (\(other)) => { \(inner) }; \(name)(\(name))",
            "if (\(name)) { \(inner) } else \(other) = {\(name)}",
            "db.c.find({\(name)}).forEach(\(other) => { \(inner) })", "\(name) += \(other); \(inner)",
            "[\(name), \(other)] = [\(other), \(name)]; \(inner)",
            "\(name) = {...\(other), f() { \(inner) }}; \(name).f()",
        ]
        return forms.randomElement(using: &generator) ?? inner
    }

    @Test("chains of a hundred thousand lists, objects and functions are let go of")
    func longChainsEnd() {
        for program in [
            "let l = []; for (let i = 0; i < 100000; i++) l = [l]; l = 0",
            "let o = {}; for (let i = 0; i < 100000; i++) o = {o}; o = 0",
            "let f = 0; for (let i = 0; i < 100000; i++) { const g = f; f = () => g } f = 0",
        ] {
            let session = MongoShellSession(server: EmptyServer(), database: "r", print: { _ in })
            #expect(session.evaluate(program) == .text("0"))
        }
    }

    @Test func randomBytesAreNoBSON() {
        var generator = SplitMix(state: 3)
        let valid =
            (try? BSONWriter.bytes(of: [
                "a": ["b": [1, "x", .null]], "c": .binary(subtype: 2, bytes: [1]), "d": .code("x", scope: [:]),
            ])) ?? []
        for _ in 0..<20_000 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? BSONReader.document(in: bytes)
            _ = try? BSONReader.document(in: Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator))))
        }
    }
}
