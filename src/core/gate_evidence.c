/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/detect.h"
#include "core/evidence_file.h"
#include "core/evidence_symbols.h"
#include "core/gate_evidence.h"
#include "core/gate_firmware.h"
#include "util/cleanup.h"

struct gathering {
        struct tn_gate_kernel *kernel;
        const struct tn_plan *plan;
        const struct tn_step *step;
        struct tn_evidence *evidence;
        struct tn_incompletes *incompletes;
};

bool tn_gate_is_there(const struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                      const struct tn_step *step, const char *module)
{
        enum tn_kernel_state state;

        if (strcmp(module, "vmlinux") == 0)
                return true;
        for (const struct tn_step *before = plan->steps.v; before < step; before++)
                if (strcmp(before->name, module) == 0 && !tn_step_is_left_out(before))
                        return true;
        return kernel->running && tn_kernel_module_state(module, &state) == 0 && state == TN_KERNEL_LIVE;
}

/*
 * Whether the file is as good as unknown, and why: what this user may not read another may, what is larger than any module
 * was not read, and what no library here decompresses the kernel of another system may.
 */
static int unknown_by(const struct tn_gate_kernel *kernel, const struct tn_evidence *evidence)
{
        if (evidence->file_err < 0)
                return evidence->file_err == -EACCES || evidence->file_err == -EPERM ? evidence->file_err : 0;
        if (evidence->facts_err == -ENOSYS)
                return kernel->running ? 0 : -ENOSYS;
        return evidence->facts_err == -EINVAL || evidence->facts_err == -ENOEXEC ? 0 : evidence->facts_err;
}

static int note_unread(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;
        int err = unknown_by(gathering->kernel, evidence);

        if (err == 0)
                return 0;
        evidence->parts &= ~(unsigned)TN_EVIDENCE_FILE;
        return tn_incompletes_add(gathering->incompletes, evidence->path, strerror(-err));
}

/* Whether it is the file that the catalog has of the module: then others may ask what it exports. */
static bool is_of_catalog(const struct tn_gate_kernel *kernel, const struct tn_step *step)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        return tn_catalog_find_path(kernel->catalog, tn_span_of(step->name), &path) == 0 &&
               tn_span_eq(tn_buf_span(&path), tn_span_of(step->path));
}

unsigned tn_gate_evidence_facts(const struct tn_gate_kernel *kernel, const struct tn_step *step)
{
        unsigned facts;

        tn_detect_wants(TN_EVIDENCE_BEFORE, &facts);
        if (!kernel->running)
                facts &= ~(unsigned)TN_FACTS_SIGNATURE;
        return facts | (is_of_catalog(kernel, step) ? TN_EXPORTS_FACTS : TN_FACTS_EXPORTS);
}

static int gather_file(struct gathering *gathering)
{
        const struct tn_gate_kernel *kernel = gathering->kernel;
        struct tn_evidence *evidence = gathering->evidence;
        int r = 0;

        if (!(evidence->parts & TN_EVIDENCE_FILE))
                r = tn_evidence_file_add(kernel->catalog, evidence->path,
                                         tn_gate_evidence_facts(kernel, gathering->step), evidence);
        if (r == 0 && evidence->parts & TN_EVIDENCE_FACTS && evidence->facts.parts & TN_FACTS_EXPORT_RULES)
                r = tn_exports_offer(kernel->exports, tn_span_of(evidence->name), &evidence->facts);
        return r < 0 ? r : note_unread(gathering);
}

static void take_kernel(struct gathering *gathering)
{
        const struct tn_gate_kernel *kernel = gathering->kernel;
        struct tn_evidence *evidence = gathering->evidence;

        if (kernel->has_own) {
                evidence->vermagic = kernel->vermagic;
                evidence->kernel_elf = kernel->elf;
                evidence->module_struct = kernel->module_struct;
                evidence->parts |= TN_EVIDENCE_KERNEL;
        }
        if (!kernel->running)
                return;
        evidence->policy = kernel->policy;
        evidence->blacklist = kernel->blacklist;
        evidence->parts |= TN_EVIDENCE_POLICY;
        evidence->keys = kernel->keys;
        evidence->parts |= kernel->keys.len ? TN_EVIDENCE_KEYS : 0;
        evidence->memory = kernel->memory;
        evidence->memory_free = kernel->memory_free;
        evidence->parts |= kernel->memory ? TN_EVIDENCE_MEMORY : 0;
}

static int note_exports(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf why = { 0 };
        int err = 0;
        const char *unread = tn_exports_unread(gathering->kernel->exports, &err);

        if (!unread)
                return tn_incompletes_add(gathering->incompletes, "what the kernel exports",
                                          "there is neither its Module.symvers nor its image");
        tn_buf_addf(&why, "%s: %s", unread, strerror(-err));
        return tn_buf_str(&why)
                       ? tn_incompletes_add(gathering->incompletes, "what the kernel exports", why.ptr)
                       : -ENOMEM;
}

/* Of what no list tells, the running kernel tells whether it is there; under which rules, it does not. */
static int ask_running(struct gathering *gathering, struct tn_evidence_need *need)
{
        int r = tn_gate_kernel_has_symbol(gathering->kernel, need->symbol);

        if (r == -ENODATA)
                return note_exports(gathering);
        if (r < 0)
                return r;
        need->err = r ? 0 : -ENOENT;
        need->export = (struct tn_export){ .name = need->symbol, .owner = "vmlinux" };
        return 0;
}

