/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stddef.h>
#include <stdint.h>

#include "format/buildid.h"
#include "format/builtin_modinfo.h"
#include "format/modsig.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned seen;

/* Reads every byte, so that the sanitizer sees a span that goes too far. */
static void touch(struct span s)
{
        for (size_t i = 0; i < s.len; i++)
                seen += (unsigned char)s.ptr[i];
}

static void signature(struct span bytes)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        if (tn_modsig_parse(bytes, &arena, &sig) < 0)
                return;
        if (tn_modsig_size(bytes) > bytes.len)
                __builtin_trap();
        touch(sig.id);
        touch(sig.signer);
        touch(sig.key);
        touch(sig.hash);
        touch(sig.signature);
}

static void note(struct span bytes, bool big_endian)
{
        struct tn_elf elf = { .big_endian = big_endian };
        struct span id;

        if (tn_buildid_parse(&elf, bytes, &id) == 0)
                touch(id);
}

static void builtin(struct span bytes)
{
        struct tn_builtin_modinfo entry;

        while (tn_builtin_modinfo_next(&bytes, &entry)) {
                if (entry.module.len == 0)
                        __builtin_trap();
                touch(entry.module);
                touch(entry.info.key);
                touch(entry.info.value);
        }
}

/* What a module says of itself besides its .modinfo, and what a built-in one says. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct span bytes = { (const char *)data, size };

        signature(bytes);
        note(bytes, false);
        note(bytes, true);
        builtin(bytes);
        return 0;
}
