// Opening files safely, and going through trees of them.
#pragma once
#include <stdbool.h>
#include <stdint.h>

/// O_PATH of open(2): a descriptor that only names what it was opened for.
extern const int linux_path_only;

/// openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS: nothing outside the directory is opened, whatever changes
/// meanwhile. Without `follows_links` a symbolic link anywhere in the path is an error (ELOOP) too.
///
/// Returns a descriptor, or -1 with errno: EXDEV for a path that leads out, ENOSYS or EPERM where the call is not available.
int linux_open_beneath(int directory, const char *path, int flags, uint32_t mode, bool follows_links);

/// What a file takes of the disk, and what tells it from others.
typedef struct {
    uint64_t device, number, links, bytes;
    bool is_regular;
} linux_file_usage;

/// Calls `visit` for everything in a directory, and for the directory, without following a link or leaving the file
/// system. No tree is too deep: it goes down by changing the working directory, and comes back. Returns 0 or an errno.
int linux_visit_files(const char *directory, void (*visit)(const linux_file_usage *file, void *context), void *context);

/// Gives a directory and everything in it to a user and the group of the same number; no link is followed, and what lies on
/// another file system is left. Nobody else may change names there meanwhile. Returns 0 or an errno.
int linux_give_files(const char *directory, uint32_t user);
