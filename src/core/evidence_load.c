/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/catalog_facts.h"
#include "core/detect.h"
#include "core/evidence_file.h"
#include "core/evidence_firmware.h"
#include "core/evidence_exports.h"
#include "core/evidence_load.h"
#include "core/evidence_symbols.h"
#include "core/list.h"
#include "core/modfacts.h"
#include "util/cleanup.h"

struct gathering {
        const struct tn_evidence_load *from;
        struct tn_evidence *evidence;
        unsigned facts; /* the parts that are wanted */
};

static bool wants(const struct gathering *gathering, enum tn_evidence_part part)
{
        unsigned unused;

        return tn_detect_wants(gathering->from->err, &unused) & part;
}

static int dup_to(struct tn_evidence *evidence, struct span text, const char **ret_text)
{
        *ret_text = tn_arena_dup(&evidence->arena, text);
        return *ret_text ? 0 : -ENOMEM;
}

static int gather_log(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf records = { 0 };
        int fd = gathering->from->log_fd;
        int r = fd < 0 ? fd : tn_kernel_log_read(fd, &records);

        if (r == -ENOMEM)
                return r;
        gathering->evidence->log_err = r;
        return r < 0 ? 0 : tn_evidence_take_log(gathering->evidence, tn_buf_span(&records));
}

static bool is_about_file(const struct tn_evidence_line *line)
{
        return line->known &&
               (line->event.kind == TN_KLOG_FIRMWARE ||
                (line->event.kind >= TN_KLOG_UNKNOWN_PARAMETER && line->event.kind <= TN_KLOG_ARRAY_LENGTH));
}

/*
 * Of what was loaded there is nothing to be read, unless the kernel has ignored a parameter or missed firmware, or cannot be heard and may
 * have.
 */
static bool needs_file(const struct tn_evidence *evidence)
{
        const struct tn_evidence_line *line;

        tn_vec_each (line, &evidence->log)
                if (is_about_file(line))
                        return true;
        return evidence->err < 0 ||
               (!(evidence->parts & TN_EVIDENCE_LOG) && tn_span_trim(tn_span_of(evidence->options)).len > 0);
}

static int gather_file(struct gathering *gathering)
{
        const struct tn_evidence_load *from = gathering->from;
        struct tn_evidence *evidence = gathering->evidence;

        if (from->path && needs_file(evidence))
                return tn_evidence_file_add(from->catalog, from->path, gathering->facts, evidence);
        evidence->file_err = -ENODATA;
        evidence->facts_err = -ENODATA;
        return 0;
}

/* The log has the name that is inside the module. It is looked up only where a line has another than that of the file. */
static int gather_inside(struct gathering *gathering)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        const struct tn_evidence_load *from = gathering->from;
        struct tn_evidence *evidence = gathering->evidence;
        int fd, r = 0;

        if (!tn_evidence_has_others(evidence))
                return 0;
        fd = from->path ? tn_catalog_open_file(from->catalog, from->path) : -ENODATA;
        if (fd >= 0 && tn_modfacts_load_take(fd, TN_FACTS_INFO, &facts) == 0)
                r = dup_to(evidence, tn_facts_info(&facts, SPAN("name")), &evidence->inside);
        tn_evidence_drop_others(evidence);
        return r;
}

static int gather_policy(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf blacklist = { 0 };
        struct tn_evidence *evidence = gathering->evidence;

        tn_kernel_policy_get(&evidence->policy);
        if (tn_kernel_blacklist(&blacklist) == -ENOMEM)
                return -ENOMEM;
        evidence->parts |= TN_EVIDENCE_POLICY;
        evidence->blacklist.len = blacklist.len;
        return dup_to(evidence, tn_buf_span(&blacklist), &evidence->blacklist.ptr);
}

