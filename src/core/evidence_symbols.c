/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>
#include <time.h>

#include "core/evidence_symbols.h"
#include "core/list.h"
#include "core/catalog_facts.h"
#include "format/modname.h"
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
        bool running; /* what is loaded counts */
        TN_VEC(struct span) missing;
        struct timespec indexed; /* when depmod was run */
};

static bool is_newer(struct timespec a, struct timespec b)
{
        return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool is_indexed(const struct search *search, struct span name, struct span path)
{
        const struct tn_dir *dir = tn_catalog_where(search->catalog);
        struct tn_depline dep;
        struct stat st;

        return tn_catalog_find_dep(search->catalog, name, &dep) == 0 && tn_span_eq(dep.path, path) &&
               tn_dir_stat(dir, path.ptr, &st) == 0 && !is_newer(st.st_mtim, search->indexed);
}

static int add_exporter(struct search *search, struct span symbol, struct span name, struct span path)
{
        struct tn_evidence *evidence = search->evidence;
        _cleanup_(tn_buf_fini) struct tn_buf full = { 0 };
        struct tn_evidence_owner owner = { .symbol = symbol, .module = tn_arena_dup(&evidence->arena, name) };

        tn_catalog_add_path(search->catalog, path, &full);
        if (tn_buf_error(&full) < 0)
                return tn_buf_error(&full);
        owner.path = tn_arena_dup(&evidence->arena, tn_buf_span(&full));
        return owner.module && owner.path ? tn_vec_add(&evidence->owners, owner) : -ENOMEM;
}

static int take_exports(struct search *search, struct span name, struct span path,
                        const struct tn_facts *facts)
{
        const struct tn_modsym *export;
        const struct span *symbol;
        int r = 0;

        tn_vec_each (symbol, &search->missing) {
                if (r < 0 || tn_evidence_find_owner(search->evidence, *symbol))
                        continue;
                tn_vec_each (export, &facts->exports) {
                        if (!tn_span_eq(export->name, *symbol))
                                continue;
                        r = add_exporter(search, *symbol, name, path);
                        break;
                }
        }
        return r;
}

static int load_facts(const struct search *search, struct span path, unsigned parts, struct tn_facts *facts)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        tn_buf_add_span(&name, path);
        return tn_buf_str(&name) ? tn_catalog_facts_at(search->catalog, name.ptr, parts, facts) : -ENOMEM;
}

/* What is loaded has exported what it can. */
static bool is_loaded(const struct search *search, const char *name)
{
        enum tn_kernel_state state;

        return search->running && (tn_kernel_module_state(name, &state) < 0 || state != TN_KERNEL_ABSENT);
}

static int look_at_exporter(void *data, struct span path)
{
        struct search *search = data;
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, full = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r;

        tn_modname_from_path(path, &name);
        tn_catalog_add_path(search->catalog, path, &full);
        if (!tn_buf_str(&name) || !tn_buf_str(&full))
                return -ENOMEM;
        if (is_indexed(search, tn_buf_span(&name), path) || strcmp(name.ptr, search->evidence->name) == 0 ||
            is_loaded(search, name.ptr))
                return 0;
        r = load_facts(search, tn_buf_span(&full), TN_FACTS_EXPORTS, &facts);
        if (r == 0)
                r = take_exports(search, tn_buf_span(&name), path, &facts);
        return r == -ENOMEM ? r : 0;
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
        const struct tn_dir *dir = tn_catalog_where(search->catalog);
        struct stat st;
        int r = collect(search);

        if (r < 0 || search->missing.n == 0)
                return r;
        r = find_base(search->evidence, dir);
        if (r < 0)
                return r;
        if (tn_dir_stat(dir, tn_catalog_files[TN_CATALOG_SYMBOLS].index, &st) == 0)
                search->indexed = st.st_mtim;
        r = tn_list_tree(dir, look_at_exporter, search);
        return r == -ENOMEM ? r : 0;
}

int tn_evidence_find_exporters(struct tn_evidence *evidence, struct tn_catalog *catalog, bool running)
{
        struct search search = { .evidence = evidence, .catalog = catalog, .running = running };
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
