/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "tenon/why.h"
#include "util/cleanup.h"

/* The parts of a plan as JSON. What all functions here work on. */
struct adding {
        const struct tn_why *why;
        struct tn_document *doc;
        struct tn_json *json;
};

/* "where": a line of the configuration; null for none. */
static void add_where(const struct adding *adding, struct json_object *to, const char *key,
                      const struct tn_conf_record *record)
{
        tn_json_add_place(adding->json, to, key, record ? record->file : NULL, record ? record->line : 0);
}

/* The rules of a lookup, and the file that each asks, but for those that ask the configuration. */
static const struct {
        const char *id, *file;
} rules[] = {
        [TN_RULE_CONF_ALIAS] = { "alias-line", NULL },
        [TN_RULE_NAME] = { "name", "modules.dep" },
        [TN_RULE_SYMBOL] = { "symbol", "modules.symbols" },
        [TN_RULE_COMMAND] = { "command", NULL },
        [TN_RULE_ALIAS] = { "alias", "modules.alias" },
        [TN_RULE_BUILTIN] = { "builtin", "modules.builtin" },
        [TN_RULE_BUILTIN_ALIAS] = { "builtin-alias", "modules.builtin.modinfo" },
        [TN_RULE_PATH] = { "path", NULL },
        [TN_RULE_LIVE] = { "kernel", NULL },
};

static void add_index(const struct adding *adding, struct json_object *to, const char *key, const char *file)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_buf_addf(&path, "%s/%s", adding->why->dir, file);
        if (tn_buf_error(&path) < 0)
                adding->json->err = -ENOMEM;
        tn_json_add_place(adding->json, to, key, tn_buf_str(&path), 0);
}

/* "match": how a text led to a module. */
static void add_match(const struct adding *adding, struct json_object *parent, const struct tn_match *match)
{
        struct json_object *to;

        if (!match->name) {
                tn_json_add_null(adding->json, parent, "match");
                return;
        }
        to = tn_json_add_object(adding->json, parent, "match");
        tn_json_add_str(adding->json, to, "rule", rules[match->rule].id);
        tn_json_add_str(adding->json, to, "pattern", match->pattern);
        if (rules[match->rule].file)
                add_index(adding, to, "where", rules[match->rule].file);
        else
                add_where(adding, to, "where", match->record);
}

static void add_cause(const struct adding *adding, struct json_object *causes, const struct tn_cause *cause)
{
        static const char *const reasons[] = {
                [TN_REASON_REQUESTED] = "requested",
                [TN_REASON_DEPENDENCY] = "dependency",
                [TN_REASON_SOFTDEP_PRE] = "softdep-pre",
                [TN_REASON_SOFTDEP_POST] = "softdep-post",
        };
        struct json_object *to = tn_json_add_object(adding->json, causes, NULL);

        tn_json_add_str(adding->json, to, "reason", reasons[cause->reason]);
        tn_json_add_str(adding->json, to, "by",
                        cause->step == TN_STEP_NONE ? NULL : adding->why->plan->steps.v[cause->step].name);
        if (cause->word.len)
                tn_json_add_span(adding->json, to, "word", cause->word);
        else
                tn_json_add_null(adding->json, to, "word");
        add_where(adding, to, "where", cause->record);
        add_match(adding, to, &cause->match);
}

static void add_options(const struct adding *adding, struct json_object *to, const struct tn_step *step)
{
        struct json_object *options, *option;

        if (!step->options) {
                tn_json_add_null(adding->json, to, "options");
                return;
        }
        options = tn_json_add_array(adding->json, to, "options");
        for (size_t i = 0; i < step->n_options; i++) {
                option = tn_json_add_object(adding->json, options, NULL);
                tn_json_add_span(adding->json, option, "text", step->option[i].text);
                add_where(adding, option, "where", step->option[i].record);
        }
}

static const char *skip_of(const struct tn_step *step)
{
        static const char *const skips[] = {
                [TN_SKIP_COMMAND] = "command",
                [TN_SKIP_ASKED] = "asked",
                [TN_SKIP_UNDERWAY] = "underway",
                [TN_SKIP_BARRED] = "denied",
        };

        return step->kind == TN_STEP_SKIPPED ? skips[step->skip] : NULL;
}

