/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "core/modfacts.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

/* Against hostile files: the most bytes that are read of one section of a large module. */
#define SECTION_MAX ((size_t)16 << 20)

/* A section that was left out before the facts were made. */
static void note_excess(const struct tn_elfsift_excess *excess, struct tn_facts *facts)
{
        if (!excess->name[0])
                return;
        snprintf(facts->excess.what, sizeof(facts->excess.what), "bytes of %s", excess->name);
        facts->excess.found = excess->size;
        facts->excess.bound = SECTION_MAX;
}

int tn_modfacts_read(struct tn_modfile *file, unsigned parts, struct tn_facts *ret_facts)
{
        struct span prefixes[TN_FACTS_SECTIONS_MAX], bytes;
        struct tn_elfsift_want want = { prefixes, tn_facts_sections(parts, prefixes), SECTION_MAX };
        struct tn_elfsift_excess excess = { .size = 0 };
        int r;

        if (parts & TN_FACTS_SIGNATURE)
                r = tn_modfile_bytes(file, &bytes);
        else
                r = tn_modfile_parts(file, &want, &bytes, &excess);
        if (r == 0)
                r = tn_facts_parse(bytes, parts, ret_facts);
        if (r == 0)
                note_excess(&excess, ret_facts);
        return r;
}

int tn_modfacts_load(int dirfd, const char *path, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = tn_modfile_open(dirfd, path, &file);

        return r < 0 ? r : tn_modfacts_read(&file, parts, ret_facts);
}

int tn_modfacts_load_take(int fd, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = tn_modfile_take(fd, &file);

        return r < 0 ? r : tn_modfacts_read(&file, parts, ret_facts);
}
