/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "depmod/digest.h"
#include "format/index_format.h"
#include "util/brief.h"
#include "util/cleanup.h"

/*
 * Bounds, so that no module costs the others their index: one, however hostile, stays far below what fits the files,
 * and below what memory anybody has. Of the modules of Debian's kernels 6.1 and 6.12 the largest have 1,599 aliases of
 * 65 kB, 12 softdeps of 204 bytes, 518 exports of 13 kB and 1,230 needs of 25 kB; all 4,230 together 27,459 aliases of
 * 0.9 MB, 15,520 exports of 0.3 MB and 197,617 needs of 4 MB.
 *
 * All together is counted as bytes and a charge for each text. An index has at most 530 bytes beside each key and value
 * (a node with its table, one more above it, the number of values and a priority): with 128 bytes each, what weighs
 * 60 MiB fits into the format's 256 MiB whatever the keys are. modules.softdep is read as a file of configuration.
 */
static const struct {
        struct span key; /* in .modinfo */
        const char *what;
        size_t n;       /* one module's texts of the kind */
        size_t bytes;   /* of all of these */
        size_t longest; /* of one of these */
        size_t charge;
        size_t total; /* what those of all modules may weigh */
} bounds[TN_DEPMOD_KINDS] = {
        [TN_DEPMOD_ALIAS] = { SPAN("alias"), "aliases", 32768, 2 << 20, INDEX_KEY_MAX, 128, 60 << 20 },
        [TN_DEPMOD_SOFTDEP] = { SPAN("softdep"), "softdeps", 4096, 256 << 10, 256 << 10, 128, 8 << 20 },
        [TN_DEPMOD_WEAKDEP] = { SPAN("weakdep"), "weakdeps", 4096, 256 << 10, 256 << 10, 128, 8 << 20 },
        [TN_DEPMOD_EXPORT] = { SPAN(""), "exports", 32768, 2 << 20, TN_MODSYM_NAME_MAX, 128, 60 << 20 },
        [TN_DEPMOD_NEED] = { SPAN(""), "needs", 32768, 2 << 20, TN_MODSYM_NAME_MAX, 16, 120 << 20 },
};

/* A module in the making. */
struct digest {
        struct tn_depmod *depmod;
        uint32_t i;
        struct tn_depmod_list lists[TN_DEPMOD_KINDS]; /* first only measured */
};

static void digest_fini(struct digest *digest)
{
        for (size_t kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                tn_depmod_list_fini(&digest->lists[kind]);
}

/* Its kind, or -1. */
static int find_kind(struct span key)
{
        for (size_t kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                if (key.len && tn_span_eq(key, bounds[kind].key))
                        return (int)kind;
        return -1;
}

static void measure(struct digest *digest, int kind, struct span text)
{
        digest->lists[kind].n++;
        digest->lists[kind].len += text.len;
}

/* Returns 1 when there is something to take, 0 when there is not, -ENOMEM. */
static int make_room(struct digest *digest, int kind, bool versions)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct tn_depmod_list *list = &digest->lists[kind], measured = *list;

        *list = (struct tn_depmod_list){ 0 };
        if (measured.n == 0)
                return 0;
        if (measured.n > bounds[kind].n || measured.len > bounds[kind].bytes) {
                tn_log(digest->depmod->log, TN_LOG_WARNING,
                       "%s has %zu %s of %zu bytes, they are left out: more than %zu, or %zu bytes, are too "
                       "many",
                       tn_depmod_path(digest->depmod, digest->i, &path), measured.n, bounds[kind].what,
                       measured.len, bounds[kind].n, bounds[kind].bytes);
                return 0;
        }
        list->text = malloc(measured.len + measured.n);
        list->versions = versions ? calloc(measured.n, sizeof(*list->versions)) : NULL;
        return list->text && (!versions || list->versions) ? 1 : -ENOMEM;
}

static void take(struct digest *digest, int kind, struct span text, struct tn_depmod_version version)
{
        struct tn_depmod_list *list = &digest->lists[kind];

        if (!list->text)
                return;
        if (text.len > bounds[kind].longest) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

                tn_log(digest->depmod->log, TN_LOG_WARNING,
                       "%s: left out of its %s, because it is longer than %zu bytes: %s",
                       tn_depmod_path(digest->depmod, digest->i, &path), bounds[kind].what,
                       bounds[kind].longest, TN_BRIEF(text));
                return;
        }
        if (text.len)
                memcpy(list->text + list->len, text.ptr, text.len);
        list->len += text.len;
        list->text[list->len++] = '\0';
        if (list->versions)
                list->versions[list->n] = version;
        list->n++;
}

