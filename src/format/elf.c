/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <stddef.h>

#include "format/elf_layout.h"
#include "util/num.h"

#define LAYOUT(ehdr, shdr)                                                                                   \
        {                                                                                                    \
                .ehdr_size = sizeof(ehdr), .e_shoff = offsetof(ehdr, e_shoff),                               \
                .e_shentsize = offsetof(ehdr, e_shentsize), .e_shnum = offsetof(ehdr, e_shnum),              \
                .e_shstrndx = offsetof(ehdr, e_shstrndx), .shdr_size = sizeof(shdr),                         \
                .sh_flags = offsetof(shdr, sh_flags), .sh_addr = offsetof(shdr, sh_addr),                    \
                .sh_offset = offsetof(shdr, sh_offset), .sh_size = offsetof(shdr, sh_size),                  \
                .sh_link = offsetof(shdr, sh_link),                                                          \
        }

const struct tn_elf_layout tn_elf_layouts[] = {
        LAYOUT(Elf32_Ehdr, Elf32_Shdr),
        LAYOUT(Elf64_Ehdr, Elf64_Shdr),
};

static bool fits(struct span s, uint64_t off, uint64_t len)
{
        return off <= s.len && len <= s.len - off;
}

bool tn_elf_u16(const struct tn_elf *elf, struct span s, uint64_t off, uint16_t *ret_val)
{
        if (!fits(s, off, sizeof(*ret_val)))
                return false;
        *ret_val = elf->big_endian ? tn_num_be16(s.ptr + off) : tn_num_le16(s.ptr + off);
        return true;
}

bool tn_elf_u32(const struct tn_elf *elf, struct span s, uint64_t off, uint32_t *ret_val)
{
        if (!fits(s, off, sizeof(*ret_val)))
                return false;
        *ret_val = elf->big_endian ? tn_num_be32(s.ptr + off) : tn_num_le32(s.ptr + off);
        return true;
}

bool tn_elf_u64(const struct tn_elf *elf, struct span s, uint64_t off, uint64_t *ret_val)
{
        if (!fits(s, off, sizeof(*ret_val)))
                return false;
        *ret_val = elf->big_endian ? tn_num_be64(s.ptr + off) : tn_num_le64(s.ptr + off);
        return true;
}

bool tn_elf_word(const struct tn_elf *elf, struct span s, uint64_t off, uint64_t *ret_val)
{
        uint32_t half;

        if (elf->is64)
                return tn_elf_u64(elf, s, off, ret_val);
        if (!tn_elf_u32(elf, s, off, &half))
                return false;
        *ret_val = half;
        return true;
}

static struct span section_header(const struct tn_elf *elf, uint32_t index)
{
        size_t size = tn_elf_layouts[elf->is64].shdr_size;

        /* the whole table was checked to lie within the bytes */
        return tn_span_head(tn_span_skip(elf->bytes, (size_t)elf->shoff + index * size), size);
}

static inline uint32_t load32(const struct tn_elf *elf, const char *at)
{
        return elf->big_endian ? tn_num_be32(at) : tn_num_le32(at);
}

static inline uint64_t load_word(const struct tn_elf *elf, const char *at)
{
        if (!elf->is64)
                return load32(elf, at);
        return elf->big_endian ? tn_num_be64(at) : tn_num_le64(at);
}

bool tn_elf_header(const struct tn_elf *elf, struct span entry, struct tn_elf_header *ret_header)
{
        const struct tn_elf_layout *at = &tn_elf_layouts[elf->is64];

        if (entry.len < at->shdr_size)
                return false;
        *ret_header = (struct tn_elf_header){
                .name = load32(elf, entry.ptr + offsetof(Elf32_Shdr, sh_name)),
                .type = load32(elf, entry.ptr + offsetof(Elf32_Shdr, sh_type)),
                .link = load32(elf, entry.ptr + at->sh_link),
                .flags = load_word(elf, entry.ptr + at->sh_flags),
                .addr = load_word(elf, entry.ptr + at->sh_addr),
                .offset = load_word(elf, entry.ptr + at->sh_offset),
                .size = load_word(elf, entry.ptr + at->sh_size),
        };
        return true;
}

/* What section_header() gives points to, before its name is known. */
static bool section_load(const struct tn_elf *elf, uint32_t index, struct tn_elf_section *ret_section)
{
        struct tn_elf_section sec = { .index = index };
        struct tn_elf_header header;
        struct span head;

        if (index >= elf->n_sections)
                return false;
        head = section_header(elf, index);
        if (!tn_elf_header(elf, head, &header))
                return false;
        sec.header = (uint64_t)(head.ptr - elf->bytes.ptr);
        sec.type = header.type;
        sec.flags = header.flags;
        sec.addr = header.addr;
        sec.link = header.link;
        if (sec.type != SHT_NOBITS) {
                if (!fits(elf->bytes, header.offset, header.size))
                        return false;
                sec.bytes = (struct span){ elf->bytes.ptr + header.offset, (size_t)header.size };
        }
        *ret_section = sec;
        return true;
}

/* The name table from where the section's name begins; empty when that is not within the table. */
static struct span section_name_rest(const struct tn_elf *elf, uint32_t index)
{
        uint32_t off;

        if (!tn_elf_u32(elf, section_header(elf, index), offsetof(Elf32_Shdr, sh_name), &off))
                return (struct span){ 0 };
        return fits(elf->names, off, 1) ? tn_span_skip(elf->names, off) : (struct span){ 0 };
}

