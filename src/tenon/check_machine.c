/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "cli/progress.h"
#include "core/catalog_facts.h"
#include "core/denied.h"
#include "core/dkms.h"
#include "core/drift.h"
#include "core/evidence_others.h"
#include "core/firmware.h"
#include "core/treecheck.h"
#include "format/procmod.h"
#include "format/taint.h"
#include "kernel/kernel.h"
#include "tenon/check.h"
#include "util/cleanup.h"

/* tenon check without an object: is this machine in order. */

struct machine {
        struct tn_check *check;
        struct tn_run *run;
        struct tn_document *doc;
        struct tn_findings findings; /* of the question that is asked */
        struct tn_findings lacks;    /* firmware, found when the files of the loaded modules were read */
        struct tn_incompletes incompletes;
        struct tn_buf loaded;    /* /proc/modules */
        struct tn_buf blacklist; /* the kernel's own */
        struct tn_live live;
        struct tn_progress progress;
        uint32_t question, n_questions; /* the one that is asked, of so many */
        bool blind;                     /* what is loaded is not known */
};

static int hide(struct machine *machine, const char *what, int err)
{
        return tn_incompletes_add(&machine->incompletes, what, strerror(-err));
}

static void tell(struct machine *machine)
{
        tn_progress_tell(&machine->progress, machine->question, machine->n_questions);
}

/* A module may name many files and take the first that is there: it lacks firmware when none of them is. */
static int look_for_firmware(struct machine *machine, const char *name, const struct tn_facts *facts)
{
        struct tn_firmware firmware = { 0 };
        int r = tn_firmware_find(machine->run->world.catalog, machine->run->kernel.ptr, facts, &firmware);

        if (r == 0 && firmware.named && firmware.missing == firmware.named)
                r = tn_findings_add(&machine->lacks, (struct tn_finding){ .code = TN_FINDING_FIRMWARE_MISSING,
                                                                          .name = name,
                                                                          .subject = firmware.first });
        tn_firmware_fini(&firmware);
        return r;
}

/* What its file says, which two questions are about. */
static int look_at_file(void *data, const char *name)
{
        struct machine *machine = data;
        struct tn_catalog *catalog = machine->run->world.catalog;
        const struct tn_drift drift = { machine->run->world.config, &machine->findings,
                                        &machine->incompletes };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r = tn_catalog_find_path(catalog, tn_span_of(name), &path);

        tell(machine);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        if (!tn_buf_str(&path))
                return -ENOMEM;
        r = tn_catalog_facts_at(catalog, path.ptr, TN_DRIFT_FACTS, &facts);
        if (r < 0)
                return r == -ENOMEM ? r : tn_incompletes_add(&machine->incompletes, path.ptr, strerror(-r));
        r = look_for_firmware(machine, name, &facts);
        return r < 0 ? r : tn_drift_check(&drift, name, path.ptr, &facts);
}

static int check_drift(struct machine *machine)
{
        return tn_check_each_loaded(&machine->loaded, look_at_file, machine);
}

/* A line that refuses its module by name, too. */
static int look_for_denial(void *data, const char *name)
{
        struct machine *machine = data;
        struct tn_denied_question question = {
                .catalog = machine->run->world.catalog,
                .config = machine->run->world.config,
                .live = &machine->live,
                .blacklist = tn_buf_span(&machine->blacklist),
                .name = tn_span_of(name),
        };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_denied_answer answer = { 0 };
        int r = tn_denied_judge(&question, &arena, &answer);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        if (answer.verdict != TN_DENIED_BUT_LOADED || answer.dependency ||
            (answer.record && answer.record->kind == TN_CONF_BLACKLIST))
                return 0;
        return tn_findings_add(
                &machine->findings,
                (struct tn_finding){ .code = TN_FINDING_DENIED_LOADED,
                                     .name = answer.name,
                                     .file = answer.record ? answer.record->file : "/proc/cmdline",
                                     .line = answer.record ? answer.record->line : 0 });
}

static int check_denied(struct machine *machine)
{
        return tn_check_each_loaded(&machine->loaded, look_for_denial, machine);
}

static void add_word(struct tn_buf *list, const char *word)
{
        tn_buf_addf(list, "%s%s", list->len ? ", " : "", word);
}

static int check_taints(struct machine *machine)
{
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 }, names = { 0 };
        struct span rest = tn_buf_span(&machine->loaded);
        struct tn_procmod mod;
        uint64_t bits;
        int r = tn_kernel_tainted(&bits);

        if (r < 0)
                return hide(machine, "what taints the kernel", r);
        if (!bits)
                return 0;
        for (unsigned i = 0; i < 64; i++)
                if (bits >> i & 1)
                        add_word(&words, tn_taint_by_bit(i) ? tn_taint_by_bit(i)->word : "unknown");
        while (tn_procmod_next(&rest, &mod))
                if (tn_procmod_taints(&mod, tn_buf_span(&machine->loaded)).len)
                        tn_buf_addf(&names, "%s%.*s", names.len ? ", " : "", SPAN_FMT(mod.name));
        if (!tn_buf_str(&words) || !tn_buf_str(&names))
                return -ENOMEM;
        return tn_findings_add(&machine->findings,
                               (struct tn_finding){ .code = TN_FINDING_KERNEL_TAINTED,
                                                    .value = words.ptr,
                                                    .subject = names.len ? names.ptr : NULL });
}

