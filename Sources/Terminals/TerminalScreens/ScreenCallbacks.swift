import CVTerm

// The functions libvterm calls; the context is the screen, which outlives its emulator.
extension Screen {
    private static func screen(_ context: UnsafeMutableRawPointer?) -> Screen {
        // libvterm hands back what `init` gave it.
        Unmanaged<Screen>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
    }

    static let outputCallback: @convention(c) (UnsafePointer<CChar>?, Int, UnsafeMutableRawPointer?) -> Void = {
        bytes, count, context in
        let buffer = UnsafeBufferPointer(start: bytes, count: count)
        screen(context).answer(buffer.map { UInt8(bitPattern: $0) })
    }

    static let stateCallbacks = VTermStateCallbacks(
        putglyph: { info, position, context in
            guard let info = info?.pointee, let scalars = info.chars else { return 0 }
            // The hottest of all paths: without a reference count, and with one exclusive access.
            return Unmanaged<Screen>.fromOpaque(context.unsafelyUnwrapped)._withUnsafeGuaranteedRef { screen in
                screen.lastGlyph = (scalars[0], Int(info.width))
                guard !screen.isCatchingUp else { return 1 }
                let pen = screen.penIndex ?? screen.currentPenIndex()
                screen.canvas.put(
                    scalars, pen: pen, width: Int(info.width), row: Int(position.row), column: Int(position.col))
                return 1
            }
        },
        movecursor: { position, _, _, context in
            let screen = screen(context)
            guard !screen.isCatchingUp else { return 1 }
            if !screen.canvas.isAfterGlyph(row: Int(position.row), column: Int(position.col)) { screen.glyphEnd = -1 }
            screen.mayWrapNext = false
            return 1
        },
        scrollrect: { area, downward, rightward, context in
            let screen = screen(context)
            guard rightward == 0, area.start_col == 0, area.end_col == screen.columns, area.start_row < area.end_row,
                area.end_row <= screen.rows
            else { return 0 }
            screen.scroll(rows: Int(area.start_row)..<Int(area.end_row), by: Int(downward))
            return 1
        },
        moverect: { destination, source, context in
            screen(context).move(source, to: destination)
            return 1
        },
        erase: { area, _, context in
            screen(context).erase(area)
            return 1
        },
        initpen: { context in
            let screen = screen(context)
            screen.pen = Pen()
            screen.penIndex = 0
            return 1
        },
        setpenattr: { attribute, value, context in
            guard let value = value?.pointee else { return 0 }
            let screen = screen(context)
            screen.pen.set(attribute, value)
            screen.penIndex = nil
            return 1
        },
        settermprop: { property, value, context in
            if property == VTERM_PROP_ALTSCREEN, let value = value?.pointee {
                let screen = screen(context)
                if value.boolean != 0, !screen.isAlternate { screen.positionBeforeAlternate = screen.position }
                screen.isAlternate = value.boolean != 0
                screen.glyphEnd = -1
                screen.mayWrapNext = true
            }
            return 1
        },
        bell: { _ in 1 },
        resize: { rows, columns, delta, context in
            let screen = screen(context)
            let leaving = screen.adopt(columns: Int(columns), rows: Int(rows), cursorRow: screen.cursor.row)
            delta?.pointee.row = -Int32(leaving)
            return 1
        },
        // Lines of double width are shown as any other: refusing keeps the emulator from halving them.
        setlineinfo: { _, _, _, _ in 0 })

    /// Adds a character without a width of its own to the last glyph.
    func combine(_ scalar: UInt32) {
        guard glyphEnd >= 0, glyphRow < rows, glyphColumn < columns else { return }
        if isAlternate {
            alternate[glyphRow].combine(scalar, column: glyphColumn)
        } else {
            main[glyphRow].combine(scalar, column: glyphColumn)
        }
    }

    private func scroll(rows range: Range<Int>, by distance: Int) {
        guard !isAlternate else { return alternate.scroll(range, by: distance) }
        if range == 0..<rows, distance > 0 {
            for _ in 0..<min(distance, rows) { scrollMainByOne() }
        } else {
            main.scroll(range, by: distance)
        }
    }

    private func move(_ source: VTermRect, to destination: VTermRect) {
        guard source.start_row < source.end_row, source.start_col < source.end_col else { return }
        let height = Int(source.end_row - source.start_row)
        let order = source.start_row < destination.start_row ? Array((0..<height).reversed()) : Array(0..<height)
        for offset in order {
            let from = Int(source.start_row) + offset
            let to = Int(destination.start_row) + offset
            guard from < rows, to < rows else { continue }
            let width = (Int(source.start_col)..<Int(source.end_col)).clamped(to: 0..<columns)
            let row = (isAlternate ? alternate : main)[from]
            let cells = width.map { row[$0] }
            if isAlternate {
                alternate[to].replace(from: Int(destination.start_col), with: cells)
            } else {
                main[to].replace(from: Int(destination.start_col), with: cells)
            }
        }
    }

    private func erase(_ area: VTermRect) {
        // An erasure beyond the margins comes as an area that ends before it starts.
        guard area.start_row < area.end_row, area.start_col < area.end_col else { return }
        let lines = (Int(area.start_row)..<Int(area.end_row)).clamped(to: 0..<rows)
        let width = (Int(area.start_col)..<Int(area.end_col)).clamped(to: 0..<columns)
        guard !lines.isEmpty, !width.isEmpty else { return }
        for row in lines {
            if isAlternate { alternate[row].erase(width) } else { main[row].erase(width) }
        }
        // `ESC[H ESC[J` comes as two erasures: the first row, then the rest.
        let isWide = width == 0..<columns
        if isWide, lines == 0..<rows || (erasedFirstRow && lines == 1..<rows) { wholeScreenWasErased() }
        erasedFirstRow = isWide && lines == 0..<1
    }
}

extension Pen {
    fileprivate mutating func set(_ attribute: VTermAttr, _ value: VTermValue) {
        func flag(_ bit: UInt8, _ isOn: Bool) { flags = isOn ? flags | bit : flags & ~bit }
        switch attribute {
        case VTERM_ATTR_BOLD: flag(Pen.bold, value.boolean != 0)
        case VTERM_ATTR_UNDERLINE: flag(Pen.underline, value.number != 0)
        case VTERM_ATTR_ITALIC: flag(Pen.italic, value.boolean != 0)
        case VTERM_ATTR_BLINK: flag(Pen.blink, value.boolean != 0)
        case VTERM_ATTR_REVERSE: flag(Pen.reverse, value.boolean != 0)
        case VTERM_ATTR_STRIKE: flag(Pen.strike, value.boolean != 0)
        case VTERM_ATTR_FOREGROUND: foreground = Pen.packed(value.color)
        case VTERM_ATTR_BACKGROUND: background = Pen.packed(value.color)
        default: break
        }
    }

    private static func packed(_ colour: VTermColor) -> UInt32 {
        if UInt32(colour.type) & VTERM_COLOR_DEFAULT_MASK.rawValue != 0 { return 0 }
        if UInt32(colour.type) & VTERM_COLOR_TYPE_MASK.rawValue == VTERM_COLOR_INDEXED.rawValue {
            return 1 << 24 | UInt32(colour.indexed.idx)
        }
        return 2 << 24 | UInt32(colour.rgb.red) << 16 | UInt32(colour.rgb.green) << 8 | UInt32(colour.rgb.blue)
    }
}
