/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>

#include "factspack.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct span text)
{
        if (strlen(text.ptr) != text.len)
                __builtin_trap();
}

static void check_symbols(const struct tn_modsyms *syms, int err)
{
        const struct tn_modsym *sym;

        if (err < 0 && syms->n)
                __builtin_trap();
        tn_vec_each (sym, syms)
                check_text(sym->name);
}

/* What everybody relies on who reads facts. */
static void check(const struct tn_facts *facts)
{
        const struct tn_exportrule *rule;
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info) {
                check_text(info->key);
                check_text(info->value);
        }
        check_symbols(&facts->exports, facts->exports_err);
        check_symbols(&facts->needs, facts->needs_err);
        check_symbols(&facts->versions, facts->versions_err);
        if (facts->export_rules_err == 0 && facts->export_rules.n != facts->exports.n)
                __builtin_trap();
        tn_vec_each (rule, &facts->export_rules)
                check_text(rule->space);
}

/* Facts that borrow from the bytes are the same, also in a room that was used before. */
static void check_look(struct span bytes, const struct tn_facts *facts)
{
        _cleanup_(tn_facts_room_fini) struct tn_facts_room room = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf packed = { 0 };

        if (factspack(facts, &packed) < 0)
                __builtin_trap();
        for (unsigned times = 0; times < 2; times++) {
                _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
                struct tn_facts *look;

                if (tn_facts_look(bytes, TN_FACTS_ALL, &room, &look) < 0 || factspack(look, &out) < 0 ||
                    !tn_span_eq(tn_buf_span(&out), tn_buf_span(&packed)))
                        __builtin_trap();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct span bytes = { (const char *)data, size };

        if (tn_facts_parse(bytes, TN_FACTS_ALL, &facts) < 0)
                return 0;
        check(&facts);
        check_look(bytes, &facts);
        return 0;
}
