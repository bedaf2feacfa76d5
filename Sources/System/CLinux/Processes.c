#define _GNU_SOURCE
#include "Filter.h"
#include "Processes.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int linux_ppoll(void *descriptors, size_t count, int64_t milliseconds, const void *mask) {
    struct timespec timeout = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    return ppoll(descriptors, count, milliseconds < 0 ? NULL : &timeout, mask);
}

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int linux_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

static void lower(int resource, unsigned long bound) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) return;
    if (limit.rlim_max > bound) limit.rlim_max = bound;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(resource, &limit);
}

void linux_limit_resources(unsigned long processes, unsigned long data, unsigned long file_size) {
    lower(RLIMIT_CORE, 0);
    lower(RLIMIT_NPROC, processes);
    if (data) lower(RLIMIT_DATA, data);
    if (file_size) lower(RLIMIT_FSIZE, file_size);
}

void linux_close_from(int first) {
    if (close_range((unsigned)first, ~0u, 0) == 0) return;
    // Linux before 5.9.
    struct rlimit limit;
    int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 16 ? (int)limit.rlim_cur : 1 << 16;
    for (int descriptor = first; descriptor < end; descriptor++) close(descriptor);
}

// The caller's descriptors may have the numbers that others are to get: all are moved out of the way first.
enum { first_free = 64, most_descriptors = 8 };

static int write_all(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, text, strlen(text));
    close(file);
    return written < 0 ? -1 : 0;
}

/// Takes the place of the caller's standard descriptors. Returns how many are in use, or -1.
static int arrange_descriptors(const linux_spawn_options *options) {
    if (options->terminal) {
        // A session leader without a terminal that opens one gets it as its controlling terminal.
        int terminal = open(options->terminal, O_RDWR);
        if (terminal < 0) return -1;
        for (int target = 0; target < 3; target++)
            if (terminal != target && dup2(terminal, target) < 0) return -1;
        return 3;
    }
    int moved[most_descriptors];
    for (int i = 0; i < options->descriptor_count; i++) {
        moved[i] = fcntl(options->descriptors[i], F_DUPFD_CLOEXEC, first_free);
        if (moved[i] < 0) return -1;
    }
    for (int i = 0; i < options->descriptor_count; i++)
        if (dup2(moved[i], i) < 0) return -1;
    return options->descriptor_count;
}

static int prepare(const linux_spawn_options *options) {
    if (options->new_session ? setsid() < 0 : setpgid(0, 0) < 0) return -1;
    for (int i = 0; i < options->group_count; i++)
        if (write(options->groups[i], "0", 1) < 0) return -1;
    if (options->oom_score) {
        char text[16];
        snprintf(text, sizeof text, "%d", options->oom_score);
        // Where it can't be raised the process is only less likely to be ended than it should be.
        (void)write_all("/proc/self/oom_score_adj", text);
    }
    // A kernel without keyrings has none to share.
    if (options->new_keyring && syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 && errno != ENOSYS) return -1;
    if (options->mount_namespace >= 0 && setns(options->mount_namespace, CLONE_NEWNS) < 0) return -1;
    int used = arrange_descriptors(options);
    if (used < 0) return -1;
    linux_close_from(used);
    if (options->directory && chdir(options->directory) < 0) return -1;
    if (options->drops_capabilities && (errno = linux_drop_capabilities())) return -1;
    return options->filter ? linux_install_filter(options->filter, options->filter_length) : 0;
}

static void reset_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
}

int linux_spawn(const char *path, char *const arguments[], char *const environment[], const linux_spawn_options *options,
              int *pid) {
    if (options->descriptor_count > most_descriptors || (options->terminal && !options->new_session)) return EINVAL;
    sigset_t none, all, before;
    sigemptyset(&none);
    sigfillset(&all);
    // The child shares this memory until it runs the program: no handler of ours may run in it.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    volatile int failure = 0;
    pid_t child = vfork();
    if (child == 0) {
        reset_signals();
        if (prepare(options) == 0) {
            sigprocmask(SIG_SETMASK, &none, NULL);
            execve(path, arguments, environment);
        }
        failure = errno;
        _exit(127);
    }
    int problem = child < 0 ? errno : failure;
    if (child > 0 && problem)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!problem) *pid = child;
    return problem;
}

int linux_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int linux_pidfd_send_signal(int descriptor, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0);
}
