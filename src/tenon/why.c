/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/unknown.h"
#include "kernel/kernel.h"
#include "tenon/object.h"
#include "tenon/verb.h"
#include "tenon/why.h"
#include "util/cleanup.h"

struct why {
        struct tn_run run;
        const char *as;
        bool initramfs;
};

static const char usage[] =
        "Usage:\n"
        "\ttenon why [options] OBJECT\n"
        "Explains what loading a module, an alias, a file or the module of a mount point\n"
        "comes to: each rule that leads there, and what does not count.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options of why:" },
        { 'a', "as", "WHO", "who asks for it: user (modprobe), kernel or udev",
          TN_OPTION_KEEPS(struct why, as) },
        { TN_OPTION_LONG, "initramfs", NULL, "compare with the newest initramfs of the kernel",
          TN_OPTION_SETS(struct why, initramfs) },
        TN_VERB_OPTIONS,
};

static const char *const askers[] = {
        [TN_WHY_USER] = "user",
        [TN_WHY_KERNEL] = "kernel",
        [TN_WHY_UDEV] = "udev",
};

const char *tn_why_asker_name(enum tn_why_asker asker)
{
        return askers[asker];
}

int tn_why_asker_by_name(const char *name, enum tn_why_asker *ret_asker)
{
        for (size_t i = 0; i < ARRAY_SIZE(askers); i++) {
                if (strcmp(askers[i], name) != 0)
                        continue;
                *ret_asker = (enum tn_why_asker)i;
                return 0;
        }
        return -EINVAL;
}

/* What is asked about, and what comes of it. */
struct asking {
        struct why *verb;
        struct tn_document *doc;
        struct tn_object object;
        struct tn_live live;
        struct tn_plan plan;
        struct tn_losers losers;
        struct tn_buf refused;
        enum tn_why_asker asker;
        bool answered; /* the object is not there, or is no module, and the document says so */
};

static void asking_fini(struct asking *asking)
{
        tn_object_fini(&asking->object);
        tn_live_fini(&asking->live);
        tn_plan_fini(&asking->plan);
        tn_losers_fini(&asking->losers);
        tn_buf_fini(&asking->refused);
}

/* As what modprobe does with the same words, and udev with the flag KMOD_PROBE_APPLY_BLACKLIST of libkmod. */
static struct tn_plan_request request_of(struct asking *asking)
{
        const struct tn_run *run = &asking->verb->run;
        const struct tn_object *object = &asking->object;

        return (struct tn_plan_request){
                .catalog = run->world.catalog,
                .config = run->world.config,
                .live = &asking->live,
                .subject = object->kind == TN_OBJECT_FILE ? tn_plan_of_file(object->path)
                                                          : tn_plan_of_text(tn_span_of(object->text)),
                .flags = run->live ? 0 : TN_PLAN_IGNORE_LOADED | TN_PLAN_FRESH,
                .blacklist = asking->asker == TN_WHY_UDEV ? TN_BLACKLIST_NAMES : TN_BLACKLIST_ALIASES,
        };
}

static const struct tn_evidence_tool tool = { "tenon why", "--root", "-k", "modprobe -a" };

/* Why nothing has that name. */
static int explain_name(struct asking *asking)
{
        const struct tn_run *run = &asking->verb->run;
        const struct tn_evidence_name_from from = { asking->object.text, run->world.catalog, !run->root,
                                                    &tool };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        int r = tn_unknown_explain(&from, &findings);

        if (r == 0)
                tn_document_add_findings(asking->doc, &findings);
        return r;
}

/* What kept the plan from being made. A bracket without partner is a name that nothing has. */
static int report_failure(struct asking *asking, int err)
{
        struct tn_catalog *catalog = asking->verb->run.world.catalog;
        const char *index = tn_catalog_blame(catalog, err);

        if (err == -ENOMEM || (err == -EINVAL && !index))
                return err == -ENOMEM ? err : 0;
        if (err == -EMLINK)
                return tn_run_usage(asking->doc, "the softdep chain of %s is longer than 1000 modules",
                                    asking->plan.culprit);
        tn_document_add_incomplete(asking->doc,
                                   index                  ? index
                                   : asking->plan.culprit ? asking->plan.culprit
                                                          : tn_catalog_dir(catalog),
                                   err == -EINVAL ? "it is corrupt" : strerror(-err));
        asking->doc->status = TN_STATUS_UNKNOWN;
        return 0;
}

