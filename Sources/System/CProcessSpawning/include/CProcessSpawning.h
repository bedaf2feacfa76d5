// What Swift's Glibc module hides of starting processes, confining them and waiting for them.
#pragma once
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/// ppoll(2): waits with another signal mask.
int cps_poll(struct pollfd *descriptors, size_t count, const struct timespec *timeout, const sigset_t *mask);

/// Makes orphaned descendants children of the caller instead of init's (PR_SET_CHILD_SUBREAPER). Returns 0 or -1.
int cps_adopt_orphans(void);

/// Lowers the soft and hard limits of core dumps to nothing, and of processes, of one process's writable memory and of
/// one file's size to at most this; 0 leaves the last two alone.
void cps_limit_resources(unsigned long processes, unsigned long data, unsigned long file_size);

/// pipe2(2) with O_CLOEXEC: the reading and the writing end. Returns 0 or -1.
int cps_pipe(int ends[2]);

/// One instruction of a classic BPF program, as struct sock_filter has it.
typedef struct {
    uint16_t code;
    uint8_t jump_if_true;
    uint8_t jump_if_false;
    uint32_t value;
} cps_instruction;

/// How a program starts. What is zero or null is left as it is with the caller, except where it says otherwise.
typedef struct {
    /// Where it starts, as it sees the file system.
    const char *directory;
    /// The caller's descriptors that become 0, 1, 2, …; they may occur several times. All others are closed.
    const int *descriptors;
    int descriptor_count;
    /// A terminal to open as 0, 1 and 2 instead; it becomes the controlling one. Wants `new_session`.
    const char *terminal;
    /// Leads a session, or else a process group.
    bool new_session;
    /// Has a session keyring of its own, without a key of the caller's.
    bool new_keyring;
    /// Lives in this mount namespace; -1 for the caller's.
    int mount_namespace;
    /// Has no capability and can't get one.
    bool drops_capabilities;
    /// Judges its system calls, and those of all that it starts; none of them gains privileges any more.
    const cps_instruction *filter;
    unsigned short filter_length;
    /// Descriptors of `cgroup.procs` or `tasks` files that the process joins.
    const int *groups;
    int group_count;
    /// Added to how readily the kernel ends it when memory runs out; 0–1000.
    int oom_score;
} cps_options;

/// Starts a program with default signals and nothing blocked. Returns 0 or an errno.
int cps_spawn(const char *path, char *const arguments[], char *const environment[], const cps_options *options,
              pid_t *pid);

/// Makes the process's memory and files unreadable to others of its user (PR_SET_DUMPABLE). Returns 0 or -1.
int cps_refuse_inspection(void);

/// Puts the capabilities that the caller may have into effect, or out of it. Returns 0 or -1.
int cps_use_capabilities(bool in_effect);

/// Gives up all capabilities for good. Returns 0 or an errno.
int cps_drop_capabilities(void);

/// The number of a system call here; -1 when this processor or kernel has none of that name, -2 for an unknown name.
long cps_system_call(const char *name);

/// The AUDIT_ARCH_… number of the programs of this processor.
uint32_t cps_architecture(void);

/// fork(2), for a caller of one thread.
pid_t cps_fork(void);

/// unshare(2) and setns(2). Return 0 or -1.
int cps_new_pid_namespace_for_children(void);
int cps_new_mount_namespace(void);
int cps_enter_pid_namespace_for_children(int descriptor);

/// Closes all descriptors from this one on.
void cps_close_from(int first);

/// Sets the name that /proc/PID/comm shows.
void cps_set_name(const char *name);

/// pidfd_open(2), closed on exec. Returns a descriptor or -1.
int cps_pidfd_open(pid_t pid);

/// pidfd_send_signal(2) without further information. Returns 0 or -1.
int cps_pidfd_send_signal(int descriptor, int signal);

/// What a file takes of the disk, and what tells it from others.
typedef struct {
    uint64_t device, number, links, bytes;
    bool is_regular;
} cps_file;

/// Calls `visit` for everything in a directory, and for the directory, without following a link or leaving the file
/// system. No tree is too deep: it goes down by changing the working directory, and comes back. Returns 0 or an errno.
int cps_visit_files(const char *directory, void (*visit)(const cps_file *file, void *context), void *context);

/// Gives a directory and everything in it to a user and the group of the same number; no link is followed, and what lies on
/// another file system is left. Nobody else may change names there meanwhile. Returns 0 or an errno.
int cps_give_files(const char *directory, uid_t user);

/// Becomes user and group 0, and no member of any other group, with the capabilities that the caller has. Returns 0 or an
/// errno.
int cps_become_root(void);

/// Gives up all capabilities of the caller but these, by their numbers. Returns 0 or -1.
int cps_keep_capabilities(uint64_t kept);
