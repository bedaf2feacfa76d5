import ShellLiterals
import Testing

@testable import MongoShell

/// Programs of more than an expression, as people type them at a prompt.
struct StatementTests {
    private struct Outcome: Equatable {
        var printed: [String]
        var reply: MongoShellSession.Reply
    }

    private func outcome(_ program: String, isInterrupted: @escaping () -> Bool = { false }) -> Outcome {
        var printed: [String] = []
        let session = MongoShellSession(
            server: NoServer(), database: "r", isInterrupted: isInterrupted, print: { printed.append($0) })
        let reply = session.evaluate(program)
        return Outcome(printed: printed, reply: reply)
    }

    @Test(
        "loops, conditions and errors do what they do in JavaScript",
        arguments: [
            ("for (let i = 0; i < 3; i++) print(i)", ["0", "1", "2"]),
            ("for (const word of ['tea', 'cup']) print(word)", ["tea", "cup"]),
            ("for (const name in { a: 1, b: 2 }) print(name)", ["a", "b"]),
            ("let n = 0; while (true) { if (++n > 4) break; if (n % 2) continue; print(n) }", ["2", "4"]),
            ("let n = 9; do { print(n) } while (n < 5)", ["9"]),
            ("for (let i = 0, j = 3; i < j; i++, j--) print(i, j)", ["0 3", "1 2"]),
            ("if (0) print('yes'); else if ('') print('no'); else print('neither')", ["neither"]),
            (
                "try { throw new Error('gone') } catch (e) { print(e.message) } finally { print('end') }",
                ["gone", "end"]
            ),
            ("try { null.x } catch ({ name }) { print(name) }", ["TypeError"]),
            ("try { throw { code: 7 } } catch (e) { print(e.code) }", ["7"]),
            ("function f() { try { return 1 } finally { print('left') } } print(f())", ["left", "1"]),
            ("function f() { for (const x of [1, 2]) { if (x == 2) return 'two' } } print(f())", ["two"]),
            (
                "const calls = []; for (let i = 0; i < 3; i++) calls.push(() => i); print(calls.map(c => c()).join())",
                ["0,1,2"]
            ),
            ("print(twice(4)); function twice(x) { return 2 * x }", ["8"]),
            ("{ let inner = 1; print(inner) } print(typeof inner)", ["1", "undefined"]),
            ("function f() { if (true) { var deep = 5 } return deep } print(f())", ["5"]),
        ])
    func statementsRun(program: String, expected: [String]) {
        #expect(outcome(program).printed == expected)
    }

    @Test(
        "values have the identity and the methods that they have in JavaScript",
        arguments: [
            ("a = [1]; b = a; b.push(2); a", "[ 1, 2 ]"),
            ("o = { n: { m: 1 } }; p = o.n; p.m++; o.n.m += 3; o", "{ n: { m: 5 } }"),
            ("[[] === [], (a = []) === a]", "[ false, true ]"),
            ("o = { a: 1, b: 2 }; delete o.a; o", "{ b: 2 }"),
            ("const { a, ...rest } = { a: 1, b: 2, c: 3 }; rest", "{ b: 2, c: 3 }"),
            ("const [x, , y = 7] = [1, 2]; [x, y]", "[ 1, 7 ]"),
            ("let u = 1, v = 2; [u, v] = [v, u]; [u, v]", "[ 2, 1 ]"),
            ("((a, b = 2, ...c) => [a, b, c])(1, undefined, 3, 4)", "[ 1, 2, [ 3, 4 ] ]"),
            ("[3, 1, 10].sort()", "[ 1, 10, 3 ]"), ("[3, 1, 10].sort((a, b) => b - a)", "[ 10, 3, 1 ]"),
            ("[1, 2, 3].reduce((sum, n) => sum + n)", "6"), ("[1, [2, [3]]].flat()", "[ 1, 2, [ 3 ] ]"),
            ("[1, 2, 3, 4].splice(1, 2)", "[ 2, 3 ]"), ("[...'añb'].length", "3"),
            ("Object.entries({ a: 1 })", "[ [ 'a', 1 ] ]"), ("'a' in { a: 1 }", "true"),
            ("Math.max(1, 7, 2) + Math.round(2.5)", "10"), ("(2.345).toFixed(2) + (0.5).toFixed(0)", "2.351"),
            ("'Tea for two'.replace(/t(\\w)/gi, '<$1>')", "<e>a for <w>o"), ("/^h.t$/i.test('HAT')", "true"),
            ("'a,b;c'.split(/[,;]/)", "[ 'a', 'b', 'c' ]"), ("'ab'.repeat(2).padStart(6, '*')", "**abab"),
            ("'2020-12'.match(/(\\d+)-(\\d+)/)[2]", "12"), ("`1${`2${3}`}`", "123"),
            ("JSON.stringify({ a: [1] }, null, 1)", "{\n \"a\": [\n  1\n ]\n}"),
            ("JSON.parse('{\"a\":[-1]}').a[0]", "-1"),
            ("new Date(0).getDay() + new Date(0).getFullYear()", "1974"), ("5 & 3 | 8 ^ 1", "9"), ("1 << 4 >>> 1", "8"),
            ("x = null; x ??= 4; x ||= 5; x &&= 6", "6"), ("new RangeError('r') instanceof Error", "true"),
        ])
    func expressionsAreEvaluated(program: String, expected: String) {
        #expect(outcome(program).reply == .text(expected), "\(program)")
    }

