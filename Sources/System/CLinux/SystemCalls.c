#include "Processes.h"

#include <string.h>
#include <sys/syscall.h>

// Calls that some processors never had.
#ifndef __NR_create_module
#define __NR_create_module -1
#endif
#ifndef __NR_get_kernel_syms
#define __NR_get_kernel_syms -1
#endif
#ifndef __NR_ioperm
#define __NR_ioperm -1
#endif
#ifndef __NR_iopl
#define __NR_iopl -1
#endif
#ifndef __NR_modify_ldt
#define __NR_modify_ldt -1
#endif
#ifndef __NR_query_module
#define __NR_query_module -1
#endif
#ifndef __NR_sysfs
#define __NR_sysfs -1
#endif
#ifndef __NR_uselib
#define __NR_uselib -1
#endif
#ifndef __NR_ustat
#define __NR_ustat -1
#endif
#ifndef __NR__sysctl
#define __NR__sysctl -1
#endif
#ifndef __NR_lookup_dcookie
#define __NR_lookup_dcookie -1
#endif
#ifndef __NR_nfsservctl
#define __NR_nfsservctl -1
#endif
// Calls that are younger than the headers may be; their numbers are the same on all processors.
#ifndef __NR_statmount
#define __NR_statmount 457
#endif
#ifndef __NR_listmount
#define __NR_listmount 458
#endif
#ifndef __NR_open_tree_attr
#define __NR_open_tree_attr 467
#endif
#ifndef __NR_file_setattr
#define __NR_file_setattr 469
#endif

#define CALL(name) {#name, __NR_##name}

static const struct {
    const char *name;
    long number;
} calls[] = {
    CALL(_sysctl), CALL(acct), CALL(add_key), CALL(adjtimex), CALL(bpf), CALL(chroot), CALL(clock_adjtime),
    CALL(clock_settime), CALL(clone), CALL(clone3), CALL(create_module), CALL(delete_module), CALL(fanotify_init),
    CALL(file_setattr), CALL(finit_module), CALL(fsconfig), CALL(fsmount), CALL(fsopen), CALL(fspick),
    CALL(get_kernel_syms), CALL(init_module), CALL(io_uring_enter), CALL(io_uring_register), CALL(io_uring_setup),
    CALL(ioctl), CALL(ioperm), CALL(iopl), CALL(kcmp), CALL(kexec_file_load), CALL(kexec_load), CALL(keyctl),
    CALL(listmount), CALL(lookup_dcookie), CALL(migrate_pages), CALL(modify_ldt), CALL(mount), CALL(mount_setattr),
    CALL(move_mount), CALL(move_pages), CALL(nfsservctl), CALL(open_by_handle_at), CALL(open_tree),
    CALL(open_tree_attr), CALL(perf_event_open), CALL(personality), CALL(pidfd_getfd), CALL(pivot_root), CALL(prctl),
    CALL(process_madvise), CALL(process_mrelease), CALL(process_vm_readv), CALL(process_vm_writev), CALL(ptrace),
    CALL(query_module), CALL(quotactl), CALL(quotactl_fd), CALL(reboot), CALL(request_key), CALL(setdomainname),
    CALL(sethostname), CALL(setns), CALL(settimeofday), CALL(socket), CALL(socketpair), CALL(statmount),
    CALL(swapoff), CALL(swapon), CALL(syslog), CALL(sysfs), CALL(umount2), CALL(unshare), CALL(uselib),
    CALL(userfaultfd), CALL(ustat), CALL(vhangup),
};

long linux_system_call(const char *name) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(calls[i].name, name) == 0) return calls[i].number;
    return -2;
}
