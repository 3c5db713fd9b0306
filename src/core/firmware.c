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

int tn_firmware_look(struct tn_catalog *catalog, const char *release, const char *name,
                     struct tn_firmware *ret_firmware)
{
        const struct tn_gate_kernel kernel = { .catalog = catalog, .release = release };
        struct tn_facts facts = { 0 };
        struct span missing = { 0 }, rest, one;
        int r = tn_catalog_facts_of(catalog, tn_span_of(name), TN_FACTS_INFO, &facts);

        *ret_firmware = (struct tn_firmware){ 0 };
        if (r == 0) {
                ret_firmware->named = count_named(&facts);
                r = tn_gate_firmware_find(&kernel, &facts, &ret_firmware->arena, &missing);
        }
        for (rest = missing; r == 0 && tn_span_split(&rest, '\0', &one); ret_firmware->missing++)
                if (!ret_firmware->missing)
                        ret_firmware->first = one.ptr;
        tn_facts_fini(&facts);
        return r == -ENOMEM ? r : 0;
}
