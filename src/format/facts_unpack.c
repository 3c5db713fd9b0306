/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/facts_format.h"
#include "format/facts_pack.h"
#include "util/cleanup.h"
#include "util/num.h"

/* Takes values off the front. The first that is not there, or not as it must be, sticks: then all further ones are 0. */
struct reader {
        struct span rest;
        bool bad;
        bool no_memory;
};

static uint64_t take(struct reader *in, size_t size)
{
        uint64_t num = 0;

        if (in->bad || in->rest.len < size) {
                in->bad = true;
                return 0;
        }
        for (size_t i = 0; i < size; i++)
                num |= (uint64_t)(unsigned char)in->rest.ptr[i] << 8 * i;
        in->rest = tn_span_skip(in->rest, size);
        return num;
}

/* A number of up to max. */
static uint64_t take_up_to(struct reader *in, size_t size, uint64_t max)
{
        uint64_t num = take(in, size);

        if (num > max)
                in->bad = true;
        return in->bad ? 0 : num;
}

static struct span take_bytes(struct reader *in)
{
        size_t len = (size_t)take(in, 4);
        struct span bytes = tn_span_head(in->rest, len);

        if (in->bad || len >= in->rest.len || in->rest.ptr[len] != '\0') {
                in->bad = true;
                return SPAN("");
        }
        in->rest = tn_span_skip(in->rest, len + 1);
        return bytes;
}

/* Bytes that are a C string as well. */
static struct span take_text(struct reader *in)
{
        struct span text = take_bytes(in);

        if (tn_span_chr(text, '\0') < text.len)
                in->bad = true;
        return text;
}

/* How many entries follow, and why there are none. A list is as long as its bytes can hold. */
static size_t take_count(struct reader *in, size_t entry_min, int *ret_err)
{
        static const int errors[FACTS_WHYS] = { 0, -ENODATA, -EINVAL, -EFBIG };
        unsigned why = (unsigned)take_up_to(in, 1, FACTS_WHYS - 1);
        size_t n = (size_t)take_up_to(in, 4, in->rest.len / entry_min);

        if (why && n)
                in->bad = true;
        *ret_err = errors[why];
        return in->bad ? 0 : n;
}

static void take_elf(struct reader *in, struct tn_facts *facts)
{
        facts->elf.is64 = take_up_to(in, 1, 1);
        facts->elf.big_endian = take_up_to(in, 1, 1);
        facts->elf.machine = (uint16_t)take(in, 2);
}

static void take_info(struct reader *in, struct tn_facts *facts)
{
        size_t n = take_count(in, FACTS_INFO_MIN, &facts->info_err);

        in->no_memory = in->no_memory || tn_vec_reserve(&facts->info, n) < 0;
        for (size_t i = 0; i < n && !in->bad && !in->no_memory; i++) {
                struct tn_modinfo info = { 0 };

                info.key = take_text(in);
                info.value = take_text(in);
                tn_vec_add(&facts->info, info);
        }
}

/* Symbols whose bind is one of these letters, and which may be extended. */
static void take_symbols(struct reader *in, const char *binds, bool extended, struct tn_modsyms *syms,
                         int *err)
{
        size_t n = take_count(in, FACTS_SYMBOL_MIN, err);

        in->no_memory = in->no_memory || tn_vec_reserve(syms, n) < 0;
        for (size_t i = 0; i < n && !in->bad && !in->no_memory; i++) {
                struct tn_modsym sym = { .crc = take(in, 8) };

                sym.bind = (char)take(in, 1);
                sym.extended = take_up_to(in, 1, extended);
                sym.name = take_text(in);
                in->bad = in->bad || !sym.bind || !strchr(binds, sym.bind);
                tn_vec_add(syms, sym);
        }
}

static void take_exports(struct reader *in, struct tn_facts *facts)
{
        take_symbols(in, "G", false, &facts->exports, &facts->exports_err);
}

/* One for each export. */
static void take_export_rules(struct reader *in, struct tn_facts *facts)
{
        size_t n = take_count(in, FACTS_RULE_MIN, &facts->export_rules_err);

        if (facts->export_rules_err == 0 && n != facts->exports.n)
                in->bad = true;
        in->no_memory = in->no_memory || tn_vec_reserve(&facts->export_rules, n) < 0;
        for (size_t i = 0; i < n && !in->bad && !in->no_memory; i++) {
                unsigned flags = (unsigned)take_up_to(in, 1, FACTS_RULE_ALL);
                struct tn_exportrule rule = { .space = take_text(in) };

                rule.known = flags & FACTS_RULE_KNOWN;
                rule.gpl_only = flags & FACTS_RULE_GPL_ONLY;
                in->bad = in->bad || (rule.gpl_only && !rule.known);
                tn_vec_add(&facts->export_rules, rule);
        }
}

