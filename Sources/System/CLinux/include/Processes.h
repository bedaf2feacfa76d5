// Starting processes, confining them and waiting for them.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// ppoll(2): waits with another signal mask, without end when the time is below 0. Takes an array of `struct pollfd` and a
/// `sigset_t`.
int linux_ppoll(void *descriptors, size_t count, int64_t milliseconds, const void *mask);

/// Makes orphaned descendants children of the caller instead of init's (PR_SET_CHILD_SUBREAPER). Returns 0 or -1.
int linux_adopt_orphans(void);

/// Lowers the soft and hard limits of core dumps to nothing, and of processes, of one process's writable memory and of
/// one file's size to at most this; 0 leaves the last two alone.
void linux_limit_resources(unsigned long processes, unsigned long data, unsigned long file_size);

/// pipe2(2) with O_CLOEXEC: the reading and the writing end. Returns 0 or -1.
int linux_pipe(int ends[2]);

/// One instruction of a classic BPF program, as struct sock_filter has it.
typedef struct {
    uint16_t code;
    uint8_t jump_if_true;
    uint8_t jump_if_false;
    uint32_t value;
} linux_filter_instruction;

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
    const linux_filter_instruction *filter;
    unsigned short filter_length;
    /// Descriptors of `cgroup.procs` or `tasks` files that the process joins.
    const int *groups;
    int group_count;
    /// Added to how readily the kernel ends it when memory runs out; 0–1000.
    int oom_score;
} linux_spawn_options;

/// Starts a program with default signals and nothing blocked. Returns 0 or an errno.
int linux_spawn(const char *path, char *const arguments[], char *const environment[], const linux_spawn_options *options,
              int *pid);

/// Makes the process's memory and files unreadable to others of its user (PR_SET_DUMPABLE). Returns 0 or -1.
int linux_refuse_inspection(void);

/// Puts the capabilities that the caller may have into effect, or out of it. Returns 0 or -1.
int linux_use_capabilities(bool in_effect);

/// Gives up all capabilities for good. Returns 0 or an errno.
int linux_drop_capabilities(void);

/// The number of a system call here; -1 when this processor or kernel has none of that name, -2 for an unknown name.
long linux_system_call(const char *name);

/// The AUDIT_ARCH_… number of the programs of this processor.
uint32_t linux_architecture(void);

/// fork(2), for a caller of one thread.
int linux_fork(void);

/// unshare(2) and setns(2). Return 0 or -1.
int linux_new_pid_namespace_for_children(void);
int linux_new_mount_namespace(void);
int linux_enter_pid_namespace_for_children(int descriptor);

/// Closes all descriptors from this one on.
void linux_close_from(int first);

/// Sets the name that /proc/PID/comm shows.
void linux_set_name(const char *name);

/// pidfd_open(2), closed on exec. Returns a descriptor or -1.
int linux_pidfd_open(int pid);

/// pidfd_send_signal(2) without further information. Returns 0 or -1.
int linux_pidfd_send_signal(int descriptor, int signal);

/// Becomes user and group 0, and no member of any other group, with the capabilities that the caller has. Returns 0 or an
/// errno.
int linux_become_root(void);

/// Gives up all capabilities of the caller but these, by their numbers. Returns 0 or -1.
int linux_keep_capabilities(uint64_t kept);
