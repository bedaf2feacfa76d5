import LessonMarkdown
import Lessons
import Testing

@Suite struct PairingTests {
    /// An action on line 1, a sentence on line 3, a block on line 5.
    private func page(_ sentence: String, language: String = "", command: String = "status", body: String = "ready")
        -> Page
    {
        read("`\(command)`{{execute}}\n\n\(sentence)\n\n```\(language)\n\(body)\n```\n")
    }

    @Test(arguments: [
        "You'll get the following output:", "You will get output as follows:", "The output will be:", "Output:",
        "**Expected output:**",
        "You should see:", "You will see the pod list.", "The command prints", "This returns:", "which displays:",
        "Result:",
        "After running the command you should see this:", "You'll get teh folowing ouput:", "The response is:",
        "#### Output",
        "You should now see three rows:", "It should show:", "Once you run it, you'll see:", "We can see the version:",
        "The output should start with:", "You'll see the output below. Nothing else matters here.",
    ])
    func sentencesThatAnnounceOutputAreExact(sentence: String) {
        #expect(page(sentence).pairs == ["5←1"])
        #expect(page(sentence).samples.first?.wording == .exact)
        #expect(page(sentence, language: "bash").pairs == ["5←1"])
    }

    @Test(arguments: [
        "You'll get output similar to the following:", "You should see something like this:",
        "The output should look like:",
        "It looks like this:", "You get output simliar to this:", "The result resembles this:", "Example output:",
        "You should see output like the following:", "You'll see something along the lines of:",
        "Sample output (ids will differ):",
    ])
    func sentencesThatCompareAreSimilar(sentence: String) {
        #expect(page(sentence).pairs == ["5←1"])
        #expect(page(sentence).samples.first?.wording == .similar)
    }

    @Test(arguments: [
        "Next, run the following command:", "Now create a file with this content:", "Paste this into `app.js`:",
        "To see the output, run the following command:", "Add these lines to the file:",
        "Copy the result and paste it here:",
        "You can run the following command:", "Change the configuration as follows:", "Use the following query:",
        "The code looks like this:", "The configuration file is as follows:", "Call it with the following data:",
    ])
    func sentencesThatInstructMakeNoSample(sentence: String) {
        #expect(page(sentence).samples.isEmpty)
    }

    @Test func blocksRightAfterAnActionAreUnmarkedSamples() {
        let page = read("`status`{{execute}}\n```\nready\n```\n")
        #expect(page.pairs == ["2←1"])
        #expect(page.samples.first?.wording == .unmarked)
        #expect(read("```\nls -l\n```{{execute T2}}\n\n```console\ntotal 0\n```").pairs == ["5←1"])
    }

    @Test(arguments: [
        "Wait until the database is there, which takes a moment.", "Note the second line.", "The cluster is up.",
    ])
    func sentencesThatSayNothingOfABlockLeaveItTheActions(sentence: String) {
        #expect(page(sentence).pairs == ["5←1"])
        #expect(page(sentence).samples.first?.wording == .unmarked)
        #expect(page("\(sentence)\n\n## Later").samples.isEmpty)
    }

    @Test(arguments: ["In `app.json`:", "In the container:", "Then there is docker-compose.yml", "The Dockerfile:"])
    func placesToWriteToMakeNoSample(sentence: String) {
        #expect(page(sentence).samples.isEmpty)
    }

    @Test func whatToDoAboutAnErrorSaysNothingOfTheBlock() {
        let page = page("You will get the following output. If you get an error, please run the command again.")
        #expect(page.samples.first?.wording == .exact)
        #expect(self.page("If you log in without a password, you will see an error:").samples.isEmpty)
    }

    @Test(arguments: [
        "user = User.new(name: \"Ann\")\nuser.save", "[InlineData(3)]\npublic void Adds(int value)\n{\n}",
        "import jq", "def total(a):\n    return a", "const path = require('path')",
    ])
    func programTextIsNoOutputUnlessTheCommandShowsFiles(code: String) {
        #expect(read("`rails console`{{execute}}\n\n```\n\(code)\n```\n").samples.isEmpty)
        #expect(read("`cat app.rb`{{execute}}\n\n```\n\(code)\n```\n").pairs == ["3←1"])
    }

    @Test func shellExamplesAreNoSamples() {
        let example = "`cat hosts`{{execute}}\n\nFor example:\n\n```bash\nsed 's/a/b/' hosts\n```\n"
        #expect(read(example).samples.isEmpty)
    }

    @Test(arguments: ["yaml", "java", "bash", "dockerfile", "notalanguage"])
    func sourceCodeWithoutASentenceIsNoSample(language: String) {
        #expect(read("`make`{{execute}}\n```\(language)\na: 1\n```\n").samples.isEmpty)
        #expect(page("Notice the statement at line 12.", language: language).samples.isEmpty)
    }

    @Test func filesThatACommandShowsAreSamplesInAnyLanguage() {
        #expect(page("The file looks like this:", language: "yaml", command: "cat a.yaml").pairs == ["5←1"])
        #expect(page("The file looks like this:", language: "yaml", command: "vi a.yaml").samples.isEmpty)
        #expect(read("`cat a.yaml`{{execute}}\n```yaml\na: 1\n```\n").pairs == ["2←1"])
    }

    @Test func whatFollowsAnEditorOrASilentCommandIsToBeWritten() {
        #expect(read("`vi app.conf`{{execute}}\n```\nport 80\n```\n").samples.isEmpty)
        #expect(read("`mkdir a && cd a`{{execute}}\n```\nFROM base\n```\n").samples.isEmpty)
        #expect(read("`app.js`{{open}}\n\nYou'll see:\n\n```\nlet a = 1\n```\n").samples.isEmpty)
    }

