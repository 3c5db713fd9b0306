/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "core/evidence_symbols.h"
#include "core/list.h"
#include "util/cleanup.h"

/* That the kernel has not found it, and nobody knows of it. */
static bool is_missing(const struct tn_evidence *evidence, const struct tn_evidence_line *line)
{
        return line->known && line->event.kind == TN_KLOG_UNKNOWN_SYMBOL && line->event.err == -ENOENT &&
               !tn_evidence_find_owner(evidence, line->event.subject) &&
               !tn_evidence_is_exported(evidence, line->event.subject);
}

/* That no kernel that was not asked yet would find it. */
static bool is_sought(const struct tn_evidence_need *need)
{
        return !need->weak && (need->err == -ENOENT || need->unindexed);
}

struct search {
        struct tn_evidence *evidence;
        struct tn_catalog *catalog;
        struct tn_newcomers *newcomers;
        TN_VEC(struct span) missing;
};

static int add_exporter(struct search *search, struct span symbol, const struct tn_newcomer *newcomer)
{
        struct tn_evidence *evidence = search->evidence;
        struct tn_evidence_owner owner = {
                .symbol = symbol,
                .module = tn_arena_dup(&evidence->arena, newcomer->name),
                .path = tn_arena_dup(&evidence->arena, newcomer->path),
        };

        return owner.module && owner.path ? tn_vec_add(&evidence->owners, owner) : -ENOMEM;
}

static bool is_exported(const struct tn_newcomer *newcomer, struct span symbol)
{
        struct span rest = newcomer->exports, one;

        while (tn_span_split(&rest, '\0', &one))
                if (tn_span_eq(one, symbol))
                        return true;
        return false;
}

static int look_at_exporter(struct search *search, struct tn_newcomer *newcomer)
{
        const struct span *symbol;
        int r;

        if (tn_span_eq(newcomer->name, tn_span_of(search->evidence->name)))
                return 0;
        r = tn_newcomers_read(search->newcomers, search->catalog, newcomer);
        tn_vec_each (symbol, &search->missing)
                if (r == 0 && !tn_evidence_find_owner(search->evidence, *symbol) &&
                    is_exported(newcomer, *symbol))
                        r = add_exporter(search, *symbol, newcomer);
        return r;
}

static int find_base(struct tn_evidence *evidence, const struct tn_dir *dir)
{
        struct span path = tn_span_of(dir->path), tail = SPAN("/lib/modules/");
        _cleanup_(tn_buf_fini) struct tn_buf option = { 0 };
        size_t at = path.len - tn_span_base(path).len;

        if (at <= tail.len || !tn_span_eq(tn_span_skip(tn_span_head(path, at), at - tail.len), tail))
                return 0;
        tn_buf_addf(&option, "--basedir=%.*s", (int)(at - tail.len), path.ptr);
        if (tn_buf_error(&option) < 0)
                return tn_buf_error(&option);
        evidence->base = tn_arena_dup(&evidence->arena, tn_buf_span(&option));
        return evidence->base ? 0 : -ENOMEM;
}

static int collect(struct search *search)
{
        const struct tn_evidence *evidence = search->evidence;
        const struct tn_evidence_line *line;
        const struct tn_evidence_need *need;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && is_missing(evidence, line))
                        r = tn_vec_add(&search->missing, line->event.subject);
        tn_vec_each (need, &evidence->needs)
                if (r == 0 && is_sought(need))
                        r = tn_vec_add(&search->missing, need->symbol);
        return r;
}

static int find_exporters(struct search *search)
{
        struct tn_newcomer *newcomer;
        int r = collect(search);

        if (r < 0 || search->missing.n == 0)
                return r;
        r = find_base(search->evidence, tn_catalog_where(search->catalog));
        if (r == 0)
                r = tn_newcomers_load(search->newcomers, search->catalog);
        tn_vec_each (newcomer, &search->newcomers->list)
                if (r == 0)
                        r = look_at_exporter(search, newcomer);
        return r;
}

int tn_evidence_find_exporters(struct tn_evidence *evidence, struct tn_catalog *catalog,
                               struct tn_newcomers *newcomers)
{
        struct search search = { .evidence = evidence, .catalog = catalog, .newcomers = newcomers };
        int r = find_exporters(&search);

        tn_vec_fini(&search.missing);
        return r;
}

/* Lists may name what is gone. */
static int is_file(void *data, struct span path)
{
        const struct tn_dir *dir = data;
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct stat st;

        tn_buf_add_span(&name, path);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        return tn_dir_stat(dir, name.ptr, &st) == 0;
}

int tn_evidence_find_release(struct tn_evidence *evidence, struct tn_catalog *catalog)
{
        struct span vermagic = tn_facts_info(&evidence->facts, SPAN("vermagic"));
        struct span release = tn_span_head(vermagic, tn_span_chr(vermagic, ' '));
        const struct tn_dir *here = tn_catalog_where(catalog);
        struct tn_dir there = *here;
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        size_t parent;
        int r;

        if (release.len == 0 || release.ptr[0] == '.' || tn_span_chr(release, '/') < release.len ||
            tn_span_eq(release, tn_span_of(evidence->release)) || !here->path)
                return 0;
        parent = tn_span_of(here->path).len - tn_span_base(tn_span_of(here->path)).len;
        tn_buf_addf(&path, "%.*s%.*s", (int)parent, here->path, SPAN_FMT(release));
        if (!tn_buf_str(&path))
                return -ENOMEM;
        there.path = path.ptr;
        there.fd = AT_FDCWD;
        if (here->root)
                there.inside = path.ptr + (parent - (tn_span_of(here->inside).len -
                                                     tn_span_base(tn_span_of(here->inside)).len));
        r = tn_list_each(&there, &(struct tn_list_filter){ 0 }, is_file, &there);
        if (r == -ENOMEM)
                return r;
        evidence->release_installed = r == 1;
        evidence->parts |= TN_EVIDENCE_RELEASE;
        return 0;
}
