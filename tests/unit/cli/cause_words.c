/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "cli/cause_words.h"
#include "util/cleanup.h"

static const struct tn_conf_record line = { .file = "/etc/modprobe.d/a.conf", .line = 3 };
static const struct tn_conf_record boot = { .file = "/proc/cmdline" };

/* What is said of a step "mod" with one cause, which may come from a step "other". */
static void check(struct tn_step step, struct tn_cause cause, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_step steps[] = { step, { .name = "other" } };
        const struct tn_plan plan = { .steps = { .v = steps, .n = 2 } };

        steps[0].name = "mod";
        steps[0].causes = &cause;
        steps[0].n_causes = 1;
        tn_cause_words_add(&plan, 0, &out);
        assert_string_equal(tn_buf_str(&out), expected);
}

static void check_rule(struct tn_match match, const char *expected)
{
        match.name = "mod";
        check((struct tn_step){ .kind = TN_STEP_INSERT },
              (struct tn_cause){ .step = TN_STEP_NONE, .match = match }, expected);
}

CHECK(cause_words_of_a_request_say_what_led_to_it)
{
        check_rule((struct tn_match){ .rule = TN_RULE_NAME }, "# mod: requested\n");
        check_rule((struct tn_match){ .rule = TN_RULE_CONF_ALIAS, .pattern = "m*", .record = &line },
                   "# mod: alias m* (/etc/modprobe.d/a.conf:3)\n");
        check_rule((struct tn_match){ .rule = TN_RULE_SYMBOL, .pattern = "symbol:f" },
                   "# mod: symbol:f of modules.symbols\n");
        check_rule((struct tn_match){ .rule = TN_RULE_COMMAND, .record = &line },
                   "# mod: a command has that name (/etc/modprobe.d/a.conf:3)\n");
        check_rule((struct tn_match){ .rule = TN_RULE_ALIAS, .alias = "fs_x", .pattern = "fs_*" },
                   "# mod: alias fs_* of modules.alias\n");
        check_rule((struct tn_match){ .rule = TN_RULE_BUILTIN }, "# mod: in modules.builtin\n");
        check_rule((struct tn_match){ .rule = TN_RULE_BUILTIN_ALIAS, .pattern = "b*" },
                   "# mod: alias b* of modules.builtin.alias\n");
        check_rule((struct tn_match){ .rule = TN_RULE_PATH, .path = "./mod.ko" }, "# mod: file ./mod.ko\n");
        check_rule((struct tn_match){ .rule = TN_RULE_LIVE }, "# mod: known to the kernel alone\n");
}

static void check_reason(enum tn_reason reason, const char *expected)
{
        check((struct tn_step){ .kind = TN_STEP_DELETE },
              (struct tn_cause){ .reason = reason, .step = 1, .match = { "mod", .rule = TN_RULE_LIVE } },
              expected);
}

CHECK(cause_words_name_the_other_module)
{
        check_reason(TN_REASON_DEPENDENCY, "# mod: needed by other\n");
        check_reason(TN_REASON_HOLDER, "# mod: holds other\n");
        check_reason(TN_REASON_UNUSED, "# mod: no longer needed by other\n");
}

CHECK(cause_words_of_softdeps_say_word_and_line)
{
        const struct tn_step step = { .kind = TN_STEP_INSERT };
        struct tn_cause cause = { .reason = TN_REASON_SOFTDEP_PRE,
                                  .step = 1,
                                  .record = &line,
                                  .word = SPAN("mod"),
                                  .match = { "mod", .rule = TN_RULE_NAME } };

        check(step, cause, "# mod: softdep pre of other (/etc/modprobe.d/a.conf:3)\n");
        cause.reason = TN_REASON_SOFTDEP_POST;
        cause.word = SPAN("m-d");
        cause.match.rule = TN_RULE_CONF_ALIAS;
        cause.match.pattern = "m_d";
        cause.match.record = &boot;
        check(step, cause,
              "# mod: softdep post m-d of other (/etc/modprobe.d/a.conf:3), alias m_d (/proc/cmdline)\n");
}

static void check_kind(struct tn_step step, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_buf_addf(&text, "%s# mod: requested\n", expected);
        check(step, (struct tn_cause){ .step = TN_STEP_NONE, .match = { .rule = TN_RULE_NAME } },
              tn_buf_str(&text));
}

