/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "core/reach.h"

static void assert_form(struct span text, const char *prefix, enum tn_reach_needs needs)
{
        const struct tn_reach_form *form = tn_reach_find(text);

        assert_non_null(form);
        assert_span(form->prefix, prefix);
        assert_int_equal(form->needs, needs);
}

CHECK(reach_the_longest_form_counts)
{
        assert_form(SPAN("net-pf-38"), "net-pf-", TN_REACH_NOTHING);
        assert_form(SPAN("net-pf-16-proto-12"), "net-pf-16-proto-", TN_REACH_NOTHING);
        assert_form(SPAN("net-pf-16-proto-16-family-tipc"), "net-pf-16-proto-16-family-", TN_REACH_NOTHING);
        assert_form(SPAN("fs-vfat"), "fs-", TN_REACH_USERNS);
        assert_form(SPAN("char-major-10-30"), "char-major-10-", TN_REACH_NODE);
}

CHECK(reach_knows_names_and_underscores)
{
        assert_form(SPAN("bridge"), "bridge", TN_REACH_NOTHING);
        assert_form(SPAN("sch_ingress"), "sch_", TN_REACH_USERNS);
        assert_form(SPAN("net_pf_38"), "net-pf-", TN_REACH_NOTHING);
        assert_null(tn_reach_find(SPAN("bridge2")));
        assert_null(tn_reach_find(SPAN("net-pf-")));
        assert_null(tn_reach_find(SPAN("pci:v00008086d*sv*sd*bc*sc*i*")));
        assert_null(tn_reach_find(SPAN("")));
}
