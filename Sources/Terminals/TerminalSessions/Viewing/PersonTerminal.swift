/// Sequences for the terminal of a person who joins one of a lab: what Lectern itself says to it.
package enum PersonTerminal {
    /// Saves the window's title, and names the terminal that is joined.
    ///
    /// - Parameter title: Without control characters.
    package static func beginning(title: String) -> [UInt8] { Array("\u{1B}[22;0t\u{1B}]0;\(title)\u{1B}\\".utf8) }

    /// Puts a terminal back, whatever a lab's programs left behind: mouse, pasting, keys, margins, characters, colours, links,
    /// the cursor and the other screen. What is on the screen below the cursor goes, and the cursor is on a line of its own.
    ///
    /// Some of it the ``ViewFilter`` lets nobody set; but a terminal may have been given it before.
    package static let restoring = Array(
        // Saved first, since leaving the other screen restores the cursor, also when it isn't shown.
        ("\u{1B}7\u{1B}[?47l\u{1B}[?1047l\u{1B}[?1049l"
            // Mouse: X10, clicks, highlighting, drags, motion, focus, and the forms of its reports.
            + "\u{1B}[?9l\u{1B}[?1000l\u{1B}[?1001l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1004l\u{1B}[?1005l\u{1B}[?1006l"
            + "\u{1B}[?1015l\u{1B}[?1016l"
            // Keys: pasting, cursor keys, keypad, kitty's keyboard protocol, xterm's modifyOtherKeys.
            + "\u{1B}[?2004l\u{1B}[?1l\u{1B}[?66l\u{1B}>\u{1B}[<u\u{1B}[>4m"
            // The screen: reverse, insert, new line, wrapping, synchronised output; margins and origin move the cursor.
            + "\u{1B}[?5l\u{1B}[4l\u{1B}[20l\u{1B}[?7h\u{1B}[?2026l\u{1B}7\u{1B}[?6l\u{1B}[?69l\u{1B}[r\u{1B}8"
            // Characters, links, colours, and the cursor's shape.
            + "\u{1B}(B\u{1B})B\u{1B}*B\u{1B}+B\u{F}\u{1B}]8;;\u{1B}\\\u{1B}[0m\u{1B}[0 q\u{1B}[?12l\u{1B}[?25h"
            + "\u{1B}[23;0t\r\n\u{1B}[J").utf8)
}
