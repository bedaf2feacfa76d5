#define _GNU_SOURCE
#include "Filter.h"
#include "Processes.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

_Static_assert(sizeof(linux_filter_instruction) == sizeof(struct sock_filter), "an instruction is a struct sock_filter");

int linux_refuse_inspection(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

static int set_capabilities(const struct __user_cap_data_struct *data) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    return (int)syscall(SYS_capset, &header, data);
}

int linux_use_capabilities(bool in_effect) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data) < 0) return -1;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) data[i].effective = in_effect ? data[i].permitted : 0;
    return set_capabilities(data);
}

int linux_drop_capabilities(void) {
    // Ends with the first number that the kernel doesn't know. Without CAP_SETPCAP the bounding set stays, and
    // no_new_privs alone keeps a program from gaining what is in it.
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {}
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    struct __user_cap_data_struct nothing[_LINUX_CAPABILITY_U32S_3];
    memset(nothing, 0, sizeof nothing);
    if (set_capabilities(nothing) < 0) return errno;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? errno : 0;
}

int linux_become_root(void) {
    // glibc's own functions would tell other threads, of which there are none.
    if (syscall(SYS_setgroups, 0, NULL) < 0 || syscall(SYS_setresgid, 0, 0, 0) < 0 || syscall(SYS_setresuid, 0, 0, 0) < 0)
        return errno;
    // Another user's process may be inspected again, and outlives its parent.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) return errno;
    return 0;
}

int linux_keep_capabilities(uint64_t kept) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data) < 0) return -1;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
        uint32_t mask = (uint32_t)(kept >> (32 * i));
        data[i].effective &= mask;
        data[i].permitted &= mask;
        data[i].inheritable = 0;
    }
    return set_capabilities(data);
}

int linux_install_filter(const linux_filter_instruction *instructions, unsigned short count) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
    struct sock_fprog program = {.len = count, .filter = (struct sock_filter *)instructions};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

int linux_fork(void) { return fork(); }

int linux_new_pid_namespace_for_children(void) { return unshare(CLONE_NEWPID); }

int linux_new_mount_namespace(void) { return unshare(CLONE_NEWNS); }

int linux_enter_pid_namespace_for_children(int descriptor) { return setns(descriptor, CLONE_NEWPID); }

void linux_set_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

uint32_t linux_architecture(void) {
#if defined(__x86_64__)
    return AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
    return AUDIT_ARCH_AARCH64;
#else
#error "the filter of system calls isn't written for this processor"
#endif
}
