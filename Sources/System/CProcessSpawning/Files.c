#define _GNU_SOURCE
#include "CProcessSpawning.h"

#include <errno.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

int cps_visit_files(const char *directory, void (*visit)(const cps_file *file, void *context), void *context) {
    char *const paths[] = {(char *)directory, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_XDEV, NULL);
    if (!tree) return errno;
    for (FTSENT *entry; (entry = fts_read(tree));) {
        // A directory comes a second time after what is in it; what can't be looked at has no numbers.
        if (entry->fts_info == FTS_DP || entry->fts_info == FTS_NS) continue;
        const struct stat *status = entry->fts_statp;
        cps_file file = {
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

int cps_give_files(const char *directory, uid_t user) {
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
