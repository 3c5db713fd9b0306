/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "plan_text.h"
#include "check.h"

static const char *const verdicts[] = {
        [TN_VERDICT_GO] = "go",           [TN_VERDICT_IN_KERNEL] = "in kernel",
        [TN_VERDICT_EXISTS] = "exists",   [TN_VERDICT_BLACKLISTED] = "blacklisted",
        [TN_VERDICT_ABSENT] = "absent",   [TN_VERDICT_NOT_LOADED] = "not loaded",
        [TN_VERDICT_BUILTIN] = "builtin", [TN_VERDICT_IN_USE] = "in use",
        [TN_VERDICT_DENIED] = "denied",
};

static const char *const kinds[] = {
        [TN_STEP_INSERT] = "insert",           [TN_STEP_INSTALL] = "install", [TN_STEP_BUILTIN] = "builtin",
        [TN_STEP_LOADED] = "loaded",           [TN_STEP_MISSING] = "missing", [TN_STEP_DELETE] = "delete",
        [TN_STEP_REMOVE] = "remove",           [TN_STEP_DENIED] = "denied",   [TN_STEP_SKIPPED] = "skipped",
        [TN_STEP_BLACKLISTED] = "blacklisted", [TN_STEP_UNKNOWN] = "unknown", [TN_STEP_BARRED] = "barred",
};

static const char *const skips[] = {
        [TN_SKIP_NONE] = "",
        [TN_SKIP_COMMAND] = " by command",
        [TN_SKIP_ASKED] = " as asked",
        [TN_SKIP_IN_USE] = " in use",
        [TN_SKIP_UNDERWAY] = " by underway",
        [TN_SKIP_ABSENT] = " absent",
        [TN_SKIP_BUILTIN] = " builtin",
        [TN_SKIP_BARRED] = " barred",
};

static const char *const reasons[] = {
        [TN_REASON_REQUESTED] = "requested", [TN_REASON_DEPENDENCY] = "dependency",
        [TN_REASON_SOFTDEP_PRE] = "pre",     [TN_REASON_SOFTDEP_POST] = "post",
        [TN_REASON_HOLDER] = "holder",       [TN_REASON_UNUSED] = "unused",
};

static const char *const rules[] = {
        [TN_RULE_CONF_ALIAS] = "alias line",
        [TN_RULE_NAME] = "name",
        [TN_RULE_SYMBOL] = "symbol",
        [TN_RULE_COMMAND] = "command line",
        [TN_RULE_ALIAS] = "alias",
        [TN_RULE_BUILTIN] = "built in",
        [TN_RULE_PATH] = "path",
        [TN_RULE_LIVE] = "the kernel",
        [TN_RULE_BUILTIN_ALIAS] = "built-in alias",
};

static void say(struct tn_buf *out, const char *what, const char *value)
{
        if (value)
                tn_buf_addf(out, "%s%s", what, value);
}

static void say_record(struct tn_buf *out, const struct tn_conf_record *record)
{
        if (record)
                tn_buf_addf(out, "@%u", record->line);
}

static void say_match(struct tn_buf *out, const struct tn_match *match, const char *name)
{
        assert_string_equal(match->name, name);
        tn_buf_add_str(out, rules[match->rule]);
        say(out, " alias ", match->alias);
        say(out, " pattern ", match->pattern);
        say(out, " path ", match->path);
        tn_buf_add_str(out, match->record ? " " : "");
        say_record(out, match->record);
}

static void say_cause(struct tn_buf *out, const struct tn_plan *plan, const struct tn_step *step,
                      const struct tn_cause *cause)
{
        tn_buf_addf(out, "  %s", reasons[cause->reason]);
        if (cause->step != TN_STEP_NONE) {
                assert_true(cause->step < plan->steps.n);
                tn_buf_addf(out, " %zu", cause->step);
        }
        tn_buf_add_str(out, ": ");
        if (cause->word.len)
                tn_buf_addf(out, "word %.*s ", SPAN_FMT(cause->word));
        say_record(out, cause->record);
        tn_buf_add_str(out, cause->match.name && cause->record ? ", " : "");
        assert_true(cause->match.name ? step->kind != TN_STEP_UNKNOWN : cause->word.len > 0);
        if (cause->match.name)
                say_match(out, &cause->match, step->name);
        tn_buf_add_str(out, "\n");
}

static void say_spared(struct tn_buf *out, const struct tn_step *step)
{
        static const char *const why[] = { "", ", audit ", ", ignored " };

        tn_buf_add_str(out, why[step->spared]);
        assert_true((step->spared == TN_SPARED_NONE) == !step->denial);
        say_record(out, step->denial);
}

static void say_options(struct tn_buf *out, const struct tn_step *step)
{
        if (!step->options || !*step->options)
                return;
        tn_buf_addf(out, ", options '%s'", step->options);
        for (size_t i = 0; i < step->n_options; i++) {
                tn_buf_addf(out, " %.*s", SPAN_FMT(step->option[i].text));
                say_record(out, step->option[i].record);
        }
}

static void say_step(struct tn_buf *out, const struct tn_plan *plan, const char *dir, size_t number)
{
        const struct tn_step *step = &plan->steps.v[number];

        tn_buf_addf(out, "%zu %s%s %s%s", number, kinds[step->kind], skips[step->skip], step->name,
                    step->required ? "!" : "");
        if (step->path && strncmp(step->path, dir, strlen(dir)) == 0)
                say(out, ", path ", step->path + strlen(dir) + 1);
        else
                say(out, ", path ", step->path);
        say(out, ", command ", step->command);
        tn_buf_add_str(out, step->record ? " " : "");
        say_record(out, step->record);
        say_spared(out, step);
        say_options(out, step);
        for (size_t i = 0; i < step->n_needs; i++)
                tn_buf_addf(out, "%s %zu", i ? "" : ", after", step->needs[i]);
        tn_buf_add_str(out, "\n");
        assert_true(step->n_causes > 0);
        for (size_t i = 0; i < step->n_causes; i++)
                say_cause(out, plan, step, &step->causes[i]);
}

static void say_target(struct tn_buf *out, const struct tn_plan *plan, const char *dir,
                       const struct tn_target *target)
{
        tn_buf_addf(out, "target %s: %s, ", target->match.name, verdicts[target->verdict]);
        say_match(out, &target->match, target->match.name);
        if (target->record) {
                tn_buf_addf(out, "; %s ", target->verdict == TN_VERDICT_DENIED ? "policy" : "blacklist");
                say_record(out, target->record);
        }
        say(out, "; kept ", target->kept);
        tn_buf_add_str(out, "\n");
        for (size_t i = 0; i < target->n_steps; i++)
                say_step(out, plan, dir, target->first_step + i);
}

void plan_text(const struct tn_plan *plan, const char *dir, struct tn_buf *out)
{
        size_t n = 0;

        for (size_t i = 0; i < plan->targets.n; i++) {
                assert_int_equal(plan->targets.v[i].first_step, n);
                say_target(out, plan, dir, &plan->targets.v[i]);
                n += plan->targets.v[i].n_steps;
        }
        assert_int_equal(plan->steps.n, n);
        assert_int_equal(tn_buf_error(out), 0);
}
