/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The bytes are a journal, the last line of which is made right, or else no input would get past it. What is
 * accepted has names that are only names, and is what its entries make.
 */
#include <errno.h>
#include <stdlib.h>

#include "format/journal.h"
#include "util/cleanup.h"
#include "util/vec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static void check(struct tn_journal journal, struct span text)
{
        TN_VEC(struct tn_journal_entry) entries = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf again = { 0 };
        struct tn_journal_entry entry;

        while (tn_journal_next(&journal, &entry)) {
                must(entry.name.len > 0 && !tn_span_has_any(entry.name, "/ \n"));
                must(tn_vec_add(&entries, entry) == 0);
        }
        must(tn_journal_format(entries.v, entries.n, &again) == 0);
        must(tn_span_eq(tn_buf_span(&again), text));
        tn_vec_fini(&entries);
}

static void parse(struct span text)
{
        struct tn_journal journal;
        int r = tn_journal_parse(text, &journal);

        must(r == 0 || r == -EINVAL);
        if (r == 0)
                check(journal, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span bytes = { (const char *)data, size };

        parse(bytes);
        tn_buf_add_span(&text, bytes);
        tn_buf_addf(&text, "%016llx end\n", (unsigned long long)tn_journal_sum(bytes));
        must(tn_buf_error(&text) == 0);
        parse(tn_buf_span(&text));
        return 0;
}
