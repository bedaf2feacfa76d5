import CVTerm

/// A place in the terminal's text that stays the same when the screen scrolls.
public struct TextPosition: Hashable, Comparable, Sendable {
    /// Lines since the terminal began, counted from 0; never decreases while output scrolls.
    public var line: Int
    /// Cells from the left edge; the screen's width when the last column has just been written.
    public var column: Int

    /// Both count from 0; whether any screen has such a place isn't checked.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// In the order of the text: by ``line``, then by ``column``.
    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The screen of one terminal: what a person would see after the bytes that were fed.
///
/// libvterm keeps the state (cursor, modes, scroll region) and calls back for each change; the cells are kept here, in
/// rows that scroll by moving an index. The result is the same however the bytes are split.
public final class Screen {
    /// The width in character cells, at least 2.
    public private(set) var columns: Int
    /// The height in character cells, at least 2.
    public private(set) var rows: Int
    /// What programs asked the terminal (its kind, the cursor's place, its colours), answered, to be written to them.
    public private(set) var answers: [UInt8] = []
    /// Modes that outlive a program which forgot to reset them.
    public private(set) var modes = TerminalModes()
    /// `true` while a full-screen program shows its own screen; the main one comes back as it was.
    public internal(set) var isAlternate: Bool {
        get { canvas.isAlternate }
        set { canvas.isAlternate = newValue }
    }

    let terminal: OpaquePointer
    let state: OpaquePointer
    private let callbacks: UnsafeMutablePointer<VTermStateCallbacks>
    private let nonce: [UInt8]
    private var parser = StreamParser()

    /// Shorter plain text isn't worth the way past the emulator and back.
    private let shortcutLength: Int
    private var gate = PlainTextGate()
    /// Where the cursor is while the emulator is behind; `nil` when the emulator knows.
    private var plainCursor: PlainCursor?
    /// The emulator is told what it was left out of, which is on the canvas already.
    private(set) var isCatchingUp = false
    /// The emulator may be about to wrap though the cursor's place doesn't show it.
    var mayWrapNext = false
    /// What a repetition (REP) repeats.
    var lastGlyph: (scalar: UInt32, width: Int) = (0, 0)

    /// How often the main screen has been erased whole.
    public internal(set) var erasures = 0
    var positionBeforeAlternate = TextPosition(line: 0, column: 0)
    var canvas: Canvas
    var scrolled = ScrolledRows()
    var pen = Pen()
    var penIndex: UInt16?
    private(set) var pens: [Pen] = [Pen()]
    private var penIndices: [Pen: UInt16] = [Pen(): 0]

    /// An empty screen.
    ///
    /// - Parameter nonce: What a prompt mark must carry to be believed.
    public convenience init(columns: Int, rows: Int, nonce: String) {
        self.init(columns: columns, rows: rows, nonce: nonce, shortcutLength: 16)
    }

    /// - Parameter shortcutLength: From how many characters on plain text goes past the emulator, for tests that compare
    ///   both ways; with `Int.max` it never does.
    package init(columns: Int, rows: Int, nonce: String, shortcutLength: Int) {
        self.shortcutLength = shortcutLength
        self.columns = max(2, columns)
        self.rows = max(2, rows)
        self.nonce = Array(nonce.utf8)
        canvas = Canvas(columns: self.columns, rows: self.rows)
        terminal = vterm_new(Int32(self.rows), Int32(self.columns))
        vterm_set_utf8(terminal, 1)
        state = vterm_obtain_state(terminal)
        // libvterm 0.1 looks at its last glyph before there is one.
        vterm_state_reset(state, 1)
        _ = vterm_input_write(terminal, " \u{1B}[H", 4)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: Screen.stateCallbacks)
        let context = Unmanaged.passUnretained(self).toOpaque()
        vterm_state_set_callbacks(state, callbacks, context)
        vterm_output_set_callback(terminal, Screen.outputCallback, context)
        vterm_state_reset(state, 1)
    }

    deinit {
        vterm_free(terminal)
        callbacks.deallocate()
    }

