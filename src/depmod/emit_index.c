/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "depmod/emit.h"
#include "depmod/index.h"
#include "format/modname.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/set.h"

int tn_emit_dep_bin(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_reach_fini) struct tn_reach reach = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        int r = writer ? 0 : -ENOMEM;

        for (uint32_t i = 0; i < depmod->modules.n && r == 0; i++) {
                tn_buf_reset(&line);
                r = tn_emit_depline(depmod, i, &reach, &line);
                if (r == 0)
                        r = tn_index_put(writer, depmod->modules.v[i].name, tn_buf_span(&line), i,
                                         depmod->log);
        }
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}

/* The aliases of one module, normalised. */
struct seen {
        struct tn_set aliases;
        struct tn_arena arena;
};

static void seen_fini(struct seen *seen)
{
        tn_set_fini(&seen->aliases);
        tn_arena_fini(&seen->arena);
}

static int see(const struct tn_depmod *depmod, const struct tn_depmod_module *mod, struct span alias,
               struct seen *seen, struct tn_buf *key)
{
        int r;

        tn_buf_reset(key);
        if (tn_modname_from_alias(alias, key) < 0)
                return 0;
        r = tn_set_add_copy(&seen->aliases, &seen->arena, tn_buf_span(key));
        if (r == 0)
                tn_log(depmod->log, TN_LOG_WARNING, "duplicate module alias:\n%s %s",
                       TN_BRIEF(tn_buf_span(key)), mod->name.ptr);
        return MIN(r, 0);
}

static int put_aliases(const struct tn_depmod *depmod, uint32_t i, struct tn_index_writer *writer,
                       struct tn_buf *key)
{
        const struct tn_depmod_module *mod = &depmod->modules.v[i];
        struct span rest = tn_depmod_list_span(&mod->lists[TN_DEPMOD_ALIAS]), alias;
        _cleanup_(seen_fini) struct seen seen = { 0 };
        int r = 0;

        while (r == 0 && tn_depmod_list_next(&rest, &alias)) {
                r = tn_index_put_alias(writer, alias, mod->name, i, depmod->log, key);
                if (r == 0 && depmod->warn_twice)
                        r = see(depmod, mod, alias, &seen, key);
        }
        return r;
}

int tn_emit_alias_bin(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        int r = writer ? 0 : -ENOMEM;

        for (uint32_t i = 0; i < depmod->modules.n && r == 0; i++)
                r = put_aliases(depmod, i, writer, &key);
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}

int tn_emit_symbols_bin(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        int r = writer ? 0 : -ENOMEM;

        for (size_t i = 0; i < depmod->symtab.symbols.n && r == 0; i++) {
                const struct tn_symbol *sym = &depmod->symtab.symbols.v[i];

                if (sym->owner == TN_SYMTAB_NOBODY)
                        continue;
                tn_buf_reset(&key);
                tn_buf_add_str(&key, "symbol:");
                tn_buf_add_span(&key, sym->name);
                r = tn_buf_error(&key);
                if (r == 0)
                        r = tn_index_put(writer, tn_buf_span(&key), depmod->modules.v[sym->owner].name,
                                         sym->owner, depmod->log);
        }
        return r < 0 ? r : tn_index_writer_emit(writer, out);
}
