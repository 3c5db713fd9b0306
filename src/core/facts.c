/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/facts.h"
#include "core/modfile.h"
#include "util/cleanup.h"
#include "util/file.h"

/*
 * Bounds against hostile files, far above what any module has: entries of one kind, and bytes of all symbol names.
 * Names may overlap in the file, but not here.
 */
#define ENTRIES_MAX 1000000
#define NAMES_MAX   ((size_t)64 * 1024 * 1024)

static int take_info(const struct tn_elf *elf, struct tn_facts *facts)
{
        struct span section;

        if (tn_modinfo_section(elf, &section) < 0)
                return 0;
        return tn_modinfo_copy(section, &facts->arena, &facts->info);
}

/* Symbols' names are copied; *room is how many bytes they may take. */
static int take_names(struct tn_modsyms *syms, struct tn_arena *arena, size_t *room)
{
        struct tn_modsym *sym;

        if (syms->n > ENTRIES_MAX)
                return -EFBIG;
        tn_vec_each (sym, syms) {
                if (sym->name.len >= *room)
                        return -EFBIG;
                *room -= sym->name.len + 1;
                sym->name.ptr = tn_arena_dup(arena, sym->name);
                if (!sym->name.ptr)
                        return -ENOMEM;
        }
        return 0;
}

static int take_symbols(const struct tn_elf *elf, struct tn_facts *facts)
{
        size_t room = NAMES_MAX;
        int r = tn_modsyms_exports(elf, &facts->exports);

        if (r < 0)
                return r;
        facts->needs_err = tn_modsyms_needs(elf, &facts->needs);
        if (facts->needs_err == -ENOMEM)
                return -ENOMEM;
        r = take_names(&facts->exports, &facts->arena, &room);
        return r < 0 ? r : take_names(&facts->needs, &facts->arena, &room);
}

int tn_facts_load(int dirfd, const char *path, struct tn_facts *ret_facts)
{
        int fd = tn_file_open_regular(dirfd, path);

        return fd < 0 ? fd : tn_facts_load_take(fd, ret_facts);
}

int tn_facts_load_take(int fd, struct tn_facts *ret_facts)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct span bytes;
        struct tn_elf elf;
        int r = tn_modfile_take(fd, &file);

        if (r == 0)
                r = tn_modfile_bytes(&file, &bytes);
        if (r == 0)
                r = tn_elf_parse(bytes, &elf);
        if (r == 0)
                r = take_info(&elf, &facts);
        if (r == 0)
                r = take_symbols(&elf, &facts);
        if (r < 0)
                return r;
        *ret_facts = TAKE(facts);
        return 0;
}

void tn_facts_fini(struct tn_facts *facts)
{
        tn_modinfos_fini(&facts->info);
        tn_modsyms_fini(&facts->exports);
        tn_modsyms_fini(&facts->needs);
        tn_arena_fini(&facts->arena);
        *facts = (struct tn_facts){ 0 };
}
