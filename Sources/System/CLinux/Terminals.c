#define _GNU_SOURCE
#include "Terminals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
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
