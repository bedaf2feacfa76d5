import LessonMarkdown
import Lessons
import Testing

/// What tells a sample from code, from files and from commands, beyond ``PairingTests``.
@Suite struct SampleRuleTests {
    /// An action on line 1, a sentence on line 3, a block on line 5.
    private func pairs(
        _ sentence: String, command: String = "status", language: String = "", body: String = "ready"
    ) -> [String] {
        read("`\(command)`{{execute}}\n\n\(sentence)\n\n```\(language)\n\(body)\n```\n").pairs
    }

    // MARK: Sentences

    @Test(arguments: [
        "The command prints a number. Then continue with:", "You will see the number. Ask the program something:",
        "We would use something like this:", "An example of adding a user looks as follows:",
        "Add the following two lines and reload. Notice the difference in the output.",
        "To follow it you can simply do:", "Let's go on with the last part of the command:",
        "This is how to ask for it:", "By adding the following line you turn it on.",
        "You can get the address by calling `status`, which needs a name:", "We'll recreate the following resource:",
        "The following query can be used:",
    ])
    func sentencesThatLeadUpToSomethingElseMakeNoSample(sentence: String) {
        #expect(pairs(sentence, language: "bash").isEmpty)
    }

    @Test(arguments: [
        "You would have an error like this:", "You should have three of them:", "The list reads:",
        "The service should respond with:", "This will start the following services:",
        "In order to be sure, count twice. You'll see:", "You see the address you can use:",
        "They are likely to start slowly. You'll see:", "As you scroll up you should see that one fails:",
        "If you scroll up you'll see that one fails:",
    ])
    func sentencesThatSayWhatComesOutMakeASample(sentence: String) {
        #expect(pairs(sentence, language: "bash") == ["5←1"])
    }

    @Test(arguments: [
        "You can get the name from the list of users.", "You can print the value.",
        "Type `exit` and return to the shell.",
    ])
    func whatReadersDoIsNoOutput(sentence: String) {
        #expect(pairs(sentence, language: "sql", body: "x").isEmpty)
    }

    @Test func inOrderToNamesNoPlace() {
        #expect(pairs("In order to be quick, it skips the rest.") == ["5←1"])
        #expect(pairs("In the settings, it is on.").isEmpty)
    }

    @Test(arguments: [
        "The directory structure looks like this:", "We need one dependency, shown as follows:",
        "The rank follows from the following formula:",
    ])
    func structuresAndFormulasAreFiles(sentence: String) {
        #expect(pairs(sentence).isEmpty)
    }

    @Test func treesAreOfCommandsThatShowThem() {
        #expect(pairs("The directory structure looks like this:", command: "tree") == ["5←1"])
        #expect(pairs("The structure should be:", command: "git add . && git push").isEmpty)
    }

    @Test func messagesAreNoFilesWhateverElseIsNamed() {
        #expect(pairs("When the function is there, you see the following message:") == ["5←1"])
        #expect(pairs("When the function is there, you see the following code:").isEmpty)
    }

    @Test func whatHereIsIsWhatTheSentenceNames() {
        #expect(pairs("Here is the rule for it:", command: "run").isEmpty)
        #expect(pairs("Here is the output:", command: "run") == ["5←1"])
        #expect(pairs("Here is what you should see:", command: "run") == ["5←1"])
        #expect(pairs("Here is the rule for it:", command: "cat rules") == ["5←1"])
    }

    @Test func pagesThatAreOpenedBeforeASilentSentenceKeepTheBlock() {
        #expect(pairs("Open the dashboard. Two users are known.").isEmpty)
        #expect(pairs("{{TRAFFIC_HOST1_80}}\n\nTwo users are known.").isEmpty)
    }

    @Test func headingsThatAnnounceOutputAreLeads() {
        let code = "```\nready\n```\n"
        #expect(read("`run`{{execute}}\n\n### Expected output\n\nIt looks like this:\n\n\(code)").pairs == ["7←1"])
        #expect(read("`run`{{execute}}\n\n### Later\n\nIt looks like this:\n\n\(code)").samples.isEmpty)
    }

