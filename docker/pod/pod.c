// Owns a lab's network namespace and does nothing else: waits until it is told to end, then ends at once.
//
// As the first process of its container it gets no default action for signals, so it waits for them by name.
#include <signal.h>
#include <stddef.h>

int main(void) {
    sigset_t ends;
    int received;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGQUIT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    return sigwait(&ends, &received);
}
