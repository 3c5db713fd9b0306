/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/params.h"
#include "util/cleanup.h"

static int add(struct tn_params *params, const char *key, const char *value)
{
        struct tn_modinfo entry = { tn_span_of(key), tn_span_of(value) };

        return tn_params_add(params, &entry);
}

static void assert_param(const struct tn_params *params, size_t i, const char *name, const char *description,
                         const char *type)
{
        assert_in_range(i + 1, 1, params->n);
        assert_span(params->v[i].name, name);
        assert_int_equal(!params->v[i].description.ptr, !description);
        assert_span(params->v[i].description, description ? description : "");
        assert_int_equal(!params->v[i].type.ptr, !type);
        assert_span(params->v[i].type, type ? type : "");
}

CHECK(params_join_description_and_type)
{
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };

        assert_int_equal(add(&params, "parm", "a:what: it is"), 1);
        assert_int_equal(add(&params, "parmtype", "b:int"), 1);
        assert_int_equal(add(&params, "parmtype", "a:bool"), 1);
        assert_int_equal(add(&params, "parm", "c:"), 1);
        assert_int_equal(params.n, 3);
        assert_param(&params, 0, "a", "what: it is", "bool");
        assert_param(&params, 1, "b", NULL, "int");
        assert_param(&params, 2, "c", "", NULL);
}

CHECK(params_last_word_counts_and_first_place)
{
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };

        add(&params, "parm", "a:one");
        add(&params, "parm", "b:");
        add(&params, "parm", "a:two");
        add(&params, "parmtype", "a:int");
        add(&params, "parmtype", "a:uint");
        assert_int_equal(params.n, 2);
        assert_param(&params, 0, "a", "two", "uint");
}

CHECK(params_may_be_many)
{
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };
        static char values[300][32];

        for (int i = 0; i < 300; i++) {
                snprintf(values[i], sizeof(values[i]), "p%d:%d", i, i);
                assert_int_equal(add(&params, "parm", values[i]), 1);
        }
        for (int i = 0; i < 300; i++)
                assert_int_equal(add(&params, "parmtype", values[i]), 1);
        assert_int_equal(params.n, 300);
        assert_param(&params, 299, "p299", "299", "299");
}

CHECK(params_are_nothing_else)
{
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };

        assert_int_equal(add(&params, "license", "a:b"), 0);
        assert_int_equal(add(&params, "parmtypes", "a:b"), 0);
        assert_int_equal(add(&params, "par", "a:b"), 0);
        assert_int_equal(add(&params, "parm", "without"), -EINVAL);
        assert_int_equal(add(&params, "parmtype", ""), -EINVAL);
        assert_int_equal(params.n, 0);
}

CHECK(params_are_found_by_names_that_are_the_same_to_the_kernel)
{
        _cleanup_(tn_params_fini) struct tn_params params = { 0 };

        assert_int_equal(add(&params, "parm", "rd_nr:how many"), 1);
        assert_ptr_equal(tn_params_find(&params, SPAN("rd-nr")), &params.v[0]);
        assert_null(tn_params_find(&params, SPAN("rd_n")));
        assert_null(tn_params_find(&params, SPAN("rd_nt")));
}

CHECK(params_of_the_kernel_are_those_of_any_module)
{
        assert_true(tn_params_is_kernels(SPAN("dyndbg")));
        assert_true(tn_params_is_kernels(SPAN("vfat.dyndbg")));
        assert_true(tn_params_is_kernels(SPAN("async-probe")));
        assert_false(tn_params_is_kernels(SPAN("vfat.async_probe")));
        assert_false(tn_params_is_kernels(SPAN("debug")));
}

CHECK(params_that_are_not_described_are_strings_of_the_module)
{
        struct span module = SPAN("one\0m.un_described\0last");

        assert_true(tn_params_may_have(module, SPAN("un_described")));
        assert_true(tn_params_may_have(module, SPAN("un-described")));
        assert_false(tn_params_may_have(module, SPAN("un_describe")));
        assert_false(tn_params_may_have(module, SPAN("last")));
        assert_false(tn_params_may_have(SPAN(""), SPAN("x")));
}