static int add_owner(struct gathering *gathering, struct span symbol)
{
        _cleanup_(tn_buf_fini) struct tn_buf key = { 0 };
        struct tn_evidence *evidence = gathering->evidence;
        struct tn_evidence_owner owner = { .symbol = symbol };
        struct tn_index_hits hits = { 0 };
        enum tn_kernel_state state;
        int r;

        tn_buf_addf(&key, "symbol:%.*s", SPAN_FMT(symbol));
        r = tn_buf_error(&key);
        if (r == 0)
                r = tn_catalog_match(gathering->from->catalog, TN_CATALOG_SYMBOLS, tn_buf_span(&key),
                                     &evidence->arena, &hits);
        if (r == 0 && hits.n > 0) {
                r = dup_to(evidence, hits.v[0].value, &owner.module);
                if (r == 0) {
                        owner.loaded =
                                tn_kernel_module_state(owner.module, &state) < 0 || state == TN_KERNEL_LIVE;
                        r = tn_vec_add(&evidence->owners, owner);
                }
        }
        tn_index_hits_fini(&hits);
        return r == -ENOMEM ? r : 0;
}

/* Of the symbols that the kernel did not find, or in another version; where it cannot be heard, of all that the module needs. */
static int gather_owners(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;
        const struct tn_evidence_line *line;
        const struct tn_modsym *need;
        int r = 0;

        tn_vec_each (line, &evidence->log)
                if (r == 0 && line->known &&
                    (line->event.kind == TN_KLOG_SYMBOL_VERSION ||
                     (line->event.kind == TN_KLOG_UNKNOWN_SYMBOL && line->event.err != -EINVAL)))
                        r = add_owner(gathering, line->event.subject);
        if (!(evidence->parts & TN_EVIDENCE_LOG))
                tn_vec_each (need, &evidence->facts.needs)
                        if (r == 0 && need->bind != 'W')
                                r = add_owner(gathering, need->name);
        evidence->parts |= TN_EVIDENCE_OWNERS;
        return r;
}

static int keep_path(void *data, struct span path)
{
        struct tn_buf *kept = data;

        tn_buf_add_span(kept, path);
        return tn_buf_str(kept) ? 1 : -ENOMEM;
}

/* A module of the running kernel has its vermagic, and is for its machine. */
static int gather_kernel(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        const struct tn_dir *dir = tn_catalog_where(gathering->from->catalog);
        struct tn_evidence *evidence = gathering->evidence;
        int fd, r;

        if (!tn_span_eq(tn_span_base(tn_span_of(dir->path)), tn_span_of(evidence->release)))
                return 0;
        r = tn_list_each(dir, &(struct tn_list_filter){ .dir = "kernel" }, keep_path, &path);
        if (r <= 0)
                return r == -ENOMEM ? r : 0;
        fd = tn_dir_open_regular(dir, path.ptr);
        r = fd < 0 ? fd : tn_modfacts_load_take(fd, TN_FACTS_ELF | TN_FACTS_INFO, &facts);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        evidence->kernel_elf = facts.elf;
        evidence->parts |= TN_EVIDENCE_KERNEL;
        return dup_to(evidence, tn_facts_info(&facts, SPAN("vermagic")), &evidence->vermagic);
}

/* A text that was asked for with that answer. One that cannot be had is not among the parts. */
static int keep_text(struct tn_evidence *evidence, enum tn_evidence_part part, int r,
                     const struct tn_buf *text, struct span *ret_text)
{
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        evidence->parts |= part;
        ret_text->len = text->len;
        return dup_to(evidence, tn_buf_span(text), &ret_text->ptr);
}

/* They are many, and asked for only when the kernel has not found one, or may not have. */
static int gather_symbols(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct tn_evidence *evidence = gathering->evidence;
        const struct tn_evidence_line *line;
        bool unknown = evidence->err == -ENOENT && !(evidence->parts & TN_EVIDENCE_LOG);
        int r;

        tn_vec_each (line, &evidence->log)
                unknown |= line->known && line->event.kind == TN_KLOG_UNKNOWN_SYMBOL;
        r = unknown ? tn_kernel_exports(&names) : -ENODATA;
        if (r == 0 && names.len == 0)
                r = -ENODATA;
        return keep_text(evidence, TN_EVIDENCE_SYMBOLS, r, &names, &evidence->symbols);
}

