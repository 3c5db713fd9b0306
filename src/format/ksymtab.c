/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/ksymtab.h"
#include "util/cleanup.h"

/* How the fields of an entry are written: size bytes each, so many of them. */
struct layout {
        uint8_t size;
        uint8_t fields; /* value, name, and the namespace if there is a third */
        bool relative;
};

/* Tried in this order: the first by which all names and namespaces are strings, and each CRC has its entry. */
static const struct layout layouts[] = {
        { 4, 3, true }, { 4, 2, true }, { 8, 3, false }, { 8, 2, false }, { 4, 3, false }, { 4, 2, false },
};

struct table {
        const struct tn_elf *kernel;
        struct tn_elf_section entries, crcs, strings;
        bool has_crcs;
        bool gpl_only;
        const struct layout *layout;
};

static size_t entry_size(const struct layout *layout)
{
        return (size_t)layout->size * layout->fields;
}

static bool load_field(const struct table *table, uint64_t at, uint64_t *ret_addr)
{
        struct span bytes = table->entries.bytes;
        uint32_t half;

        if (table->layout->size == 8)
                return tn_elf_u64(table->kernel, bytes, at, ret_addr);
        if (!tn_elf_u32(table->kernel, bytes, at, &half))
                return false;
        *ret_addr = half;
        if (table->layout->relative)
                *ret_addr = table->entries.addr + at + (uint64_t)(int64_t)(int32_t)half;
        if (!table->kernel->is64)
                *ret_addr = (uint32_t)*ret_addr;
        return true;
}

/* False when it is no string of the table's. */
static bool load_string(const struct table *table, uint64_t addr, struct span *ret_string)
{
        struct span rest;
        size_t len;

        if (addr < table->strings.addr || addr - table->strings.addr >= table->strings.bytes.len)
                return false;
        rest = tn_span_skip(table->strings.bytes, (size_t)(addr - table->strings.addr));
        len = tn_span_chr(rest, '\0');
        *ret_string = tn_span_head(rest, len);
        return len < rest.len;
}

/* Where there is no namespace, the field is 0, as an offset too, or leads to an empty string. */
static bool load_namespace(const struct table *table, uint64_t at, struct span *ret_namespace)
{
        uint64_t addr;

        *ret_namespace = SPAN("");
        if (table->layout->fields < 3)
                return true;
        if (!load_field(table, at, &addr))
                return false;
        if (addr == (table->layout->relative ? table->entries.addr + at : 0))
                return true;
        return load_string(table, addr, ret_namespace);
}

static bool load_entry(const struct table *table, size_t i, struct tn_ksymtab_entry *ret_entry)
{
        struct tn_ksymtab_entry entry = { .has_crc = table->has_crcs, .gpl_only = table->gpl_only };
        uint64_t at = (uint64_t)i * entry_size(table->layout), name;

        if (!load_field(table, at + table->layout->size, &name) || !load_string(table, name, &entry.name) ||
            entry.name.len == 0 ||
            !load_namespace(table, at + (uint64_t)2 * table->layout->size, &entry.namespace))
                return false;
        if (entry.has_crc && !tn_elf_u32(table->kernel, table->crcs.bytes, (uint64_t)4 * i, &entry.crc))
                return false;
        *ret_entry = entry;
        return true;
}

static size_t count(const struct table *table)
{
        return table->entries.bytes.len / entry_size(table->layout);
}

static bool is_readable(const struct table *table)
{
        struct tn_ksymtab_entry entry;
        size_t n = count(table);

        if (n * entry_size(table->layout) != table->entries.bytes.len)
                return false;
        if (table->has_crcs && n * 4 != table->crcs.bytes.len)
                return false;
        for (size_t i = 0; i < n; i++)
                if (!load_entry(table, i, &entry))
                        return false;
        return true;
}

static int each(struct table *table, tn_ksymtab_fn *fn, void *data)
{
        struct tn_ksymtab_entry entry;
        int r = 0;

        for (size_t i = 0; i < ARRAY_SIZE(layouts); i++) {
                table->layout = &layouts[i];
                if (!is_readable(table))
                        continue;
                for (size_t k = 0; r == 0 && k < count(table) && load_entry(table, k, &entry); k++)
                        r = fn(data, &entry);
                return r;
        }
        return -EINVAL;
}

int tn_ksymtab_each(const struct tn_elf *kernel, tn_ksymtab_fn *fn, void *data)
{
        static const struct {
                struct span entries, crcs;
                bool gpl_only;
        } tables[] = {
                { SPAN("__ksymtab"), SPAN("__kcrctab"), false },
                { SPAN("__ksymtab_gpl"), SPAN("__kcrctab_gpl"), true },
        };
        int r = 0, found = -ENODATA;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(tables); i++) {
                struct table table = { .kernel = kernel, .gpl_only = tables[i].gpl_only };

                if (tn_elf_find(kernel, tables[i].entries, &table.entries) < 0)
                        continue;
                if (tn_elf_find(kernel, SPAN("__ksymtab_strings"), &table.strings) < 0)
                        return -EINVAL;
                table.has_crcs = tn_elf_find(kernel, tables[i].crcs, &table.crcs) == 0;
                found = 0;
                r = each(&table, fn, data);
        }
        return r ? r : found;
}
