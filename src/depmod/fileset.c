/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "depmod/fileset.h"
#include "depmod/ownfile.h"
#include "format/journal.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/newfile.h"

#define MODE 0644

const char *const tn_fileset_journals[TN_FILESET_SLOTS] = TN_FILESET_HIDDEN("journal");

struct tn_fileset_file {
        const struct tn_fileset_name *name; /* borrowed */
        int fd;                             /* of the temporary file, until it is synced */
        bool has_temp;                      /* there is one */
        bool has_kept;                      /* there is another name of what it replaces */
        bool has_name;                      /* it has been given its name */
        bool swaps;                         /* what it replaces cannot be kept, but gets its temporary name */
        uint64_t size, sum;
};

static const char *temp_of(const struct tn_fileset *set, const struct tn_fileset_file *file)
{
        return file->name->temp[set->slot];
}

static const char *kept_of(const struct tn_fileset *set, const struct tn_fileset_file *file)
{
        return file->name->kept[set->slot];
}

static const char *journal_of(const struct tn_fileset *set)
{
        return tn_fileset_journals[set->slot];
}

static int complain(const struct tn_fileset *set, const char *file, int r)
{
        tn_log(set->log, TN_LOG_ERR, "Could not create index '%s': %s. The files in %s stay as they were.",
               file, strerror(-r), set->dir);
        return r;
}

bool tn_fileset_is_as_new(const struct tn_fileset *set, const struct stat *st)
{
        const struct stat *like = set->like;

        if (set->refused)
                return true;
        if (like && (st->st_uid != like->st_uid || st->st_gid != like->st_gid))
                return false;
        return (st->st_mode & 07777) == tn_newfile_mode(MODE);
}

/* Whether the file is there with just these bytes. Returns 1, 0 or -errno. */
static int compare(const struct tn_fileset *set, const char *name, struct span bytes, struct stat *ret_st)
{
        _cleanup_(tn_buf_fini) struct tn_buf old = { 0 };
        _cleanup_(closep) int fd = tn_ownfile_open(set->dirfd, name, ret_st);
        int r;

        if (fd < 0)
                return fd == -ENOENT ? 0 : fd;
        if ((uintmax_t)ret_st->st_size != bytes.len || !tn_fileset_is_as_new(set, ret_st))
                return 0;
        r = tn_file_read(fd, bytes.len, &old);
        if (r < 0)
                return r == -EFBIG ? 0 : r;
        return tn_span_eq(tn_buf_span(&old), bytes);
}

static int write_temp(struct tn_fileset *set, struct tn_fileset_file *file, struct span bytes,
                      const struct timespec *not_before)
{
        int r;

        file->fd = tn_ownfile_create(set->dirfd, temp_of(set, file), MODE);
        if (file->fd < 0)
                return file->fd;
        file->has_temp = true;
        r = tn_file_write(file->fd, bytes);
        if (!set->no_sync)
                tn_ownfile_begin_sync(file->fd);
        return r < 0 || !not_before ? r : tn_touch_fd(file->fd, *not_before);
}

int tn_fileset_add(struct tn_fileset *set, const struct tn_fileset_name *name, struct span bytes,
                   const struct timespec *not_before)
{
        struct tn_fileset_file file = { .name = name, .fd = -1, .size = bytes.len };
        struct stat st;
        int r = compare(set, name->file, bytes, &st);

        if (r > 0) {
                if (not_before)
                        tn_touch_plan(&set->touch, name->file, st.st_mtim, *not_before);
                return 0;
        }
        file.sum = tn_journal_sum(bytes);
        if (r == 0)
                r = set->refused;
        if (r == 0)
                r = tn_vec_add(&set->files, file);
        if (r == 0)
                r = write_temp(set, &set->files.v[set->files.n - 1], bytes, not_before);
        return r < 0 ? complain(set, name->file, r) : 0;
}

/* A file of somebody else, that this user may neither link nor read, can be replaced by who owns the directory. */
static int keep_old(const struct tn_fileset *set, struct tn_fileset_file *file)
{
        const char *kept = kept_of(set, file);
        int r;

        if (linkat(set->dirfd, file->name->file, set->dirfd, kept, 0) == 0) {
                file->has_kept = true;
                return 0;
        }
        if (errno == ENOENT)
                return 0;
        r = tn_ownfile_copy(set->dirfd, file->name->file, kept, &file->has_kept);
        file->swaps = r == -EACCES || r == -EPERM;
        return file->swaps ? 0 : r;
}

static int settle(const struct tn_fileset *set, int *fd)
{
        if (!set->no_sync)
                return tn_ownfile_settle(fd);
        closep(fd);
        *fd = -1;
        return 0;
}

static int sync_dir(const struct tn_fileset *set)
{
        return set->no_sync ? 0 : tn_ownfile_sync_dir(set->dirfd);
}

static int format_journal(const struct tn_fileset *set, struct tn_buf *text)
{
        _cleanup_(freep) struct tn_journal_entry *entries = calloc(set->files.n, sizeof(*entries));

        if (!entries)
                return -ENOMEM;
        for (size_t i = 0; i < set->files.n; i++) {
                const struct tn_fileset_file *file = &set->files.v[i];

                entries[i] = (struct tn_journal_entry){ tn_span_of(file->name->file), file->size, file->sum };
        }
        return tn_journal_format(entries, set->files.n, text);
}

