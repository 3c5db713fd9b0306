/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>

#include "format/buildid.h"
#include "format/elf.h"
#include "format/facts_parse.h"
#include "format/modsect.h"
#include "util/cleanup.h"

/*
 * Bounds against hostile files, far above what any module has: symbols of one kind, and bytes of all their names. Names
 * may overlap in the file, but not here.
 */
#define ENTRIES_MAX 250000
#define NAMES_MAX   ((size_t)16 << 20)

/* What parts are read from, and into. */
struct reader {
        struct tn_elf elf;
        struct tn_modsects sects;
        unsigned parts;
        struct tn_facts_room *room;
        struct tn_facts *facts;
        bool borrows; /* what the facts point to stays in the object */
};

static void note_excess(struct tn_facts *facts, const char *of, const char *what, uint64_t found,
                        uint64_t bound)
{
        if (facts->excess.what[0])
                return;
        snprintf(facts->excess.what, sizeof(facts->excess.what), "%s%s", of, what);
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

static int take_info(struct reader *reader)
{
        struct tn_facts *facts = reader->facts;
        struct span section;
        int r = tn_modsects_get(&reader->sects, TN_MODSECT_INFO, &section);

        if (r == 0)
                r = reader->borrows ? tn_modinfo_list(section, &facts->info)
                                    : tn_modinfo_copy(section, &facts->arena, &facts->info);
        facts->info_err = r;
        if (r == -EFBIG)
                note_excess(facts, "entries of ", ".modinfo", count_info(section), TN_MODINFO_ENTRIES_MAX);
        return r == -ENOMEM ? r : 0;
}

/* Copies what the span is of, and lets it point to the copy. */
static int own(const struct reader *reader, struct span *bytes)
{
        if (reader->borrows)
                return 0;
        bytes->ptr = tn_arena_dup(&reader->facts->arena, *bytes);
        return bytes->ptr ? 0 : -ENOMEM;
}

/* Returns 0 when there are not too many of them, -EFBIG after it was noted. */
static int check_names(struct tn_facts *facts, const struct tn_modsyms *syms, const char *what)
{
        const struct tn_modsym *sym;
        size_t bytes = 0;

        tn_vec_each (sym, syms)
                bytes += sym->name.len + 1;
        if (syms->n > ENTRIES_MAX)
                note_excess(facts, "", what, syms->n, ENTRIES_MAX);
        else if (bytes > NAMES_MAX)
                note_excess(facts, "bytes of ", what, bytes, NAMES_MAX);
        else
                return 0;
        return -EFBIG;
}

/* Keeps a list that was read, its names copied, or why there is none. Returns 0 or -ENOMEM. */
static int keep_list(const struct reader *reader, int read, const char *what, struct tn_modsyms *syms,
                     int *err)
{
        struct tn_modsym *sym;

        *err = read < 0 ? read : check_names(reader->facts, syms, what);
        if (*err < 0) {
                tn_modsyms_fini(syms);
                return *err == -ENOMEM ? -ENOMEM : 0;
        }
        if (reader->borrows)
                return 0;
        tn_vec_each (sym, syms) {
                if (own(reader, &sym->name) < 0)
                        return -ENOMEM;
        }
        return 0;
}

static int take_symbols(struct reader *reader)
{
        struct tn_facts *facts = reader->facts;
        struct tn_modsym_lists lists = {
                .exports = reader->parts & TN_FACTS_EXPORTS ? &facts->exports : NULL,
                .needs = reader->parts & TN_FACTS_NEEDS ? &facts->needs : NULL,
        };
        int r = tn_modsyms_read(&reader->sects, &reader->room->symbols, &lists);

        facts->lacks_crcs = lists.lacks_crcs;
        if (r == 0 && lists.exports)
                r = keep_list(reader, 0, "exports", lists.exports, &facts->exports_err);
        if (r == 0 && lists.needs)
                r = keep_list(reader, lists.needs_err, "needs", lists.needs, &facts->needs_err);
        return r;
}

static int take_export_rules(struct reader *reader)
{
        struct tn_facts *facts = reader->facts;
        struct tn_exportrules *rules = &facts->export_rules;
        struct tn_exportrule *rule;
        size_t bytes = 0;
        int r = tn_exportrules_find(&reader->elf, &facts->exports, rules);

        tn_vec_each (rule, rules)
                bytes += rule->space.len + 1;
        if (bytes > NAMES_MAX) {
                note_excess(facts, "bytes of ", "namespaces", bytes, NAMES_MAX);
                tn_exportrules_fini(rules);
                facts->export_rules_err = -EFBIG;
        }
        tn_vec_each (rule, rules)
                if (r == 0)
                        r = own(reader, &rule->space);
        return r;
}

static int take_versions(struct reader *reader)
{
        struct tn_facts *facts = reader->facts;
        int r = tn_modsyms_versions(&reader->elf, &facts->versions);

        return keep_list(reader, r, "versions", &facts->versions, &facts->versions_err);
}

static int take_kind(struct reader *reader)
{
        const struct tn_elf *elf = &reader->elf;

        reader->facts->elf = (struct tn_facts_elf){ elf->is64, elf->big_endian, elf->machine };
        return 0;
}

static int take_build_id(struct reader *reader)
{
        struct tn_facts *facts = reader->facts;
        struct tn_elf_section notes;

        if (tn_elf_find(&reader->elf, SPAN(TN_BUILDID_SECTION), &notes) < 0 ||
            tn_buildid_parse(&reader->elf, notes.bytes, &facts->build_id) < 0)
                return 0;
        return own(reader, &facts->build_id);
}

static int take_signature(struct reader *reader)
{
        struct tn_modsig *sig = &reader->facts->signature;
        struct span *const fields[] = { &sig->id, &sig->signer, &sig->key, &sig->hash, &sig->signature };
        int r = tn_modsig_parse(reader->elf.bytes, &reader->facts->arena, sig);

        if (r < 0)
                return r == -ENODATA ? 0 : r;
        for (size_t i = 0; i < ARRAY_SIZE(fields) && r == 0; i++)
                r = own(reader, fields[i]);
        return r;
}

static int take_layout(struct reader *reader)
{
        reader->facts->layout = tn_modlayout_read(&reader->elf);
        return 0;
}

static const struct {
        unsigned parts;
        int (*take)(struct reader *reader);
} takers[] = {
        { TN_FACTS_ELF, take_kind },
        { TN_FACTS_INFO, take_info },
        { TN_FACTS_EXPORTS | TN_FACTS_NEEDS, take_symbols },
        { TN_FACTS_EXPORT_RULES, take_export_rules },
        { TN_FACTS_VERSIONS, take_versions },
        { TN_FACTS_BUILD_ID, take_build_id },
        { TN_FACTS_SIGNATURE, take_signature },
        { TN_FACTS_LAYOUT, take_layout },
};

static int take_parts(struct span module, struct reader *reader)
{
        int r = tn_elf_parse(module, &reader->elf);

        if (r < 0)
                return r;
        if (reader->parts & TN_FACTS_EXPORT_RULES)
                reader->parts |= TN_FACTS_EXPORTS;
        tn_modsects_find(&reader->elf, &reader->sects);
        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(takers); i++) {
                if (!(takers[i].parts & reader->parts))
                        continue;
                r = takers[i].take(reader);
                reader->facts->parts |= takers[i].parts & reader->parts;
        }
        return r;
}

