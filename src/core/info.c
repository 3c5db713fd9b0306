/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <strings.h>

#include "core/bounds.h"
#include "core/info.h"
#include "core/modfacts.h"
#include "format/builtin_modinfo.h"
#include "util/cleanup.h"
#include "util/vec.h"

#define HEX_BYTES_IN_LINE 20

/* The keys that are no entries of .modinfo, as tn_info_take() adds them. */
static const struct {
        const char *key;
        unsigned part;
} added[] = {
        { "build-id", TN_FACTS_BUILD_ID },      { "sig_id", TN_FACTS_SIGNATURE },
        { "signer", TN_FACTS_SIGNATURE },       { "sig_key", TN_FACTS_SIGNATURE },
        { "sig_hashalgo", TN_FACTS_SIGNATURE }, { "signature", TN_FACTS_SIGNATURE },
};

unsigned tn_info_parts(const char *key)
{
        for (size_t i = 0; key && i < ARRAY_SIZE(added); i++)
                if (strcasecmp(added[i].key, key) == 0)
                        return TN_FACTS_INFO | added[i].part;
        return key ? TN_FACTS_INFO : TN_INFO_FACTS;
}

/* Text ends at a NUL, wherever it comes from. */
static int add(struct tn_info *info, struct span key, struct span value)
{
        struct tn_modinfo entry = {
                .key = key,
                .value = tn_span_head(value, tn_span_chr(value, '\0')),
        };

        entry.key.ptr = tn_arena_dup(&info->arena, entry.key);
        entry.value.ptr = tn_arena_dup(&info->arena, entry.value);
        return entry.key.ptr && entry.value.ptr ? tn_vec_add(&info->entries, entry) : -ENOMEM;
}

static int add_hex(struct tn_info *info, struct span key, struct span bytes)
{
        static const char digits[] = "0123456789ABCDEF";
        _cleanup_(tn_buf_fini) struct tn_buf hex = { 0 };

        for (size_t i = 0; i < bytes.len; i++) {
                unsigned char c = (unsigned char)bytes.ptr[i];

                if (i)
                        tn_buf_add_str(&hex, i % HEX_BYTES_IN_LINE ? ":" : ":\n\t\t");
                tn_buf_add_char(&hex, digits[c >> 4]);
                tn_buf_add_char(&hex, digits[c & 15]);
        }
        return tn_buf_error(&hex) < 0 ? tn_buf_error(&hex) : add(info, key, tn_buf_span(&hex));
}

static int add_signature(struct tn_info *info, const struct tn_modsig *sig)
{
        int r = add(info, SPAN("sig_id"), sig->id);

        if (r == 0)
                r = add(info, SPAN("signer"), sig->signer);
        if (r == 0)
                r = add_hex(info, SPAN("sig_key"), sig->key);
        if (r == 0)
                r = add(info, SPAN("sig_hashalgo"), sig->hash);
        return r < 0 ? r : add_hex(info, SPAN("signature"), sig->signature);
}

int tn_info_take(struct tn_facts *facts, struct tn_info *ret_info)
{
        _cleanup_(tn_facts_fini) struct tn_facts own = TAKE(*facts);
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        int r = own.info_err;

        info.arena = TAKE(own.arena);
        info.entries = TAKE(own.info);
        if (r == 0 && own.build_id.len)
                r = add_hex(&info, SPAN("build-id"), own.build_id);
        if (r == 0 && own.signature.id.len)
                r = add_signature(&info, &own.signature);
        if (r < 0)
                return r;
        *ret_info = TAKE(info);
        return 0;
}

int tn_info_read(struct tn_modfile *file, unsigned parts, struct tn_info *ret_info)
{
        struct tn_facts facts;
        int r = tn_modfacts_read(file, parts, &facts);

        return r < 0 ? r : tn_info_take(&facts, ret_info);
}

int tn_info_load(int dirfd, const char *path, struct tn_info *ret_info)
{
        struct tn_facts facts;
        int r = tn_modfacts_load(dirfd, path, TN_INFO_FACTS, &facts);

        return r < 0 ? r : tn_info_take(&facts, ret_info);
}

int tn_info_load_builtin(const struct tn_dir *dir, struct span name, struct tn_info *ret_info)
{
        _cleanup_(tn_info_fini) struct tn_info info = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_builtin_modinfo entry;
        struct span rest;
        int r = tn_dir_read(dir, "modules.builtin.modinfo", TN_BOUND_LIST, &text);

        for (rest = tn_buf_span(&text); r == 0 && tn_builtin_modinfo_next(&rest, &entry);)
                if (tn_span_eq(entry.module, name))
                        r = add(&info, entry.info.key, entry.info.value);
        if (r < 0)
                return r;
        *ret_info = TAKE(info);
        return 0;
}

void tn_info_fini(struct tn_info *info)
{
        tn_modinfos_fini(&info->entries);
        tn_arena_fini(&info->arena);
}
