/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/bounds.h"
#include "core/config_file.h"
#include "core/dirs.h"
#include "format/classic_conf.h"
#include "format/line.h"
#include "format/modprobe_doubt.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"

/* Files within files take stack. */
#define DEPTH_MAX          16

/* Who says it, in kmod's messages. */
#define WHO                "kmod_config_parse"

#define error(reader, ...) tn_log_from((reader)->log, WHO, TN_LOG_ERR, __VA_ARGS__)

/* The file that is read, and how far. */
struct place {
        const struct place *from; /* where it is included, or NULL */
        const struct tn_inroot *root;
        const char *path; /* in the root */
        const char *name; /* as messages and records have it; in the arena */
        unsigned line;
        bool classic;
        bool given;     /* by the user, who may give a FIFO */
        bool generated; /* by depmod: dependencies and nothing else */
        bool listed;    /* as a regular file, by its directory */
};

static int read_place(struct tn_config_reader *reader, struct place *place);

/* What has no effect is reported, unless a module says it: nobody here can change that. */
static int warn(struct tn_config_reader *reader, const struct tn_conf_record *record, struct span line)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (!tn_log_hears(reader->log, TN_LOG_WARNING))
                return 0;
        if (tn_modprobe_doubt(line, record, &text) && tn_buf_str(&text))
                tn_log_from(reader->log, WHO, TN_LOG_WARNING, "%s line %u: %s", record->file, record->line,
                            text.ptr);
        return tn_buf_error(&text);
}

/* Whether policy lines count: those of the administrator, and of whoever names the files; of no package. */
static bool may_switch(const struct tn_config_reader *reader, const struct place *place)
{
        return reader->chosen || tn_span_starts(tn_span_of(place->path), SPAN(TN_SYSCONFDIR "/")) ||
               tn_span_starts(tn_span_of(place->path), SPAN("/run/"));
}

static const char *find_foreign(const struct tn_config_reader *reader, const struct place *place,
                                const struct tn_conf_record *record)
{
        if (place->generated)
                return tn_config_foreign(record);
        return record->kind == TN_CONF_POLICY && !may_switch(reader, place) ? tn_config_no_policy : NULL;
}

/* Each module that is denied or allowed has a record of its own. */
static int add_names(struct tn_config_reader *reader, struct tn_conf_record *record)
{
        int r;

        do {
                struct tn_conf_record one = *record;

                one.value = SPAN("");
                r = tn_config_add(reader->config, &one);
                if (r == 0)
                        r = tn_modprobe_conf_next(record, tn_config_arena(reader->config));
        } while (r > 0);
        return r;
}

/* Takes the record of a line in, unless it does not count where it stands. */
static int add_good(struct tn_config_reader *reader, const struct place *place, struct span line,
                    struct tn_conf_record *record)
{
        const char *why = find_foreign(reader, place, record);
        int r;

        if (why) {
                tn_log_from(reader->log, WHO, place->generated ? TN_LOG_ERR : TN_LOG_WARNING,
                            "%s line %u: ignoring '%s %s': %s", place->name, place->line,
                            tn_conf_kind_name(record->kind), TN_BRIEF(record->key), why);
                return 0;
        }
        record->file = place->name;
        record->line = place->line;
        record->declared = place->generated;
        r = place->generated ? 0 : warn(reader, record, line);
        if (r == 0 && (record->kind == TN_CONF_DENY || record->kind == TN_CONF_ALLOW))
                return add_names(reader, record);
        return r < 0 ? r : tn_config_add(reader->config, record);
}

/* Takes one line of today in; a bad one is told and forgotten. */
static int add_line(struct tn_config_reader *reader, const struct place *place, struct span line)
{
        struct tn_conf_record record;
        int r = tn_modprobe_conf_parse(line, tn_config_arena(reader->config), &record);

        switch (r) {
        case 1: return add_good(reader, place, line, &record);
        case -EOPNOTSUPP:
                error(reader, "%s: command %s is deprecated and not parsed anymore", place->name,
                      TN_BRIEF(record.key));
                return 0;
        case -EINVAL:
                error(reader, "%s line %u: ignoring bad line starting with '%s'", place->name, place->line,
                      TN_BRIEF(record.key));
                return 0;
        default: return r;
        }
}

static int include(struct tn_config_reader *reader, const struct place *from, struct span arg)
{
        struct place place = { .from = from, .root = from->root, .classic = true };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r;

        if (arg.len == 0) {
                error(reader, "%s line %u: ignoring bad line starting with 'include'", from->name,
                      from->line);
                return 0;
        }
        if (reader->depth == DEPTH_MAX) {
                error(reader, "%s line %u: not including %s: too many files within files", from->name,
                      from->line, TN_BRIEF(arg));
                return 0;
        }
        if (!tn_span_starts(arg, SPAN("/"))) {
                struct span whole = tn_span_of(from->path);

                tn_buf_add_span(&path, tn_span_head(whole, whole.len - tn_span_base(whole).len));
        }
        tn_buf_add_span(&path, arg);
        place.path = tn_buf_str(&path);
        if (!place.path)
                return -ENOMEM;
        reader->depth++;
        r = read_place(reader, &place);
        reader->depth--;
        return r;
}