int tn_facts_parse(struct span module, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_facts_room_fini) struct tn_facts_room room = { 0 };
        struct reader reader = { .parts = parts, .room = &room, .facts = &facts };
        int r = take_parts(module, &reader);

        if (r < 0)
                return r;
        *ret_facts = TAKE(facts);
        return 0;
}

void tn_facts_room_fini(struct tn_facts_room *room)
{
        tn_facts_fini(&room->facts);
        tn_modsym_room_fini(&room->symbols);
}

/* The lists that are filled most often keep their memory. */
static void empty(struct tn_facts *facts)
{
        struct tn_modsyms exports = TAKE(facts->exports), needs = TAKE(facts->needs);
        struct tn_modinfos info = TAKE(facts->info);

        tn_facts_fini(facts);
        info.n = exports.n = needs.n = 0;
        facts->info = info;
        facts->exports = exports;
        facts->needs = needs;
}

int tn_facts_look(struct span module, unsigned parts, struct tn_facts_room *room, struct tn_facts **ret_facts)
{
        struct reader reader = { .parts = parts, .room = room, .facts = &room->facts, .borrows = true };
        int r;

        empty(&room->facts);
        r = take_parts(module, &reader);
        if (r < 0)
                return r;
        *ret_facts = &room->facts;
        return 0;
}