static int check_firmware(struct machine *machine)
{
        machine->findings = TAKE(machine->lacks);
        return 0;
}

static int check_dkms(struct machine *machine)
{
        const struct tn_dir root = { .fd = AT_FDCWD, .root = tn_world_root(&machine->run->world) };
        _cleanup_(tn_evidence_others_fini) struct tn_evidence_others others = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf releases = { 0 };
        int r = tn_evidence_others_load(&machine->run->world.dir, tn_buf_span(&machine->run->kernel),
                                        SPAN(""), &others);

        tn_buf_addf(&releases, "%s %.*s", machine->run->kernel.ptr, SPAN_FMT(tn_buf_span(&others.all)));
        if (r == 0)
                r = tn_buf_error(&releases);
        if (r == 0)
                r = tn_dkms_check(&root, tn_buf_span(&releases), &machine->findings);
        return r == 1 ? tn_incompletes_add(&machine->incompletes, TN_DKMS_TREE,
                                           "it cannot be read to its end")
                      : r;
}

static int check_tree(struct machine *machine)
{
        bool unread;
        int r = tn_treecheck(machine->run->world.catalog, &machine->findings, &unread);

        if (r < 0)
                return r == -ENOMEM ? r : hide(machine, machine->run->world.dir.path, r);
        return unread ? tn_incompletes_add(&machine->incompletes, machine->run->world.dir.path,
                                           "a part of it cannot be read")
                      : 0;
}

/* In this order they are reported. live: it is about what the kernel has. */
static const struct {
        const char *what; /* for the document */
        int (*check)(struct machine *machine);
        bool live;
} questions[] = {
        { "loaded modules are those of the disk, with the parameters of the configuration", check_drift,
          true },
        { "no loaded module is denied", check_denied, true },
        { "firmware of loaded modules is there", check_firmware, true },
        { "the kernel is not tainted", check_taints, true },
        { "the indexes are up to date, and no module is there twice", check_tree, false },
        { "DKMS has built its modules for all kernels", check_dkms, false },
};

static bool machine_is_wanted(const struct tn_check *check, char **operands)
{
        return !operands[0] && !check->kernel && !check->denied && !check->initramfs;
}

static int ask_all(struct machine *machine, struct json_object *list)
{
        struct tn_json *json = &machine->doc->json;
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(questions); i++) {
                size_t before = tn_json_count(machine->doc->findings), hidden = machine->incompletes.list.n;
                struct json_object *to;

                if (questions[i].live && !machine->run->live)
                        continue;
                machine->question = (uint32_t)i;
                tell(machine);
                r = questions[i].check(machine);
                tn_check_add_findings(machine->check, &machine->findings, machine->doc);
                tn_findings_fini(&machine->findings);
                to = tn_json_add_object(json, list, NULL);
                tn_json_add_str(json, to, "question", questions[i].what);
                tn_json_add_int(json, to, "findings",
                                (int64_t)(tn_json_count(machine->doc->findings) - before));
                tn_json_add_bool(json, to, "complete",
                                 machine->incompletes.list.n == hidden &&
                                         !(questions[i].live && machine->blind));
        }
        tn_progress_clear(&machine->progress);
        return r;
}

static int machine_build(struct tn_check *check, char **operands, struct tn_document *doc)
{
        struct machine machine = { .check = check, .run = &check->run, .doc = doc };
        struct json_object *list;
        int r = tn_run_open(&check->run, TN_WORLD_ROOT | TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);

        (void)operands;
        if (r < 0)
                return 0;
        if (check->run.live) {
                r = tn_kernel_modules(&machine.loaded);
                machine.blind = r < 0;
                if (r < 0)
                        r = hide(&machine, "the loaded modules (/proc/modules)", r);
                tn_kernel_blacklist(&machine.blacklist);
        }
        list = tn_json_add_array(&doc->json, tn_document_result(doc), "machine");
        machine.n_questions = ARRAY_SIZE(questions);
        tn_progress_begin(&machine.progress, "tenon", "questions");
        if (r == 0)
                r = ask_all(&machine, list);
        tn_check_add_incompletes(&machine.incompletes, doc);
        tn_incompletes_fini(&machine.incompletes);
        tn_findings_fini(&machine.lacks);
        tn_buf_fini(&machine.loaded);
        tn_buf_fini(&machine.blacklist);
        tn_live_fini(&machine.live);
        return r;
}

static void machine_text(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *list = tn_json_array(tn_json_object(root, "result"), "machine");

        for (size_t i = 0; i < tn_json_count(list); i++) {
                const struct json_object *one = tn_json_at(list, i);
                int64_t n = tn_json_int(one, "findings");

                if (n)
                        tn_text_style(text, TN_STYLE_WARNING, "no ");
                else if (!tn_json_bool(one, "complete"))
                        tn_text_style(text, TN_STYLE_WARNING, "?  ");
                else
                        tn_text_style(text, TN_STYLE_GOOD, "yes");
                tn_text_add(text, "  %s", tn_json_str(one, "question"));
                if (n)
                        tn_text_add(text, ": %lld found", (long long)n);
                tn_text_add(text, "\n");
        }
}

const struct tn_check_part tn_check_machine = {
        .is_wanted = machine_is_wanted,
        .build = machine_build,
        .text = machine_text,
};
