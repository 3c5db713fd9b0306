/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/evidence_exports.h"
#include "core/exports.h"
#include "util/cleanup.h"

/* How many modules are read where nothing lists what the kernel exports. */
#define READS_MAX 1024

struct asking {
        struct tn_evidence *evidence;
        struct tn_catalog *catalog;
        struct tn_exports *exports; /* NULL until the first question */
};

static void asking_fini(struct asking *asking)
{
        tn_exports_close(asking->exports);
}

static int open_exports(struct asking *asking)
{
        const struct tn_exports_from from = {
                .catalog = asking->catalog,
                .release = asking->evidence->release,
                .except = asking->evidence->name,
                .reads_max = READS_MAX,
        };

        return asking->exports ? 0 : tn_exports_open(&from, &asking->exports);
}

/* What is known of a symbol, kept with the evidence. Returns what tn_exports_find() does. */
static int find(struct asking *asking, struct span symbol, struct tn_export *ret_export)
{
        struct tn_arena *arena = &asking->evidence->arena;
        struct tn_export export = { 0 };
        int r = open_exports(asking);

        if (r == 0)
                r = tn_exports_find(asking->exports, symbol, &export);
        if (r < 0)
                return r;
        export.name = symbol;
        export.space.ptr = tn_arena_dup(arena, export.space);
        export.owner = tn_arena_dup(arena, tn_span_of(export.owner));
        if (!export.space.ptr || !export.owner)
                return -ENOMEM;
        *ret_export = export;
        return 0;
}

static int ask(struct asking *asking, struct span symbol)
{
        struct tn_evidence_export export = { .symbol = symbol };

        if (tn_evidence_find_export(asking->evidence, symbol))
                return 0;
        export.err = find(asking, symbol, &export.export);
        if (export.err == -ENOMEM)
                return -ENOMEM;
        return export.err == -ENODATA ? 0 : tn_vec_add(&asking->evidence->exports, export);
}

/* Of a symbol that was not found it is worth asking only where the kernel does not list what it exports. */
static bool is_worth(const struct tn_evidence *evidence, const struct tn_evidence_line *line)
{
        struct span symbol = line->event.subject;

        if (!line->known)
                return false;
        if (line->event.kind == TN_KLOG_SYMBOL_VERSION)
                return !tn_span_eq(symbol, SPAN("module_layout"));
        return line->event.kind == TN_KLOG_UNKNOWN_SYMBOL && line->event.err == -ENOENT &&
               !(evidence->parts & TN_EVIDENCE_SYMBOLS) && !tn_evidence_find_owner(evidence, symbol);
}

static bool is_loaded(const char *module)
{
        enum tn_kernel_state state;

        return strcmp(module, "vmlinux") == 0 || tn_kernel_module_state(module, &state) < 0 ||
               state == TN_KERNEL_LIVE;
}

/* What the kernel lists goes before what files say: of a symbol that is there they may know no more than that. */
static void compare(const struct tn_evidence *evidence, struct tn_evidence_need *need)
{
        if (!(evidence->parts & TN_EVIDENCE_SYMBOLS)) {
                need->there = need->err == 0 && is_loaded(need->export.owner);
                return;
        }
        need->there = tn_evidence_is_exported(evidence, need->symbol);
        if (need->there && need->err == -ENOENT)
                need->err = -ENODATA;
        if (!need->there && (need->err == -ENODATA || (need->err == 0 && is_loaded(need->export.owner))))
                need->err = -ENOENT;
}

static int add_need(struct asking *asking, const struct tn_modsym *sym)
{
        struct tn_evidence_need need = { .symbol = sym->name, .crc = sym->crc, .weak = sym->bind == 'W' };

        need.err = find(asking, sym->name, &need.export);
        if (need.err == -ENOMEM)
                return -ENOMEM;
        compare(asking->evidence, &need);
        return tn_vec_add(&asking->evidence->needs, need);
}

static int add_needs(struct asking *asking)
{
        struct tn_evidence *evidence = asking->evidence;
        const struct tn_modsym *sym;
        int r = 0;

        tn_vec_each (sym, &evidence->facts.needs)
                if (r == 0)
                        r = add_need(asking, sym);
        evidence->parts |= r == 0 ? TN_EVIDENCE_NEEDS : 0;
        return r;
}

int tn_evidence_find_exports(struct tn_evidence *evidence, struct tn_catalog *catalog)
{
        _cleanup_(asking_fini) struct asking asking = { .evidence = evidence, .catalog = catalog };
        const struct tn_dir *dir = tn_catalog_where(catalog);
        const struct tn_evidence_line *line;
        int r = 0;

        if (!tn_span_eq(tn_span_base(tn_span_of(dir->path)), tn_span_of(evidence->release)))
                return 0;
        if (!(evidence->parts & TN_EVIDENCE_LOG))
                return add_needs(&asking);
        tn_vec_each (line, &evidence->log)
                if (r == 0 && is_worth(evidence, line))
                        r = ask(&asking, line->event.subject);
        evidence->parts |= r == 0 ? TN_EVIDENCE_EXPORTS : 0;
        return r;
}
