/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/bounds.h"
#include "core/catalog/whole.h"
#include "util/cleanup.h"

/* What is asked for beyond the first line. */
struct lines {
        unsigned asked;
        int err;
};

/* b needs c, and c nothing. */
static int find(void *data, struct span name, struct tn_depline *ret_line)
{
        struct lines *lines = data;

        lines->asked++;
        if (lines->err)
                return lines->err;
        return tn_depline_parse(tn_span_eq(name, SPAN("b")) ? SPAN("b.ko: c.ko") : SPAN("c.ko:"), ret_line);
}

static int get(struct tn_catalog_whole *whole, const char *name, struct lines *lines,
               struct tn_depline *ret_line)
{
        struct tn_depline line;

        assert_int_equal(tn_depline_parse(SPAN("a.ko: b.ko"), &line), 0);
        return tn_catalog_whole_get(whole, tn_span_of(name), line, find, lines, ret_line);
}

CHECK(catalog_whole_completes_a_line_once_and_keeps_it)
{
        _cleanup_(tn_catalog_whole_fini) struct tn_catalog_whole whole = { 0 };
        struct lines lines = { 0 }, broken = { .err = -EIO };
        struct tn_depline first, again;
        char name[] = "a";

        assert_int_equal(get(&whole, name, &lines, &first), 0);
        assert_span(first.path, "a.ko");
        assert_span(first.deps, "b.ko c.ko");
        assert_true(lines.asked > 0);
        name[0] = 'x'; /* the name is the caller's */
        assert_int_equal(get(&whole, "a", &broken, &again), 0);
        assert_int_equal(broken.asked, 0);
        assert_ptr_equal(again.deps.ptr, first.deps.ptr);
        assert_int_equal(whole.len, first.deps.len);
}

CHECK(catalog_whole_keeps_nothing_of_what_failed)
{
        _cleanup_(tn_catalog_whole_fini) struct tn_catalog_whole whole = { 0 };
        struct lines lines = { .err = -EIO };
        struct tn_depline line;

        assert_int_equal(get(&whole, "a", &lines, &line), -EIO);
        lines.err = 0;
        assert_int_equal(get(&whole, "a", &lines, &line), 0);
        assert_span(line.deps, "b.ko c.ko");
}

CHECK(catalog_whole_is_bounded)
{
        _cleanup_(tn_catalog_whole_fini) struct tn_catalog_whole whole = { .len = TN_BOUND_WHOLE };
        struct lines lines = { 0 };
        struct tn_depline line;

        assert_int_equal(get(&whole, "a", &lines, &line), 0);
        assert_int_equal(get(&whole, "b", &lines, &line), -EFBIG);
        assert_int_equal(get(&whole, "a", &lines, &line), 0);
}
