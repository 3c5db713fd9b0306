/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "util/cleanup.h"
#include "util/confd.h"
#include "util/dir.h"
#include "util/entries.h"
#include "util/file.h"
#include "util/span.h"

struct tn_confd_dir {
        dev_t dev;
        ino_t ino;
};

static void file_fini(struct tn_confd_file *file)
{
        free(file->path);
        free(file->name);
}

void tn_confd_fini(struct tn_confd *confd)
{
        struct tn_confd_file *file;

        tn_vec_each (file, &confd->files)
                file_fini(file);
        tn_vec_fini(&confd->files);
        tn_vec_fini(&confd->dirs);
        *confd = (struct tn_confd){ 0 };
}

/* Whether a name is there; *ret_at is where it is or belongs. */
static bool find(const struct tn_confd *confd, const char *name, size_t *ret_at)
{
        size_t low = 0, high = confd->files.n;

        while (low < high) {
                size_t mid = low + (high - low) / 2;
                int order = strcmp(confd->files.v[mid].name, name);

                if (order == 0) {
                        *ret_at = mid;
                        return true;
                }
                if (order < 0)
                        low = mid + 1;
                else
                        high = mid;
        }
        *ret_at = low;
        return false;
}

static int add(struct tn_confd *confd, const char *path, const char *name, bool regular)
{
        _cleanup_(file_fini) struct tn_confd_file file = { .root = confd->root, .regular = regular };
        struct tn_confd_file *place;
        size_t at;
        int r;

        if (find(confd, name, &at))
                return 0;
        file.path = strdup(path);
        file.name = strdup(name);
        r = file.path && file.name ? tn_vec_add(&confd->files, file) : -ENOMEM;
        if (r < 0)
                return r;
        place = &confd->files.v[at];
        memmove(place + 1, place, (confd->files.n - 1 - at) * sizeof(*place));
        *place = TAKE(file);
        return 0;
}

int tn_confd_add(struct tn_confd *confd, const char *path, const char *name)
{
        return add(confd, path, name, false);
}

/* The first one counts. */
static void miss(struct tn_confd *confd, int r)
{
        if (r < 0 && !confd->missed && !tn_file_is_fault(r))
                confd->missed = r;
}

static bool is_conf_name(const char *name)
{
        struct span s = tn_span_of(name);

        return s.len >= strlen("x.conf") && s.ptr[0] != '.' && tn_span_ends(s, SPAN(".conf"));
}

/* What comes before a path where messages name it. */
static const char *prefix(const struct tn_confd *confd)
{
        return confd->root ? confd->root->dir : "";
}

static int look(const struct tn_confd *confd, const char *path, struct stat *ret_st)
{
        if (confd->root) {
                _cleanup_(closep) int fd = tn_inroot_open(confd->root, path, O_PATH);

                return fd < 0 ? fd : fstat(fd, ret_st) < 0 ? -errno : 0;
        }
        return stat(path, ret_st) < 0 ? -errno : 0;
}

static int open_dir(const struct tn_confd *confd, const char *path)
{
        int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK;

        return confd->root ? tn_inroot_open(confd->root, path, flags) : tn_file_open(AT_FDCWD, path, flags);
}

/* Where there is no directory, nothing is missing. */
static void miss_dir(struct tn_confd *confd, const char *path, int r, struct tn_log *log)
{
        miss(confd, r);
        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
                tn_log_from(log, TN_CONFD_WHO, TN_LOG_ERR, "could not read configuration directory %s%s: %s",
                            prefix(confd), path, strerror(-r));
}

static int leave_out(const struct tn_confd *confd, struct tn_confd_left left)
{
        left.root = confd->root;
        return confd->left_out && (confd->all || left.why == TN_CONFD_FAILED)
                       ? confd->left_out(confd->data, &left)
                       : 0;
}

/* An entry whose name says that it is not taken. */
static int pass_over(const struct tn_confd *confd, const char *dir, const char *name,
                     struct tn_confd_left left)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        if (!confd->all || name[0] == '.')
                return 0;
        tn_buf_add_path(&path, dir, name);
        left.path = tn_buf_str(&path);
        return left.path ? leave_out(confd, left) : -ENOMEM;
}

static int add_entry(struct tn_confd *confd, const char *dir, const struct tn_entry *entry,
                     struct tn_log *log)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        const char *name = entry->name, *path;
        struct stat st;
        size_t at;
        int r;

        if (!is_conf_name(name))
                return pass_over(confd, dir, name, (struct tn_confd_left){ .why = TN_CONFD_SUFFIX });
        if (find(confd, name, &at))
                return pass_over(
                        confd, dir, name,
                        (struct tn_confd_left){ .why = TN_CONFD_HIDDEN, .other = &confd->files.v[at] });
        tn_buf_add_path(&buf, dir, name);
        path = tn_buf_str(&buf);
        if (!path)
                return -ENOMEM;
        if (confd->by_type && entry->type == DT_REG)
                return add(confd, path, name, true);
        r = look(confd, path, &st);
        if (r < 0) {
                miss(confd, r);
                tn_log_from(log, TN_CONFD_WHO, TN_LOG_ERR, "could not read configuration file %s%s: %s",
                            prefix(confd), path, strerror(-r));
                return leave_out(confd, (struct tn_confd_left){ .path = path, .err = r });
        }
        if (S_ISDIR(st.st_mode)) {
                tn_log_from(log, TN_CONFD_WHO, TN_LOG_ERR,
                            "Directories inside directories are not supported: %s%s", prefix(confd), path);
                return leave_out(confd, (struct tn_confd_left){ .why = TN_CONFD_DIRECTORY, .path = path });
        }
        return tn_confd_add(confd, path, name);
}

static int add_dir(struct tn_confd *confd, const char *path, struct tn_log *log)
{
        _cleanup_(tn_entries_fini) struct tn_entries entries = { 0 };
        _cleanup_(closep) int fd = open_dir(confd, path);
        struct tn_entry entry;
        int r = fd < 0 ? fd : tn_entries_begin(&entries, fd);

        while (r == 0 && (r = tn_entries_next(&entries, &entry)) > 0) {
                r = add_entry(confd, path, &entry, log);
                if (r < 0)
                        return r;
        }
        if (r == -ENOMEM)
                return r;
        miss_dir(confd, path, r, log);
        return 0;
}

/* 1 when it was met before, 0 when it was not and now is, or -ENOMEM. */
static int meet_dir(struct tn_confd *confd, const struct stat *st)
{
        const struct tn_confd_dir *dir;

        tn_vec_each (dir, &confd->dirs)
                if (dir->dev == st->st_dev && dir->ino == st->st_ino)
                        return 1;
        return tn_vec_add(&confd->dirs, ((struct tn_confd_dir){ st->st_dev, st->st_ino }));
}

int tn_confd_scan(struct tn_confd *confd, const char *path, struct tn_log *log)
{
        struct stat st;
        int r;

        r = look(confd, path, &st);
        if (r < 0) {
                miss_dir(confd, path, r, log);
                return 0;
        }
        if (!S_ISDIR(st.st_mode))
                return tn_confd_add(confd, path, tn_span_base(tn_span_of(path)).ptr);
        r = meet_dir(confd, &st);
        if (r != 0)
                return r < 0 ? r : 0;
        return add_dir(confd, path, log);
}
