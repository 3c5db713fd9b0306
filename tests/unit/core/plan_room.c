/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "plan_room.h"
#include "check.h"
#include "plan_text.h"

static void say_step(struct tn_buf *text, const struct tn_step *step)
{
        static const char *const kinds[] = {
                [TN_STEP_INSERT] = "insert", [TN_STEP_INSTALL] = "install", [TN_STEP_BUILTIN] = "builtin",
                [TN_STEP_LOADED] = "loaded", [TN_STEP_MISSING] = "missing", [TN_STEP_DELETE] = "delete",
                [TN_STEP_REMOVE] = "remove",
        };
        const char *kind = tn_step_installs(step) ? "install" : tn_step_removes(step) ? "remove" : NULL;

        tn_buf_addf(text, "%s %s", kind ? kind : kinds[step->kind], step->name);
        if (step->command)
                tn_buf_addf(text, " %s", step->command);
        if (step->options && *step->options)
                tn_buf_addf(text, " %s", step->options);
        tn_buf_add_str(text, step->required ? "\n" : "?\n");
}

static char *say_plan(const struct room *room, struct tn_plan *plan)
{
        static const char *const verdicts[] = {
                [TN_VERDICT_GO] = "go",           [TN_VERDICT_IN_KERNEL] = "in kernel",
                [TN_VERDICT_EXISTS] = "exists",   [TN_VERDICT_BLACKLISTED] = "blacklisted",
                [TN_VERDICT_ABSENT] = "absent",   [TN_VERDICT_NOT_LOADED] = "not loaded",
                [TN_VERDICT_BUILTIN] = "builtin", [TN_VERDICT_IN_USE] = "in use",
        };
        struct tn_buf text = { 0 };
        char *str;

        if (room->full)
                plan_text(plan, room->dir.path, &text);
        for (size_t i = 0; i < plan->targets.n && !room->full; i++) {
                const struct tn_target *target = &plan->targets.v[i];

                if (target->verdict != TN_VERDICT_GO)
                        tn_buf_addf(&text, "[%s %s]\n", verdicts[target->verdict],
                                    target->kept ? target->kept : target->match.name);
                for (size_t j = 0; j < target->n_steps && target->verdict == TN_VERDICT_GO; j++)
                        if (!tn_step_is_left_out(&plan->steps.v[target->first_step + j]))
                                say_step(&text, &plan->steps.v[target->first_step + j]);
        }
        str = tn_buf_take(&text);
        assert_non_null(str);
        tn_plan_fini(plan);
        return str;
}

struct tn_plan_request room_request(struct room *room, const char *operand, unsigned flags)
{
        tn_live_fini(&room->live);
        return (struct tn_plan_request){
                .catalog = room->catalog,
                .config = room->config,
                .live = &room->live,
                .subject = *operand == '/' ? tn_plan_of_file(operand) : tn_plan_of_text(tn_span_of(operand)),
                .flags = flags,
                .blacklist = room->blacklist,
                .underway = room->underway,
        };
}

char *room_load(struct room *room, const char *operand, unsigned flags, const char *options)
{
        struct tn_plan_request req = room_request(room, operand, flags);
        struct tn_plan plan;

        if (room->match)
                req.subject = tn_plan_of_match(room->match);
        req.options = options;
        assert_int_equal(tn_plan_load(&req, &plan), 0);
        return say_plan(room, &plan);
}

char *room_remove(struct room *room, const char *operand, unsigned flags)
{
        struct tn_plan_request req = room_request(room, operand, flags);
        struct tn_plan plan;

        assert_int_equal(tn_plan_remove(&req, &plan), 0);
        return say_plan(room, &plan);
}
