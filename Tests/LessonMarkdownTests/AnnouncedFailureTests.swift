import Lessons
import Testing

@testable import LessonMarkdown

/// The actions of a page that it says to fail, by their texts.
private func announced(_ page: String) -> [String: AnnouncedFailure] {
    Dictionary(
        uniqueKeysWithValues: read(page).actions.compactMap { action in
            action.announcedFailure.map { (action.text, $0) }
        })
}

@Suite struct AnnouncedFailureTests {
    @Test(
        "a sentence before the command says that it fails",
        arguments: [
            "Start it once more. It fails, since the port is taken:", "Try to read it. This won't work yet:",
            "Now try it as a guest; you'll get an error:", "Run it again: it should be refused.",
            "The next command will fail:", "Try it without the key, which results in an error:",
            "Let's try the same with a box that does not exist:", "If you run it now, you'll see an error:",
            "Execute it and see how the shell complains:", "Run the check, which exits with status 1:",
            "Try to write there. Permission denied, you will learn:",
        ])
    func before(_ sentence: String) {
        #expect(
            announced("# P\n\n`ls`{{exec}}\n\nFine.\n\n\(sentence)\n\n`./open-box`{{exec}}\n").keys.sorted() == [
                "./open-box"
            ])
    }

    @Test(
        "a sentence behind the command says that it fails",
        arguments: [
            "As you can see, that failed because nobody may read it.",
            "It says `Permission denied`, since nobody may read it.",
            "You'll get an error. Now make it readable:",
            "Notice how you get a permission denied error, look at it with:",
            "That did not work. Let's fix it:", "The command fails with a non-zero exit status.",
        ])
    func behind(_ sentence: String) {
        #expect(
            announced("# P\n\n`cat secret`{{exec}}\n\n\(sentence)\n\n`ls -l`{{exec}}\n").keys.sorted() == ["cat secret"]
        )
    }

    @Test(
        "a sentence that only speaks of errors announces none",
        arguments: [
            "If you get an error, start again.", "There should be no errors.", "It runs without errors:",
            "The error log is empty:", "This should not fail.", "It never fails:", "It may fail when the disk is full.",
            "Failed units are listed here:", "Create the directory, since it does not exist yet:",
            "In case it fails, try again:", "This fixes the error:", "See the status page:",
            "Any errors are written to standard error:", "The exit status is 0:",
        ])
    func none(_ sentence: String) {
        #expect(announced("# P\n\n`date`{{exec}}\n\n\(sentence)\n\n`ls`{{exec}}\n").isEmpty)
    }

    @Test("only a page that speaks of a missing command announces one")
    func missingCommand() {
        #expect(
            announced("# P\n\nThis fails, as it isn't installed yet:\n\n`boxctl`{{exec}}\n") == [
                "boxctl": .missingCommand
            ])
        #expect(announced("# P\n\nThis fails:\n\n`boxctl`{{exec}}\n") == ["boxctl": .failure])
    }

    @Test("the same command with its output led elsewhere fails as it did, and the same command alone does not")
    func again() {
        let page = """
            # P

            Let's try it with a box that does not exist:

            `ls /box`{{exec}}

            `ls /box 2> errors`{{exec}}

            Make one: `mkdir /box`{{exec}}

            `ls /box`{{exec T2}}
            """
        let actions = read(page).actions
        #expect(actions.map { $0.announcedFailure != nil } == [true, true, false, false])
    }

    @Test("a heading announces nothing")
    func heading() {
        #expect(announced("# Permission denied\n\n`ls`{{exec}}\n").isEmpty)
    }
}

@Suite struct ExtentTests {
    private func sample(_ sentence: String, sample: String = "7\n8") -> Lessons.Sample? {
        read("# P\n\n`seq 1 20`{{exec}}\n\n\(sentence)\n\n```\n\(sample)\n```\n").samples.first
    }

    @Test(
        "words announce a part of the output",
        arguments: [
            "The output should include:", "Your output contains these rows:", "The first lines look like this:",
            "You should see a line like this:", "At the end of the output you'll see:", "The output starts with:",
            "Here is an excerpt of the output:", "Somewhere in the output you'll find:",
            "The last line of the output is:",
            "Look for the line that says seven in the output:", "You'll see, among others:",
            "This is part of the output:", "The relevant part of the log is shown:", "You'll see the following line:",
            "A truncated output is shown:", "The beginning of the output looks like this:",
            "The output will have a line similar to:",
        ])
    func part(_ sentence: String) {
        #expect(sample(sentence)?.extent == .part, "\(String(describing: sample(sentence)))")
        #expect(sample(sentence)?.comparison == .contains)
    }

