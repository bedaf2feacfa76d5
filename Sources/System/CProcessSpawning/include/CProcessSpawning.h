// What Swift's Glibc module hides of starting processes and waiting for them.
#pragma once
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

/// ppoll(2): waits with another signal mask.
int cps_poll(struct pollfd *descriptors, size_t count, const struct timespec *timeout, const sigset_t *mask);

/// Makes orphaned descendants children of the caller instead of init's (PR_SET_CHILD_SUBREAPER). Returns 0 or -1.
int cps_adopt_orphans(void);

/// Sets the soft and hard limits of core dumps to nothing and of processes to at most so many.
void cps_limit_resources(unsigned long processes);

/// Starts a program with default signals and none but the given descriptors. Returns 0 or an errno.
///
/// `descriptors` become 0, 1, 2, … in the child, up to `count`; each must be open and may occur several times.
int cps_spawn(const char *path, char *const arguments[], char *const environment[], const char *directory,
              const int descriptors[], int count, bool new_session, pid_t *pid);

/// pidfd_open(2), closed on exec. Returns a descriptor or -1.
int cps_pidfd_open(pid_t pid);

/// pidfd_send_signal(2) without further information. Returns 0 or -1.
int cps_pidfd_send_signal(int descriptor, int signal);
