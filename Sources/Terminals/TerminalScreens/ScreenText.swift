extension Screen {
    /// Begins to record what is written from this place on; ends any other recording.
    public func record(from start: TextPosition) {
        log.record(from: start)
    }

    /// Where the recording begins; `nil` when nothing is recorded.
    public var recordingStart: TextPosition? { log.recordingStart }

    /// Forgets what was recorded; nothing happens when nothing is recorded.
    public func stopRecording() {
        log.record(from: nil)
    }

    /// The recorded text up to a place on the main screen, as a person sees it: soft-wrapped lines joined, blanks at line
    /// ends dropped, without a last newline.
    ///
    /// Text that scrolled away is bounded by ``BoundedText/limit`` at either end. An erasure of the whole screen begins
    /// the recording anew.
    public func recordedText(to end: TextPosition) -> (text: String, droppedBytes: Int) {
        guard let start = log.recordingStart else { return ("", 0) }
        var recorded = log.takeIn()
        recorded.append(visibleText(from: start, to: end))
        return (Self.trimmed(recorded.bytes), recorded.droppedBytes)
    }

    /// The rows of the main screen between two places; the first carries a newline when lines went before it.
    private func visibleText(from start: TextPosition, to end: TextPosition) -> [UInt8] {
        var text: [UInt8] = []
        let first = max(start.line, scrolledRows)
        let last = min(end.line, scrolledRows + rows - 1)
        guard first <= last else { return text }
        for line in first...last {
            let row = main[line - scrolledRows]
            if line > start.line, !row.continues { text.append(UInt8(ascii: "\n")) }
            row.appendText(
                from: line == start.line ? start.column : 0, to: line == end.line ? end.column : .max, into: &text)
        }
        return text
    }

    /// Text without blanks at line ends and without the last newline.
    private static func trimmed(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var lineStart = 0
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                while text.count > lineStart, text.last == 0x20 { text.removeLast() }
                text.append(byte)
                lineStart = text.count
            } else {
                text.append(byte)
            }
        }
        while text.count > lineStart, text.last == 0x20 { text.removeLast() }
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of the terminal since an offset of an earlier call (0 for all that is kept, about a megabyte): what has
    /// scrolled away, and the rows of the main screen down to the last one that shows anything.
    public func transcript(since offset: Int) -> (text: String, next: Int) {
        var (bytes, next) = log.history(since: offset)
        for row in 0..<rows {
            if !main[row].continues { bytes.append(UInt8(ascii: "\n")) }
            main[row].appendText(into: &bytes)
        }
        // Each line is preceded by a newline, also the terminal's first.
        if bytes.first == UInt8(ascii: "\n") { bytes.removeFirst() }
        while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return (Self.trimmed(bytes), next)
    }

    func scrollMainByOne() { scrolled.take(&canvas.main) }

    /// `clear`, Ctrl-L and whatever else begins the screen anew.
    func wholeScreenWasErased() {
        guard !isAlternate else { return }
        erasures += 1
        guard log.recordingStart != nil else { return }
        log.record(from: TextPosition(line: scrolledRows, column: 0))
    }
}
