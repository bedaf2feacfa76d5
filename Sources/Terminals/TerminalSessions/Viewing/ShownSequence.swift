import TerminalScreens

/// A kind of sequence that a lab's program may send to a person's terminal; whatever ``all`` doesn't list is left out.
///
/// No entry makes a terminal answer, write outside of its window, or send other bytes for a key than a program inside of the lab
/// may ask for. What is passed on is written anew from its parsed parts, complete, in the seven-bit form.
package struct ShownSequence: Sendable {
    package enum Parameters: Sendable, Equatable {
        /// Numbers, at most so many of them; more are left out.
        case numbers(atMost: Int)
        /// Attributes and colours (SGR), with their subparameters.
        case graphics
        /// Modes, of which only these are passed on.
        case modes(Set<Int>)
    }

    /// What is behind ESC, its parameters left out: `[A`, `[?h`, `(0`, `7`.
    package let signature: String
    package let parameters: Parameters
    /// Completes a table; the names are those of the VT510 manual and of xterm's "ctlseqs".
    package let meaning: String

    private init(_ signature: String, _ meaning: String, _ parameters: Parameters = .numbers(atMost: 0)) {
        self.signature = signature
        self.parameters = parameters
        self.meaning = meaning
    }

    /// ANSI modes: insert (IRM), new line (LNM).
    private static let modes: Set = [4, 20]

    /// Private modes: cursor keys (1), reverse screen (5), origin (6), wrapping (7), X10 mouse (9), blinking cursor (12),
    /// visible cursor (25), alternate screens (47, 1047, 1048, 1049), keypad (66), side margins (69), mouse (1000, 1002, 1003,
    /// 1005, 1006, 1015), bracketed paste (2004).
    ///
    /// Left out: those that some terminals answer at once (focus 1004, colour scheme 2031, size 2048), that stop them (mouse
    /// highlighting 1001, synchronised output 2026), that resize them (3, 40), and that change what they understand (2).
    private static let privateModes: Set = [
        1, 5, 6, 7, 9, 12, 25, 47, 66, 69, 1000, 1002, 1003, 1005, 1006, 1015, 1047, 1048, 1049, 2004,
    ]

    package static let all: [ShownSequence] =
        [
            Self("7", "save the cursor (DECSC)"), Self("8", "restore the cursor (DECRC)"),
            Self("=", "keypad for programs (DECKPAM)"), Self(">", "keypad for numbers (DECKPNM)"),
            Self("D", "index (IND)"), Self("E", "next line (NEL)"), Self("H", "set a tab stop (HTS)"),
            Self("M", "reverse index (RI)"), Self("c", "reset (RIS)"),
            Self("#3", "double height, upper half (DECDHL)"), Self("#4", "double height, lower half (DECDHL)"),
            Self("#5", "single width (DECSWL)"), Self("#6", "double width (DECDWL)"),
            Self("#8", "screen of E (DECALN)"),
            Self("N", "single shift of G2 (SS2)"), Self("O", "single shift of G3 (SS3)"),
            Self("n", "lock G2 (LS2)"), Self("o", "lock G3 (LS3)"),
        ]
        + ["(", ")", "*", "+"].flatMap { set in
            [("0", "line drawing"), ("A", "British"), ("B", "ASCII")].map {
                Self(set + $0.0, "\($0.1) characters (SCS)")
            }
        } + [
            Self("[@", "insert characters (ICH)", .numbers(atMost: 1)), Self("[A", "up (CUU)", .numbers(atMost: 1)),
            Self("[B", "down (CUD)", .numbers(atMost: 1)), Self("[C", "right (CUF)", .numbers(atMost: 1)),
            Self("[D", "left (CUB)", .numbers(atMost: 1)), Self("[E", "lines down (CNL)", .numbers(atMost: 1)),
            Self("[F", "lines up (CPL)", .numbers(atMost: 1)), Self("[G", "column (CHA)", .numbers(atMost: 1)),
            Self("[H", "position (CUP)", .numbers(atMost: 2)), Self("[I", "tabs on (CHT)", .numbers(atMost: 1)),
            Self("[J", "erase in the screen (ED)", .numbers(atMost: 1)),
            Self("[?J", "erase what is not protected (DECSED)", .numbers(atMost: 1)),
            Self("[K", "erase in the line (EL)", .numbers(atMost: 1)),
            Self("[?K", "erase what is not protected (DECSEL)", .numbers(atMost: 1)),
            Self("[L", "insert lines (IL)", .numbers(atMost: 1)),
            Self("[M", "delete lines (DL)", .numbers(atMost: 1)),
            Self("[P", "delete characters (DCH)", .numbers(atMost: 1)),
            Self("[S", "scroll up (SU)", .numbers(atMost: 1)), Self("[T", "scroll down (SD)", .numbers(atMost: 1)),
            Self("[X", "erase characters (ECH)", .numbers(atMost: 1)),
            Self("[Z", "tabs back (CBT)", .numbers(atMost: 1)), Self("[`", "column (HPA)", .numbers(atMost: 1)),
            Self("[a", "right (HPR)", .numbers(atMost: 1)), Self("[b", "repeat (REP)", .numbers(atMost: 1)),
            Self("[d", "row (VPA)", .numbers(atMost: 1)), Self("[e", "down (VPR)", .numbers(atMost: 1)),
            Self("[j", "left (HPB)", .numbers(atMost: 1)), Self("[k", "up (VPB)", .numbers(atMost: 1)),
            Self("[f", "position (HVP)", .numbers(atMost: 2)), Self("[g", "clear tab stops (TBC)", .numbers(atMost: 1)),
            Self("[h", "set a mode (SM)", .modes(modes)), Self("[l", "reset a mode (RM)", .modes(modes)),
            Self("[?h", "set a private mode (DECSET)", .modes(privateModes)),
            Self("[?l", "reset a private mode (DECRST)", .modes(privateModes)),
            Self("[m", "attributes and colours (SGR)", .graphics),
            Self("[r", "scroll region (DECSTBM)", .numbers(atMost: 2)),
            Self("[s", "side margins (DECSLRM), or save the cursor", .numbers(atMost: 2)),
            Self("[u", "restore the cursor"), Self("[!p", "soft reset (DECSTR)"),
            Self("[ q", "shape of the cursor (DECSCUSR)", .numbers(atMost: 1)),
        ]

    private static let bySignature = Dictionary(uniqueKeysWithValues: all.map { (Array($0.signature.utf8), $0) })

    /// Larger numbers are cut to this one: beyond any screen, and no work for a terminal that repeats or scrolls.
    package static let maxNumber = 9999
    /// Further attributes are left out.
    static let maxAttributes = 32

    /// An escape sequence as it may be shown, `nil` for one that may not.
    ///
    /// - Parameter body: What follows ESC.
    static func escape(_ body: [UInt8]) -> [UInt8]? {
        bySignature[body].map { _ in [0x1B] + body }
    }

    /// A control sequence as it may be shown, `nil` for one that may not.
    ///
    /// - Parameter body: Its parameters with the final byte, without its introducer.
    static func control(_ body: [UInt8]) -> [UInt8]? {
        let prefix = body.prefix(1).prefix { (0x3C...0x3F).contains($0) }
        let parameters = body.dropFirst(prefix.count).prefix { (0x30...0x3B).contains($0) }
        let end = body[parameters.endIndex...]
        guard let entry = bySignature[[UInt8(ascii: "[")] + prefix + end],
            let kept = entry.parameters.kept(of: parameters)
        else { return nil }
        return [0x1B, UInt8(ascii: "[")] + prefix + kept + end
    }

    /// Whether a control sequence only chooses attributes and colours.
    static func isGraphics(_ body: [UInt8]) -> Bool {
        body.last == UInt8(ascii: "m") && body.dropLast().allSatisfy { (0x30...0x3B).contains($0) }
    }
}