/* The kernel goes by the name inside of the file, which need not be that of the file. */
static int gather_state(struct gathering *gathering)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        const struct tn_evidence_load *from = gathering->from;
        struct tn_evidence *evidence = gathering->evidence;
        struct span inside;
        int r = tn_kernel_module_state(evidence->name, &evidence->state);

        if (r == 0 && evidence->state == TN_KERNEL_ABSENT && from->path) {
                r = tn_catalog_facts_at(from->catalog, from->path, TN_FACTS_INFO, &facts);
                inside = tn_facts_info(&facts, SPAN("name"));
                if (r == 0 && inside.len)
                        r = tn_kernel_module_state(inside.ptr, &evidence->state);
                if (r == 0 && evidence->state != TN_KERNEL_ABSENT)
                        r = dup_to(evidence, inside, &evidence->name);
        }
        evidence->parts |= r == 0 && tn_kernel_tells_states() ? TN_EVIDENCE_STATE : 0;
        return r == -ENOMEM ? r : 0;
}

static int gather_exporters(struct gathering *gathering)
{
        struct tn_newcomers newcomers = { .running = true };
        int r = tn_evidence_find_exporters(gathering->evidence, gathering->from->catalog, &newcomers);

        tn_newcomers_fini(&newcomers);
        return r;
}

static int gather_exports(struct gathering *gathering)
{
        return tn_evidence_find_exports(gathering->evidence, gathering->from->catalog);
}

static int gather_release(struct gathering *gathering)
{
        return tn_evidence_find_release(gathering->evidence, gathering->from->catalog);
}

static int gather_asked(struct gathering *gathering)
{
        return tn_evidence_find_firmware(gathering->evidence);
}

static int gather_memory(struct gathering *gathering)
{
        struct tn_evidence *evidence = gathering->evidence;

        if (tn_kernel_memory(&evidence->memory, &evidence->memory_free) == 0)
                evidence->parts |= TN_EVIDENCE_MEMORY;
        return 0;
}

static int gather_keys(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf keys = { 0 };
        struct tn_evidence *evidence = gathering->evidence;
        int r = tn_kernel_keys(&keys);

        return keep_text(evidence, TN_EVIDENCE_KEYS, r, &keys, &evidence->keys);
}

static int gather_devices(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf devices = { 0 };
        struct tn_evidence *evidence = gathering->evidence;
        int r = tn_kernel_modaliases(&devices);

        return keep_text(evidence, TN_EVIDENCE_DEVICES, r, &devices, &evidence->devices);
}

/* In this order: what comes later looks at what came before. */
static const struct {
        unsigned parts; /* any of these */
        int (*gather)(struct gathering *gathering);
} table[] = {
        { TN_EVIDENCE_LOG, gather_log },
        { TN_EVIDENCE_LOG, gather_inside },
        { TN_EVIDENCE_FILE | TN_EVIDENCE_FACTS, gather_file },
        { TN_EVIDENCE_POLICY, gather_policy },
        { TN_EVIDENCE_OWNERS, gather_owners },
        { TN_EVIDENCE_KERNEL, gather_kernel },
        { TN_EVIDENCE_SYMBOLS, gather_symbols },
        { TN_EVIDENCE_STATE, gather_state },
        { TN_EVIDENCE_OWNERS, gather_exporters },
        { TN_EVIDENCE_EXPORTS | TN_EVIDENCE_NEEDS, gather_exports },
        { TN_EVIDENCE_RELEASE, gather_release },
        { TN_EVIDENCE_KEYS, gather_keys },
        { TN_EVIDENCE_DEVICES, gather_devices },
        { TN_EVIDENCE_ASKED, gather_asked },
        { TN_EVIDENCE_MEMORY, gather_memory },
};

int tn_evidence_load(const struct tn_evidence_load *from, struct tn_evidence *ret_evidence)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = {
                .err = from->err,
                .option = from->option,
                .n_options = from->n_options,
                .before = from->before,
        };
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 };
        struct gathering gathering = { .from = from, .evidence = &evidence };
        int r;

        tn_detect_wants(from->err, &gathering.facts);
        if (from->err < 0)
                tn_kernel_release(&release);
        r = dup_to(&evidence, tn_span_of(from->name), &evidence.name);
        if (r == 0)
                r = dup_to(&evidence, tn_span_of(from->options), &evidence.options);
        if (r == 0)
                r = dup_to(&evidence, tn_buf_span(&release), &evidence.release);
        if (r == 0 && from->path)
                r = dup_to(&evidence, tn_span_of(from->path), &evidence.path);
        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(table); i++)
                if (wants(&gathering, (enum tn_evidence_part)table[i].parts))
                        r = table[i].gather(&gathering);
        if (r < 0)
                return r;
        *ret_evidence = TAKE(evidence);
        return 0;
}
