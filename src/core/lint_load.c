/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/dirs.h"
#include "core/lint_catalog.h"
#include "core/lint_load.h"
#include "util/cleanup.h"

struct tn_lint_world {
        struct tn_lint lint;
        struct tn_config *config;
        struct tn_lint_store *store;
        struct tn_arena arena;
        TN_VEC(struct tn_lint_file) files;
};

/* Files without ".conf" that are larger are no configuration. */
#define STRAY_MAX ((size_t)64 << 10)

void tn_lint_world_free(struct tn_lint_world *loaded)
{
        if (!loaded)
                return;
        tn_lint_store_free(loaded->store);
        tn_config_free(loaded->config);
        tn_vec_fini(&loaded->files);
        tn_arena_fini(&loaded->arena);
        free(loaded);
}

static int dup_to(struct tn_lint_world *loaded, struct span text, const char **ret_text)
{
        *ret_text = tn_arena_dup(&loaded->arena, text);
        return *ret_text ? 0 : -ENOMEM;
}

static struct tn_dir where(const struct tn_config_input *input)
{
        return (struct tn_dir){ .fd = AT_FDCWD, .root = input->root, .inside = "" };
}

/* The text of a symbolic link, in its root if it is in one. */
static int read_link(struct tn_lint_world *loaded, const struct tn_config_input *input,
                     struct tn_lint_file *file)
{
        const struct tn_dir dir = where(input);
        struct span base = tn_span_base(tn_span_of(input->path));
        _cleanup_(freep) char *parent =
                tn_span_dup((struct span){ input->path, (size_t)(base.ptr - input->path) });
        _cleanup_(closep) int fd = -1;
        char text[512];
        ssize_t n;

        if (!parent)
                return -ENOMEM;
        fd = tn_dir_open(&dir, *parent ? parent : ".", O_PATH | O_DIRECTORY);
        n = fd < 0 ? -1 : readlinkat(fd, base.ptr, text, sizeof(text));
        return n < 0 ? 0 : dup_to(loaded, (struct span){ text, (size_t)n }, &file->link);
}

static int read_stray(struct tn_lint_world *loaded, const struct tn_config_input *input,
                      struct tn_lint_file *file)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_dir dir = where(input);
        int r = tn_dir_read(&dir, input->path, STRAY_MAX, &text);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        file->text.len = text.len;
        return dup_to(loaded, tn_buf_span(&text), &file->text.ptr);
}

/* Whether the file that hides another is the same one. */
static bool is_same(const struct tn_config_input *input)
{
        const struct tn_dir dir = where(input);
        const char *other = input->other + (input->root ? strlen(input->root->dir) : 0);
        struct stat a, b;

        return tn_dir_stat(&dir, input->path, &a) == 0 && tn_dir_stat(&dir, other, &b) == 0 &&
               a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* The last two of the directories are of packages. */
static bool is_shipped(const struct tn_config_input *input)
{
        struct span path = tn_span_of(input->path);

        return tn_span_starts(path, SPAN(TN_DISTCONFDIR "/modprobe.d/")) ||
               tn_span_starts(path, SPAN("/lib/modprobe.d/"));
}

static int look_closer(struct tn_lint_world *loaded, const struct tn_config_input *input,
                       struct tn_lint_file *file)
{
        switch (input->fate) {
        case TN_CONFIG_READ:
                file->text.len = input->text.len;
                return dup_to(loaded, input->text, &file->text.ptr);
        case TN_CONFIG_FAILED: return read_link(loaded, input, file);
        case TN_CONFIG_SUFFIX: return read_stray(loaded, input, file);
        case TN_CONFIG_HIDDEN: file->same = is_same(input); return 0;
        case TN_CONFIG_DIRECTORY: return 0;
        }
        return 0;
}

static int hear(void *data, const struct tn_config_input *input)
{
        struct tn_lint_world *loaded = data;
        struct tn_lint_file file = {
                .fate = input->fate,
                .err = input->err,
                .line = input->line,
                .classic = input->classic,
                .generated = input->generated,
                .switches = input->switches,
                .shipped = is_shipped(input),
        };
        int r = dup_to(loaded, tn_span_of(input->name), &file.name);

        if (r == 0 && input->other)
                r = dup_to(loaded, tn_span_of(input->other), &file.other);
        if (r == 0)
                r = look_closer(loaded, input, &file);
        return r < 0 ? r : tn_vec_add(&loaded->files, file);
}

int tn_lint_load(struct tn_world *world, struct tn_lint_world **ret_loaded)
{
        _cleanup_(tn_lint_world_freep) struct tn_lint_world *loaded = calloc(1, sizeof(*loaded));
        struct tn_config_sources sources = tn_world_config_sources(world);
        const struct tn_config_listener listener = { hear, loaded };
        int r = loaded ? 0 : -ENOMEM;

        sources.listener = &listener;
        if (r == 0)
                r = tn_config_load(&sources, NULL, &loaded->config);
        if (r == 0)
                r = tn_lint_store_new(world->catalog, &loaded->store);
        if (r < 0)
                return r;
        loaded->lint = (struct tn_lint){
                .config = loaded->config,
                .files = loaded->files.v,
                .n_files = loaded->files.n,
                .catalog = tn_lint_store_catalog(loaded->store),
        };
        *ret_loaded = TAKE(loaded);
        return 0;
}

const struct tn_lint *tn_lint_world_get(const struct tn_lint_world *loaded)
{
        return &loaded->lint;
}
