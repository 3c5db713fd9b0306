/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/detect_name.h"
#include "format/cmdline.h"
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
};

static void asking_fini(struct asking *asking)
{
        tn_object_fini(&asking->object);
        tn_live_fini(&asking->live);
        tn_plan_fini(&asking->plan);
        tn_losers_fini(&asking->losers);
        tn_buf_fini(&asking->refused);
}

/* Who may not read the kernel's list has the command line that it is made of. */
static int get_refused(struct asking *asking)
{
        _cleanup_(tn_buf_fini) struct tn_buf cmdline = { 0 };
        int r;

        if (!asking->verb->run.live)
                return 0;
        r = tn_kernel_blacklist(&asking->refused);
        if (r != -EACCES && r != -EPERM)
                return r == -ENOMEM ? r : 0;
        r = tn_kernel_cmdline(&cmdline);
        if (r == 0)
                tn_buf_add_span(&asking->refused,
                                tn_cmdline_value(tn_buf_span(&cmdline), SPAN("module_blacklist")));
        else if (r != -ENOMEM)
                tn_document_add_incomplete(asking->doc, "which modules the kernel refuses", strerror(-r));
        return r == -ENOMEM ? r : tn_buf_error(&asking->refused);
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
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        unsigned wants = 0;
        int r = tn_evidence_name_init(&from, &evidence);

        do {
                if (r == 0)
                        r = tn_evidence_name_add(&from, wants, &evidence);
                if (r == 0)
                        r = tn_detect_name(&evidence, &findings, &wants);
        } while (r == 0 && wants);
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
        if (asking->doc->status == TN_STATUS_UNKNOWN)
                return 0;
        if (asking->object.kind != TN_OBJECT_MOUNT)
                return explain_name(asking);
        asking->doc->status = TN_STATUS_YES;
        return 0;
}

static int ask(struct asking *asking)
{
        const struct tn_run *run = &asking->verb->run;
        const struct tn_plan_request req = request_of(asking);
        const struct tn_outcome_facts facts = { run->world.catalog, tn_buf_span(&asking->refused) };
        int r = tn_plan_load(&req, &asking->plan);

        if (r < 0) {
                r = report_failure(asking, r);
                if (r < 0)
                        return r;
                asking->plan.targets.n = asking->plan.steps.n = 0;
        }
        r = tn_losers_find(&req, &asking->plan, &asking->losers);
        if (r < 0 && r != -EINVAL)
                return r;
        tn_why_add(&(struct tn_why){ .asker = asking->asker,
                                     .text = asking->object.kind == TN_OBJECT_FILE ? asking->object.path
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

/* What cannot be asked for, or not so. */
static int refuse_object(struct asking *asking)
{
        const struct tn_object *object = &asking->object;
        struct stat st;

        switch (object->kind) {
        case TN_OBJECT_CONFIG:
                return tn_run_usage(asking->doc, "%s is a file of configuration, which is not loaded",
                                    object->path);
        case TN_OBJECT_FILE:
                if (asking->asker != TN_WHY_USER)
                        return tn_run_usage(asking->doc, "only a user asks for a file, so not --as %s for %s",
                                            askers[asking->asker], object->path);
                if (stat(object->path, &st) < 0)
                        return tn_run_usage(asking->doc, "%s: %s", object->path, strerror(errno));
                if (!S_ISREG(st.st_mode))
                        return tn_run_usage(asking->doc, "%s is no module but a %s", object->path,
                                            S_ISDIR(st.st_mode) ? "directory" : "pipe, a socket or a device");
                return 0;
        case TN_OBJECT_MOUNT:
                return object->text ? 0 : tn_run_usage(asking->doc, "%s is no mount point", object->path);
        default: return 0;
        }
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
        r = tn_object_resolve(run, operands[0], &asking.object);
        if (r == -ENOMEM)
                return r;
        r = refuse_object(&asking);
        if (r == 0)
                r = get_refused(&asking);
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
