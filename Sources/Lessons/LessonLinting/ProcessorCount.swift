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

/// How much work can be done side by side.
public enum ProcessorCount {
    /// Processors that are online: how many tasks can compute at a time; at least 1.
    public static var online: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
