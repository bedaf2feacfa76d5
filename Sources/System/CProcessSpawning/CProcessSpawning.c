#define _GNU_SOURCE
#include "CProcessSpawning.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int cps_poll(struct pollfd *descriptors, size_t count, const struct timespec *timeout, const sigset_t *mask) {
    return ppoll(descriptors, count, timeout, mask);
}

int cps_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

void cps_limit_resources(unsigned long processes) {
    struct rlimit limit = {0, 0};
    setrlimit(RLIMIT_CORE, &limit);
    if (getrlimit(RLIMIT_NPROC, &limit) < 0) return;
    if (limit.rlim_max > processes) limit.rlim_max = processes;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NPROC, &limit);
}

// The caller's descriptors may have the numbers that others are to get: all are moved out of the way first.
enum { first_free = 64, most = 8 };

int cps_spawn(const char *path, char *const arguments[], char *const environment[], const char *directory,
              const int descriptors[], int count, bool new_session, pid_t *pid) {
    if (count > most) return EINVAL;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int failure = posix_spawnattr_init(&attributes);
    if (failure) return failure;
    failure = posix_spawn_file_actions_init(&actions);
    if (failure) {
        posix_spawnattr_destroy(&attributes);
        return failure;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              (new_session ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP));

    int moved[most];
    int made = 0;
    for (; !failure && made < count; made++) {
        moved[made] = fcntl(descriptors[made], F_DUPFD_CLOEXEC, first_free);
        if (moved[made] < 0) {
            failure = errno;
            break;
        }
        failure = posix_spawn_file_actions_adddup2(&actions, moved[made], made);
    }
    if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(&actions, count);
    if (!failure && directory) failure = posix_spawn_file_actions_addchdir_np(&actions, directory);
    if (!failure) failure = posix_spawn(pid, path, &actions, &attributes, arguments, environment);

    for (int i = 0; i < made; i++) close(moved[i]);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int cps_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int cps_pidfd_send_signal(int descriptor, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0);
}
