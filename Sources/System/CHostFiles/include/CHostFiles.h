// What Swift's Glibc module lacks for opening files safely.
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/// O_PATH of open(2): a descriptor that only names what it was opened for.
extern const int chf_path_only;

/// openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS: nothing outside the directory is opened, whatever changes
/// meanwhile. Without `follows_links` a symbolic link anywhere in the path is an error (ELOOP) too.
///
/// Returns a descriptor, or -1 with errno: EXDEV for a path that leads out, ENOSYS or EPERM where the call is not available.
int chf_open_beneath(int directory, const char *path, int flags, mode_t mode, bool follows_links);
