/// A number of bytes as people write it: `64k`, `512m`, `2g`.
public enum ByteSize {
    /// - Returns: `nil` for anything but one to six digits, not all of them 0, and one of `k`, `m` and `g`, which stand for
    ///   powers of 1024.
    public static func read(_ text: String) -> Int? {
        guard let unit = text.last, let shift = ["k": 10, "m": 20, "g": 30][unit] else { return nil }
        let digits = text.dropLast().utf8
        guard (1...6).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(text.dropLast()), number > 0
        else { return nil }
        return number << shift
    }

    /// The largest unit in which the number is whole: `2 GiB`, `1536 MiB`.
    public static func text(_ bytes: Int) -> String {
        for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where bytes > 0 && bytes & (1 << shift - 1) == 0 {
            return "\(bytes >> shift) \(unit)"
        }
        return "\(bytes) bytes"
    }
}
