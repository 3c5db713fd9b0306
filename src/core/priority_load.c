/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <stdlib.h>
#include <sys/sysmacros.h>

#include "core/bounds.h"
#include "core/dirs.h"
#include "core/priority.h"
#include "format/depmod_conf.h"
#include "format/line.h"
#include "util/brief.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/confd.h"
#include "util/dir.h"
#include "util/file.h"

static const char *const system_paths[] = TN_DIRS_CONF("depmod.d");

/* Whether a command for these kernels is for this one. Returns -EINVAL for a bad expression. */
static int is_for(struct span kernels, const char *version)
{
        _cleanup_(freep) char *text = NULL;
        regex_t regex;
        int r;

        if (tn_span_eq(kernels, SPAN("*")))
                return 1;
        text = tn_span_dup(kernels);
        if (!text)
                return -ENOMEM;
        r = regcomp(&regex, text, REG_EXTENDED | REG_NOSUB);
        if (r != 0)
                return r == REG_ESPACE ? -ENOMEM : -EINVAL;
        r = regexec(&regex, version, 0, NULL, 0);
        regfree(&regex);
        return r == REG_ESPACE ? -ENOMEM : r == 0;
}

static int keep(struct tn_priority *priority, struct span word, struct span *ret_kept)
{
        char *copy = tn_arena_dup(&priority->arena, word);

        if (!copy)
                return -ENOMEM;
        *ret_kept = (struct span){ copy, word.len };
        return 0;
}

#define keep_words(priority, list, args)                                                                     \
        ({                                                                                                   \
                struct span word, kept;                                                                      \
                int words_r = 0;                                                                             \
                while (words_r == 0 && tn_depmod_conf_word(args, &word)) {                                   \
                        words_r = keep(priority, word, &kept);                                               \
                        if (words_r == 0)                                                                    \
                                words_r = tn_vec_add(&(priority)->list, kept);                               \
                }                                                                                            \
                words_r;                                                                                     \
        })

static int add_search(struct tn_priority *priority, struct span args, const char *version)
{
        return keep_words(priority, search, &args);
}

static int add_exclude(struct tn_priority *priority, struct span args, const char *version)
{
        return keep_words(priority, excludes, &args);
}

static int add_external(struct tn_priority *priority, struct span args, const char *version)
{
        struct span kernels = { 0 };
        int r;

        tn_depmod_conf_word(&args, &kernels);
        r = is_for(kernels, version);
        return r <= 0 ? r : keep_words(priority, externals, &args);
}

static int add_override(struct tn_priority *priority, struct span args, const char *version)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct span module = { 0 }, kernels = { 0 }, dir = { 0 }, kept;
        int r;

        tn_depmod_conf_word(&args, &module);
        tn_depmod_conf_word(&args, &kernels);
        tn_depmod_conf_word(&args, &dir);
        r = is_for(kernels, version);
        if (r <= 0)
                return r;
        tn_buf_addf(&path, "%.*s/%.*s", SPAN_FMT(dir), SPAN_FMT(module));
        r = tn_buf_error(&path);
        if (r == 0)
                r = keep(priority, tn_buf_span(&path), &kept);
        return r < 0 ? r : tn_vec_add(&priority->overrides, kept);
}

typedef int add_fn(struct tn_priority *priority, struct span args, const char *version);

static add_fn *const adders[TN_DEPMOD_CONF_KINDS] = {
        [TN_DEPMOD_CONF_SEARCH] = add_search,
        [TN_DEPMOD_CONF_OVERRIDE] = add_override,
        [TN_DEPMOD_CONF_EXTERNAL] = add_external,
        [TN_DEPMOD_CONF_EXCLUDE] = add_exclude,
};

/* Where a line is, for messages. */
struct line_place {
        const char *path;
        unsigned number;
        struct tn_log *log;
};

/* Words that no file can match. What depends on the tree is not looked at: lines are written for many kernels. */
static void warn_idle(const struct line_place *at, const struct tn_depmod_conf *conf)
{
        struct span args = conf->args, word;
        unsigned i = 0;

        for (; tn_depmod_conf_word(&args, &word); i++) {
                const char *hint = tn_depmod_conf_hint(conf->kind, i, word);

                if (hint)
                        tn_log(at->log, TN_LOG_WARNING, "%s:%u: '%s' in '%s' has no effect: %s", at->path,
                               at->number, TN_BRIEF(word), TN_BRIEF(conf->command), hint);
        }
        if (i == 0)
                tn_log(at->log, TN_LOG_WARNING, "%s:%u: '%s' has no effect: it names nothing", at->path,
                       at->number, TN_BRIEF(conf->command));
}

static int keep_line(struct tn_priority *priority, const struct line_place *at)
{
        return tn_vec_add(&priority->lines, ((struct tn_priority_line){
                                                    .file = at->path,
                                                    .number = at->number,
                                                    .search = priority->search.n,
                                                    .overrides = priority->overrides.n,
                                                    .excludes = priority->excludes.n,
                                            }));
}

static int add_line(struct tn_priority *priority, struct span line, const char *version,
                    const struct line_place *at)
{
        struct tn_depmod_conf conf;
        int r = tn_depmod_conf_parse(line, &conf);

        if (r > 0) {
                r = adders[conf.kind](priority, conf.args, version);
                if (r == 0)
                        r = keep_line(priority, at);
                if (r == 0)
                        warn_idle(at, &conf);
        }
        if (r == -EOPNOTSUPP)
                tn_log(at->log, TN_LOG_INFO, "%s:%u: command %s not implemented yet", at->path, at->number,
                       TN_BRIEF(conf.command));
        else if (r == -EINVAL)
                tn_log(at->log, TN_LOG_ERR, "%s:%u: ignoring bad line starting with '%s'", at->path,
                       at->number, TN_BRIEF(conf.command));
        return r == -ENOMEM ? r : 0;
}