    @Test func afterASampleOnlyOutputIsOne() {
        let first = "`run`{{execute}}\n\n```\n1\n```\n\n"
        #expect(read(first + "The stack looks like this:\n\n```\n[1]\n```\n").pairs == ["3←1"])
        #expect(read(first + "The output looks like this:\n\n```\n[1]\n```\n").pairs == ["3←1", "9←1"])
        #expect(read(first + "Example error 2\n\n```\n[1]\n```\n").pairs == ["3←1", "9←1"])
    }

    // MARK: Commands

    @Test(arguments: [
        "git commit -m index", "kubectl apply -f a.yaml", "echo '{}' | sudo tee a.json > /dev/null",
        "sed -i s/a/b/ a.json",
        "curl -o a.json localhost", "wget -q localhost/a.sh -O - | bash", "kubectl get pods", "cat a.json | wc -l",
        "docker run -d web", "aws s3 mb a",
    ])
    func commandsThatShowNoFileHaveNoneAsTheirSample(command: String) {
        #expect(pairs("The file looks like this:", command: command, language: "json", body: "{}").isEmpty)
    }

    @Test(arguments: [
        "git diff", "sudo cat a.json", "kubectl get pod a -o yaml", "kubectl exec a -- cat a.json", "oc describe pod a",
        "A=1 B='x y' jq . a.json", "cd a && cat a.json", "ls | grep '>' ; head a.json", "aws iam get-user",
        "docker inspect web", "cat a.json 2>&1 | head",
    ])
    func commandsThatShowFilesHaveThemAsTheirSample(command: String) {
        #expect(pairs("The file looks like this:", command: command, language: "json", body: "{}") == ["5←1"])
    }

    @Test func whatGoesIntoAFileIsNotPrinted() {
        #expect(read("`list > all.txt`{{execute}}\n```\nall\n```\n").samples.isEmpty)
        #expect(read("`SELECT a WHERE b > 0;`{{execute}}\n```\n 1\n```\n").pairs == ["2←1"])
        #expect(read("`print('a >> b')`{{execute}}\n```\na >> b\n```\n").pairs == ["2←1"])
        #expect(pairs("You'll see:", command: "cd app").isEmpty)
        #expect(pairs("You'll see:", command: "make && cd ..") == ["5←1"])
    }

    @Test func outputMayFollowACommandThatIsCopied() {
        #expect(read("`kubectl version`{{copy}}\n```\n1.30\n```\n").pairs == ["2←1"])
        #expect(read("`name`{{copy}}\n```\n1.30\n```\n").samples.isEmpty)
    }

    // MARK: Blocks

    @Test(arguments: [
        "$ ls\na  b", "[root@web ~]# other status\nup", "ann@web:~$ other\nup", "[root@web ~]# status list\nup",
    ])
    func transcriptsOfOtherCommandsAreNoSamples(body: String) {
        #expect(pairs("You'll see:", command: "status all", body: body).isEmpty)
    }

    @Test(arguments: [
        "$ status all\nup", "[root@web ~]# status all\nup", "$ status -v\nup", "$ cd a\n$ status all\nup",
    ])
    func transcriptsOfTheCommandAre(body: String) {
        #expect(pairs("You'll see:", command: "status all", body: body) == ["5←1"])
    }

    @Test(arguments: [
        "# every one:\nstatus -a", "SELECT a FROM b", "ship.add(1);", "app.run(", "@page \"/\"", "val a = b(c)",
        "apiVersion: v1\nkind: Pod", "`ls`{{execute}}", "<pre>`ls`{{execute T2}}</pre>",
    ])
    func typedTextIsNoOutput(body: String) {
        #expect(pairs("The rest comes by itself.", body: body).isEmpty)
    }

    @Test func commandsThatSomethingIsSaidToLookLikeAreNone() {
        #expect(pairs("It looks like this:", body: "status --all").isEmpty)
        #expect(pairs("It looks like this:", command: "vim a.sh", body: "for a in b").isEmpty)
    }