/* No module. What is mounted is there all the same. */
static int explain_nothing(struct asking *asking)
{
        if (asking->doc->status == TN_STATUS_UNKNOWN || asking->answered)
                return 0;
        if (asking->object.kind != TN_OBJECT_MOUNT)
                return explain_name(asking);
        asking->doc->status = TN_STATUS_YES;
        return 0;
}

/* Of what is not there, or is no module, none is made. */
static int plan(struct asking *asking, const struct tn_plan_request *req)
{
        int r = asking->answered ? 0 : tn_plan_load(req, &asking->plan);

        if (r < 0) {
                r = report_failure(asking, r);
                asking->plan.targets.n = asking->plan.steps.n = 0;
        }
        if (r < 0 || asking->answered)
                return r;
        r = tn_losers_find(req, &asking->plan, &asking->losers);
        return r == -EINVAL ? 0 : r;
}

static int ask(struct asking *asking)
{
        const struct tn_run *run = &asking->verb->run;
        const struct tn_plan_request req = request_of(asking);
        const struct tn_outcome_facts facts = { run->world.catalog, tn_buf_span(&asking->refused) };
        int r = plan(asking, &req);

        if (r < 0)
                return r;
        tn_why_add(&(struct tn_why){ .asker = asking->asker,
                                     .text = asking->object.kind == TN_OBJECT_FILE ? asking->object.path
                                             : asking->answered                    ? asking->object.word
                                                                                   : asking->object.text,
                                     .dir = tn_catalog_dir(run->world.catalog),
                                     .fresh = !run->live,
                                     .plan = &asking->plan,
                                     .losers = &asking->losers,
                                     .facts = &facts },
                   asking->doc);
        r = asking->plan.targets.n ? 0 : explain_nothing(asking);
        return r < 0 ? r
                     : tn_why_add_image(&asking->verb->run, &asking->plan, asking->verb->initramfs,
                                        asking->doc);
}

static int take_object(struct asking *asking, const char *word)
{
        struct tn_object *object = &asking->object;
        int r = tn_object_take(&asking->verb->run, "why", TN_OBJECT_LOADABLE, word, asking->doc, object);

        if (asking->doc->status == TN_STATUS_USAGE || r == -ENOMEM)
                return r;
        if (r >= 0 && object->kind == TN_OBJECT_FILE && asking->asker != TN_WHY_USER)
                return tn_run_usage(asking->doc, "only a user asks for a file, so not --as %s for %s",
                                    askers[asking->asker], object->path);
        if (r == 0 && object->kind == TN_OBJECT_FILE)
                r = tn_object_explain_file(&asking->verb->run, object, asking->doc);
        asking->answered = r > 0;
        return r == -ENOMEM ? r : 0;
}

static int why_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct why *verb = (struct why *)run;
        _cleanup_(asking_fini) struct asking asking = { .verb = verb, .doc = doc };
        int r;

        if (!operands[0] || operands[1])
                return tn_run_usage(doc, "why takes one object");
        if (verb->as && tn_why_asker_by_name(verb->as, &asking.asker) < 0)
                return tn_run_usage(doc, "--as takes user, kernel or udev, and not '%s'", verb->as);
        if (tn_run_open(run, TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc) < 0)
                return 0;
        if (tn_json_count(doc->incomplete))
                doc->status = TN_STATUS_UNKNOWN; /* what was not read may decide it */
        r = take_object(&asking, operands[0]);
        if (r == 0)
                r = tn_run_refused(run, doc, &asking.refused);
        if (r < 0)
                return r;
        tn_object_add(&asking.object, doc, tn_document_result(doc));
        return ask(&asking);
}

const struct tn_verb tn_verb_why = {
        .name = "why",
        .help = "what decides whether a module is loaded, rule by rule",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct why),
        .build = why_build,
        .render = { [TN_FORM_TEXT] = tn_why_text },
};