static void add_step(const struct adding *adding, struct json_object *steps, const struct tn_step *step)
{
        static const char *const kinds[] = {
                [TN_STEP_INSERT] = "insert",           [TN_STEP_INSTALL] = "install",
                [TN_STEP_BUILTIN] = "builtin",         [TN_STEP_LOADED] = "loaded",
                [TN_STEP_MISSING] = "missing",         [TN_STEP_DENIED] = "denied",
                [TN_STEP_SKIPPED] = "skipped",         [TN_STEP_UNKNOWN] = "unknown",
                [TN_STEP_BLACKLISTED] = "blacklisted", [TN_STEP_BARRED] = "denied",
        };
        struct json_object *to = tn_json_add_object(adding->json, steps, NULL), *list;

        tn_json_add_str(adding->json, to, "module", step->name);
        tn_json_add_str(adding->json, to, "kind", kinds[step->kind]);
        tn_json_add_bool(adding->json, to, "required", step->required);
        tn_json_add_str(adding->json, to, "path", step->path);
        tn_json_add_str(adding->json, to, "command", step->command);
        add_where(adding, to, "where", step->record);
        tn_json_add_str(adding->json, to, "skip", skip_of(step));
        tn_json_add_bool(adding->json, to, "kernel_refuses",
                         step->kind == TN_STEP_INSERT &&
                                 tn_outcome_is_refused(adding->why->facts, step->name));
        add_options(adding, to, step);
        list = tn_json_add_array(adding->json, to, "causes");
        for (size_t i = 0; i < step->n_causes; i++)
                add_cause(adding, list, &step->causes[i]);
        list = tn_json_add_array(adding->json, to, "needs");
        for (size_t i = 0; i < step->n_needs; i++)
                tn_json_add_str(adding->json, list, NULL, adding->why->plan->steps.v[step->needs[i]].name);
}

static void add_target(const struct adding *adding, struct json_object *targets,
                       const struct tn_target *target, const struct tn_outcome *outcome)
{
        struct json_object *to = tn_json_add_object(adding->json, targets, NULL), *steps;
        const struct tn_plan *plan = adding->why->plan;

        tn_json_add_str(adding->json, to, "module", target->match.name);
        add_match(adding, to, &target->match);
        tn_json_add_str(adding->json, to, "outcome", tn_outcome_id(outcome->kind));
        tn_json_add_str(adding->json, to, "decided_by",
                        outcome->step == TN_STEP_NONE ? NULL : plan->steps.v[outcome->step].name);
        steps = tn_json_add_array(adding->json, to, "steps");
        for (size_t i = 0; i < target->n_steps; i++)
                add_step(adding, steps, &plan->steps.v[target->first_step + i]);
}

/* The line as it would be written, without its newline; of an index the same as a line of configuration. */
static void add_line(const struct adding *adding, struct json_object *to, const struct tn_loser *loser)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

        if (loser->record)
                tn_modprobe_conf_format(loser->record, &line);
        else if (loser->match.pattern)
                tn_buf_addf(&line, "alias %s %s", loser->match.pattern, loser->match.name);
        else
                tn_buf_addf(&line, "module %s", loser->match.name);
        if (line.len == 0) /* a softdep without names */
                tn_buf_addf(&line, "%s %.*s", tn_conf_kind_name(loser->record->kind),
                            SPAN_FMT(loser->record->key));
        if (tn_buf_error(&line) < 0)
                adding->json->err = -ENOMEM;
        tn_json_add_span(adding->json, to, "line", tn_span_trim(tn_buf_span(&line)));
}

static void add_loser(const struct adding *adding, struct json_object *losers, const struct tn_loser *loser)
{
        struct json_object *to = tn_json_add_object(adding->json, losers, NULL);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_json_add_str(adding->json, to, "why", tn_loser_id(loser->why));
        tn_loser_text(loser, &text);
        if (tn_buf_error(&text) < 0)
                adding->json->err = -ENOMEM;
        tn_json_add_span(adding->json, to, "text", tn_buf_span(&text));
        add_line(adding, to, loser);
        tn_json_add_str(adding->json, to, "module", loser->module ? loser->module : loser->match.name);
        if (loser->record)
                add_where(adding, to, "where", loser->record);
        else
                add_index(adding, to, "where", rules[loser->match.rule].file);
        add_where(adding, to, "winner", loser->winner);
}

static bool goes_on(enum tn_outcome_kind kind)
{
        return tn_outcome_is_good(kind) || kind == TN_OUTCOME_COMMAND;
}

static bool has(const struct json_object *array, const char *str)
{
        for (size_t i = 0; i < tn_json_count(array); i++)
                if (strcmp(tn_json_str_at(array, i), str) == 0)
                        return true;
        return false;
}

