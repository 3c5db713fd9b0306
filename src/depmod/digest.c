/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "depmod/digest.h"
#include "format/index_format.h"
#include "util/cleanup.h"

/*
 * Bounds, so that no module costs the others their index: one, however hostile, stays far below what fits the files,
 * and below what memory anybody has. Of the modules of Debian's kernels 6.1 and 6.12 the largest have 1,599 aliases of
 * 65 kB, 12 softdeps of 204 bytes, 518 exports of 13 kB and 1,230 needs of 25 kB. What all together may have is bounded
 * in gather.c.
 */
static const struct {
        struct span key; /* in .modinfo */
        size_t n;        /* one module's texts of the kind */
        size_t bytes;    /* of all of these */
        size_t longest;  /* of one of these */
} bounds[TN_DEPMOD_KINDS] = {
        [TN_DEPMOD_ALIAS] = { SPAN("alias"), 32768, 2 << 20, INDEX_KEY_MAX },
        [TN_DEPMOD_SOFTDEP] = { SPAN("softdep"), 4096, 256 << 10, 256 << 10 },
        [TN_DEPMOD_WEAKDEP] = { SPAN("weakdep"), 4096, 256 << 10, 256 << 10 },
        [TN_DEPMOD_EXPORT] = { SPAN(""), 32768, 2 << 20, TN_MODSYM_NAME_MAX },
        [TN_DEPMOD_NEED] = { SPAN(""), 32768, 2 << 20, TN_MODSYM_NAME_MAX },
};

void tn_digest_fini(struct tn_digest *digest)
{
        for (size_t kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                tn_depmod_list_fini(&digest->lists[kind]);
        tn_vec_fini(&digest->notes);
}

/* Its kind, or -1. */
static int find_kind(struct span key)
{
        for (size_t kind = 0; kind < TN_DEPMOD_KINDS; kind++)
                if (key.len && tn_span_eq(key, bounds[kind].key))
                        return (int)kind;
        return -1;
}

/* Lists are first only measured. */
static void measure(struct tn_digest *digest, int kind, struct span text)
{
        digest->lists[kind].n++;
        digest->lists[kind].len += text.len;
}

/* A list without room, because there is nothing to take or too much, stays empty. */
static int make_room(struct tn_digest *digest, int kind, bool versions)
{
        struct tn_depmod_list *list = &digest->lists[kind], measured = *list;

        *list = (struct tn_depmod_list){ 0 };
        if (measured.n == 0)
                return 0;
        if (measured.n > bounds[kind].n || measured.len > bounds[kind].bytes) {
                const struct tn_digest_note note = {
                        .why = TN_DIGEST_TOO_MANY,
                        .kind = (enum tn_depmod_kind)kind,
                        .found = { measured.n, measured.len },
                };

                return tn_vec_add(&digest->notes, note);
        }
        list->text = malloc(measured.len + measured.n);
        list->versions = versions ? calloc(measured.n, sizeof(*list->versions)) : NULL;
        return list->text && (!versions || list->versions) ? 0 : -ENOMEM;
}

static int note_long(struct tn_digest *digest, int kind, struct span text)
{
        struct tn_digest_note note = { .why = TN_DIGEST_TOO_LONG, .kind = (enum tn_depmod_kind)kind };

        tn_brief(text, note.brief);
        return tn_vec_add(&digest->notes, note);
}

static int take(struct tn_digest *digest, int kind, struct span text)
{
        struct tn_depmod_list *list = &digest->lists[kind];

        if (!list->text)
                return 0;
        if (text.len > bounds[kind].longest)
                return note_long(digest, kind, text);
        if (text.len)
                memcpy(list->text + list->len, text.ptr, text.len);
        list->len += text.len;
        list->text[list->len++] = '\0';
        list->n++;
        return 0;
}

static int take_infos(struct tn_digest *digest, const struct tn_modinfos *infos)
{
        const struct tn_modinfo *info;
        int r = 0;

        tn_vec_each (info, infos) {
                int kind = find_kind(info->key);

                if (kind >= 0)
                        measure(digest, kind, info->value);
        }
        for (int kind = TN_DEPMOD_ALIAS; kind <= TN_DEPMOD_WEAKDEP && r == 0; kind++)
                r = make_room(digest, kind, false);
        if (r < 0)
                return r;
        tn_vec_each (info, infos) {
                int kind = find_kind(info->key);

                if (kind >= 0)
                        r = take(digest, kind, info->value);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* There is room for all of them. */
static void add_symbol(struct tn_depmod_list *list, const struct tn_modsym *sym)
{
        memcpy(list->text + list->len, sym->name.ptr, sym->name.len);
        list->len += sym->name.len;
        list->text[list->len++] = '\0';
        if (list->versions)
                list->versions[list->n] = (struct tn_depmod_version){ sym->crc, sym->bind == 'W' };
        list->n++;
}

static int take_symbols(struct tn_digest *digest, int kind, const struct tn_modsyms *syms, bool versions)
{
        struct tn_depmod_list *list = &digest->lists[kind];
        const struct tn_modsym *sym;
        size_t len = 0;
        int r;

        tn_vec_each (sym, syms)
                len += sym->name.len;
        *list = (struct tn_depmod_list){ .n = syms->n, .len = len };
        r = make_room(digest, kind, versions);
        if (r < 0 || !list->text)
                return r;
        tn_vec_each (sym, syms) {
                if (sym->name.len <= bounds[kind].longest)
                        add_symbol(list, sym);
                else
                        r = note_long(digest, kind, sym->name);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int note_excess(struct tn_digest *digest, const struct tn_facts_excess *excess)
{
        const struct tn_digest_note note = { .why = TN_DIGEST_EXCESS, .excess = *excess };

        return excess->what[0] ? tn_vec_add(&digest->notes, note) : 0;
}

int tn_digest_make(const struct tn_facts *facts, bool needs_versions, struct tn_digest *ret_digest)
{
        _cleanup_(tn_digest_fini) struct tn_digest digest = { 0 };
        int r = take_infos(&digest, &facts->info);

        if (r == 0)
                r = note_excess(&digest, &facts->excess);
        if (r == 0)
                r = take_symbols(&digest, TN_DEPMOD_EXPORT, &facts->exports, true);
        if (r == 0)
                r = take_symbols(&digest, TN_DEPMOD_NEED, &facts->needs, needs_versions);
        if (r < 0)
                return r;
        *ret_digest = TAKE(digest);
        return 0;
}

void tn_digest_report(const struct tn_digest_note *note, const char *path, struct tn_log *log)
{
        const char *what = tn_depmod_kind_names[note->kind];

        switch (note->why) {
        case TN_DIGEST_EXCESS:
                tn_log(log, TN_LOG_WARNING,
                       "%s has %" PRIu64 " %s, they are left out: more than %" PRIu64 " are too many", path,
                       note->excess.found, note->excess.what, note->excess.bound);
                break;
        case TN_DIGEST_TOO_MANY:
                tn_log(log, TN_LOG_WARNING,
                       "%s has %zu %s of %zu bytes, they are left out: more than %zu, or %zu bytes, are too "
                       "many",
                       path, note->found.n, what, note->found.bytes, bounds[note->kind].n,
                       bounds[note->kind].bytes);
                break;
        case TN_DIGEST_TOO_LONG:
                tn_log(log, TN_LOG_WARNING, "%s: left out of its %s, because it is longer than %zu bytes: %s",
                       path, what, bounds[note->kind].longest, note->brief);
                break;
        }
}
