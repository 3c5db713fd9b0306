/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog_facts.h"
#include "core/firmware.h"
#include "core/gate_firmware.h"
#include "util/cleanup.h"

void tn_firmware_fini(struct tn_firmware *firmware)
{
        tn_arena_fini(&firmware->arena);
        *firmware = (struct tn_firmware){ 0 };
}

static size_t count_named(const struct tn_facts *facts)
{
        const struct tn_modinfo *info;
        size_t n = 0;

        tn_vec_each (info, &facts->info)
                n += tn_span_eq(info->key, SPAN("firmware")) && !tn_span_has_any(info->value, "*?[");
        return n;
}

int tn_firmware_count(const struct tn_facts *facts, struct span missing, struct tn_firmware *ret_firmware)
{
        struct tn_firmware firmware = { .named = count_named(facts) };
        struct span one;

        if (missing.len) {
                firmware.first = tn_arena_dup(&firmware.arena, tn_span_of(missing.ptr));
                if (!firmware.first)
                        return -ENOMEM;
        }
        while (tn_span_split(&missing, '\0', &one))
                firmware.missing++;
        *ret_firmware = firmware;
        return 0;
}

int tn_firmware_find(struct tn_catalog *catalog, const char *release, const struct tn_facts *facts,
                     struct tn_firmware *ret_firmware)
{
        const struct tn_gate_kernel kernel = { .catalog = catalog, .release = release };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct span missing = { 0 };
        int r = tn_gate_firmware_find(&kernel, facts, &arena, &missing);

        return r < 0 ? r : tn_firmware_count(facts, missing, ret_firmware);
}

int tn_firmware_look(struct tn_catalog *catalog, const char *release, const char *name,
                     struct tn_firmware *ret_firmware)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = tn_catalog_facts_of(catalog, tn_span_of(name), TN_FACTS_INFO, &facts);

        *ret_firmware = (struct tn_firmware){ 0 };
        if (r == 0)
                r = tn_firmware_find(catalog, release, &facts, ret_firmware);
        return r == -ENOMEM ? r : 0;
}
