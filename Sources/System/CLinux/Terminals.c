#define _GNU_SOURCE
#include "Terminals.h"

#include <errno.h>
#include <fcntl.h>
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

int linux_open_terminal(unsigned short columns, unsigned short rows) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0) return -1;
    if (grantpt(master) < 0 || unlockpt(master) < 0 || linux_resize_terminal(master, columns, rows) < 0) {
        int reason = errno;
        close(master);
        errno = reason;
        return -1;
    }
    return master;
}

int linux_terminal_slave(int master) {
    unsigned int number;
    return ioctl(master, TIOCGPTN, &number) < 0 ? -1 : (int)number;
}

int linux_open_terminal_slave(int master) { return ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK); }

int linux_resize_terminal(int master, unsigned short columns, unsigned short rows) {
    struct winsize size = {.ws_col = columns, .ws_row = rows};
    return ioctl(master, TIOCSWINSZ, &size);
}

bool linux_is_terminal_master(int descriptor) {
    struct stat status;
    // Each instance of devpts has a ptmx of its own with the number of /dev/ptmx.
    return fstat(descriptor, &status) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == makedev(5, 2) &&
           linux_terminal_slave(descriptor) >= 0;
}

int linux_make_passing_pair(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends);
}

// Room for one descriptor, aligned as the header of a control message must be.
union passed_descriptor {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
};

int linux_send_descriptor(int socket, uint32_t number, int descriptor) {
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

int linux_receive_descriptor(int socket, uint32_t *number) {
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

linux_wait_kind linux_wait_kind_of_system_call(long number) {
    switch (number) {
    case SYS_read:
    case SYS_readv: return LINUX_WAIT_READ;
#ifdef SYS_poll
    case SYS_poll: return LINUX_WAIT_POLL;
#endif
    case SYS_ppoll: return LINUX_WAIT_PPOLL;
#ifdef SYS_select
    case SYS_select: return LINUX_WAIT_SELECT;
#endif
    case SYS_pselect6: return LINUX_WAIT_PSELECT;
#ifdef SYS_epoll_wait
    case SYS_epoll_wait: return LINUX_WAIT_EPOLL;
#endif
    case SYS_epoll_pwait: return LINUX_WAIT_EPOLL;
#ifdef SYS_epoll_pwait2
    case SYS_epoll_pwait2: return LINUX_WAIT_EPOLL_PWAIT2;
#endif
    case SYS_nanosleep:
    case SYS_clock_nanosleep: return LINUX_WAIT_CLOCK;
    case SYS_wait4:
    case SYS_waitid: return LINUX_WAIT_CHILD;
    case SYS_futex: return LINUX_WAIT_FUTEX;
    default: return LINUX_WAIT_OTHER;
    }
}

bool linux_is_terminal(uint64_t device, int slave_number, bool or_controlling) {
    return device == slave_device(slave_number) || (or_controlling && device == makedev(5, 0));
}

int64_t linux_terminal_device_number(int slave_number) {
    // The kernel's new_encode_dev(): minor bits 0–7, major bits 8–19, the rest of the minor above.
    dev_t device = slave_device(slave_number);
    int64_t major_number = major(device), minor_number = minor(device);
    return (minor_number & 0xff) | (major_number << 8) | ((minor_number & ~0xffLL) << 12);
}