static int add_classic_line(struct tn_config_reader *reader, const struct place *place, struct span line)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        enum tn_classic_conf kind = tn_classic_conf_parse(line, &text);

        if (tn_buf_error(&text))
                return tn_buf_error(&text);
        switch (kind) {
        case TN_CLASSIC_NONE: break;
        case TN_CLASSIC_INCLUDE: return include(reader, place, tn_buf_span(&text));
        case TN_CLASSIC_REWRITE: return add_line(reader, place, tn_buf_span(&text));
        case TN_CLASSIC_REFUSED:
                error(reader, "%s line %u: %s", place->name, place->line, TN_BRIEF(tn_buf_span(&text)));
                return 0;
        }
        return add_line(reader, place, line);
}

static int add_text(struct tn_config_reader *reader, struct place *place, struct span text)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct span line;
        int r;

        tn_lines_init(&lines, text);
        while ((r = tn_lines_next(&lines, &line)) > 0) {
                place->line = lines.number;
                r = place->classic ? add_classic_line(reader, place, line) : add_line(reader, place, line);
                if (r < 0)
                        return r;
        }
        return r;
}

static int tell(const struct tn_config_reader *reader, struct tn_config_input input)
{
        return reader->listener ? reader->listener->hear(reader->listener->data, &input) : 0;
}

static int tell_of_place(const struct tn_config_reader *reader, const struct place *place,
                         struct tn_config_input input)
{
        input.root = place->root;
        input.path = place->path;
        input.name = place->name;
        input.classic = place->classic;
        input.generated = place->generated;
        input.switches = may_switch(reader, place);
        if (place->from && input.fate == TN_CONFIG_FAILED) {
                input.other = place->from->name;
                input.line = place->from->line;
        }
        return tell(reader, input);
}

static void add_name(const struct tn_inroot *root, const char *path, struct tn_buf *name)
{
        if (root)
                tn_buf_add_str(name, root->dir);
        tn_buf_add_str(name, path);
}

static int tell_of_left(const struct tn_config_reader *reader, const struct tn_confd_left *left)
{
        static const enum tn_config_fate fates[] = {
                [TN_CONFD_FAILED] = TN_CONFIG_FAILED,
                [TN_CONFD_SUFFIX] = TN_CONFIG_SUFFIX,
                [TN_CONFD_HIDDEN] = TN_CONFIG_HIDDEN,
                [TN_CONFD_DIRECTORY] = TN_CONFIG_DIRECTORY,
        };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, other = { 0 };
        struct tn_config_input input = { fates[left->why], left->root, left->path, .err = left->err };

        if (!reader->listener)
                return 0;
        add_name(left->root, left->path, &name);
        if (left->other)
                add_name(left->other->root, left->other->path, &other);
        input.name = tn_buf_str(&name);
        input.other = left->other ? tn_buf_str(&other) : NULL;
        return tn_buf_error(&name) || tn_buf_error(&other) ? -ENOMEM : tell(reader, input);
}

static int hear_left_out(void *data, const struct tn_confd_left *left)
{
        struct tn_config_reader *reader = data;
        int r = 0;

        if (left->why == TN_CONFD_FAILED && !left->root)
                r = tn_config_watch(reader->config, left->path);
        return r < 0 ? r : tell_of_left(reader, left);
}

int tn_config_scan(struct tn_config_reader *reader, const char *path, struct tn_confd *confd)
{
        int r = confd->root ? 0 : tn_config_watch(reader->config, path);

        confd->left_out = hear_left_out;
        confd->all = reader->listener;
        confd->by_type = true;
        confd->data = reader;
        return r < 0 ? r : tn_confd_scan(confd, path, reader->log);
}

static int read_dir(struct tn_config_reader *reader, const struct place *dir)
{
        _cleanup_(tn_confd_fini) struct tn_confd confd = { .root = dir->root };
        int r = tn_config_scan(reader, dir->path, &confd);

        for (size_t i = 0; r == 0 && i < confd.files.n; i++) {
                struct place place = *dir;

                place.path = confd.files.v[i].path;
                place.listed = confd.files.v[i].regular;
                r = read_place(reader, &place);
        }
        return r;
}

