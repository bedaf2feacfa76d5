/// The words that leads are made of.
enum Vocabulary {
    /// What is known of a word.
    ///
    /// - Parameter suffix: What follows the last dot inside the word; `nil` when there is none.
    static func word(_ letters: Letters, suffix: Letters?) -> Word {
        var word = words[letters] ?? unknown(letters)
        if let suffix, extensions.contains(suffix) { word.classes.insert(.place) }
        return word
    }

    private static func unknown(_ letters: Letters) -> Word {
        if let number = letters.number(from: 0) { return Word(classes: .digits, number: number) }
        if letters[0] == UInt8(ascii: "t"), letters.count <= 3, let number = letters.number(from: 1) {
            return Word(classes: .terminalName, number: number)
        }
        return Word(classes: near(letters))
    }

    private static func near(_ letters: Letters) -> Word.Classes {
        guard 5...10 ~= letters.count else { return [] }
        var classes: Word.Classes = []
        for (target, meaning) in targets
        // One slip leaves the first letter or the last one in its place.
        where letters[0] == target[0] || letters[letters.count - 1] == target[target.count - 1] {
            if letters.isNear(target) { classes.formUnion(meaning) }
        }
        return classes
    }

    /// Words that count with a slip of the pen as well.
    private static let targets: [(Letters, Word.Classes)] = [
        (Letters("output"), [.output, .nearOutput]), (Letters("response"), .output), (Letters("similar"), .nearSimilar),
        (Letters("similarly"), .nearSimilarly), (Letters("something"), .nearSomething),
        (Letters("follows"), .nearFollows), (Letters("following"), .nearFollowing),
    ]

    private static let extensions = Set(
        """
        yml yaml json conf cfg ini toml xml properties env sh py js ts java go rb php cs html css sql tf md
        """.split(separator: " ").map { Letters(String($0)) })

    private static let ordinals = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "original": 1,
    ]

    private static let words: [Letters: Word] = {
        var words: [Letters: Word] = [:]
        for (classes, list) in lists {
            for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                words[Letters(String(word)), default: Word()].classes.formUnion(classes)
            }
        }
        for (word, number) in ordinals {
            words[Letters(word), default: Word()].classes.insert(.ordinal)
            words[Letters(word)]?.number = number
        }
        for letters in words.keys { words[letters]?.classes.formUnion(near(letters)) }
        return words
    }()

    private static let lists: [(Word.Classes, String)] = [
        (
            .output,
            """
            output outputs result results response responses reply prints printed print returns returned return displays
            displayed outputted responds yields produces reports replies answers logged stdout greeted resulting
            """
        ),
        (
            .described,
            """
            format file files directory folder path type option device stream port mode plugin variable parameter
            formats dir location name names title label prefix
            """
        ),
        (.sense, "see get gets receive notice observe find seeing obtain view"),
        (
            .subject,
            """
            you we you'll we'll youll should will can could would you'd might may must going expect now also then
            something i
            """
        ),
        (.see, "see"), (.expected, "expected"), (.tells, "shows showing gives says shown"),
        (.prints, "print display return"), (.returns, "return returns returned"),
        (.comesBy, "get find obtain view receive"),
        (.means, "from using via through by"), (.can, "can could simply"), (.have, "have"), (.reads, "reads"),
        (.part, "column columns field fields header headers row rows section under"),
        (.doer, "this it that which command script"), (.standard, "standard"), (.here, "here here's"),
        (.said, "message messages error errors warning warnings prompt"),
        (.shouldOrWill, "should will"),
        (
            .shows,
            "be look show display present print give start return appear yield produce respond reply answer list report say read"
        ),
        (.scroll, "scroll"),
        (
            .purpose,
            """
            see view get check show display list verify inspect watch print return output find confirm observe test
            look obtain retrieve validate
            """
        ),
        (.to, "to"), (.beforeTo, "going similar have expected able supposed likely expect"),
        (.endsPurpose, "you you'll we we'll it this which output"),
        (
            .order,
            """
            run execute type enter paste copy create add edit change modify replace insert update write append save set
            define use put issue configure try apply submit make include adjust fill provide specify declare invoke
            perform click implement uncomment deploy start install recreate complete trigger build send
            """
        ),
        (
            .writing,
            """
            adding inserting appending pasting editing changing replacing creating writing configuring defining
            """
        ),
        (.line, "line lines"), (.how, "how"), (.do, "do"), (.joins, "and then to or"),
        (.tends, "likely tend tends begin begins seem seems appear appears supposed able"), (.would, "would"),
        (.lookingBack, "when after once if before while of from since that by until because does"),
        (.modal, "can must should will could may might"), (.reader, "you we i user users students"),
        (
            .opener,
            """
            and to then now please let's lets or first next just simply finally also you we again need only instead
            we'll you'll i'll you'd we'd
            """
        ),
        (.command, "command commands query queries syntax"),
        (
            .input,
            """
            data payload body input request parameters arguments values settings options variables
            """
        ),
        (.pointing, "following next below these"), (.if, "if until"), (.youOrWe, "you we"),
        (.trouble, "error errors fails problem problems"),
        (
            .file,
            """
            file files code snippet source content contents configuration config manifest definition yaml json script
            syntax function class method declaration dockerfile makefile diagram template section block statement
            property properties annotation dependency dependencies structure layout hierarchy formula equation scheme
            """
        ),
        (
            .told,
            "formula formulas formulae equation equations theorem pseudocode pseudo-code mathematically arithmetic"
        ),
        (.byHand, "hand paper"), (.by, "by on"), (.be, "is are"),
        (.place, "dockerfile makefile"), (.inside, "in inside"),
        (.noPlace, "order addition general fact short case particular practice contrast other total summary this"),
        (.browser, "browser dashboard webpage refresh refreshing ui"), (.example, "example"),
        (.resembles, "resemble resembles resembling akin e.g"), (.instance, "example sample approximately roughly"),
        (.like, "like"), (.afterLike, "this the that so below these following"),
        (.looks, "look looks looking appear appears seem seems"), (.exactly, "exactly"), (.such, "such"), (.as, "as"),
        (.along, "along"), (.the, "the"), (.or, "or otherwise"), (.so, "so"), (.this, "this"),
        (.below, "below example"),
        (.mayDiffer, "may might could differ vary"), (.differs, "differ vary different"),
        (.includes, "include includes including contain contains containing contained included"),
        (
            .excerpt,
            """
            excerpt excerpts extract snippet snippets truncated abbreviated shortened trimmed abridged partial partially
            simplified
            """
        ),
        (.fragment, "part parts portion portions fragment section beginning end start top bottom rest piece"),
        (.source, "output log logs response result results list listing it them"),
        (.edge, "first last top bottom beginning end start few final"), (.few, "few couple several some"),
        (.at, "at near towards"), (.begins, "start starts begin begins end ends starting ending beginning"),
        (.with, "with"), (.somewhere, "somewhere"), (.among, "among amongst"),
        (.lookUp, "look search looking searching watch scan"), (.forWord, "for"),
        (.find, "find locate spot notice look search see"), (.a, "a an one"),
        (.standardOrCommand, "command new blank empty single each every per"),
        (.label, "note tip hint warning caution important remember attention nb"),
        (.terminalNoun, "terminal tab window shell"), (.new, "new another separate"),
    ]
}
