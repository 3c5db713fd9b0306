/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/outcome.h"
#include "core/plan.h"
#include "format/taint.h"
#include "tenon/trace.h"
#include "util/cleanup.h"

/* What a request would come to now, by the configuration, the indexes and what is loaded. */
struct judged {
        struct tn_live live;
        struct tn_plan plan;
        struct tn_findings findings;
        const char *outcome; /* NULL: that cannot be told */
};

static void judged_fini(struct judged *judged)
{
        tn_live_fini(&judged->live);
        tn_plan_fini(&judged->plan);
        tn_findings_fini(&judged->findings);
}

/* The configuration may have been changed since the last request was judged. */
static int open_world(struct tn_trace *trace)
{
        struct tn_run *run = &trace->run;

        if (!trace->boot)
                tn_world_close(&run->world);
        if (run->world.catalog)
                return 0;
        run->world.root = run->root;
        run->world.release = tn_buf_str(&run->kernel);
        run->world.brief = trace->boot; /* it is opened once then */
        return tn_world_open(&run->world, TN_WORLD_CONFIG | TN_WORLD_CATALOG);
}

static int make_plan(struct tn_trace *trace, const char *name, unsigned flags, struct judged *judged)
{
        const struct tn_plan_request req = {
                .catalog = trace->run.world.catalog,
                .config = trace->run.world.config,
                .live = &judged->live,
                .subject = tn_plan_of_text(tn_span_of(name)),
                .flags = flags,
        };

        return tn_plan_load(&req, &judged->plan);
}

/* What its plan says now of a request for which nothing was loaded. */
static const char *word_of(enum tn_outcome_kind kind)
{
        switch (kind) {
        case TN_OUTCOME_LOADS: return "failed";
        case TN_OUTCOME_LOADED: return "present";
        default: return tn_outcome_id(kind);
        }
}

static int judge_targets(const struct tn_trace *trace, struct judged *judged)
{
        const struct tn_outcome_facts facts = { trace->run.world.catalog, tn_buf_span(&trace->refused) };
        const struct tn_target *target;
        int r = 0;

        if (judged->plan.targets.n == 0)
                judged->outcome = tn_outcome_id(TN_OUTCOME_MISSING);
        tn_vec_each (target, &judged->plan.targets) {
                struct tn_outcome outcome = tn_outcome_of(&facts, &judged->plan, target);

                if (!judged->outcome)
                        judged->outcome = word_of(outcome.kind);
                if (r == 0)
                        r = tn_outcome_findings(&facts, &judged->plan, target, &outcome, &judged->findings);
        }
        return r;
}

static bool has_loaded(const struct tn_request *request, const char *module)
{
        for (size_t i = 0; i < request->modules.n; i++)
                if (strcmp(request->modules.v[i], module) == 0)
                        return true;
        return false;
}

/* Something was loaded. Where that is only what the wanted module needs, and it is not in the kernel now, it failed. */
static void judge_loaded(const struct tn_trace *trace, const struct tn_request *request,
                         struct judged *judged)
{
        const struct tn_outcome_facts facts = { trace->run.world.catalog, tn_buf_span(&trace->refused) };
        const struct tn_target *target;

        tn_vec_each (target, &judged->plan.targets)
                if (has_loaded(request, target->match.name) ||
                    tn_outcome_of(&facts, &judged->plan, target).kind != TN_OUTCOME_LOADS)
                        return;
        if (judged->plan.targets.n)
                judged->outcome = "failed";
}

/* -ENOMEM is the only failure: without indexes, say, it cannot be told. */
static int judge(struct tn_trace *trace, const struct tn_request *request, struct judged *judged)
{
        int r;

        if (request->modules.n) {
                judged->outcome = "loaded";
                if (!request->end_ns && !trace->boot)
                        return 0; /* more may come */
        } else if (trace->is_ending ||
                   (trace->traces_helper && request->wait && !request->helper && !trace->lost)) {
                judged->outcome = trace->is_ending ? "unfinished" : "not-run";
                return 0;
        }
        r = open_world(trace);
        if (r == 0)
                r = make_plan(trace, request->name, 0, judged);
        if (r == 0 && request->modules.n)
                judge_loaded(trace, request, judged);
        else if (r == 0)
                r = judge_targets(trace, judged);
        return r == -ENOMEM ? r : 0;
}

bool tn_trace_serves(void *data, const struct tn_request *request, struct span module)
{
        struct tn_trace *trace = data;
        _cleanup_(judged_fini) struct judged judged = { .outcome = NULL };
        const struct tn_step *step;

        if (open_world(trace) < 0 || make_plan(trace, request->name, TN_PLAN_IGNORE_LOADED, &judged) < 0)
                return false;
        tn_vec_each (step, &judged.plan.steps)
                if (!tn_step_is_left_out(step) && tn_span_eq(tn_span_of(step->name), module))
                        return true;
        return false;
}

static bool is_hidden(const struct tn_trace *trace, const struct tn_request *request)
{
        const struct tn_trace_asker *asker = request->data;

        return trace->command && !(asker && asker->is_family);
}