    @Test(
        "other words announce all of it",
        arguments: [
            "You'll get the following output:", "The output is:", "You should see:", "The end result is:",
            "You'll get output similar to the following:", "The command line prints:",
        ])
    func whole(_ sentence: String) {
        #expect(sample(sentence)?.extent == .whole)
    }

    @Test("an author's word goes before the sentence")
    func directive() {
        let page = read("# P\n\n`seq 3`{{exec}}\n\nThe output includes:\n\n<!-- lectern: regex -->\n```\n[0-9]\n```\n")
        #expect(page.samples.first?.comparison == .regex)
    }

    @Test("the line at which a sample stands is read from the sentence before it")
    func lineNumber() {
        #expect(sample("You should see the word at Line 4:")?.lineNumber == 4)
        #expect(sample("You should see it on the command line:")?.lineNumber == nil)
    }
}

@Suite struct NoOutputTests {
    private func samples(_ page: String) -> [String] {
        read(page).samples.map(\.text)
    }

    @Test("what a page works out itself is no sample")
    func told() {
        for sentence in [
            "Any number of throws follows these formulas:", "By hand, it is:", "So, here are the equations:",
        ] {
            #expect(
                samples("# P\n\n`echo 0.5`{{exec}}\n\n\(sentence)\n\n```\nP(A) = 1 / 2\n```\n").isEmpty, "\(sentence)")
        }
        #expect(samples("# P\n\n`echo 0.5`{{exec}}\n\nThe output of the formula is:\n\n```\n0.5\n```\n") == ["0.5"])
    }

    @Test("an equation behind prose of its own is no sample, and one right behind the command is")
    func equation() {
        let block = "```\nQ(a or b) = Q(a) + Q(b)\n```\n"
        #expect(samples("# P\n\n`python3 sum.py`{{exec}}\n\nWithout that work, a rule tells it:\n\n\(block)").isEmpty)
        #expect(samples("# P\n\n`python3 sum.py`{{exec}}\n\n\(block)").count == 1)
    }

    @Test("names to define are no samples")
    func names() {
        #expect(samples("# P\n\n`cd /srv`{{exec}}\n\n- Output name: `tea_count`\n- Result: `tea`\n").isEmpty)
    }

    @Test("a here-document that goes into a file prints nothing")
    func hereDocument() {
        let page =
            "# P\n\n```\ncat <<-'END' > tea.conf\nkind = green\nEND\n```{{exec}}\n\nIt should now look like this:\n\n```\nkind = green\n```\n"
        #expect(samples(page).isEmpty)
        #expect(HereDocument.removed(from: "cat <<A <<B\n1\nA\n2\nB\necho x") == "cat <<A <<B\necho x")
        #expect(HereDocument.removed(from: "cat <<< x\necho y") == "cat <<< x\necho y")
        #expect(HereDocument.removed(from: "echo $((1 << 3))\necho y") == "echo $((1 << 3))\necho y")
    }
}

@Suite struct EditorSampleTests {
    private func samples(_ page: String) -> [String] {
        read(page).samples.map { "\($0.text) \($0.wording.rawValue)" }
    }

    @Test("a block that the words place at a line is a sample while an editor is open, and claims no output")
    func notice() {
        let page =
            "# P\n\n`vi tea.swift`{{exec}}\n\nThen:\n\n`:4`{{exec}}\n\nNotice the statement at line 4. It boils:\n\n```swift\nboil(tea)\n```\n"
        #expect(samples(page) == ["boil(tea) unmarked"])
        #expect(read(page).samples.first?.lineNumber == 4)
    }

    @Test("a block to write at a line is none, nor one after the editor was left")
    func others() {
        #expect(
            samples("# P\n\n`vi tea.swift`{{exec}}\n\nGo to line 4 and change it to:\n\n```swift\nboil(cup)\n```\n")
                .isEmpty)
        #expect(
            samples(
                "# P\n\n`vi tea.swift`{{exec}}\n\n`:q!`{{exec}}\n\nNotice the statement at line 4:\n\n```swift\nboil(cup)\n```\n"
            ).isEmpty)
    }
}