int tn_elf_section(const struct tn_elf *elf, uint32_t index, struct tn_elf_section *ret_section)
{
        struct tn_elf_section sec;
        struct span rest;
        size_t len;

        if (!section_load(elf, index, &sec))
                return -EINVAL;
        rest = tn_span_head(section_name_rest(elf, index), TN_ELF_NAME_MAX + 1);
        len = tn_span_chr(rest, '\0');
        if (len == rest.len)
                return -EINVAL;
        sec.name = tn_span_head(rest, len);
        *ret_section = sec;
        return 0;
}

/* Compared before it is measured: names may overlap, and hostile ones be long. */
static bool is_named(struct span rest, struct span name)
{
        return rest.len > name.len && rest.ptr[name.len] == '\0' && tn_span_starts(rest, name);
}

int tn_elf_find(const struct tn_elf *elf, struct span name, struct tn_elf_section *ret_section)
{
        for (uint32_t i = 0; i < elf->n_sections; i++)
                if (is_named(section_name_rest(elf, i), name) && tn_elf_section(elf, i, ret_section) == 0)
                        return 0;
        return -ENODATA;
}

/* A bit for the third byte of a name: that of most sections, and of few that are looked for, is another one. */
static inline uint64_t third(const char *name)
{
        return (uint64_t)1 << (name[2] & 63);
}

/* Where a name is in the list that the section still stands for; n when it is none of it. */
static size_t find_name(struct span rest, const struct span *names, size_t n, unsigned found)
{
        for (size_t k = 0; k < n; k++)
                if (!(found & 1u << k) && is_named(rest, names[k]))
                        return k;
        return n;
}

unsigned tn_elf_find_each(const struct tn_elf *elf, const struct span *names, size_t n,
                          struct span *ret_bytes)
{
        const size_t size = tn_elf_layouts[elf->is64].shdr_size;
        const char *entry =
                elf->bytes.ptr + elf->shoff; /* the whole table was checked to lie within the bytes */
        struct tn_elf_section sec;
        uint64_t thirds = 0;
        unsigned found = 0;

        for (size_t k = 0; k < n; k++)
                thirds |= third(names[k].ptr);
        for (uint32_t i = 0; i < elf->n_sections; i++, entry += size) {
                uint32_t at = load32(elf, entry + offsetof(Elf32_Shdr, sh_name));
                struct span rest;
                size_t k;

                if (at >= elf->names.len || elf->names.len - at < 3 || !(thirds & third(elf->names.ptr + at)))
                        continue;
                rest = tn_span_skip(elf->names, at);
                k = find_name(rest, names, n, found);
                if (k == n || tn_elf_section(elf, i, &sec) < 0)
                        continue;
                ret_bytes[k] = sec.bytes;
                found |= 1u << k;
        }
        return found;
}

static bool parse_ident(struct span bytes, struct tn_elf *elf)
{
        if (bytes.len < EI_NIDENT)
                return false;
        switch (bytes.ptr[EI_CLASS]) {
        case ELFCLASS32: elf->is64 = false; break;
        case ELFCLASS64: elf->is64 = true; break;
        default: return false;
        }
        switch (bytes.ptr[EI_DATA]) {
        case ELFDATA2LSB: elf->big_endian = false; break;
        case ELFDATA2MSB: elf->big_endian = true; break;
        default: return false;
        }
        return true;
}

int tn_elf_parse_head(struct span bytes, struct tn_elf *ret_elf, uint32_t *ret_names_index)
{
        struct tn_elf elf = { .bytes = bytes };
        const struct tn_elf_layout *at;
        uint16_t entsize, n, names_index;

        if (bytes.len <= EI_DATA)
                return -EINVAL;
        if (!tn_span_starts(bytes, SPAN(ELFMAG)))
                return -ENOEXEC;
        if (!parse_ident(bytes, &elf))
                return -EINVAL;
        at = &tn_elf_layouts[elf.is64];
        if (!fits(bytes, 0, at->ehdr_size) ||
            !tn_elf_u16(&elf, bytes, offsetof(Elf32_Ehdr, e_machine), &elf.machine) ||
            !tn_elf_word(&elf, bytes, at->e_shoff, &elf.shoff) ||
            !tn_elf_u16(&elf, bytes, at->e_shentsize, &entsize) ||
            !tn_elf_u16(&elf, bytes, at->e_shnum, &n) ||
            !tn_elf_u16(&elf, bytes, at->e_shstrndx, &names_index))
                return -EINVAL;
        if (n == 0 || entsize != at->shdr_size || elf.shoff < at->ehdr_size || names_index >= n)
                return -EINVAL;
        elf.n_sections = n;
        *ret_elf = elf;
        *ret_names_index = names_index;
        return 0;
}

int tn_elf_parse(struct span bytes, struct tn_elf *ret_elf)
{
        struct tn_elf_section names;
        struct tn_elf elf;
        uint32_t names_index;
        int r = tn_elf_parse_head(bytes, &elf, &names_index);

        if (r < 0)
                return r;
        if (!fits(bytes, elf.shoff, (uint64_t)elf.n_sections * tn_elf_layouts[elf.is64].shdr_size))
                return -EINVAL;
        if (section_load(&elf, names_index, &names))
                elf.names = names.bytes;
        *ret_elf = elf;
        return 0;
}