    @Test(arguments: ["Error from server (Forbidden): denied", "Failed to get the key.", "NAME   READY\nweb    1/1"])
    func shellBlocksThatBeginAsNoCommandDoesAreOutput(body: String) {
        #expect(pairs("The key is missing:", language: "bash", body: body) == ["5←1"])
        #expect(pairs("Run this:", language: "bash", body: body).isEmpty)
    }

    @Test(arguments: ["deploy all", "SELECT a FROM b", "Get-Item a", "A=1 run", "Vagrant", "$ Error here"])
    func otherShellBlocksAreCommands(body: String) {
        #expect(pairs("The key is missing:", language: "bash", body: body).isEmpty)
    }

    @Test(arguments: [
        "Note: if you use the wrong password, you get an error message:",
        "**NOTE:** If you use the wrong password, you get an error message:",
        "Note that if you use the wrong password, you get an error message:",
    ])
    func whatANoteSaysOfErrorsNeedNotHappen(sentence: String) {
        #expect(pairs(sentence).isEmpty)
    }

    @Test func sourceCodeInASentenceIsNoOutput() {
        #expect(
            read("`run`{{execute}}\n\nThe result is parsed again: `const person = JSON.parse(text)`\n").samples.isEmpty)
        #expect(read("`run`{{execute}}\n\nThe result is this: `person = 3`\n").pairs == ["3←1"])
    }

    // MARK: Quoted errors

    @Test(arguments: [
        "It says `command not found`.", "It says `command not found`, because nothing is installed.",
        "The shell says `command not found` now.", "You get the error `command not found`.",
        "It should say `command not found`", "You will see the message `bash: list: command not found`!",
    ])
    func errorsThatASentenceQuotesAreSamples(sentence: String) {
        let page = read("`list`{{execute}}\n\n\(sentence)\n")
        #expect(page.pairs == ["3←1"])
        #expect(page.samples.first?.isQuoted == true)
        #expect(page.actions.first?.announcedFailure == .missingCommand)
    }

    @Test(arguments: [
        "If it says `command not found`, install it.", "It says `yes`, because all is there.",
        "An error such as `command not found` means that it is missing.",
    ])
    func otherQuotesAreNone(sentence: String) {
        #expect(read("`list`{{execute}}\n\n\(sentence)\n").samples.isEmpty)
    }

    @Test func quotesUnderAConditionAnnounceNoFailure() {
        let page = read("`list`{{execute}}\n\nIf it says `command not found`, install it.\n")
        #expect(page.actions.first?.announcedFailure == nil)
    }

    // MARK: Code spans

    @Test(arguments: [
        "You should see `3`.", "This returns `3`", "The result will be `3`.", "The output is similar to `3`.",
        "The output of `a` is `3`.", "You should see: `3`", "Expect this output: `3`{{}}", "You'll see `3`{{}}!",
    ])
    func spansRightAfterTheVerbAreSamples(sentence: String) {
        #expect(read("`count`{{execute}}\n\n\(sentence)\n").pairs == ["3←1"])
    }

    @Test(arguments: [
        "You should see `3` of them.", "`add` returns `3`", "The phase is `3`.", "The state was changed to `3`.",
        "Wait until you see `3`.", "In the last column you'll see `3`.", "Its status shows `3`", "See `3`: it is odd.",
        "* `3`:", "Return the value only if there is one: `3`", "This returns `a` or `3`",
    ])
    func otherSpansAreNone(sentence: String) {
        #expect(read("`count`{{execute}}\n\n\(sentence)\n").samples.isEmpty)
    }

    // MARK: Terminals

    @Test func pagesWithoutNumbersFollowTheReaderFromTabToTab() {
        let page = read(
            """
            `listen`{{exec}}

            Open a new tab and type `say hello`{{exec}}

            Back in tab 1 you should see:

            ```
            hello
            ```

            In tab 2 you'll see:

            ```
            sent
            ```
            """)
        #expect(page.pairs == ["7←1", "13←3"])
    }
}
