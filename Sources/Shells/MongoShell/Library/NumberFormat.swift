import Glibc
import ShellLiterals

/// Numbers with a given count of digits.
enum NumberFormat {
    /// What JavaScript's `toFixed` makes of a number; halves are rounded away from zero.
    ///
    /// - Parameter digits: Behind the point, 0–100.
    static func fixed(_ number: Double, digits: Int) -> String {
        guard number.magnitude < 1e21 else { return number.javaScriptText }
        let factor = pow(10, Double(digits))
        let scaled = number.magnitude * factor
        // The C library rounds to the even neighbour.
        let isHalf = scaled < 4.5e15 && scaled - scaled.rounded(.down) == 0.5
        let rounded = isHalf ? (scaled.rounded(.down) + 1) / factor * (number < 0 ? -1 : 1) : number
        var buffer = [CChar](repeating: 0, count: 160)
        _ = withVaList([Int32(digits), rounded]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
