/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <errno.h>

#include "format/buildid.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

/* Parts that are made of the symbol table. */
#define FROM_SYMBOLS (TN_FACTS_EXPORTS | TN_FACTS_EXPORT_RULES | TN_FACTS_NEEDS)
#define EXPORTS      (TN_FACTS_EXPORTS | TN_FACTS_EXPORT_RULES)

static const struct {
        struct span prefix;
        unsigned parts;
} sections[] = {
        { { ".modinfo", 8 }, TN_FACTS_INFO },
        { { ".symtab", 7 }, FROM_SYMBOLS },
        { { ".strtab", 7 }, FROM_SYMBOLS },
        { { "__kcrctab", 9 }, EXPORTS },
        { { "___kcrctab", 10 }, EXPORTS },
        { { "__ksymtab_strings", 17 }, EXPORTS },
        { { "__version", 9 }, TN_FACTS_NEEDS | TN_FACTS_VERSIONS },
        { { TN_BUILDID_SECTION, sizeof(TN_BUILDID_SECTION) - 1 }, TN_FACTS_BUILD_ID },
};

_Static_assert(ARRAY_SIZE(sections) <= TN_FACTS_SECTIONS_MAX, "room for all");

size_t tn_facts_sections(unsigned parts, struct span ret_prefixes[TN_FACTS_SECTIONS_MAX])
{
        size_t n = 0;

        for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
                if (sections[i].parts & parts)
                        ret_prefixes[n++] = sections[i].prefix;
        return n;
}

void tn_facts_lack(struct tn_facts *facts, struct span section, uint64_t size, uint64_t bound)
{
        const struct {
                unsigned part;
                size_t n;
                int *err;
        } lists[] = {
                { TN_FACTS_INFO, facts->info.n, &facts->info_err },
                { TN_FACTS_EXPORTS, facts->exports.n, &facts->exports_err },
                { TN_FACTS_NEEDS, facts->needs.n, &facts->needs_err },
                { TN_FACTS_VERSIONS, facts->versions.n, &facts->versions_err },
        };
        unsigned lacking = 0;

        facts->excess = (struct tn_facts_excess){ .found = size, .bound = bound };
        snprintf(facts->excess.what, sizeof(facts->excess.what), "bytes of %.*s", SPAN_FMT(section));
        for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
                if (tn_span_starts(section, sections[i].prefix))
                        lacking |= sections[i].parts;
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
                if (lists[i].part & facts->parts & lacking && lists[i].n == 0)
                        *lists[i].err = -EFBIG;
}
