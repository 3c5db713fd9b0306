/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "abi.h"

static char acted[4096];

static void print(struct kmod_module *mod, bool install, const char *options)
{
        size_t len = strlen(acted);

        snprintf(acted + len, sizeof(acted) - len, "%s %s%s%s\n", install ? "install" : "insert",
                 kmod_module_get_name(mod), options && *options ? " " : "", options ? options : "");
}

static int run(struct kmod_module *mod, const char *command, void *data)
{
        size_t len = strlen(acted);

        snprintf(acted + len, sizeof(acted) - len, "run %s: %s\n", kmod_module_get_name(mod), command);
        return *(int *)data;
}

/* The kernel's answer, and that of commands. */
static int answer, command_status;

static int probe_options(const char *text, unsigned int flags, const char *options)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_list *list = NULL;
        struct kmod_module *mod;
        int r;

        acted[0] = '\0';
        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(kmod_module_new_from_lookup(ctx, text, &list), 0);
        assert_non_null(list);
        mod = kmod_module_get_module(list);
        kernel_answers(answer, EPERM);
        r = kmod_module_probe_insert_module(mod, flags, options, run, &command_status, print);
        kmod_module_unref(mod);
        kmod_module_unref_list(list);
        kmod_unref(ctx);
        return r;
}

static int probe(const char *text, unsigned int flags)
{
        return probe_options(text, flags, NULL);
}

CHECK(dependencies_are_loaded_first)
{
        answer = 0;
        assert_int_equal(probe("top", 0), 0);
        assert_string_equal(acted, "insert base depth=3 depth=4 extra \ninsert mid\ninsert top a=\"b c\" \n");
}

CHECK(extra_options_go_to_the_named_module_alone)
{
        answer = 0;
        assert_int_equal(probe_options("mid", 0, "x=1 y"), 0);
        assert_string_equal(acted, "insert base depth=3 depth=4 extra \ninsert mid x=1 y\n");
}

CHECK(softdeps_are_loaded_around_it)
{
        answer = 0;
        assert_int_equal(probe("soft", 0), 0);
        assert_string_equal(acted, "insert before1\ninsert before2\ninsert soft\ninsert after1\n");
}

CHECK(softdeps_of_softdeps_are_loaded_as_well)
{
        answer = 0;
        assert_int_equal(probe("chain", 0), 0);
        assert_string_equal(acted,
                            "insert before1\ninsert before2\ninsert soft\ninsert after1\ninsert chain\n");
}

CHECK(a_loop_of_softdeps_ends)
{
        answer = 0;
        assert_int_equal(probe("loop_a", 0), 0);
        assert_string_equal(acted, "insert loop_b\ninsert loop_a\n");
}

CHECK(a_dry_run_only_tells)
{
        answer = EPERM;
        assert_int_equal(probe("top", KMOD_PROBE_DRY_RUN), 0);
        assert_string_equal(acted, "insert base depth=3 depth=4 extra \ninsert mid\ninsert top a=\"b c\" \n");
}

CHECK(what_is_in_the_kernel_is_done)
{
        answer = EPERM;
        assert_int_equal(probe("bridge", 0), 0);
        assert_string_equal(acted, "");
        assert_int_equal(probe("built", 0), 0);
        assert_string_equal(acted, "");
}

CHECK(what_is_in_the_kernel_can_be_an_error)
{
        assert_int_equal(probe("bridge", KMOD_PROBE_FAIL_ON_LOADED), -EEXIST);
        assert_int_equal(probe("built", KMOD_PROBE_FAIL_ON_LOADED), -EEXIST);
        assert_string_equal(acted, "");
}

CHECK(what_is_in_the_kernel_can_be_passed_over)
{
        answer = 0;
        assert_int_equal(probe("bridge", KMOD_PROBE_IGNORE_LOADED), 0);
        assert_string_equal(acted, "insert llc\ninsert stp\ninsert bridge\n");
}

CHECK(somebody_else_may_have_been_faster)
{
        answer = EEXIST;
        assert_int_equal(probe("top", 0), 0);
        assert_string_equal(acted, "insert base depth=3 depth=4 extra \ninsert mid\ninsert top a=\"b c\" \n");
        assert_int_equal(probe("base", KMOD_PROBE_FAIL_ON_LOADED), -EEXIST);
}