extension ShownSequence.Parameters {
    /// The parameters that may be shown; `nil` when the sequence may not.
    fileprivate func kept(of parameters: ArraySlice<UInt8>) -> [UInt8]? {
        let fields = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        switch self {
        case .numbers(let limit):
            // Terminals pass over numbers that a sequence doesn't know, but for the few that mean another one then.
            if parameters.isEmpty || limit == 0 { return [] }
            return joined(fields.prefix(limit).map(number))
        case .graphics:
            return joined(
                fields.prefix(ShownSequence.maxAttributes).map { field in
                    let parts = field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                    return parts.count > 8 ? nil : Self.joined(parts.map(number), by: ":")
                })
        case .modes(let allowed):
            let modes = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }.filter(allowed.contains)
            return modes.isEmpty ? nil : Array(modes.map(String.init).joined(separator: ";").utf8)
        }
    }

    private func joined(_ fields: [[UInt8]?]) -> [UInt8]? { Self.joined(fields, by: ";") }

    private static func joined(_ fields: [[UInt8]?], by separator: Unicode.Scalar) -> [UInt8]? {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            guard let field else { return nil }
            if index > 0 { bytes.append(UInt8(ascii: separator)) }
            bytes += field
        }
        return bytes
    }

    /// A number as it may be shown; empty where it was left out, `nil` for what is not a number.
    private func number(_ field: ArraySlice<UInt8>) -> [UInt8]? {
        guard field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard field.count > 4 else { return Array(field) }
        let digits = field.drop { $0 == 0x30 }
        return digits.count > 4 ? Array("\(ShownSequence.maxNumber)".utf8) : Array(digits)
    }
}

extension ShownSequence.Parameters: CustomStringConvertible {
    /// For a table: `none`, `at most 2`, `attributes`, or the modes.
    package var description: String {
        switch self {
        case .numbers(atMost: 0): "none"
        case .numbers(let limit): "at most \(limit)"
        case .graphics: "attributes"
        case .modes(let modes): modes.sorted().map(String.init).joined(separator: ", ")
        }
    }
}
