/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "depmod/emit.h"
#include "depmod/recover.h"
#include "format/journal.h"
#include "util/cleanup.h"
#include "util/file.h"

/* A line for each of a dozen files. */
#define JOURNAL_MAX 4096

/* Much more than any index has. */
#define INDEX_MAX   ((size_t)1024 * 1024 * 1024)

struct recovery {
        int dirfd;
        const char *dir;
        struct tn_log *log;
};

/* Reads a regular file, not through a link. Returns 1; 0 when there is none of that size; -errno. */
static int read_own(int dirfd, const char *name, size_t max, struct tn_buf *buf)
{
        _cleanup_(closep) int fd =
                openat(dirfd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        struct stat st;
        int r;

        if (fd < 0)
                return tn_file_is_fault(-errno) ? 0 : -errno;
        if (fstat(fd, &st) < 0)
                return -errno;
        if (!S_ISREG(st.st_mode) || st.st_size > (off_t)max)
                return 0;
        r = tn_file_read(fd, max, buf);
        return r < 0 ? r : 1;
}

static const struct tn_fileset_name *find_name(struct span file)
{
        for (size_t i = 0; i < tn_n_emitters; i++)
                if (tn_span_eq(file, tn_span_of(tn_emitters[i].name.file)))
                        return &tn_emitters[i].name;
        return NULL;
}

/* Those that have their names already have no temporary file any more. */
static int finish_file(const struct recovery *rec, const struct tn_journal_entry *entry)
{
        const struct tn_fileset_name *name = find_name(entry->name);
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        int r;

        if (!name || entry->size > INDEX_MAX)
                return 0;
        r = read_own(rec->dirfd, name->temp, (size_t)entry->size, &bytes);
        if (r > 0 && (bytes.len != entry->size || tn_journal_sum(tn_buf_span(&bytes)) != entry->sum))
                r = 0;
        if (r > 0 && renameat(rec->dirfd, name->temp, rec->dirfd, name->file) < 0)
                r = -errno;
        if (r < 0)
                tn_log(rec->log, TN_LOG_ERR, "could not finish %s/%s, which another depmod has begun: %s",
                       rec->dir, name->file, strerror(-r));
        return r;
}

static int finish_files(const struct recovery *rec, struct tn_journal journal)
{
        struct tn_journal_entry entry;

        while (tn_journal_next(&journal, &entry)) {
                int r = finish_file(rec, &entry);

                if (r < 0)
                        return r;
        }
        if (fsync(rec->dirfd) < 0 && errno != EINVAL && errno != EROFS) {
                int r = -errno;

                tn_log(rec->log, TN_LOG_ERR, "could not sync %s: %s", rec->dir, strerror(-r));
                return r;
        }
        return 0;
}

static int follow_journal(const struct recovery *rec)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_journal journal;
        int r = read_own(rec->dirfd, TN_FILESET_JOURNAL, JOURNAL_MAX, &text);

        if (r > 0)
                r = tn_journal_parse(tn_buf_span(&text), &journal);
        else if (r == 0)
                return 0;
        /* it was being written when its run died, before anything had changed */
        if (r == -EINVAL)
                return 0;
        if (r < 0) {
                tn_log(rec->log, TN_LOG_ERR, "could not read %s/" TN_FILESET_JOURNAL ": %s", rec->dir,
                       strerror(-r));
                return r;
        }
        tn_log(rec->log, TN_LOG_NOTICE, "finishing what another depmod has begun in %s", rec->dir);
        return finish_files(rec, journal);
}

/* Looks before it removes: where nothing can be written there may be nothing to do. */
static int remove_left(const struct recovery *rec, const char *name)
{
        struct stat st;
        int r = fstatat(rec->dirfd, name, &st, AT_SYMLINK_NOFOLLOW);

        if (r == 0)
                r = unlinkat(rec->dirfd, name, 0);
        if (r == 0 || errno == ENOENT)
                return 0;
        r = -errno;
        tn_log(rec->log, TN_LOG_ERR, "could not remove %s/%s, which another depmod has left: %s", rec->dir,
               name, strerror(-r));
        return r;
}

/* The journal goes first: without it, what else is left means nothing. */
int tn_recover(int dirfd, const char *dir, struct tn_log *log)
{
        const struct recovery rec = { dirfd, dir, log };
        int r = follow_journal(&rec);

        if (r == 0)
                r = remove_left(&rec, TN_FILESET_JOURNAL);
        for (size_t i = 0; i < tn_n_emitters && r == 0; i++) {
                r = remove_left(&rec, tn_emitters[i].name.temp);
                if (r == 0)
                        r = remove_left(&rec, tn_emitters[i].name.kept);
        }
        return r;
}
