/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/depline.h"

CHECK(depline_without_colon_is_rejected)
{
        struct tn_depline dep;

        assert_int_equal(tn_depline_parse(SPAN("kernel/a.ko kernel/b.ko"), &dep), -EINVAL);
        assert_int_equal(tn_depline_parse(SPAN(": kernel/b.ko"), &dep), -EINVAL);
        assert_int_equal(tn_depline_parse(SPAN(""), &dep), -EINVAL);
}

CHECK(depline_gives_dependencies_in_load_order)
{
        struct tn_depline dep;
        struct span path;

        assert_int_equal(tn_depline_parse(SPAN("a/vfat.ko: a/fat.ko b/nls.ko\n"), &dep), 0);
        assert_span(dep.path, "a/vfat.ko");
        assert_true(tn_depline_pop(&dep.deps, &path));
        assert_span(path, "b/nls.ko");
        assert_true(tn_depline_pop(&dep.deps, &path));
        assert_span(path, "a/fat.ko");
        assert_false(tn_depline_pop(&dep.deps, &path));
}

CHECK(depline_may_have_no_dependencies)
{
        struct tn_depline dep;
        struct span path;

        assert_int_equal(tn_depline_parse(SPAN("fat.ko:"), &dep), 0);
        assert_false(tn_depline_pop(&dep.deps, &path));
}
