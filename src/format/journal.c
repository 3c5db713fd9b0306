/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>

#include "format/journal.h"
#include "util/cleanup.h"
#include "util/num.h"

#define HEAD "tenon-journal 2\n"

static void add_entry(const struct tn_journal_entry *entry, struct tn_buf *out)
{
        tn_buf_addf(out, "%016" PRIx64 " %" PRIu64 " %.*s\n", entry->sum, entry->size, SPAN_FMT(entry->name));
}

/* The last line, behind the text that begins at start. */
static void add_end(size_t start, struct tn_buf *out)
{
        uint64_t sum = tn_journal_sum(tn_span_skip(tn_buf_span(out), start));

        tn_buf_addf(out, "%016" PRIx64 " end\n", sum);
}

int tn_journal_format(const struct tn_journal_entry *entries, size_t n, struct tn_buf *out)
{
        size_t start = out->len;

        tn_buf_add_str(out, HEAD);
        for (size_t i = 0; i < n; i++)
                add_entry(&entries[i], out);
        add_end(start, out);
        return tn_buf_error(out);
}

static bool is_name(struct span name)
{
        for (size_t i = 0; i < name.len; i++)
                if (name.ptr[i] <= ' ' || name.ptr[i] > '~' || name.ptr[i] == '/')
                        return false;
        return name.len > 0;
}

static bool parse_entry(struct span line, struct tn_journal_entry *ret_entry)
{
        struct tn_journal_entry entry;
        struct span sum, size;

        if (!tn_span_split(&line, ' ', &sum) || !tn_span_split(&line, ' ', &size) || !is_name(line))
                return false;
        if (tn_num_parse(sum, 16, &entry.sum) < 0 || tn_num_parse(size, 10, &entry.size) < 0)
                return false;
        entry.name = line;
        *ret_entry = entry;
        return true;
}

/*
 * There is one way to write a journal: what its entries make must be what was there. Returns 0, -EINVAL, -ENOMEM.
 */
static int compare(struct tn_journal journal, struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf again = { 0 };
        struct tn_journal_entry entry;

        tn_buf_add_str(&again, HEAD);
        while (tn_journal_next(&journal, &entry))
                add_entry(&entry, &again);
        add_end(0, &again);
        if (tn_buf_error(&again) < 0)
                return tn_buf_error(&again);
        return tn_span_eq(tn_buf_span(&again), text) ? 0 : -EINVAL;
}

int tn_journal_parse(struct span text, struct tn_journal *ret_journal)
{
        struct tn_journal journal = { tn_span_skip(text, strlen(HEAD)) };
        size_t end = strlen("0123456789abcdef end\n");
        int r;

        if (journal.lines.len < end)
                return -EINVAL;
        journal.lines.len -= end;
        r = compare(journal, text);
        if (r < 0)
                return r;
        *ret_journal = journal;
        return 0;
}

bool tn_journal_next(struct tn_journal *journal, struct tn_journal_entry *ret_entry)
{
        struct span line;

        return tn_span_split(&journal->lines, '\n', &line) && parse_entry(line, ret_entry);
}
