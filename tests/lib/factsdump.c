/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/modfacts.h"
#include "util/cleanup.h"

/*
 * factsdump FILE...: prints what modules say, as the product has it; a line each, the
 * file's name before it:
 *
 *     kind 64|32 big|little MACHINE
 *     export CRC gpl|all|unknown SYMBOL NAMESPACE
 *     need CRC U|W SYMBOL
 *     version CRC classic|extended SYMBOL
 */
static void print_exports(const char *file, const struct tn_facts *facts)
{
        for (size_t i = 0; i < facts->exports.n; i++) {
                const struct tn_exportrule *rule = &facts->export_rules.v[i];
                const struct tn_modsym *sym = &facts->exports.v[i];
                const char *who = rule->gpl_only ? "gpl" : rule->known ? "all" : "unknown";

                printf("%s export %#" PRIx64 " %s %s %s\n", file, sym->crc, who, sym->name.ptr,
                       rule->space.ptr);
        }
}

static void print(const char *file, const struct tn_facts *facts)
{
        const struct tn_modsym *sym;

        printf("%s kind %d %s %d\n", file, facts->elf.is64 ? 64 : 32,
               facts->elf.big_endian ? "big" : "little", facts->elf.machine);
        print_exports(file, facts);
        tn_vec_each (sym, &facts->needs)
                printf("%s need %#" PRIx64 " %c %s\n", file, sym->crc, sym->bind, sym->name.ptr);
        tn_vec_each (sym, &facts->versions)
                printf("%s version %#" PRIx64 " %s %s\n", file, sym->crc,
                       sym->extended ? "extended" : "classic", sym->name.ptr);
}

static int dump(const char *file)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = tn_modfacts_load(AT_FDCWD, file, TN_FACTS_ALL, &facts);

        if (r < 0)
                fprintf(stderr, "factsdump: %s: %s\n", file, strerror(-r));
        else
                print(file, &facts);
        return r;
}

int main(int argc, char **argv)
{
        int status = 0;

        for (int i = 1; i < argc; i++)
                if (dump(argv[i]) < 0)
                        status = 1;
        return status;
}
