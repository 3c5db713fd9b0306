/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "check.h"
#include "core/deporder.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* Finds a line in a text of modules.dep. */
static int find_in_text(void *data, struct span name, struct tn_depline *ret_line)
{
        struct span rest = tn_span_of(data), line;

        while (tn_span_split(&rest, '\n', &line)) {
                _cleanup_(tn_buf_fini) struct tn_buf own = { 0 };

                if (tn_depline_parse(line, ret_line) < 0)
                        continue;
                tn_modname_from_path(ret_line->path, &own);
                if (tn_span_eq(tn_buf_span(&own), name))
                        return 0;
        }
        return -ENOENT;
}

/* What becomes of the first line. */
static void assert_deps(const char *text, const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_depline line, whole;
        struct span first = tn_span_of(text);
        _cleanup_(freep) char *got = NULL;

        first = tn_span_head(first, tn_span_chr(first, '\n'));
        assert_int_equal(tn_depline_parse(first, &line), 0);
        assert_int_equal(tn_deporder_complete(line, find_in_text, (void *)(uintptr_t)text, &arena, &whole),
                         0);
        assert_true(tn_span_eq(whole.path, line.path));
        got = tn_span_dup(whole.deps);
        assert_string_equal(got, expected);
}

CHECK(deporder_keeps_a_line_of_depmod_as_it_is)
{
        assert_deps("k/a.ko: k/c.ko k/b.ko k/d.ko\nk/b.ko: k/d.ko\nk/c.ko: k/d.ko\nk/d.ko:\n",
                    "k/c.ko k/b.ko k/d.ko");
        assert_deps("k/a.ko: k/b.ko k/c.ko k/d.ko\nk/b.ko: k/d.ko\nk/c.ko: k/d.ko\nk/d.ko:\n",
                    "k/b.ko k/c.ko k/d.ko");
        assert_deps("k/a.ko:\n", "");
}

CHECK(deporder_completes_direct_dependencies)
{
        assert_deps("k/a.ko: k/b.ko\nk/b.ko: k/c.ko\nk/c.ko: k/d-e.ko.xz\nk/d-e.ko.xz:\n",
                    "k/b.ko k/c.ko k/d-e.ko.xz");
        assert_deps("k/a.ko: k/b.ko k/c.ko\nk/b.ko: k/d.ko\nk/c.ko: k/d.ko\nk/d.ko:\n",
                    "k/b.ko k/c.ko k/d.ko");
}

CHECK(deporder_puts_users_before_used)
{
        assert_deps("k/a.ko: k/d.ko k/c.ko k/b.ko\nk/b.ko: k/d.ko k/c.ko\nk/c.ko: k/d.ko\nk/d.ko:\n",
                    "k/b.ko k/c.ko k/d.ko");
        assert_deps("k/a.ko: k/c.ko k/b.ko\nk/b.ko: k/c.ko\nk/c.ko:\n", "k/b.ko k/c.ko");
}

CHECK(deporder_takes_any_blanks_and_a_name_once)
{
        assert_deps("k/a.ko: k/b.ko\tk/c.ko\nk/b.ko:\nk/c.ko:\n", "k/b.ko\tk/c.ko");
        assert_deps("k/a.ko: k/c.ko\tk/b.ko\nk/b.ko:\tk/c.ko\n", "k/b.ko k/c.ko");
        assert_deps("k/a.ko: k/b.ko k/c.ko k/b.ko\nk/b.ko:\nk/c.ko:\n", "k/c.ko k/b.ko");
        assert_deps("k/a.ko: /m/k/b.ko k/b.ko\nk/b.ko: k/c.ko\n", "k/b.ko k/c.ko");
}

CHECK(deporder_keeps_what_has_no_line)
{
        assert_deps("k/a.ko: k/nix.ko k/b.ko\nk/b.ko: k/no.ko\n", "k/nix.ko k/b.ko k/no.ko");
        assert_deps("k/a.ko: k/nix.ko\n", "k/nix.ko");
}

/* Looking for a line fails as data says. */
static int fail_with(void *data, struct span name, struct tn_depline *ret_line)
{
        (void)name;
        (void)ret_line;
        return *(const int *)data;
}

CHECK(deporder_fails_where_lines_cannot_be_looked_for)
{
        static const int errs[][2] = { { -EIO, -EIO }, { -ENOMEM, -ENOMEM }, { -ENOENT, 0 }, { -EINVAL, 0 } };

        for (size_t i = 0; i < ARRAY_SIZE(errs); i++) {
                _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
                struct tn_depline line, whole;

                assert_int_equal(tn_depline_parse(SPAN("k/a.ko: k/b.ko k/c.ko"), &line), 0);
                assert_int_equal(
                        tn_deporder_complete(line, fail_with, (void *)(uintptr_t)&errs[i][0], &arena, &whole),
                        errs[i][1]);
                assert_int_equal(tn_depline_parse(SPAN("k/a.ko: k/b.ko k/b.ko"), &line), 0);
                assert_int_equal(
                        tn_deporder_complete(line, fail_with, (void *)(uintptr_t)&errs[i][0], &arena, &whole),
                        errs[i][1]);
        }
}

CHECK(deporder_ends_circles)
{
        assert_deps("k/a.ko: k/a.ko\n", "");
        assert_deps("k/a.ko: k/b.ko\nk/b.ko: k/c.ko\nk/c.ko: k/b.ko k/a.ko\n", "k/b.ko k/c.ko");
}

CHECK(deporder_ends_a_chain_that_is_too_long)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_depline line, whole;
        struct span path;
        size_t n = 0;

        for (unsigned i = 0; i < 1000; i++)
                tn_buf_addf(&text, "k/m%u.ko: k/m%u.ko\n", i, i + 1);
        assert_int_equal(find_in_text((void *)(uintptr_t)tn_buf_str(&text), SPAN("m0"), &line), 0);
        assert_int_equal(tn_deporder_complete(line, find_in_text, text.ptr, &arena, &whole), 0);
        while (tn_depline_pop(&whole.deps, &path))
                n++;
        assert_int_equal(n, 129);
}
