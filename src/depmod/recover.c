/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "depmod/emit.h"
#include "depmod/leftover.h"
#include "depmod/ownfile.h"
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
        unsigned slot;
};

/* Reads a file of depmod's. Returns 1; 0 when there is none of that size; -errno. */
static int read_own(int dirfd, const char *name, size_t max, struct tn_buf *buf)
{
        struct stat st;
        _cleanup_(closep) int fd = tn_ownfile_open(dirfd, name, &st);
        int r;

        if (fd < 0 || st.st_size > (off_t)max)
                return fd == -ENOENT || fd >= 0 ? 0 : fd;
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
        const char *temp;
        int r;

        if (!name || entry->size > INDEX_MAX)
                return 0;
        temp = name->temp[rec->slot];
        r = read_own(rec->dirfd, temp, (size_t)entry->size, &bytes);
        if (r > 0 && (bytes.len != entry->size || tn_journal_sum(tn_buf_span(&bytes)) != entry->sum))
                r = 0;
        if (r > 0 && renameat(rec->dirfd, temp, rec->dirfd, name->file) < 0)
                r = -errno;
        if (r < 0)
                tn_log(rec->log, TN_LOG_ERR, "could not finish %s/%s, which another depmod has begun: %s",
                       rec->dir, name->file, strerror(-r));
        return r;
}

static int finish_files(const struct recovery *rec, struct tn_journal journal)
{
        struct tn_journal_entry entry;
        int r;

        while (tn_journal_next(&journal, &entry)) {
                r = finish_file(rec, &entry);
                if (r < 0)
                        return r;
        }
        r = tn_ownfile_sync_dir(rec->dirfd);
        if (r < 0)
                tn_log(rec->log, TN_LOG_ERR, "could not sync %s: %s", rec->dir, strerror(-r));
        return r;
}

static int follow_journal(const struct recovery *rec)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const char *name = tn_fileset_journals[rec->slot];
        struct tn_journal journal;
        int r = read_own(rec->dirfd, name, JOURNAL_MAX, &text);

        if (r > 0)
                r = tn_journal_parse(tn_buf_span(&text), &journal);
        else if (r == 0)
                return 0;
        /* it was being written when its run died, before anything had changed */
        if (r == -EINVAL)
                return 0;
        if (r < 0) {
                tn_log(rec->log, TN_LOG_ERR, "could not read %s/%s: %s", rec->dir, name, strerror(-r));
                return r;
        }
        tn_log(rec->log, TN_LOG_NOTICE, "finishing what another depmod has begun in %s", rec->dir);
        return finish_files(rec, journal);
}

/*
 * Removes one more name; before is what came of those before: 0, -EEXIST when something stays in the way, of which the first
 * is reported, or another -errno. Returns what is now so.
 */
static int remove_left(const struct recovery *rec, const char *name, int before)
{
        int r = before == 0 || before == -EEXIST ? tn_leftover_remove(rec->dirfd, name) : 0;

        if (r == 0 || (before == -EEXIST && tn_leftover_is_in_the_way(r)))
                return before;
        if (!tn_leftover_is_in_the_way(r)) {
                tn_log(rec->log, TN_LOG_ERR, "could not remove %s/%s, which another depmod has left: %s",
                       rec->dir, name, strerror(-r));
                return r;
        }
        tn_leftover_report(rec->dir, name, r, rec->log);
        return -EEXIST;
}

/* The journal goes first: without it, what else is left means nothing. */
static int tidy(const struct recovery *rec)
{
        int r = remove_left(rec, tn_fileset_journals[rec->slot], 0);

        for (size_t i = 0; i < tn_n_emitters; i++) {
                r = remove_left(rec, tn_emitters[i].name.temp[rec->slot], r);
                r = remove_left(rec, tn_emitters[i].name.kept[rec->slot], r);
        }
        return r;
}

int tn_recover(int dirfd, const char *dir, struct tn_log *log)
{
        struct recovery rec = { dirfd, dir, log, 0 };
        int found = -EEXIST;

        for (; rec.slot < TN_FILESET_SLOTS; rec.slot++) {
                int r = follow_journal(&rec);

                if (r == 0)
                        r = tidy(&rec);
                if (r == 0 && found < 0)
                        found = (int)rec.slot;
                if (r < 0 && r != -EEXIST)
                        return r;
        }
        if (found < 0)
                tn_log(log, TN_LOG_ERR, "no hidden name is free in %s for new index files", dir);
        return found;
}
