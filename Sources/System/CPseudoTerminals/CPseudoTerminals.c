#define _GNU_SOURCE
#include "CPseudoTerminals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

// Major numbers 136–143 are Unix98 slaves, 256 minors each (Documentation/admin-guide/devices.txt).
enum { first_slave_major = 136 };

static dev_t slave_device(int number) { return makedev(first_slave_major + number / 256, number % 256); }

int cpt_open_master(unsigned short columns, unsigned short rows) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0) return -1;
    if (grantpt(master) < 0 || unlockpt(master) < 0 || cpt_resize(master, columns, rows) < 0) {
        int reason = errno;
        close(master);
        errno = reason;
        return -1;
    }
    return master;
}

int cpt_slave_number(int master) {
    unsigned int number;
    return ioctl(master, TIOCGPTN, &number) < 0 ? -1 : (int)number;
}

int cpt_open_peer(int master) { return ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK); }

int cpt_resize(int master, unsigned short columns, unsigned short rows) {
    struct winsize size = {.ws_col = columns, .ws_row = rows};
    return ioctl(master, TIOCSWINSZ, &size);
}

int cpt_spawn(int slave_number, const char *path, char *const arguments[], char *const environment[],
              const char *directory, int *pid) {
    char slave[32];
    snprintf(slave, sizeof slave, "/dev/pts/%d", slave_number);

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
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    // A session leader without a terminal that opens one gets it as its controlling terminal.
    failure = posix_spawn_file_actions_addopen(&actions, 0, slave, O_RDWR, 0);
    if (!failure) failure = posix_spawn_file_actions_adddup2(&actions, 0, 1);
    if (!failure) failure = posix_spawn_file_actions_adddup2(&actions, 0, 2);
    if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (!failure && directory) failure = posix_spawn_file_actions_addchdir_np(&actions, directory);
    if (!failure) failure = posix_spawn(pid, path, &actions, &attributes, arguments, environment);

    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

bool cpt_is_master(int descriptor) {
    struct stat status;
    // Each instance of devpts has a ptmx of its own with the number of /dev/ptmx.
    return fstat(descriptor, &status) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == makedev(5, 2) &&
           cpt_slave_number(descriptor) >= 0;
}

int cpt_make_passing_pair(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends);
}

// Room for one descriptor, aligned as the header of a control message must be.
union passed_descriptor {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
};

int cpt_send_descriptor(int socket, uint32_t number, int descriptor) {
    union passed_descriptor control = {0};
    struct iovec content = {.iov_base = &number, .iov_len = sizeof number};
    struct msghdr message = {
        .msg_iov = &content, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.header), &descriptor, sizeof descriptor);
    return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -1 : 0;
}

int cpt_receive_descriptor(int socket, uint32_t *number) {
    union passed_descriptor control = {0};
    struct iovec content = {.iov_base = number, .iov_len = sizeof *number};
    struct msghdr message = {
        .msg_iov = &content, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = CMSG_LEN(sizeof(int))};
    // The kernel lets go of what does not fit: at most one descriptor gets here.
    ssize_t count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (count <= 0) {
        if (count == 0) errno = 0;
        return -1;
    }
    int descriptor = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    if (descriptor >= 0 && count == sizeof *number && !(message.msg_flags & MSG_TRUNC)) return descriptor;
    if (descriptor >= 0) close(descriptor);
    errno = EBADMSG;
    return -1;
}

cpt_wait cpt_wait_of_system_call(long number) {
    switch (number) {
    case SYS_read:
    case SYS_readv: return CPT_WAIT_READ;
#ifdef SYS_poll
    case SYS_poll: return CPT_WAIT_POLL;
#endif
    case SYS_ppoll: return CPT_WAIT_PPOLL;
#ifdef SYS_select
    case SYS_select: return CPT_WAIT_SELECT;
#endif
    case SYS_pselect6: return CPT_WAIT_PSELECT;
#ifdef SYS_epoll_wait
    case SYS_epoll_wait: return CPT_WAIT_EPOLL;
#endif
    case SYS_epoll_pwait: return CPT_WAIT_EPOLL;
#ifdef SYS_epoll_pwait2
    case SYS_epoll_pwait2: return CPT_WAIT_EPOLL_PWAIT2;
#endif
    case SYS_nanosleep:
    case SYS_clock_nanosleep: return CPT_WAIT_CLOCK;
    case SYS_wait4:
    case SYS_waitid: return CPT_WAIT_CHILD;
    case SYS_futex: return CPT_WAIT_FUTEX;
    default: return CPT_WAIT_OTHER;
    }
}

bool cpt_is_terminal(uint64_t device, int slave_number, bool or_controlling) {
    return device == slave_device(slave_number) || (or_controlling && device == makedev(5, 0));
}

int64_t cpt_terminal_number(int slave_number) {
    // The kernel's new_encode_dev(): minor bits 0–7, major bits 8–19, the rest of the minor above.
    dev_t device = slave_device(slave_number);
    int64_t major_number = major(device), minor_number = minor(device);
    return (minor_number & 0xff) | (major_number << 8) | ((minor_number & ~0xffLL) << 12);
}
