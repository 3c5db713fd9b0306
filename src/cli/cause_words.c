/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/cause_words.h"

/* " (FILE:LINE)", between other brackets or none. The kernel command line has no lines. */
static void add_place(const char *before, const struct tn_conf_record *record, const char *after,
                      struct tn_buf *out)
{
        if (!record)
                return;
        tn_buf_addf(out, "%s%s", before, record->file);
        if (record->line)
                tn_buf_addf(out, ":%u", record->line);
        tn_buf_add_str(out, after);
}

/* How a text led to a module: words around the pattern, or the path, if there is one. By its own name says nothing. */
static const struct {
        const char *before, *behind;
} rules[] = {
        [TN_RULE_CONF_ALIAS] = { "alias ", "" },
        [TN_RULE_NAME] = { NULL, NULL },
        [TN_RULE_SYMBOL] = { "", " of modules.symbols" },
        [TN_RULE_COMMAND] = { "a command has that name", "" },
        [TN_RULE_ALIAS] = { "alias ", " of modules.alias" },
        [TN_RULE_BUILTIN] = { "in modules.builtin", "" },
        [TN_RULE_BUILTIN_ALIAS] = { "alias ", " of modules.builtin.alias" },
        [TN_RULE_PATH] = { "file ", "" },
        [TN_RULE_LIVE] = { "known to the kernel alone", "" },
};

static void add_match(const char *separator, const struct tn_match *match, struct tn_buf *out)
{
        const char *text = match->path ? match->path : match->pattern;

        if (!match->name || !rules[match->rule].before)
                return;
        tn_buf_addf(out, "%s%s%s%s", separator, rules[match->rule].before, text ? text : "",
                    rules[match->rule].behind);
        add_place(" (", match->record, ")", out);
}

static void add_softdep(const char *part, const struct tn_cause *cause, const struct tn_step *step,
                        const char *other, struct tn_buf *out)
{
        tn_buf_addf(out, "softdep %s ", part);
        if (!tn_span_eq(cause->word, tn_span_of(step->name)))
                tn_buf_addf(out, "%.*s ", SPAN_FMT(cause->word));
        tn_buf_addf(out, "of %s", other);
        add_place(" (", cause->record, ")", out);
        add_match(", ", &cause->match, out);
}

static void add_cause(const struct tn_plan *plan, const struct tn_step *step, const struct tn_cause *cause,
                      struct tn_buf *out)
{
        const char *other = cause->step == TN_STEP_NONE ? NULL : plan->steps.v[cause->step].name;

        tn_buf_addf(out, "# %s: ", step->name);
        switch (cause->reason) {
        case TN_REASON_REQUESTED:
                if (rules[cause->match.rule].before)
                        add_match("", &cause->match, out);
                else
                        tn_buf_add_str(out, "requested");
                break;
        case TN_REASON_DEPENDENCY: tn_buf_addf(out, "needed by %s", other); break;
        case TN_REASON_SOFTDEP_PRE: add_softdep("pre", cause, step, other, out); break;
        case TN_REASON_SOFTDEP_POST: add_softdep("post", cause, step, other, out); break;
        case TN_REASON_HOLDER: tn_buf_addf(out, "holds %s", other); break;
        case TN_REASON_UNUSED: tn_buf_addf(out, "no longer needed by %s", other); break;
        }
        tn_buf_add_char(out, '\n');
}

static void add_skip(const struct tn_step *step, struct tn_buf *out)
{
        static const char *const skips[] = {
                [TN_SKIP_NONE] = "",
                [TN_SKIP_COMMAND] = " by the command of ",
                [TN_SKIP_ASKED] = " as asked",
                [TN_SKIP_UNDERWAY] = " by a running command",
                [TN_SKIP_IN_USE] = ", in use",
                [TN_SKIP_ABSENT] = ", not in the kernel",
                [TN_SKIP_BUILTIN] = ", built in",
                [TN_SKIP_BARRED] = " with what is denied by ",
        };

        tn_buf_addf(out, "# %s: left out%s", step->name, skips[step->skip]);
        add_place("", step->record, "", out);
        tn_buf_add_char(out, '\n');
}

/* What kind of step it is, where that is not plain from what is printed of the step itself. */
static void add_kind(const struct tn_step *step, struct tn_buf *out)
{
        static const char *const kinds[] = {
                [TN_STEP_INSTALL] = "command of ",
                [TN_STEP_REMOVE] = "command of ",
                [TN_STEP_DENIED] = "denied by ",
                [TN_STEP_LOADED] = "in the kernel already",
                [TN_STEP_MISSING] = "no such module",
                [TN_STEP_BLACKLISTED] = "left out, blacklisted by ",
                [TN_STEP_UNKNOWN] = "left out, no such module",
                [TN_STEP_BARRED] = "left out, denied by ",
                [TN_STEP_SKIPPED] = NULL,
        };

        if (step->kind == TN_STEP_SKIPPED)
                add_skip(step, out);
        if (!kinds[step->kind])
                return;
        tn_buf_addf(out, "# %s: %s", step->name, kinds[step->kind]);
        if (step->kind != TN_STEP_UNKNOWN)
                add_place("", step->record, "", out);
        tn_buf_add_char(out, '\n');
}

/* Why it is loaded though the policy denies it. */
static void add_spared(const struct tn_step *step, struct tn_buf *out)
{
        static const char *const words[] = {
                [TN_SPARED_AUDIT] = ", which is in audit only",
                [TN_SPARED_ASKED] = ", loaded as asked",
        };

        if (step->spared == TN_SPARED_NONE)
                return;
        tn_buf_addf(out, "# %s: denied", step->name);
        add_place(" by ", step->denial, "", out);
        tn_buf_addf(out, "%s\n", words[step->spared]);
}

/* One line for all words of a record. */
static void add_options(const struct tn_step *step, struct tn_buf *out)
{
        for (size_t i = 0; i < step->n_options; i++) {
                const struct tn_conf_record *record = step->option[i].record;

                if (i == 0 || step->option[i - 1].record != record)
                        tn_buf_addf(out, "# %s: options", step->name);
                tn_buf_addf(out, " %.*s", SPAN_FMT(step->option[i].text));
                if (i + 1 < step->n_options && step->option[i + 1].record == record)
                        continue;
                add_place(" from ", record, "", out);
                tn_buf_add_str(out, record ? "\n" : " from the request\n");
        }
}

void tn_cause_words_add(const struct tn_plan *plan, size_t number, struct tn_buf *out)
{
        const struct tn_step *step = &plan->steps.v[number];

        add_kind(step, out);
        add_spared(step, out);
        for (size_t i = 0; i < step->n_causes; i++)
                add_cause(plan, step, &step->causes[i], out);
        add_options(step, out);
}