CHECK(cause_words_say_what_a_step_is_where_that_is_not_plain)
{
        check_kind((struct tn_step){ .kind = TN_STEP_INSERT }, "");
        check_kind((struct tn_step){ .kind = TN_STEP_DELETE }, "");
        check_kind((struct tn_step){ .kind = TN_STEP_BUILTIN }, "");
        check_kind((struct tn_step){ .kind = TN_STEP_LOADED }, "# mod: in the kernel already\n");
        check_kind((struct tn_step){ .kind = TN_STEP_MISSING }, "# mod: no such module\n");
        check_kind((struct tn_step){ .kind = TN_STEP_INSTALL, .record = &line },
                   "# mod: command of /etc/modprobe.d/a.conf:3\n");
        check_kind((struct tn_step){ .kind = TN_STEP_REMOVE, .record = &line },
                   "# mod: command of /etc/modprobe.d/a.conf:3\n");
        check_kind((struct tn_step){ .kind = TN_STEP_DENIED, .record = &line },
                   "# mod: denied by /etc/modprobe.d/a.conf:3\n");
        check_kind((struct tn_step){ .kind = TN_STEP_BLACKLISTED, .record = &boot },
                   "# mod: left out, blacklisted by /proc/cmdline\n");
        check_kind((struct tn_step){ .kind = TN_STEP_BARRED, .record = &line },
                   "# mod: left out, denied by /etc/modprobe.d/a.conf:3\n");
        check_kind((struct tn_step){ .kind = TN_STEP_INSERT, .spared = TN_SPARED_AUDIT, .denial = &line },
                   "# mod: denied by /etc/modprobe.d/a.conf:3, which is in audit only\n");
        check_kind((struct tn_step){ .kind = TN_STEP_INSERT, .spared = TN_SPARED_ASKED, .denial = &line },
                   "# mod: denied by /etc/modprobe.d/a.conf:3, loaded as asked\n");
        check_kind((struct tn_step){ .kind = TN_STEP_UNKNOWN, .record = &line },
                   "# mod: left out, no such module\n");
}

CHECK(cause_words_say_why_a_module_is_skipped)
{
        static const struct {
                enum tn_skip skip;
                const char *expected;
        } rows[] = {
                { TN_SKIP_ASKED, "# mod: left out as asked\n" },
                { TN_SKIP_UNDERWAY, "# mod: left out by a running command\n" },
                { TN_SKIP_IN_USE, "# mod: left out, in use\n" },
                { TN_SKIP_ABSENT, "# mod: left out, not in the kernel\n" },
                { TN_SKIP_BUILTIN, "# mod: left out, built in\n" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                check_kind((struct tn_step){ .kind = TN_STEP_SKIPPED, .skip = rows[i].skip },
                           rows[i].expected);
        check_kind((struct tn_step){ .kind = TN_STEP_SKIPPED, .skip = TN_SKIP_BARRED, .record = &line },
                   "# mod: left out with what is denied by /etc/modprobe.d/a.conf:3\n");
        check_kind((struct tn_step){ .kind = TN_STEP_SKIPPED, .skip = TN_SKIP_COMMAND, .record = &line },
                   "# mod: left out by the command of /etc/modprobe.d/a.conf:3\n");
}

CHECK(cause_words_say_where_options_are_from)
{
        const struct tn_step_option option[] = { { SPAN("a=1"), &line },
                                                 { SPAN("b=\"x y\""), &line },
                                                 { SPAN("c"), &boot },
                                                 { SPAN("d=4"), NULL } };

        check_kind((struct tn_step){ .kind = TN_STEP_INSERT }, "");
        check((struct tn_step){ .kind = TN_STEP_INSERT, .option = option, .n_options = ARRAY_SIZE(option) },
              (struct tn_cause){ .step = TN_STEP_NONE, .match = { .rule = TN_RULE_NAME } },
              "# mod: requested\n"
              "# mod: options a=1 b=\"x y\" from /etc/modprobe.d/a.conf:3\n"
              "# mod: options c from /proc/cmdline\n"
              "# mod: options d=4 from the request\n");
}