/* Whether a regular file is to be passed over: once an include has a part in it, it is read once. */
static int meet(struct tn_config_reader *reader, const struct stat *st, bool included)
{
        const struct tn_config_seen *it;

        tn_vec_each (it, &reader->seen)
                if (it->dev == st->st_dev && it->ino == st->st_ino && (included || it->included))
                        return 1;
        return tn_vec_add(&reader->seen, ((struct tn_config_seen){ st->st_dev, st->st_ino, included }));
}

/* Where nothing can be looked at it may not be there; or it is in a directory that can be listed and not searched. */
static bool is_out_of_sight(const struct place *place, int err)
{
        const struct tn_dir dir = { .fd = AT_FDCWD, .root = place->root, .inside = "" };
        struct stat st;

        return err == -EACCES && tn_dir_stat(&dir, place->path, &st) == err;
}

/* A file need not be there. One that is there and cannot be read may blacklist a module. */
static int level_of(const struct place *place, int err)
{
        if (is_out_of_sight(place, err))
                return TN_LOG_DEBUG;
        switch (-err) {
        case ENOENT:
        case ENOTDIR: return TN_LOG_DEBUG;
        case EFBIG:
        case EINVAL: return TN_LOG_ERR;
        default: return tn_file_is_fault(err) ? TN_LOG_WARNING : TN_LOG_ERR;
        }
}

static int complain(struct tn_config_reader *reader, const struct place *place, int err)
{
        int level;

        if (err == -ENOMEM)
                return err;
        level = level_of(place, err);
        if (place->listed && is_out_of_sight(place, err))
                tn_log_from(reader->log, TN_CONFD_WHO, TN_LOG_ERR, "could not read configuration file %s: %s",
                            place->name, tn_dir_strerror(err));
        else if (place->from)
                error(reader, "%s line %u: could not read the included file %s: %s", place->from->name,
                      place->from->line, TN_BRIEF_STR(place->name), tn_dir_strerror(err));
        else if (tn_log_hears(reader->log, level))
                tn_log_from(reader->log, WHO, level, "could not read %s: %s", place->name,
                            tn_dir_strerror(err));
        return tell_of_place(reader, place, (struct tn_config_input){ .fate = TN_CONFIG_FAILED, .err = err });
}

/* 0 when there is nothing to read: the file is masked, or a directory whose files were read. */
static int open_place(struct tn_config_reader *reader, const struct place *place, int *ret_fd,
                      struct stat *ret_st)
{
        const struct tn_dir dir = { .fd = AT_FDCWD, .root = place->root, .inside = "" };
        struct stat st;
        int fd;

        if (!place->root && tn_config_watch(reader->config, place->path) < 0)
                return -ENOMEM;
        fd = place->listed  ? tn_dir_open_seen(&dir, place->path, ret_st)
             : place->given ? tn_dir_open(&dir, place->path, O_RDONLY)
                            : tn_dir_open_known(&dir, place->path, ret_st);
        if (fd == -EISDIR && place->from)
                return read_dir(reader, place);
        if (fd == -EINVAL && tn_dir_stat(&dir, place->path, &st) == 0 && tn_dir_is_null(&st))
                return 0;
        if (fd < 0)
                return fd;
        *ret_fd = fd;
        return place->given && fstat(fd, ret_st) < 0 ? -errno : 1;
}

/* The copy lives as long as the configuration. */
static int set_name(struct tn_config_reader *reader, struct place *place)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        add_name(place->root, place->path, &name);
        if (tn_buf_error(&name))
                return -ENOMEM;
        place->name = tn_arena_dup(tn_config_arena(reader->config), tn_buf_span(&name));
        return place->name ? 0 : -ENOMEM;
}

static int read_place(struct tn_config_reader *reader, struct place *place)
{
        _cleanup_(closep) int fd = -1;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct stat st;
        int r = set_name(reader, place);

        if (r < 0)
                return r;
        r = open_place(reader, place, &fd, &st);
        if (r <= 0)
                return r < 0 ? complain(reader, place, r) : 0;
        r = S_ISREG(st.st_mode) ? meet(reader, &st, place->from != NULL) : 0;
        if (r != 0)
                return r < 0 ? r : 0;
        r = tn_file_read_known(fd, &st, TN_BOUND_CONFIG, &text);
        if (r < 0)
                return complain(reader, place, r);
        r = tell_of_place(reader, place, (struct tn_config_input){ .text = tn_buf_span(&text) });
        return r < 0 ? r : add_text(reader, place, tn_buf_span(&text));
}

int tn_config_read(struct tn_config_reader *reader, const struct tn_inroot *root, const char *path,
                   unsigned flags)
{
        struct place place = {
                .root = root,
                .path = path,
                .classic = flags & TN_CONFIG_FILE_CLASSIC,
                .given = flags & TN_CONFIG_FILE_GIVEN,
                .generated = flags & TN_CONFIG_FILE_GENERATED,
                .listed = flags & TN_CONFIG_FILE_LISTED,
        };

        return read_place(reader, &place);
}
