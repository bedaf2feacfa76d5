internal import CVTerm

/// A place in the terminal's text that stays the same when the screen scrolls.
public struct TextPosition: Hashable, Comparable, Sendable {
    /// Lines since the terminal began, counted from 0; never decreases while output scrolls.
    public var line: Int
    /// Cells from the left edge; the screen's width when the last column has just been written.
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The screen of one terminal: what a person would see after the bytes that were fed.
///
/// libvterm keeps the state (cursor, modes, scroll region) and calls back for each change; the cells are kept here, in
/// rows that scroll by moving an index. The result is the same however the bytes are split.
public final class Screen {
    public private(set) var columns: Int
    public private(set) var rows: Int
    /// What programs asked the terminal (its kind, the cursor's place, its colours), answered, to be written to them.
    public private(set) var answers: [UInt8] = []
    /// Modes that outlive a program which forgot to reset them.
    public private(set) var modes = TerminalModes()
    public internal(set) var isAlternate: Bool {
        get { canvas.isAlternate }
        set { canvas.isAlternate = newValue }
    }

    let terminal: OpaquePointer
    let state: OpaquePointer
    private let callbacks: UnsafeMutablePointer<VTermStateCallbacks>
    private let nonce: [UInt8]
    private var parser = StreamParser()

    /// How often the main screen has been erased whole.
    public internal(set) var erasures = 0
    var positionBeforeAlternate = TextPosition(line: 0, column: 0)
    var canvas: Canvas
    /// How many rows have left the main screen at its top.
    var scrolledRows = 0
    var log = TextLog()
    var pen = Pen()
    var penIndex: UInt16?
    private(set) var pens: [Pen] = [Pen()]
    private var penIndices: [Pen: UInt16] = [Pen(): 0]

    /// An empty screen.
    ///
    /// - Parameter nonce: What a prompt mark must carry to be believed.
    public init(columns: Int, rows: Int, nonce: String) {
        self.columns = max(2, columns)
        self.rows = max(2, rows)
        self.nonce = Array(nonce.utf8)
        canvas = Canvas(columns: self.columns, rows: self.rows)
        terminal = vterm_new(Int32(self.rows), Int32(self.columns))
        vterm_set_utf8(terminal, 1)
        state = vterm_obtain_state(terminal)
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
        parser.feed(bytes) { piece in
            switch piece {
            case .emulated(let part): emulate(part)
            case .combining(let scalar): combine(scalar)
            case .controlSequence(let sequence): modes.note(sequence)
            case .reset: modes = TerminalModes()
            case .operatingSystemCommand(let text, let end):
                if let mark = PromptMark(osc: text, nonce: nonce) { onMark(mark, end) } else { answerColour(text) }
            }
        }
        swap(&parser, &self.parser)
    }

    /// Gives the emulator bytes that no program wrote, such as a reset of modes.
    public func inject(_ bytes: [UInt8]) {
        var parser = StreamParser()
        bytes.withUnsafeBufferPointer { buffer in
            parser.feed(buffer) { piece in
                switch piece {
                case .emulated(let part): emulate(part)
                case .controlSequence(let sequence): modes.note(sequence)
                case .combining, .reset, .operatingSystemCommand: break
                }
            }
        }
    }

    private func emulate(_ bytes: UnsafeBufferPointer<UInt8>) {
        bytes.withMemoryRebound(to: CChar.self) { part in
            guard let start = part.baseAddress else { return }
            _ = vterm_input_write(terminal, start, part.count)
        }
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
        var position = VTermPos()
        vterm_state_get_cursorpos(state, &position)
        return (Int(position.row), Int(position.col))
    }

    /// The cursor's place in the text of the main screen; while the alternate one is shown, where it was left.
    public var position: TextPosition {
        if isAlternate { return positionBeforeAlternate }
        let (row, column) = cursor
        return TextPosition(
            line: scrolledRows + row, column: isAfterGlyph(row: row, column: column) ? glyphEnd : column)
    }

    /// Whether the cursor rests after the last glyph; after one in the last column libvterm leaves it upon the glyph.
    func isAfterGlyph(row: Int, column: Int) -> Bool {
        glyphEnd >= 0 && row == glyphRow && (column == glyphEnd || (glyphEnd >= columns && column == glyphColumn))
    }

    /// What stands left of the cursor in its row, without colours; blanks at its end are kept.
    public var textLeftOfCursor: String {
        let (row, column) = cursor
        var bytes: [UInt8] = []
        (isAlternate ? alternate : main)[row].appendText(
            to: isAfterGlyph(row: row, column: column) ? glyphEnd : column, into: &bytes)
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
