public import Glibc

/// Kills the jobs of a terminal's shell that began not longer than `seconds` ago, whatever they run by now.
///
/// A job is a process group of the shell's session; one is as old as its oldest process. What has left the session
/// (`setsid`) is left alone, and so is the shell.
///
/// - Parameter shell: The process that leads the terminal's session.
public func killJobs(of shell: pid_t, startedWithin seconds: Double) {
    var starts: [pid_t: UInt64] = [:]
    forEachNumber(in: "/proc") { process in
        guard process != shell, getsid(process) == shell else { return }
        let group = getpgid(process)
        guard group > 0, group != shell, let status = ProcessStatus(of: process) else { return }
        starts[group] = min(starts[group] ?? .max, status.startTicks)
    }
    var now = timespec()
    clock_gettime(CLOCK_BOOTTIME, &now)
    let uptime = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    for (group, start) in starts where uptime - Double(start) / ticksPerSecond <= seconds { kill(-group, SIGKILL) }
}
