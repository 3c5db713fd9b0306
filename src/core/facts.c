/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>

#include "core/facts.h"
#include "core/modfile.h"
#include "format/elf.h"
#include "util/cleanup.h"
#include "util/file.h"

/*
 * Bounds against hostile files, far above what any module has: entries of one kind, and bytes of all symbol names.
 * Names may overlap in the file, but not here.
 */
#define ENTRIES_MAX 250000
#define NAMES_MAX   ((size_t)16 << 20)

/* What facts are made of; of the module's other sections a large one costs nothing. Symbols' versions are in __kcrctab. */
static const struct span parts[] = {
        SPAN(".modinfo"),   SPAN(".symtab"),           SPAN(".strtab"),   SPAN("__kcrctab"),
        SPAN("___kcrctab"), SPAN("__ksymtab_strings"), SPAN("__version"),
};

static const struct tn_elfsift_want wanted = { parts, ARRAY_SIZE(parts), (size_t)16 << 20 };

static void note_excess(struct tn_facts *facts, const char *what, struct span of, uint64_t found,
                        uint64_t bound)
{
        if (facts->excess.what[0])
                return;
        snprintf(facts->excess.what, sizeof(facts->excess.what), "%s%.*s", what, SPAN_FMT(of));
        facts->excess.found = found;
        facts->excess.bound = bound;
}

static uint64_t count_info(struct span section)
{
        struct tn_modinfo entry;
        uint64_t n = 0;

        while (tn_modinfo_next(&section, &entry))
                n++;
        return n;
}

static int take_info(const struct tn_elf *elf, struct tn_facts *facts)
{
        struct span section;
        int r;

        if (tn_modinfo_section(elf, &section) < 0)
                return 0;
        r = tn_modinfo_copy(section, &facts->arena, &facts->info);
        if (r != -EFBIG)
                return r;
        note_excess(facts, "entries of .modinfo", SPAN(""), count_info(section), TN_MODINFO_ENTRIES_MAX);
        return 0;
}

/* Symbols' names are copied; *room is how many bytes they may take. What is too much is left out. */
static int take_names(struct tn_facts *facts, struct tn_modsyms *syms, const char *what, size_t *room)
{
        struct tn_modsym *sym;
        size_t bytes = 0;

        tn_vec_each (sym, syms)
                bytes += sym->name.len + 1;
        if (syms->n > ENTRIES_MAX || bytes > *room) {
                if (syms->n > ENTRIES_MAX)
                        note_excess(facts, what, SPAN(""), syms->n, ENTRIES_MAX);
                else
                        note_excess(facts, "bytes of ", tn_span_of(what), bytes, NAMES_MAX);
                tn_modsyms_fini(syms);
                return 0;
        }
        *room -= bytes;
        tn_vec_each (sym, syms) {
                sym->name.ptr = tn_arena_dup(&facts->arena, sym->name);
                if (!sym->name.ptr)
                        return -ENOMEM;
        }
        return 0;
}

static int take_symbols(const struct tn_elf *elf, struct tn_facts *facts)
{
        size_t room = NAMES_MAX;
        int r = tn_modsyms_exports(elf, &facts->exports);

        if (r == 0)
                r = take_names(facts, &facts->exports, "exports", &room);
        if (r < 0)
                return r;
        facts->needs_err = tn_modsyms_needs(elf, &facts->needs);
        if (facts->needs_err == -ENOMEM)
                return -ENOMEM;
        return take_names(facts, &facts->needs, "needs", &room);
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
        struct tn_elfsift_excess excess = { .size = 0 };
        struct span bytes;
        struct tn_elf elf;
        int r = tn_modfile_take(fd, &file);

        if (r == 0)
                r = tn_modfile_parts(&file, &wanted, &bytes, &excess);
        if (r == 0 && excess.name[0])
                note_excess(&facts, "bytes of ", tn_span_of(excess.name), excess.size, wanted.max);
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