/* The modules that would be given to the kernel for a target, each once. */
static void add_loads(const struct adding *adding, struct json_object *loads, const struct tn_target *target)
{
        const struct tn_step *step = adding->why->plan->steps.v + target->first_step;

        for (size_t i = 0; i < target->n_steps; i++, step++)
                if (step->kind == TN_STEP_INSERT && !has(loads, step->name) &&
                    !tn_outcome_is_refused(adding->why->facts, step->name))
                        tn_json_add_str(adding->json, loads, NULL, step->name);
}

/* Of several modules behind one alias one is enough; of those that are not loaded, the first tells why. */
static bool is_better(const struct tn_outcome *a, const struct tn_outcome *b)
{
        int x = tn_outcome_is_good(a->kind) ? 0 : a->kind == TN_OUTCOME_COMMAND ? 1 : 2;
        int y = tn_outcome_is_good(b->kind) ? 0 : b->kind == TN_OUTCOME_COMMAND ? 1 : 2;

        return x < y;
}

static void add_targets(const struct adding *adding, struct json_object *result, struct tn_outcome *outcomes)
{
        const struct tn_plan *plan = adding->why->plan;
        struct json_object *list = tn_json_add_array(adding->json, result, "targets");

        for (size_t i = 0; i < plan->targets.n; i++) {
                outcomes[i] = tn_outcome_of(adding->why->facts, plan, &plan->targets.v[i]);
                add_target(adding, list, &plan->targets.v[i], &outcomes[i]);
        }
        list = tn_json_add_array(adding->json, result, "loads");
        for (size_t i = 0; i < plan->targets.n; i++)
                if (goes_on(outcomes[i].kind))
                        add_loads(adding, list, &plan->targets.v[i]);
}

static void add_findings(const struct adding *adding, const struct tn_outcome *outcomes)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        const struct tn_plan *plan = adding->why->plan;
        int r = 0;

        for (size_t i = 0; r == 0 && i < plan->targets.n; i++)
                r = tn_outcome_findings(adding->why->facts, plan, &plan->targets.v[i], &outcomes[i],
                                        &findings);
        if (r < 0)
                adding->json->err = r;
        tn_document_add_findings(adding->doc, &findings);
}

static void add_outcome(const struct adding *adding, struct json_object *result,
                        const struct tn_outcome *outcomes)
{
        const struct tn_plan *plan = adding->why->plan;
        const struct tn_outcome *best = plan->targets.n ? outcomes : NULL;

        for (size_t i = 1; i < plan->targets.n; i++)
                if (is_better(&outcomes[i], best))
                        best = &outcomes[i];
        tn_json_add_str(adding->json, result, "outcome", best ? tn_outcome_id(best->kind) : "not-found");
        if (best && tn_outcome_is_good(best->kind))
                return;
        if (adding->doc->status != TN_STATUS_UNKNOWN)
                adding->doc->status =
                        best && best->kind == TN_OUTCOME_COMMAND ? TN_STATUS_UNKNOWN : TN_STATUS_NO;
        if (!best || best->kind != TN_OUTCOME_COMMAND)
                add_findings(adding, outcomes);
}

/* How the asker asks. */
static void add_call(const struct adding *adding, struct json_object *result)
{
        static const char *const calls[] = {
                [TN_WHY_USER] = "modprobe",
                [TN_WHY_KERNEL] = "modprobe -q --",
                [TN_WHY_UDEV] = "kmod load",
        };
        struct span rest = tn_span_of(calls[adding->why->asker]), word;
        struct json_object *call = tn_json_add_array(adding->json, result, "call");

        while (tn_span_split(&rest, ' ', &word))
                tn_json_add_span(adding->json, call, NULL, word);
        tn_json_add_str(adding->json, call, NULL, adding->why->text);
}

void tn_why_add(const struct tn_why *why, struct tn_document *doc)
{
        const struct adding adding = { why, doc, &doc->json };
        struct json_object *result = tn_document_result(doc), *losers;
        _cleanup_(freep) struct tn_outcome *outcomes = calloc(why->plan->targets.n + 1, sizeof(*outcomes));
        const struct tn_loser *loser;

        if (!outcomes) {
                doc->json.err = -ENOMEM;
                return;
        }
        tn_json_add_str(&doc->json, result, "as", tn_why_asker_name(why->asker));
        add_call(&adding, result);
        tn_json_add_str(&doc->json, result, "directory", why->dir);
        tn_json_add_bool(&doc->json, result, "fresh", why->fresh);
        add_targets(&adding, result, outcomes);
        losers = tn_json_add_array(&doc->json, result, "losers");
        tn_vec_each (loser, &why->losers->list)
                add_loser(&adding, losers, loser);
        add_outcome(&adding, result, outcomes);
}