    @Test func commandsWithoutAMacroAreNoSamples() {
        #expect(read("`git add .`{{execute}}\n```\ngit add --all\n```\n").samples.isEmpty)
        #expect(read("`ls`{{execute}}\n```\n$ cd /tmp\n$ ls\n```\n").samples.isEmpty)
        #expect(read("`ls`{{execute}}\n```\nsudo apt install tree\n```\n").samples.isEmpty)
    }

    @Test func inlineCodeIsASampleWhenItStandsAloneAfterItsSentence() {
        #expect(read("`db`{{execute}}\n\nYou'll get output as follows:\n\n`orders_r`\n").pairs == ["5←1"])
        #expect(read("`whoami`{{execute}}\n\nThe response will be: `root`.\n").pairs == ["3←1"])
        #expect(read("`whoami`{{execute}}\n\nYou should see `root` there.\n").samples.isEmpty)
        #expect(read("`whoami`{{execute}}\n\n`root`\n").samples.isEmpty)
        #expect(read("`whoami`{{execute}}\n\n* **Username:** `root`\n").samples.isEmpty)
        #expect(read("`aws configure`{{execute}}\n\n* Default output format: `json`\n").samples.isEmpty)
    }

    @Test func samplesBelongToTheLastOfSeveralActions() {
        #expect(
            read("`a`{{execute}}\n\n`b`{{execute}} then `c`{{execute T2}}\n\nOutput:\n```\nx\n```\n").pairs == ["6←3"])
        let page = read("`a`{{execute}}\n`b`{{execute}}\n\nOutput:\n```\nx\n```\n")
        #expect(page.samples.first?.action == 1)
    }

    @Test func wordsThatNameATerminalChooseItsLastAction() {
        let markdown =
            "`tail -f log`{{execute T1}}\n`curl a`{{execute T2}}\n\nBack in terminal 1 you'll see:\n```\nGET /\n```\n"
        #expect(read(markdown).pairs == ["5←1"])
        #expect(read(markdown.replacing("terminal 1", with: "the first terminal")).pairs == ["5←1"])
        #expect(read(markdown.replacing("terminal 1", with: "T2")).pairs == ["5←2"])
        #expect(read(markdown.replacing("terminal 1", with: "terminal 7")).pairs == ["5←2"])
    }

    @Test func samplesMayBeSplitOverBlocks() {
        let page = read("`a`{{execute T1}}\n\nOutput similar to:\n```\nx\n```\n```\ny\n```\n")
        #expect(page.pairs == ["4←1", "7←1"])
        #expect(page.samples.allSatisfy { $0.wording == .similar })
        #expect(
            read("`a`{{execute}}\n\nOutput:\n```\nx\n```\n\nand then you'll see:\n```\ny\n```\n").pairs == [
                "4←1", "9←1",
            ])
    }

    @Test func eachActionKeepsItsOwnSample() {
        #expect(read("`a`{{execute}}\n```\n1\n```\n`b`{{execute}}\n```\n2\n```\n").pairs == ["2←1", "6←5"])
    }

    @Test func leadsMayStandInTheActionsParagraphAndInLists() {
        #expect(
            read("Run `a`{{execute}} and you should see output similar to:\n\n```\nx\n```\n").samples.first?
                .wording == .similar)
        #expect(
            read("1. `a`{{execute}}\n\n   You'll see:\n\n   * one\n   * two\n\n   ```\n   x\n   ```\n").pairs == ["8←1"]
        )
    }

    @Test func blocksBeforeAnyActionAreNoSamples() {
        #expect(read("You'll see the following output:\n```\nx\n```\n\n`a`{{execute}}\n").samples.isEmpty)
    }

    @Test func elisionsAreMarked() {
        for line in [".", "...", "…", "[...]", "# ...", "<snip>", "# output omitted", ". . ."] {
            #expect(page("Output:", body: "a\n\(line)\nb").samples.first?.isElided == true, "\(line)")
        }
        for line in ["./", "..", "a...", "1.", "-"].filter({ $0 != ".." }) {
            #expect(page("Output:", body: "a\n\(line)\nb").samples.first?.isElided == false, "\(line)")
        }
        #expect(page("Output:", body: ".\n├── a\n└── b").samples.first?.isElided == false)
    }

    @Test func preformattedAndIndentedBlocksAreSamplesToo() {
        #expect(
            read("`a`{{execute}}\n\nOutput:\n\n<pre>\n&lt;none&gt; <b>x</b>\n</pre>\n").samples.first?.text
                == "<none> x")
        #expect(read("`a`{{execute}}\n\nOutput:\n\n    x\n\n      y\n").samples.first?.text == "x\n\n  y")
    }

    @Test func whatABrowserShowsIsNoSample() {
        let link = "[here](https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/)"
        #expect(read("`start`{{execute}}\n\nClick \(link). You should see:\n\n```\nhello\n```\n").samples.isEmpty)
        #expect(read("`start`{{execute}}\n\nIn your browser you'll see:\n\n```\nhello\n```\n").samples.isEmpty)
    }

    @Test func sentencesBeyondAHeadingSayNothing() {
        #expect(read("`a`{{execute}}\n\nYou will see:\n\n## Layout\n\nParts:\n\n```\nx\n```\n").samples.isEmpty)
    }
}