/* What the build of the kernel lists need not be installed, or not be known to the indexes yet. */
static int look_in_index(struct gathering *gathering, struct tn_evidence_need *need)
{
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct tn_index_hits hits = { 0 };
        int r;

        tn_buf_addf(&key, "symbol:%.*s", SPAN_FMT(need->symbol));
        r = tn_buf_error(&key);
        if (r == 0)
                r = tn_catalog_match(gathering->kernel->catalog, TN_CATALOG_SYMBOLS, tn_buf_span(&key),
                                     &gathering->evidence->arena, &hits);
        need->unindexed = r == 0 && hits.n == 0;
        tn_index_hits_fini(&hits);
        return r == -ENOMEM ? r : 0;
}

static int add_need(struct gathering *gathering, const struct tn_modsym *sym)
{
        struct tn_evidence_need need = { .symbol = sym->name, .crc = sym->crc, .weak = sym->bind == 'W' };
        int r = 0;

        need.err = tn_exports_find(gathering->kernel->exports, sym->name, &need.export);
        if (need.err == -ENOMEM)
                return -ENOMEM;
        if (need.err == -ENODATA)
                r = ask_running(gathering, &need);
        if (r == 0 && need.err == 0 && !need.export.has_rules)
                r = note_exports(gathering);
        if (r < 0)
                return r;
        if (need.err == 0)
                need.there = tn_gate_is_there(gathering->kernel, gathering->plan, gathering->step,
                                              need.export.owner);
        if (need.err == 0 && !need.there)
                r = look_in_index(gathering, &need);
        return r < 0 ? r : tn_vec_add(&gathering->evidence->needs, need);
}

/* A symbol of the module that another has as well, which is there by then. It may be loaded itself, by this name. */
static int add_offer(struct gathering *gathering, const struct tn_modsym *sym)
{
        struct tn_evidence *evidence = gathering->evidence;
        struct tn_evidence_need need = { .symbol = sym->name };
        struct span inside = tn_facts_info(&evidence->facts, SPAN("name"));

        need.err = tn_exports_find(gathering->kernel->exports, sym->name, &need.export);
        if (need.err < 0)
                return need.err == -ENOMEM ? need.err : 0;
        if (strcmp(need.export.owner, evidence->name) == 0 ||
            tn_span_eq(inside, tn_span_of(need.export.owner)))
                return 0;
        need.there = tn_gate_is_there(gathering->kernel, gathering->plan, gathering->step, need.export.owner);
        return need.there ? tn_vec_add(&evidence->offers, need) : 0;
}

/* What the list of exports says of the kernel's own modules is this file, or one that it stands for. */
static int gather_offers(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;
        const struct tn_modsym *sym;
        int r = 0;

        if (!(evidence->parts & TN_EVIDENCE_FACTS) || is_of_catalog(gathering->kernel, gathering->step))
                return 0;
        tn_vec_each (sym, &evidence->facts.exports)
                if (r == 0)
                        r = add_offer(gathering, sym);
        return r;
}

/* Of a module for another machine nothing would fit. */
static int gather_needs(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;
        const struct tn_modsym *need;
        int r = 0;

        if (!(evidence->parts & TN_EVIDENCE_FACTS) ||
            (evidence->parts & TN_EVIDENCE_KERNEL &&
             evidence->facts.elf.machine != evidence->kernel_elf.machine))
                return 0;
        tn_vec_each (need, &evidence->facts.needs)
                if (r == 0)
                        r = add_need(gathering, need);
        evidence->parts |= TN_EVIDENCE_NEEDS;
        return r < 0 ? r
                     : tn_evidence_find_exporters(evidence, gathering->kernel->catalog,
                                                  &gathering->kernel->newcomers);
}

static int gather_firmware(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;

        if (!(evidence->parts & TN_EVIDENCE_FACTS))
                return 0;
        evidence->parts |= TN_EVIDENCE_FIRMWARE;
        return tn_gate_firmware_find(gathering->kernel, &evidence->facts, &evidence->arena,
                                     &evidence->firmware);
}

static int gather_release(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;

        if (!(evidence->parts & TN_EVIDENCE_FACTS))
                return 0;
        return tn_evidence_find_release(evidence, gathering->kernel->catalog);
}

int tn_gate_evidence_load_take(struct tn_gate_kernel *kernel, const struct tn_plan *plan,
                               const struct tn_step *step, struct tn_evidence *file,
                               struct tn_evidence *ret_evidence, struct tn_incompletes *incompletes)
{
        static int (*const gatherers[])(struct gathering * gathering) = {
                gather_file, gather_release, gather_needs, gather_offers, gather_firmware,
        };
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = TAKE(*file);
        struct gathering gathering = { kernel, plan, step, &evidence, incompletes };
        int r = 0;

        evidence.err = TN_EVIDENCE_BEFORE;
        evidence.name = step->name;
        evidence.path = step->path;
        evidence.options = step->options;
        evidence.option = step->option;
        evidence.n_options = step->n_options;
        evidence.release = kernel->release;
        take_kernel(&gathering);
        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(gatherers); i++)
                r = gatherers[i](&gathering);
        if (r < 0)
                return r;
        *ret_evidence = TAKE(evidence);
        return 0;
}
