#define _GNU_SOURCE
#include "Files.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const int linux_path_only = O_PATH;

int linux_open_beneath(int directory, const char *path, int flags, uint32_t mode, bool follows_links) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (unsigned)(flags | O_CLOEXEC);
    how.mode = flags & O_CREAT ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | (follows_links ? 0 : RESOLVE_NO_SYMLINKS);
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int linux_visit_files(const char *directory, void (*visit)(const linux_file_usage *file, void *context), void *context) {
    char *const paths[] = {(char *)directory, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_XDEV, NULL);
    if (!tree) return errno;
    for (FTSENT *entry; (entry = fts_read(tree));) {
        // A directory comes a second time after what is in it; what can't be looked at has no numbers.
        if (entry->fts_info == FTS_DP || entry->fts_info == FTS_NS) continue;
        const struct stat *status = entry->fts_statp;
        linux_file_usage file = {
            .device = status->st_dev,
            .number = status->st_ino,
            .links = status->st_nlink,
            .bytes = (uint64_t)status->st_blocks * 512,
            .is_regular = S_ISREG(status->st_mode),
        };
        visit(&file, context);
    }
    fts_close(tree);
    return 0;
}

int linux_give_files(const char *directory, uint32_t user) {
    char *const paths[] = {(char *)directory, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, NULL);
    if (!tree) return errno;
    int failure = 0;
    dev_t device = 0;
    for (FTSENT *entry; !failure && (entry = fts_read(tree));) {
        if (entry->fts_level == 0 && entry->fts_info == FTS_D) device = entry->fts_statp->st_dev;
        // A directory comes after what is in it: the caller may not enter it any more once it's another's.
        if (entry->fts_info == FTS_D) continue;
        if (entry->fts_info == FTS_NS || entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR) {
            failure = entry->fts_errno;
            break;
        }
        // A file of another file system may be mounted among these: it isn't ours to give.
        if (entry->fts_statp->st_dev == device && lchown(entry->fts_accpath, user, user) < 0) failure = errno;
    }
    fts_close(tree);
    return failure;
}