/* From here on until it goes, whoever finds the directory knows what is to happen. */
static int write_journal(struct tn_fileset *set)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        _cleanup_(closep) int fd = -1;
        int r = format_journal(set, &text);

        if (r < 0)
                return r;
        fd = tn_ownfile_create(set->dirfd, journal_of(set), MODE);
        if (fd < 0)
                return fd;
        set->has_journal = true;
        r = tn_file_write(fd, tn_buf_span(&text));
        if (r == 0)
                r = settle(set, &fd);
        return r < 0 ? r : sync_dir(set);
}

/* Everything up to where the first file takes its name. */
static int prepare(struct tn_fileset *set, const char **ret_at)
{
        struct tn_fileset_file *file;
        int r;

        tn_vec_each (file, &set->files) {
                *ret_at = file->name->file;
                r = settle(set, &file->fd);
                if (r < 0)
                        return r;
        }
        tn_vec_each (file, &set->files) {
                *ret_at = file->name->file;
                r = keep_old(set, file);
                if (r < 0)
                        return r;
        }
        *ret_at = journal_of(set);
        return write_journal(set);
}

static int take_name(const struct tn_fileset *set, struct tn_fileset_file *file)
{
        const char *temp = temp_of(set, file), *name = file->name->file;
        int dirfd = set->dirfd;

        if (file->swaps ? syscall(SYS_renameat2, dirfd, temp, dirfd, name, RENAME_EXCHANGE) < 0
                        : renameat(dirfd, temp, dirfd, name) < 0)
                return -errno;
        file->has_temp = file->swaps;
        file->has_name = true;
        return 0;
}

static int take_names(struct tn_fileset *set, const char **ret_at)
{
        struct tn_fileset_file *file;
        int r;

        tn_vec_each (file, &set->files) {
                *ret_at = file->name->file;
                r = take_name(set, file);
                if (r < 0)
                        return r;
        }
        *ret_at = set->touch.file;
        r = tn_touch_do(&set->touch, set->dirfd);
        if (r < 0)
                return r;
        *ret_at = set->dir;
        return sync_dir(set);
}

static int put_back(const struct tn_fileset *set, struct tn_fileset_file *file)
{
        const char *old = file->swaps ? temp_of(set, file) : file->has_kept ? kept_of(set, file) : NULL;

        if (old ? renameat(set->dirfd, old, set->dirfd, file->name->file) < 0
                : unlinkat(set->dirfd, file->name->file, 0) < 0)
                return -errno;
        file->has_temp &= !file->swaps;
        file->has_kept = file->has_name = false;
        return 0;
}

/* The last first. When even that fails nothing more is touched: the journal stays, and the next run goes forward. */
static int roll_back(struct tn_fileset *set)
{
        tn_touch_undo(&set->touch, set->dirfd);
        for (size_t i = set->files.n; i > 0; i--) {
                struct tn_fileset_file *file = &set->files.v[i - 1];
                int r = file->has_name ? put_back(set, file) : 0;

                if (r == 0)
                        continue;
                tn_log(set->log, TN_LOG_ERR,
                       "could not put back %s/%s: %s; some files there are new and some are not, run depmod "
                       "again",
                       set->dir, file->name->file, strerror(-r));
                return r;
        }
        sync_dir(set);
        return 0;
}

static bool take_away(int dirfd, const char *name, bool *is_there)
{
        if (*is_there && (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT))
                *is_there = false;
        return !*is_there;
}

/* The journal goes first: without it, what else is left means nothing. Returns NULL, or a name that would not go. */
static const char *tidy(struct tn_fileset *set)
{
        struct tn_fileset_file *file;
        const char *left = NULL;

        if (!take_away(set->dirfd, journal_of(set), &set->has_journal))
                return journal_of(set);
        tn_vec_each (file, &set->files) {
                if (!take_away(set->dirfd, temp_of(set, file), &file->has_temp))
                        left = temp_of(set, file);
                if (!take_away(set->dirfd, kept_of(set, file), &file->has_kept))
                        left = kept_of(set, file);
        }
        return left;
}

static void forget(struct tn_fileset *set)
{
        struct tn_fileset_file *file;

        tn_vec_each (file, &set->files)
                file->has_temp = file->has_kept = false;
        set->has_journal = false;
}

int tn_fileset_commit(struct tn_fileset *set)
{
        const char *at = set->touch.file;
        int r;

        if (set->files.n == 0) {
                r = tn_touch_do(&set->touch, set->dirfd);
                return r < 0 ? complain(set, at, r) : 0;
        }
        r = prepare(set, &at);
        if (r < 0)
                return complain(set, at, r);
        r = take_names(set, &at);
        if (r < 0) {
                if (roll_back(set) == 0)
                        return complain(set, at, r);
                tn_log(set->log, TN_LOG_ERR, "Could not create index '%s': %s", at, strerror(-r));
                forget(set);
                return r;
        }
        tidy(set);
        /* if this fails, the journal may come back, and has nothing to say */
        sync_dir(set);
        return 0;
}

void tn_fileset_fini(struct tn_fileset *set)
{
        struct tn_fileset_file *file;
        const char *left;

        tn_vec_each (file, &set->files)
                closep(&file->fd);
        left = tidy(set);
        if (left)
                tn_log(set->log, TN_LOG_WARNING, "could not remove %s/%s, the next depmod will", set->dir,
                       left);
        tn_vec_fini(&set->files);
        *set = (struct tn_fileset){ .dirfd = -1 };
}
