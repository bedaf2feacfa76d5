import Glibc

/// The process's own time and memory: other work on the machine doesn't count.
enum Usage {
    /// In seconds, all threads.
    static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that was resident so far, in bytes.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}

extension Double {
    func rounded(to places: Int) -> String {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        let whole = Int((self * factor).rounded())
        let fraction = "\(whole % Int(factor))"
        if places == 0 { return "\(whole)" }
        return "\(whole / Int(factor))." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