static int take_infos(struct digest *digest, const struct tn_modinfos *infos)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, infos) {
                int kind = find_kind(info->key);

                if (kind >= 0)
                        measure(digest, kind, info->value);
        }
        for (int kind = TN_DEPMOD_ALIAS; kind <= TN_DEPMOD_WEAKDEP; kind++)
                if (make_room(digest, kind, false) < 0)
                        return -ENOMEM;
        tn_vec_each (info, infos) {
                int kind = find_kind(info->key);

                if (kind >= 0)
                        take(digest, kind, info->value, (struct tn_depmod_version){ 0 });
        }
        return 0;
}

static int take_symbols(struct digest *digest, int kind, const struct tn_modsyms *syms, bool versions)
{
        const struct tn_modsym *sym;
        int r;

        tn_vec_each (sym, syms)
                measure(digest, kind, sym->name);
        r = make_room(digest, kind, versions);
        if (r <= 0)
                return r;
        tn_vec_each (sym, syms)
                take(digest, kind, sym->name, (struct tn_depmod_version){ sym->crc, sym->bind == 'W' });
        return 0;
}

static size_t weight_of(const struct tn_depmod *depmod, uint32_t i, int kind)
{
        const struct tn_depmod_list *list = &depmod->modules.v[i].lists[kind];

        return list->len + list->n * (bounds[kind].charge + depmod->modules.v[i].name.len);
}

/* Until what is left fits: the texts of the module that has most, of equal ones the last. */
static void leave_out(struct tn_depmod *depmod, int kind)
{
        while (depmod->weight[kind] > bounds[kind].total) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                uint32_t most = 0;
                size_t n;

                for (uint32_t i = 1; i < depmod->modules.n; i++)
                        if (weight_of(depmod, i, kind) >= weight_of(depmod, most, kind))
                                most = i;
                n = depmod->modules.v[most].lists[kind].n;
                depmod->weight[kind] -= weight_of(depmod, most, kind);
                tn_depmod_list_fini(&depmod->modules.v[most].lists[kind]);
                tn_log(depmod->log, TN_LOG_WARNING,
                       "%s has %zu %s, they are left out: all modules have too many, and none has more",
                       tn_depmod_path(depmod, most, &path), n, bounds[kind].what);
        }
}

static void report_excess(const struct tn_depmod *depmod, uint32_t i, const struct tn_facts_excess *excess)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_log(depmod->log, TN_LOG_WARNING,
               "%s has %" PRIu64 " %s, they are left out: more than %" PRIu64 " are too many",
               tn_depmod_path(depmod, i, &path), excess->found, excess->what, excess->bound);
}

int tn_depmod_digest(struct tn_depmod *depmod, uint32_t i, const struct tn_facts *facts)
{
        _cleanup_(digest_fini) struct digest digest = { .depmod = depmod, .i = i };
        int r = take_infos(&digest, &facts->info);

        if (facts->excess.what[0])
                report_excess(depmod, i, &facts->excess);
        if (r == 0)
                r = take_symbols(&digest, TN_DEPMOD_EXPORT, &facts->exports, true);
        if (r == 0)
                r = take_symbols(&digest, TN_DEPMOD_NEED, &facts->needs, depmod->keep_versions);
        if (r < 0)
                return r;
        for (int kind = 0; kind < TN_DEPMOD_KINDS; kind++) {
                depmod->modules.v[i].lists[kind] = TAKE(digest.lists[kind]);
                depmod->weight[kind] += weight_of(depmod, i, kind);
                leave_out(depmod, kind);
        }
        return 0;
}
