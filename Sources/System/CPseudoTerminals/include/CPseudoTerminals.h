// What Swift's Glibc module hides of pseudo-terminals, and the numbers of the system calls a program waits in.
#pragma once
#include <stdbool.h>
#include <stdint.h>

/// Opens the master of a new pseudo-terminal: non-blocking, close-on-exec. Returns -1 and sets errno on failure.
int cpt_open_master(unsigned short columns, unsigned short rows);

/// The number N of the slave /dev/pts/N, or -1 with errno.
int cpt_slave_number(int master);

/// Opens the slave without a path, without making it anyone's controlling terminal. Returns -1 with errno.
int cpt_open_peer(int master);

/// Gives the terminal a new size; its foreground group gets SIGWINCH. Returns -1 with errno.
int cpt_resize(int master, unsigned short columns, unsigned short rows);

/// Starts a program as leader of a session whose controlling terminal is the slave. Returns 0 or an errno.
int cpt_spawn(int slave_number, const char *path, char *const arguments[], char *const environment[],
              const char *directory, int *pid);

/// Whether the descriptor is the master of a Unix98 pseudo-terminal.
bool cpt_is_master(int descriptor);

/// Makes a pair of connected sockets for cpt_send_descriptor and cpt_receive_descriptor: neither blocks, and both are closed
/// on exec. Returns -1 with errno.
int cpt_make_passing_pair(int ends[2]);

/// Passes a descriptor with a number, without waiting. Returns -1 with errno.
int cpt_send_descriptor(int socket, uint32_t number, int descriptor);

/// Takes the next descriptor that was passed, close-on-exec, without waiting: -1 with errno when there is none (EAGAIN), when
/// the other end is gone (0), and when a message holds anything else (EBADMSG), of which nothing is kept.
int cpt_receive_descriptor(int socket, uint32_t *number);

/// How a thread that is blocked in a system call waits.
typedef enum {
    CPT_WAIT_OTHER,
    CPT_WAIT_READ,         // arguments: fd
    CPT_WAIT_POLL,         // pollfd array, count, milliseconds
    CPT_WAIT_PPOLL,        // pollfd array, count, timespec
    CPT_WAIT_SELECT,       // nfds, read set, write set, except set, timeval
    CPT_WAIT_PSELECT,      // nfds, read set, write set, except set, timespec
    CPT_WAIT_EPOLL,        // epoll fd, events, count, milliseconds
    CPT_WAIT_EPOLL_PWAIT2, // epoll fd, events, count, timespec
    CPT_WAIT_CLOCK,
    CPT_WAIT_CHILD,
    CPT_WAIT_FUTEX,
} cpt_wait;

cpt_wait cpt_wait_of_system_call(long number);

/// Whether st_rdev is /dev/pts/N, or /dev/tty when `or_controlling` says that it names the same terminal.
bool cpt_is_terminal(uint64_t device, int slave_number, bool or_controlling);

/// The value of tty_nr in /proc/PID/stat for /dev/pts/N.
int64_t cpt_terminal_number(int slave_number);