static void take_needs(struct reader *in, struct tn_facts *facts)
{
        take_symbols(in, "UW", false, &facts->needs, &facts->needs_err);
}

static void take_versions(struct reader *in, struct tn_facts *facts)
{
        take_symbols(in, "U", true, &facts->versions, &facts->versions_err);
}

static void take_build_id(struct reader *in, struct tn_facts *facts)
{
        facts->build_id = take_bytes(in);
}

/* Without an id there is none of the rest. */
static void take_signature(struct reader *in, struct tn_facts *facts)
{
        struct tn_modsig *sig = &facts->signature;

        sig->id = take_text(in);
        sig->signer = take_bytes(in);
        sig->key = take_bytes(in);
        sig->hash = take_text(in);
        sig->signature = take_bytes(in);
        if (!sig->id.len && sig->signer.len + sig->key.len + sig->hash.len + sig->signature.len)
                in->bad = true;
}

static struct tn_facts_time take_time(struct reader *in)
{
        int64_t sec = (int64_t)take(in, 8);

        return (struct tn_facts_time){ sec, (uint32_t)take_up_to(in, 4, 999999999) };
}

static void take_file(struct reader *in, struct tn_facts *facts)
{
        struct tn_facts_file *file = &facts->file;

        file->device = take(in, 8);
        file->inode = take(in, 8);
        file->size = take(in, 8);
        file->mtime = take_time(in);
        file->ctime = take_time(in);
        file->codec = take_text(in);
}

static void take_layout(struct reader *in, struct tn_facts *facts)
{
        facts->layout.module_struct = take(in, 8);
        facts->layout.memory = take(in, 8);
        facts->layout.parameters = take(in, 8);
}

static void take_excess(struct reader *in, struct tn_facts_excess *excess)
{
        struct span what = take_text(in);

        excess->found = take(in, 8);
        excess->bound = take(in, 8);
        if (what.len >= sizeof(excess->what) || (!what.len && (excess->found || excess->bound)))
                in->bad = true;
        else
                memcpy(excess->what, what.ptr, what.len);
}

/* In the order of the parts' bits. */
static const struct {
        unsigned part;
        void (*take)(struct reader *in, struct tn_facts *facts);
} takers[] = {
        { TN_FACTS_ELF, take_elf },           { TN_FACTS_INFO, take_info },
        { TN_FACTS_EXPORTS, take_exports },   { TN_FACTS_EXPORT_RULES, take_export_rules },
        { TN_FACTS_NEEDS, take_needs },       { TN_FACTS_VERSIONS, take_versions },
        { TN_FACTS_BUILD_ID, take_build_id }, { TN_FACTS_SIGNATURE, take_signature },
        { TN_FACTS_FILE, take_file },         { TN_FACTS_LAYOUT, take_layout },
};

static int check_head(struct span bytes)
{
        struct span magic = SPAN(FACTS_MAGIC);

        if (bytes.len < FACTS_HEAD || !tn_span_starts(bytes, magic))
                return -EINVAL;
        if (tn_num_le32(bytes.ptr + magic.len) != FACTS_VERSION)
                return -EPROTONOSUPPORT;
        return tn_num_le32(bytes.ptr + magic.len + 4) == bytes.len ? 0 : -EINVAL;
}

static void take_parts(struct reader *in, struct tn_facts *facts)
{
        facts->parts = (unsigned)take_up_to(in, 4, TN_FACTS_ALL);
        if (facts->parts & TN_FACTS_EXPORT_RULES && !(facts->parts & TN_FACTS_EXPORTS))
                in->bad = true;
        take_excess(in, &facts->excess);
        for (size_t i = 0; i < ARRAY_SIZE(takers); i++)
                if (takers[i].part & facts->parts)
                        takers[i].take(in, facts);
}

/* The facts' spans point into one copy of the record. */
int tn_facts_unpack(struct span bytes, struct tn_facts *ret_facts)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct reader in = { .bad = false };
        int r = check_head(bytes);
        const char *copy;

        if (r < 0)
                return r;
        copy = tn_arena_dup(&facts.arena, bytes);
        if (!copy)
                return -ENOMEM;
        in.rest = tn_span_skip((struct span){ copy, bytes.len }, FACTS_HEAD);
        take_parts(&in, &facts);
        if (in.no_memory)
                return -ENOMEM;
        if (in.bad || in.rest.len)
                return -EINVAL;
        *ret_facts = TAKE(facts);
        return 0;
}