CHECK(a_dependency_that_fails_ends_it)
{
        answer = ENODEV;
        assert_int_equal(probe("top", 0), -ENODEV);
        assert_string_equal(acted, "insert base depth=3 depth=4 extra \n");
}

CHECK(a_softdep_that_fails_does_not)
{
        answer = ENODEV;
        assert_int_equal(probe("soft", 0), -ENODEV);
        assert_string_equal(acted, "insert before1\ninsert before2\ninsert soft\n");
}

CHECK(a_command_stands_for_the_module)
{
        answer = EPERM;
        command_status = 0;
        assert_int_equal(probe("commanded", 0), 0);
        assert_string_equal(acted, "install commanded\nrun commanded: /bin/true \n");
}

CHECK(a_command_gets_the_options)
{
        assert_int_equal(probe_options("commanded", 0, "x=1"), 0);
        assert_string_equal(acted, "install commanded x=1\nrun commanded: /bin/true x=1\n");
}

CHECK(a_command_that_fails_is_an_error_and_never_a_positive_value)
{
        command_status = 3;
        assert_true(probe("failing", 0) < 0);
        command_status = 256;
        assert_true(probe("failing", 0) < 0);
        command_status = KMOD_PROBE_APPLY_BLACKLIST;
        assert_true(probe("failing", 0) < 0);
        command_status = -ENOMEM;
        assert_true(probe("failing", 0) < 0);
        command_status = 0;
}

CHECK(a_command_can_be_ignored)
{
        assert_int_equal(probe("commanded", KMOD_PROBE_IGNORE_COMMAND), -ENOENT);
        assert_string_equal(acted, "insert commanded\n");
}

CHECK(the_blacklist_counts_for_all_names_when_asked_so)
{
        answer = 0;
        assert_int_equal(probe("lone", KMOD_PROBE_APPLY_BLACKLIST), KMOD_PROBE_APPLY_BLACKLIST);
        assert_string_equal(acted, "");
        assert_int_equal(probe("lone", 0), 0);
        assert_string_equal(acted, "insert lone\n");
}

CHECK(the_blacklist_can_count_for_aliases_alone)
{
        answer = 0;
        assert_int_equal(probe("lone", KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY), 0);
        assert_int_equal(probe("twin", KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY),
                         KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY);
}

CHECK(the_blacklist_can_count_for_all_that_would_be_loaded)
{
        answer = 0;
        assert_int_equal(probe("lone", KMOD_PROBE_APPLY_BLACKLIST_ALL), KMOD_PROBE_APPLY_BLACKLIST_ALL);
        assert_int_equal(probe("top", KMOD_PROBE_APPLY_BLACKLIST_ALL), 0);
}

/* The library runs the commands itself when nobody else does: this has an effect to look for. */
CHECK(without_a_function_for_commands_they_are_run)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "commanded"), *bad = by_name(ctx, "failing");

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(kmod_module_probe_insert_module(mod, 0, NULL, NULL, NULL, NULL), 0);
        assert_true(kmod_module_probe_insert_module(bad, 0, NULL, NULL, NULL, NULL) < 0);
        kmod_module_unref(mod);
        kmod_module_unref(bad);
        kmod_unref(ctx);
}

CHECK(a_command_that_is_run_is_told_of_the_module_and_the_program_is_not)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "told");
        char line[64] = "";
        FILE *file;

        assert_int_equal(kmod_module_probe_insert_module(mod, 0, "x=1", NULL, NULL, NULL), 0);
        file = fopen("/tmp/told", "r");
        assert_non_null(file);
        assert_non_null(fgets(line, sizeof(line), file));
        assert_string_equal(line, "told x=1\n");
        assert_null(getenv("MODPROBE_MODULE"));
        fclose(file);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(a_module_that_nobody_knows_is_not_there)
{
        struct kmod_ctx *ctx = configured();
        struct kmod_module *mod = by_name(ctx, "no_such_module");

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_int_equal(kmod_module_probe_insert_module(mod, 0, NULL, NULL, NULL, NULL), -ENOENT);
        kmod_module_unref(mod);
        kmod_unref(ctx);
}

CHECK(what_is_null_is_not_probed)
{
        assert_int_equal(kmod_module_probe_insert_module(NULL, 0, NULL, NULL, NULL, NULL), -ENOENT);
}
