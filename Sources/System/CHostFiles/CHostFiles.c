#define _GNU_SOURCE
#include "CHostFiles.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const int chf_path_only = O_PATH;

int chf_open_beneath(int directory, const char *path, int flags, mode_t mode, bool follows_links) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (unsigned)(flags | O_CLOEXEC);
    how.mode = flags & O_CREAT ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | (follows_links ? 0 : RESOLVE_NO_SYMLINKS);
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}