static void add_thread(struct tn_json *json, struct json_object *to, uint64_t pid, const char *command)
{
        tn_json_add_int(json, to, "pid", (int64_t)pid);
        tn_json_add_str(json, to, "command", strcmp(command, TN_FTRACE_FORGOTTEN) == 0 ? NULL : command);
}

static void add_asker(struct tn_trace *trace, struct json_object *record, const struct tn_request *request)
{
        const struct tn_trace_asker *asker = request->data;
        struct tn_json *json = &trace->doc->json;
        struct json_object *to = tn_json_add_object(json, record, "asker");

        add_thread(json, to, request->pid, request->command);
        if (asker && asker->has_uid)
                tn_json_add_int(json, to, "uid", (int64_t)asker->uid);
        if (asker && asker->has_loginuid)
                tn_json_add_int(json, to, "loginuid", (int64_t)asker->loginuid);
        trace->asked++;
        trace->nobody += !(asker && asker->has_uid);
}

static void add_time(struct tn_json *json, struct json_object *to, const char *key, uint64_t from,
                     uint64_t until)
{
        if (from && until >= from)
                tn_json_add_int(json, to, key, (int64_t)(until - from));
        else
                tn_json_add_null(json, to, key);
}

static int emit(struct tn_trace *trace)
{
        trace->records++;
        return tn_stream_emit(trace->doc);
}

int tn_trace_add_request(void *data, const struct tn_request *request)
{
        struct tn_trace *trace = data;
        _cleanup_(judged_fini) struct judged judged = { .outcome = NULL };
        struct tn_json *json = &trace->doc->json;
        struct json_object *record, *list;
        const struct tn_finding *finding;
        int r;

        if (is_hidden(trace, request))
                return 0;
        r = judge(trace, request, &judged);
        record = tn_stream_record(trace->doc, "request");
        tn_json_add_int(json, record, "time_ns", (int64_t)request->time_ns);
        add_asker(trace, record, request);
        tn_json_add_str(json, record, "name", request->name);
        tn_json_add_str(json, record, "call_site", request->call_site);
        tn_json_add_bool(json, record, "wait", request->wait);
        tn_json_add_str(json, record, "outcome", judged.outcome);
        list = tn_json_add_array(json, record, "modules");
        for (size_t i = 0; i < request->modules.n; i++)
                tn_json_add_str(json, list, NULL, request->modules.v[i]);
        add_time(json, record, "duration_ns", request->time_ns, request->end_ns);
        list = tn_json_add_array(json, record, "because");
        tn_vec_each (finding, &judged.findings.list)
                tn_document_add_finding_to(trace->doc, list, finding, NULL);
        return r < 0 ? r : emit(trace);
}

static void add_taints(struct tn_json *json, struct json_object *record, const char *letters)
{
        struct json_object *list = tn_json_add_array(json, record, "taints");

        for (size_t i = 0; letters[i]; i++)
                tn_json_add_str(json, list, NULL,
                                tn_taint_by_letter(letters[i]) ? tn_taint_by_letter(letters[i])->word
                                                               : "unknown");
}

bool tn_trace_is_family(const struct tn_trace *trace, uint64_t pid)
{
        for (size_t i = 0; i < trace->family.n; i++)
                if (trace->family.v[i] == pid)
                        return true;
        return false;
}

int tn_trace_add_loaded(void *data, const struct tn_loaded *loaded)
{
        struct tn_trace *trace = data;
        struct tn_json *json = &trace->doc->json;
        struct json_object *record;

        if (trace->command && !tn_trace_is_family(trace, loaded->pid) &&
            (!loaded->request || is_hidden(trace, loaded->request)))
                return 0;
        record = tn_stream_record(trace->doc, "load");
        tn_json_add_int(json, record, "time_ns", (int64_t)loaded->time_ns);
        add_thread(json, tn_json_add_object(json, record, "by"), loaded->pid, loaded->command);
        tn_json_add_str(json, record, "module", loaded->module);
        add_taints(json, record, loaded->taints);
        tn_json_add_str(json, record, "request", loaded->request ? loaded->request->name : NULL);
        add_time(json, record, "init_ns", loaded->start_ns, loaded->end_ns);
        if (loaded->end_ns)
                tn_json_add_int(json, record, "result", loaded->result);
        else
                tn_json_add_null(json, record, "result");
        return emit(trace);
}

int tn_trace_add_freed(void *data, const struct tn_ftrace_line *line)
{
        struct tn_trace *trace = data;
        struct tn_json *json = &trace->doc->json;
        _cleanup_(freep) char *command = tn_span_dup(line->command);
        struct json_object *record;

        if (!command)
                return -ENOMEM;
        if (trace->command && !tn_trace_is_family(trace, line->pid))
                return 0;
        record = tn_stream_record(trace->doc, "unload");
        tn_json_add_int(json, record, "time_ns", (int64_t)line->time_ns);
        add_thread(json, tn_json_add_object(json, record, "by"), line->pid, command);
        tn_json_add_span(json, record, "module", line->name);
        return emit(trace);
}
