/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "factspack.h"
#include "util/cleanup.h"

static void put(struct tn_buf *out, uint64_t num, size_t size)
{
        for (size_t i = 0; i < size; i++)
                tn_buf_add_char(out, (char)(num >> 8 * i));
}

static void put_bytes(struct tn_buf *out, struct span bytes)
{
        put(out, bytes.len, 4);
        tn_buf_add_span(out, bytes);
        tn_buf_add_char(out, '\0');
}

/* What begins each list. */
static void put_count(struct tn_buf *out, int err, size_t n)
{
        put(out, (uint64_t)-err, 4);
        put(out, n, 4);
}

static void put_elf(const struct tn_facts *facts, struct tn_buf *out)
{
        put(out, facts->elf.is64, 1);
        put(out, facts->elf.big_endian, 1);
        put(out, facts->elf.machine, 2);
}

static void put_info(const struct tn_facts *facts, struct tn_buf *out)
{
        const struct tn_modinfo *info;

        put_count(out, facts->info_err, facts->info.n);
        tn_vec_each (info, &facts->info) {
                put_bytes(out, info->key);
                put_bytes(out, info->value);
        }
}

static void put_symbols(struct tn_buf *out, int err, const struct tn_modsyms *syms)
{
        const struct tn_modsym *sym;

        put_count(out, err, syms->n);
        tn_vec_each (sym, syms) {
                put(out, sym->crc, 8);
                put(out, (unsigned char)sym->bind, 1);
                put(out, sym->extended, 1);
                put_bytes(out, sym->name);
        }
}

static void put_exports(const struct tn_facts *facts, struct tn_buf *out)
{
        put_symbols(out, facts->exports_err, &facts->exports);
}

static void put_export_rules(const struct tn_facts *facts, struct tn_buf *out)
{
        const struct tn_exportrule *rule;

        put_count(out, facts->export_rules_err, facts->export_rules.n);
        tn_vec_each (rule, &facts->export_rules) {
                put(out, rule->known, 1);
                put(out, rule->gpl_only, 1);
                put_bytes(out, rule->space);
        }
}

static void put_needs(const struct tn_facts *facts, struct tn_buf *out)
{
        put_symbols(out, facts->needs_err, &facts->needs);
}

static void put_versions(const struct tn_facts *facts, struct tn_buf *out)
{
        put_symbols(out, facts->versions_err, &facts->versions);
}

static void put_build_id(const struct tn_facts *facts, struct tn_buf *out)
{
        put_bytes(out, facts->build_id);
}

static void put_signature(const struct tn_facts *facts, struct tn_buf *out)
{
        const struct tn_modsig *sig = &facts->signature;

        put_bytes(out, sig->id);
        put_bytes(out, sig->signer);
        put_bytes(out, sig->key);
        put_bytes(out, sig->hash);
        put_bytes(out, sig->signature);
}

static void put_time(struct tn_buf *out, struct tn_facts_time time)
{
        put(out, (uint64_t)time.sec, 8);
        put(out, time.nsec, 4);
}

static void put_file(const struct tn_facts *facts, struct tn_buf *out)
{
        const struct tn_facts_file *file = &facts->file;

        put(out, file->device, 8);
        put(out, file->inode, 8);
        put(out, file->size, 8);
        put_time(out, file->mtime);
        put_time(out, file->ctime);
        put_bytes(out, file->codec);
}

static void put_layout(const struct tn_facts *facts, struct tn_buf *out)
{
        put(out, facts->layout.module_struct, 8);
        put(out, facts->layout.memory, 8);
        put(out, facts->layout.parameters, 8);
}

/* In the order of the parts' bits. */
static const struct {
        unsigned part;
        void (*put)(const struct tn_facts *facts, struct tn_buf *out);
} putters[] = {
        { TN_FACTS_ELF, put_elf },           { TN_FACTS_INFO, put_info },
        { TN_FACTS_EXPORTS, put_exports },   { TN_FACTS_EXPORT_RULES, put_export_rules },
        { TN_FACTS_NEEDS, put_needs },       { TN_FACTS_VERSIONS, put_versions },
        { TN_FACTS_BUILD_ID, put_build_id }, { TN_FACTS_SIGNATURE, put_signature },
        { TN_FACTS_FILE, put_file },         { TN_FACTS_LAYOUT, put_layout },
};

int factspack(const struct tn_facts *facts, struct tn_buf *out)
{
        put(out, facts->parts, 4);
        put_bytes(out, tn_span_of(facts->excess.what));
        put(out, facts->excess.found, 8);
        put(out, facts->excess.bound, 8);
        for (size_t i = 0; i < ARRAY_SIZE(putters); i++)
                if (putters[i].part & facts->parts)
                        putters[i].put(facts, out);
        return tn_buf_error(out);
}
