// Pseudo-terminals, and the numbers of the system calls that a program waits in.
#pragma once
#include <stdbool.h>
#include <stdint.h>

/// Opens the master of a new pseudo-terminal: non-blocking, close-on-exec. Returns -1 and sets errno on failure.
int linux_open_terminal(unsigned short columns, unsigned short rows);

/// The number N of the slave /dev/pts/N, or -1 with errno.
int linux_terminal_slave(int master);

/// Opens the slave without a path, without making it anyone's controlling terminal. Returns -1 with errno.
int linux_open_terminal_slave(int master);

/// Gives the terminal a new size; its foreground group gets SIGWINCH. Returns -1 with errno.
int linux_resize_terminal(int master, unsigned short columns, unsigned short rows);

/// Whether the descriptor is the master of a Unix98 pseudo-terminal.
bool linux_is_terminal_master(int descriptor);

/// Makes a pair of connected sockets for linux_send_descriptor and linux_receive_descriptor: neither blocks, and both are closed
/// on exec. Returns -1 with errno.
int linux_make_passing_pair(int ends[2]);

/// Passes a descriptor with a number, without waiting. Returns -1 with errno.
int linux_send_descriptor(int socket, uint32_t number, int descriptor);

/// Takes the next descriptor that was passed, close-on-exec, without waiting: -1 with errno when there is none (EAGAIN), when
/// the other end is gone (0), and when a message holds anything else (EBADMSG), of which nothing is kept.
int linux_receive_descriptor(int socket, uint32_t *number);

/// How a thread that is blocked in a system call waits.
typedef enum {
    LINUX_WAIT_OTHER,
    LINUX_WAIT_READ,         // arguments: fd
    LINUX_WAIT_POLL,         // pollfd array, count, milliseconds
    LINUX_WAIT_PPOLL,        // pollfd array, count, timespec
    LINUX_WAIT_SELECT,       // nfds, read set, write set, except set, timeval
    LINUX_WAIT_PSELECT,      // nfds, read set, write set, except set, timespec
    LINUX_WAIT_EPOLL,        // epoll fd, events, count, milliseconds
    LINUX_WAIT_EPOLL_PWAIT2, // epoll fd, events, count, timespec
    LINUX_WAIT_CLOCK,
    LINUX_WAIT_CHILD,
    LINUX_WAIT_FUTEX,
} linux_wait_kind;

linux_wait_kind linux_wait_kind_of_system_call(long number);

/// Whether st_rdev is /dev/pts/N, or /dev/tty when `or_controlling` says that it names the same terminal.
bool linux_is_terminal(uint64_t device, int slave_number, bool or_controlling);

/// The value of tty_nr in /proc/PID/stat for /dev/pts/N.
int64_t linux_terminal_device_number(int slave_number);
