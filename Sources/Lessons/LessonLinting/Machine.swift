#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum Logarithm {
    static func base2(_ value: Double) -> Double { log2(value) }
}

public enum Machine {
    /// How many tasks can compute at a time, at least 1.
    public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
