/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <stdlib.h>

#include "core/dirs.h"
#include "depmod/priority.h"
#include "format/depmod_conf.h"
#include "format/line.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/confd.h"
#include "util/file.h"

/* A configuration file larger than this is none. */
#define FILE_MAX ((size_t)64 * 1024 * 1024)

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

static int add_line(struct tn_priority *priority, struct span line, const char *version,
                    struct span *ret_command)
{
        struct tn_depmod_conf conf;
        int r = tn_depmod_conf_parse(line, &conf);

        if (r > 0)
                r = adders[conf.kind](priority, conf.args, version);
        if (r == -EINVAL || r == -EOPNOTSUPP)
                *ret_command = conf.command;
        return r;
}

static int add_text(struct tn_priority *priority, const char *path, struct span text, const char *version,
                    struct tn_log *log)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct span line, command = { 0 };
        int r;

        tn_lines_init(&lines, text);
        while ((r = tn_lines_next(&lines, &line)) > 0) {
                r = add_line(priority, line, version, &command);
                if (r == -ENOMEM)
                        return r;
                if (r == -EOPNOTSUPP)
                        tn_log(log, TN_LOG_INFO, "%s:%u: command %.*s not implemented yet", path,
                               lines.number, SPAN_FMT(command));
                else if (r < 0)
                        tn_log(log, TN_LOG_ERR, "%s:%u: ignoring bad line starting with '%.*s'", path,
                               lines.number, SPAN_FMT(command));
        }
        return r;
}

static int scan_path(struct tn_confd *confd, const char *root, const char *path, struct tn_log *log)
{
        _cleanup_(tn_buf_fini) struct tn_buf full = { 0 };
        const char *str;

        tn_buf_addf(&full, "%s%s", root ? root : "", path);
        str = tn_buf_str(&full);
        return str ? tn_confd_scan(confd, str, log) : -ENOMEM;
}

static int add_files(struct tn_priority *priority, const char *const *paths, const char *root,
                     const char *version, struct tn_log *log)
{
        _cleanup_(tn_confd_fini) struct tn_confd confd = { 0 };
        int r = 0;

        for (; *paths && r == 0; paths++)
                r = scan_path(&confd, root, *paths, log);
        if (r == 0 && confd.missed) {
                tn_log(log, TN_LOG_ERR, "could not read the configuration: %s", strerror(-confd.missed));
                return confd.missed;
        }
        for (size_t i = 0; i < confd.n && r == 0; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
                const char *path = confd.files[i].path;

                r = tn_file_read_at(AT_FDCWD, path, FILE_MAX, &text);
                if (r < 0 && tn_file_is_fault(r)) {
                        tn_log(log, TN_LOG_INFO, "could not read %s: %s", path, strerror(-r));
                        r = 0;
                        continue;
                }
                if (r < 0 && r != -ENOMEM)
                        tn_log(log, TN_LOG_ERR, "could not read %s: %s", path, strerror(-r));
                if (r == 0)
                        r = add_text(priority, path, tn_buf_span(&text), version, log);
        }
        return r;
}

int tn_priority_load(const char *const *paths, const char *root, const char *version, struct tn_log *log,
                     struct tn_priority *ret_priority)
{
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        int r = paths ? add_files(&priority, paths, NULL, version, log)
                      : add_files(&priority, system_paths, root, version, log);

        if (r == 0 && priority.search.n == 0)
                r = tn_vec_add(&priority.search, SPAN("updates"));
        if (r < 0)
                return r;
        *ret_priority = TAKE(priority);
        return 0;
}
