#define _GNU_SOURCE
#include "CProcessSpawning.h"

#include <errno.h>
#include <fts.h>
#include <sys/stat.h>

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