    @Test(
        "what a program throws and nobody catches is shown",
        arguments: [
            ("throw new TypeError('bad')", "TypeError: bad"), ("throw 'text'", "Uncaught 'text'"),
            ("throw { a: 1 }", "Uncaught { a: 1 }"),
            ("const c = 1; c = 2", "TypeError: Assignment to constant variable."),
            ("for (const x of 5) {}", "TypeError: 5 is not iterable"), ("1()", "TypeError: 1 is not a function"),
            ("null.x = 1", "TypeError: Cannot set properties of null (setting 'x')"),
        ])
    func errorsAreShown(program: String, expected: String) {
        guard case .failure(let error) = outcome(program).reply else {
            Issue.record("no error")
            return
        }
        #expect(error.description == expected)
    }

    @Test(
        "what is not understood is named, with something to write in its place",
        arguments: [
            ("switch (1) {}", "'switch'"), ("class A {}", "'class'"), ("async () => 1", "'async'"),
            ("function* g() {}", "a generator"), ("for await (const x of []) {}", "'for await'"), ("this.x", "'this'"),
            ("while (1) { break outer }", "a label"),
        ])
    func unsupportedWordsAreNamed(program: String, subject: String) {
        guard case .failure(let error) = outcome(program).reply else {
            Issue.record("no error")
            return
        }
        #expect(error.message.hasPrefix("\(subject) is not supported by this stand-in for mongosh; "))
    }

    @Test("a statement that isn't whole asks for more lines")
    func statementsMayHaveSeveralLines() {
        var printed: [String] = []
        let session = MongoShellSession(server: NoServer(), database: "r", print: { printed.append($0) })
        for line in ["for (const n of [1, 2]) {", "  if (n > 1) {", "    print(n)", "  }"] {
            #expect(session.enter(line) == .nothing)
            #expect(session.prompt == "... ")
        }
        #expect(session.enter("}") == .nothing)
        #expect(session.prompt == "r> ")
        #expect(printed == ["2"])
    }

    @Test("a loop without an end stops when the user wants it, and no catch holds it up")
    func loopsCanBeInterrupted() {
        var questions = 0
        let outcome = outcome("while (true) { try { while (true) {} } catch (e) {} }") {
            questions += 1
            return questions > 3
        }
        #expect(outcome.reply == .failure(.interrupted))
        #expect(questions == 4)
    }

    @Test("a loop without an end stops by itself in the end")
    func stepsAreBounded() throws {
        var limits = Evaluator.Limits()
        limits.maxSteps = 10_000
        let evaluator = Evaluator(
            server: NoServer(), database: "r", style: .shellValue, limits: limits, print: { _ in })
        let error = #expect(throws: ShellError.self) {
            try evaluator.run(try Parser.statements(of: "while (true) {}"))
        }
        #expect(error?.message.contains("more than 10000 steps") == true)
    }

    @Test(
        "texts and lists have a bound",
        arguments: [
            ("s = 'x'; while (true) s += s", "Invalid string length"), ("'x'.repeat(1e12)", "Invalid string length"),
            ("'x'.padEnd(1e12)", "Invalid string length"), ("new Array(1e9)", "Invalid array length"),
            ("l = [1]; while (true) l = l.concat(l)", "Invalid array length"),
            ("l = []; l[1e8] = 1", "Invalid array length"),
            ("l = [1]; while (true) l = [...l, ...l]", "Invalid array length"),
            ("f = n => f(n + 1); f(0)", "Maximum call stack size exceeded"),
        ])
    func sizesAreBounded(program: String, message: String) {
        guard case .failure(let error) = outcome(program).reply else {
            Issue.record("no error")
            return
        }
        #expect(error.message == message)
    }

    @Test("lists that hold each other, or themselves, are printed without an end of the memory")
    func sharedListsArePrinted() {
        guard case .text(let text) = outcome("l = [1]; for (let i = 0; i < 60; i++) l = [l, l]; l").reply else {
            Issue.record("no text")
            return
        }
        #expect(text.contains("[Array]"))
        guard case .text = outcome("o = {}; o.o = o; o").reply else {
            Issue.record("no text")
            return
        }
    }
}