static int add_text(struct tn_priority *priority, const char *path, struct span text, const char *version,
                    struct tn_log *log)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct span line;
        int r;

        tn_lines_init(&lines, text);
        while ((r = tn_lines_next(&lines, &line)) > 0) {
                r = add_line(priority, line, version, &(struct line_place){ path, lines.number, log });
                if (r < 0)
                        return r;
        }
        return r;
}

/* A file that the user named may be a pipe. Links to /dev/null hide other files of their name. */
static int read_file(const struct tn_confd_file *file, bool given, struct tn_buf *text)
{
        struct tn_dir dir = { .fd = AT_FDCWD, .root = file->root };
        _cleanup_(closep) int fd = -1;
        struct stat st;
        int r = tn_dir_stat(&dir, file->path, &st);

        if (r < 0)
                return r;
        if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3))
                return 0;
        fd = given ? tn_file_open(AT_FDCWD, file->path, O_RDONLY) : tn_dir_open_regular(&dir, file->path);
        return fd < 0 ? fd : tn_file_read(fd, TN_BOUND_CONFIG, text);
}

static bool is_one_of(const char *const *paths, const char *path)
{
        for (; *paths; paths++)
                if (strcmp(*paths, path) == 0)
                        return true;
        return false;
}

/* What is left out without need is said aloud: a file that may not be read is some other user's. */
static int complain(struct tn_log *log, const char *path, int r)
{
        if (r == -ENOMEM)
                return r;
        if (r == -EINVAL)
                tn_log(log, TN_LOG_WARNING, "ignoring %s: not a regular file", path);
        else if (r == -EFBIG)
                tn_log(log, TN_LOG_WARNING, "could not read %s: %s", path, strerror(-r));
        else
                tn_log(log, tn_file_is_fault(r) ? TN_LOG_INFO : TN_LOG_ERR, "could not read %s: %s", path,
                       strerror(-r));
        return tn_file_is_fault(r) ? 0 : r;
}

static int add_file(struct tn_priority *priority, const struct tn_confd_file *file, bool given,
                    const char *version, struct tn_log *log)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, name = { 0 };
        const char *path;
        int r;

        tn_buf_addf(&name, "%s%s", file->root ? file->root->dir : "", file->path);
        if (tn_buf_error(&name) < 0)
                return -ENOMEM;
        path = tn_arena_dup(&priority->arena, tn_buf_span(&name));
        if (!path)
                return -ENOMEM;
        r = read_file(file, given, &text);
        return r < 0 ? complain(log, path, r) : add_text(priority, path, tn_buf_span(&text), version, log);
}

static int add_files(struct tn_priority *priority, const char *const *paths, const struct tn_inroot *root,
                     const char *version, struct tn_log *log)
{
        _cleanup_(tn_confd_fini) struct tn_confd confd = { .root = root };
        int r = 0;

        for (size_t i = 0; paths[i] && r == 0; i++)
                r = tn_confd_scan(&confd, paths[i], log);
        if (r == 0 && confd.missed) {
                tn_log(log, TN_LOG_ERR, "could not read the configuration: %s", strerror(-confd.missed));
                return confd.missed;
        }
        for (size_t i = 0; i < confd.files.n && r == 0; i++) {
                bool given = paths != system_paths && is_one_of(paths, confd.files.v[i].path);

                r = add_file(priority, &confd.files.v[i], given, version, log);
        }
        return r;
}

/* Relative ones are below the working directory, as kmod has them, or the root. */
static int make_absolute(struct tn_priority *priority, const struct tn_inroot *root)
{
        struct span *dir;

        tn_vec_each (dir, &priority->externals) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                int r = 0;

                if (tn_span_starts(*dir, SPAN("/")))
                        continue;
                if (root)
                        tn_buf_addf(&path, "/%s", dir->ptr);
                else
                        r = tn_file_absolute(dir->ptr, &path);
                if (r == 0)
                        r = tn_buf_error(&path);
                if (r == 0)
                        r = keep(priority, tn_buf_span(&path), dir);
                if (r < 0)
                        return r;
        }
        return 0;
}

int tn_priority_load(const char *const *paths, const struct tn_inroot *root, const char *version,
                     struct tn_log *log, struct tn_priority *ret_priority)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        int r = paths ? add_files(&priority, paths, NULL, version, log)
                      : add_files(&priority, system_paths, root, version, log);

        if (r == 0)
                r = make_absolute(&priority, root);
        if (r == 0 && priority.search.n == 0)
                r = tn_vec_add(&priority.search, SPAN("updates"));
        if (r < 0)
                return r;
        *ret_priority = TAKE(priority);
        return 0;
}

int tn_priority_load_for(const struct tn_dir *dir, struct tn_priority *ret_priority)
{
        _cleanup_(freep) char *version = NULL;
        struct span path = tn_span_of(dir->path);

        while (tn_span_ends(path, SPAN("/")))
                path.len--;
        version = tn_span_dup(tn_span_base(path));
        return version ? tn_priority_load(NULL, dir->root, version, NULL, ret_priority) : -ENOMEM;
}