    /// Takes output in; calls `onMark` for each prompt mark when the screen is as the mark found it, with the count of bytes
    /// up to the mark's end.
    public func feed(_ bytes: some Sequence<UInt8>, onMark: (PromptMark, Int) -> Void = { _, _ in }) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { feed($0, onMark: onMark) }
        if done == nil { Array(bytes).withUnsafeBufferPointer { feed($0, onMark: onMark) } }
    }

    private func feed(_ bytes: UnsafeBufferPointer<UInt8>, onMark: (PromptMark, Int) -> Void) {
        // Taken out and put back: a copy would share its buffer and have to make a new one.
        var parser = StreamParser()
        swap(&parser, &self.parser)
        parser.feed(bytes) { take($0, onMark) }
        swap(&parser, &self.parser)
    }

    /// Gives the emulator bytes that no program wrote, such as a reset of modes.
    public func inject(_ bytes: [UInt8]) {
        var parser = StreamParser()
        bytes.withUnsafeBufferPointer { buffer in parser.feed(buffer) { take($0) { _, _ in } } }
    }

    private func take(_ piece: StreamParser.Piece, _ onMark: (PromptMark, Int) -> Void) {
        switch piece {
        case .plain(let text): type(text)
        case .wide(let text):
            catchUp()
            gate.noteSlowText()
            emulate(text)
        case .combining(let scalar): combine(scalar)
        case .control(let byte): withUnsafePointer(to: byte) { type(UnsafeBufferPointer(start: $0, count: 1)) }
        case .escape(let sequence):
            if sequence == [UInt8(ascii: "c")] { modes = TerminalModes() }
            gate.noteEscape(sequence)
            emulate(sequence, introducer: [0x1B])
            // libvterm 0.1 brings a restored cursor into the margins at the next control sequence only, which may be a query.
            // A status report that is not a question does it at once.
            if sequence == [UInt8(ascii: "8")] { emulate(Array("0n".utf8), introducer: [0x1B, UInt8(ascii: "[")]) }
            // The test pattern (DECALN) is no text: the last glyph then says nothing of the cursor.
            if sequence.first == UInt8(ascii: "#") { mayWrapNext = true }
        case .controlSequence(let sequence) where sequence.elementsEqual("!p".utf8): softReset()
        case .controlSequence(let sequence) where sequence.last == UInt8(ascii: "b"): repeatGlyph(sequence)
        case .controlSequence(let sequence):
            modes.note(sequence)
            gate.noteControlSequence(sequence)
            for single in Self.singleModes(sequence) {
                emulate(Self.bounded(single), introducer: [0x1B, UInt8(ascii: "[")])
            }
        case .deviceControl(let text):
            emulate(text + [0x1B, UInt8(ascii: "\\")], introducer: [0x1B, UInt8(ascii: "P")])
        case .operatingSystemCommand(let text, let end):
            if let mark = PromptMark(osc: text, nonce: nonce) { onMark(mark, end) } else { answerColour(text) }
        }
    }

    /// REP, at most to the end of the line. libvterm 0.1 never comes to an end where the last glyph has no width.
    private func repeatGlyph(_ sequence: [UInt8]) {
        catchUp()
        guard let character = Unicode.Scalar(lastGlyph.scalar), lastGlyph.scalar >= 0x20, lastGlyph.width > 0,
            let bytes = UTF8.encode(character)
        else { return }
        let wanted = max(1, Int(String(decoding: sequence.dropLast(), as: UTF8.self)) ?? 1)
        let count = max(1, min(wanted, (columns - cursor.column) / lastGlyph.width))
        Array(repeatElement(bytes, count: count).joined()).withUnsafeBufferPointer { emulate($0) }
    }

    /// DECSTR, which libvterm 0.1 reads and doesn't obey.
    private func softReset() {
        let (row, column) = cursor
        let modes = "\u{1B}[?1;6;2004l\u{1B}[?7;25h\u{1B}[4;20l\u{1B}[r\u{1B}(B\u{F}\u{1B}[m"
        inject(Array("\(modes)\u{1B}[\(row + 1);\(column + 1)H".utf8))
    }

    // MARK: The emulator, and past it

    private func emulate(_ bytes: UnsafeBufferPointer<UInt8>) {
        // libvterm keeps a run of text on the stack.
        var rest = bytes[...]
        while !rest.isEmpty {
            UnsafeBufferPointer(rebasing: rest.prefix(4096)).withMemoryRebound(to: CChar.self) { part in
                guard let start = part.baseAddress else { return }
                _ = vterm_input_write(terminal, start, part.count)
            }
            rest = rest.dropFirst(4096)
        }
    }

    private func emulate(_ sequence: [UInt8], introducer: [UInt8]) {
        // Colours mean the same wherever the cursor is.
        let isColour = introducer.count == 2 && sequence.last == UInt8(ascii: "m")
        if !isColour { catchUp() }
        (introducer + sequence).withUnsafeBufferPointer { emulate($0) }
    }

    /// libvterm 0.1 sets and resets the first of several modes only. Left and right margins (69), which hardly a program
    /// knows, aren't kept.
    private static func singleModes(_ sequence: [UInt8]) -> [[UInt8]] {
        guard let final = sequence.last, final == UInt8(ascii: "h") || final == UInt8(ascii: "l") else {
            return [sequence]
        }
        let leader = sequence.prefix { $0 >= 0x3C }
        let modes = sequence.dropFirst(leader.count).dropLast().split(separator: UInt8(ascii: ";"))
        return modes.prefix(16).filter { leader.isEmpty || Int(String(decoding: $0, as: UTF8.self)) != 69 }
            .map { leader + $0 + [final] }
    }

    /// libvterm 0.1 writes past its sixteen parameters, and counts digits past its integers.
    private static func bounded(_ sequence: [UInt8]) -> [UInt8] {
        guard sequence.count > 9 else { return sequence }
        var bounded: [UInt8] = []
        var separators = 0
        var digits = 0
        for byte in sequence {
            switch byte {
            case UInt8(ascii: ";"), UInt8(ascii: ":"):
                separators += 1
                digits = 0
            case 0x30..<0x3A: digits += 1
            default: digits = 0
            }
            let isParameter = byte >= 0x30 && byte < 0x3C
            if !isParameter || (separators < 16 && digits < 10) { bounded.append(byte) }
        }
        return bounded
    }

    /// Takes in ASCII: past the emulator where that makes no difference.
    private func type(_ text: UnsafeBufferPointer<UInt8>) {
        var rest = text
        while !rest.isEmpty {
            if plainCursor == nil, mayGoPast(rest) { plainCursor = PlainCursor(row: cursor.row, column: cursor.column) }
            if var cursor = plainCursor {
                let taken = canvas.type(rest, at: &cursor, pen: penIndex ?? currentPenIndex(), scrolled: &scrolled)
                plainCursor = cursor
                rest = UnsafeBufferPointer(rebasing: rest[taken...])
                guard let byte = rest.first else { return }
                catchUp()
                gate.noteControl(byte)
                emulate(UnsafeBufferPointer(rebasing: rest[..<1]))
                rest = UnsafeBufferPointer(rebasing: rest[1...])
            } else {
                // As much as may change what goes past.
                let length = lengthForEmulator(rest)
                let part = UnsafeBufferPointer(rebasing: rest[..<length])
                for byte in part where byte < 0x20 { gate.noteControl(byte) }
                gate.noteSlowText()
                emulate(part)
                rest = UnsafeBufferPointer(rebasing: rest[length...])
            }
        }
    }

    private func mayGoPast(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= shortcutLength, !isAlternate, gate.isOpen, !gate.hasOtherTabs, !mayWrapNext else {
            return false
        }
        let (row, column) = cursor
        return column < columns - 1 && !(glyphEnd >= columns && canvas.isAfterGlyph(row: row, column: column))
    }

    /// Up to a line end, after which the cursor is where text can go past.
    private func lengthForEmulator(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard shortcutLength < .max, let end = text.firstIndex(of: 0x0D) else { return text.count }
        return end + 1
    }

    /// Brings the emulator to where it would be had it seen everything: the last glyph typed again, the cursor in its place.
    private func catchUp() {
        guard let cursor = plainCursor else { return }
        plainCursor = nil
        isCatchingUp = true
        defer { isCatchingUp = false }
        var bytes: [UInt8] = []
        // By way of the corner, since a movement to where the cursor is wouldn't end a wrap that is due.
        bytes.append(contentsOf: "\u{1B}[H".utf8)
        if let (glyph, row, column) = cursor.lastGlyph {
            bytes.append(contentsOf: "\u{1B}[\(row + 1);\(column + 1)H".utf8)
            bytes.append(glyph)
        }
        if !cursor.wrapsNext { bytes.append(contentsOf: "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H".utf8) }
        bytes.withUnsafeBufferPointer { emulate($0) }
    }

    /// Removes and returns ``answers``.
    public func takeAnswers() -> [UInt8] {
        defer { answers.removeAll() }
        return answers
    }

    /// More answers than a program can have asked for aren't kept.
    func answer(_ bytes: some Collection<UInt8>) {
        if answers.count + bytes.count <= 4096 { answers.append(contentsOf: bytes) }
    }

    /// vi asks for both colours and waits a tenth of a second where no answer comes.
    private func answerColour(_ query: [UInt8]) {
        if query.elementsEqual("10;?".utf8) { answer("\u{1B}]10;rgb:d0d0/d0d0/d0d0\u{1B}\\".utf8) }
        if query.elementsEqual("11;?".utf8) { answer("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\".utf8) }
    }

    /// Changes the size; rows that no longer fit leave at the top.
    public func resize(columns: Int, rows: Int) {
        catchUp()
        mayWrapNext = true
        vterm_set_size(terminal, Int32(max(2, rows)), Int32(max(2, columns)))
    }

    func adopt(columns: Int, rows: Int, cursorRow: Int) -> Int {
        let leaving = isAlternate ? 0 : max(0, cursorRow + 1 - rows)
        for _ in 0..<leaving { scrollMainByOne() }
        main.resize(columns: columns, rows: rows)
        alternate.resize(columns: columns, rows: rows)
        self.columns = columns
        self.rows = rows
        canvas.columns = columns
        glyphEnd = -1
        return leaving
    }

    /// The row and column, from 0, where the next character goes.
    public var cursor: (row: Int, column: Int) {
        if let plainCursor { return (plainCursor.row, plainCursor.column) }
        var position = VTermPos()
        vterm_state_get_cursorpos(state, &position)
        return (Int(position.row), Int(position.col))
    }

    /// The cursor's place in the text of the main screen; while the alternate one is shown, where it was left.
    public var position: TextPosition {
        if isAlternate { return positionBeforeAlternate }
        let (row, column) = cursor
        return TextPosition(
            line: scrolledRows + row, column: canvas.isAfterGlyph(row: row, column: column) ? glyphEnd : column)
    }

    /// What is left of the cursor in its row, without colours; blanks at its end are kept.
    public var textLeftOfCursor: String {
        let (row, column) = cursor
        var bytes: [UInt8] = []
        (isAlternate ? alternate : main)[row].appendText(
            to: canvas.isAfterGlyph(row: row, column: column) ? glyphEnd : column, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func currentPenIndex() -> UInt16 {
        if let penIndex { return penIndex }
        var index = penIndices[pen]
        if index == nil, pens.count < Int(UInt16.max) {
            index = UInt16(pens.count)
            penIndices[pen] = index
            pens.append(pen)
        }
        penIndex = index ?? 0
        return index ?? 0
    }
}

extension Screen {
    /// How many rows have left the main screen at its top.
    var scrolledRows: Int { scrolled.count }

    var log: TextLog {
        _read { yield scrolled.log }
        _modify { yield &scrolled.log }
    }

    var main: RowRing {
        _read { yield canvas.main }
        _modify { yield &canvas.main }
    }

    var alternate: RowRing {
        _read { yield canvas.alternate }
        _modify { yield &canvas.alternate }
    }

    var glyphEnd: Int {
        get { canvas.glyphEnd }
        set { canvas.glyphEnd = newValue }
    }

    var glyphRow: Int { canvas.glyphRow }
    var glyphColumn: Int { canvas.glyphColumn }

    var erasedFirstRow: Bool {
        get { canvas.erasedFirstRow }
        set { canvas.erasedFirstRow = newValue }
    }
}
