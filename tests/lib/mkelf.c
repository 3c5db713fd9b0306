/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>

#include "mkelf.h"
#include "util/cleanup.h"

static void put(const struct mkelf *elf, struct tn_buf *buf, uint64_t val, size_t size)
{
        for (size_t i = 0; i < size; i++) {
                size_t byte = elf->big_endian ? size - 1 - i : i;

                tn_buf_add_char(buf, (char)(val >> 8 * byte));
        }
}

/* A field as wide as the object's addresses. */
static void put_word(const struct mkelf *elf, struct tn_buf *buf, uint64_t val)
{
        put(elf, buf, val, elf->is64 ? 8 : 4);
}

static void put_zeros(struct tn_buf *buf, size_t n)
{
        while (n--)
                tn_buf_add_char(buf, '\0');
}

static void put_str(struct tn_buf *buf, const char *str)
{
        tn_buf_add(buf, str, strlen(str) + 1);
}

static void check(const struct tn_buf *buf)
{
        if (tn_buf_error(buf) < 0) {
                fprintf(stderr, "mkelf: out of memory\n");
                exit(1);
        }
}

struct mkelf mkelf_of(bool is64, bool big_endian)
{
        uint16_t little = is64 ? EM_X86_64 : EM_386, big = is64 ? EM_PPC64 : EM_PPC;
        struct mkelf elf = { .is64 = is64, .big_endian = big_endian, .machine = big_endian ? big : little };

        put_str(&elf.strtab, "");
        put_zeros(&elf.symtab, is64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym));
        return elf;
}

void mkelf_fini(struct mkelf *elf)
{
        tn_buf_fini(&elf->info);
        tn_buf_fini(&elf->crc_words);
        tn_buf_fini(&elf->ksymtab_strings);
        tn_buf_fini(&elf->versions);
        tn_buf_fini(&elf->ext_crcs);
        tn_buf_fini(&elf->ext_names);
        tn_buf_fini(&elf->this_module);
        tn_buf_fini(&elf->symtab);
        tn_buf_fini(&elf->strtab);
        tn_buf_fini(&elf->image);
        tn_vec_fini(&elf->extra);
}

void mkelf_info(struct mkelf *elf, const char *entry)
{
        put_str(&elf->info, entry);
}

void mkelf_name(struct mkelf *elf, const char *name)
{
        tn_buf_addf(&elf->info, "name=%s", name);
        tn_buf_add_char(&elf->info, '\0');
        tn_buf_reset(&elf->this_module);
        put_zeros(&elf->this_module, elf->is64 ? 24 : 12);
        tn_buf_add_str(&elf->this_module, name);
        put_zeros(&elf->this_module,
                  strlen(name) < 64 ? 64 - strlen(name) : 1); /* all are as large, as the kernel's are */
}

void mkelf_symbol(struct mkelf *elf, const char *name, uint64_t value, uint16_t shndx, uint8_t info)
{
        put(elf, &elf->symtab, elf->strtab.len, 4);
        put_str(&elf->strtab, name);
        if (!elf->is64) {
                put(elf, &elf->symtab, value, 4);
                put(elf, &elf->symtab, 0, 4);
        }
        put(elf, &elf->symtab, info, 1);
        put(elf, &elf->symtab, 0, 1);
        put(elf, &elf->symtab, shndx, 2);
        if (elf->is64) {
                put(elf, &elf->symtab, value, 8);
                put(elf, &elf->symtab, 0, 8);
        }
}

static void crc_symbol(struct mkelf *elf, const char *name, uint64_t value, uint16_t shndx)
{
        _cleanup_(tn_buf_fini) struct tn_buf crc = { 0 };

        tn_buf_addf(&crc, "__crc_%s", name);
        mkelf_export(elf, name);
        mkelf_symbol(elf, tn_buf_str(&crc), value, shndx, ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
}

void mkelf_export(struct mkelf *elf, const char *name)
{
        put_str(&elf->ksymtab_strings, name);
}

void mkelf_export_crc(struct mkelf *elf, const char *name, uint32_t crc)
{
        crc_symbol(elf, name, crc, SHN_ABS);
}

void mkelf_export_section(struct mkelf *elf, const char *name, uint32_t crc)
{
        size_t at = elf->crc_words.len;

        put(elf, &elf->crc_words, crc, 4);
        crc_symbol(elf, name, at, MKELF_CRC_SECTION);
}

void mkelf_need(struct mkelf *elf, const char *name, bool weak)
{
        uint8_t bind = weak ? STB_WEAK : STB_GLOBAL;

        mkelf_symbol(elf, name, 0, SHN_UNDEF, ELF64_ST_INFO(bind, STT_NOTYPE));
}

void mkelf_version(struct mkelf *elf, const char *name, uint64_t crc)
{
        size_t room = elf->is64 ? 56 : 60;

        put_word(elf, &elf->versions, crc);
        tn_buf_add(&elf->versions, name, MIN(strlen(name), room));
        put_zeros(&elf->versions, room - MIN(strlen(name), room));
}

void mkelf_version_ext(struct mkelf *elf, const char *name, uint32_t crc)
{
        put(elf, &elf->ext_crcs, crc, 4);
        put_str(&elf->ext_names, name);
}

static void add_section(struct mkelf_sections *list, struct mkelf_section section)
{
        if (tn_vec_add(list, section) < 0)
                exit(1);
}

void mkelf_section(struct mkelf *elf, const char *name, uint32_t type, struct span bytes)
{
        add_section(&elf->extra, (struct mkelf_section){ name, type, bytes, 0 });
}

void mkelf_section_at(struct mkelf *elf, const char *name, uint64_t addr, struct span bytes)
{
        add_section(&elf->extra, (struct mkelf_section){ name, SHT_PROGBITS, bytes, addr });
}

static void add_buf(struct mkelf_sections *list, const char *name, uint32_t type, const struct tn_buf *buf)
{
        check(buf);
        if (buf->len)
                add_section(list, (struct mkelf_section){ name, type, tn_buf_span(buf), 0 });
}

/* The sections in their order of numbers, but the null section and the section name table. */
static void list_sections(const struct mkelf *elf, struct mkelf_sections *list)
{
        const struct mkelf_section *sec;

        add_buf(list, "__kcrctab", SHT_PROGBITS, &elf->crc_words);
        add_buf(list, ".modinfo", SHT_PROGBITS, &elf->info);
        add_buf(list, "__ksymtab_strings", SHT_PROGBITS, &elf->ksymtab_strings);
        add_buf(list, "__versions", SHT_PROGBITS, &elf->versions);
        add_buf(list, "__version_ext_crcs", SHT_PROGBITS, &elf->ext_crcs);
        add_buf(list, "__version_ext_names", SHT_PROGBITS, &elf->ext_names);
        add_buf(list, ".gnu.linkonce.this_module", SHT_PROGBITS, &elf->this_module);
        if (!elf->stripped) {
                add_buf(list, ".symtab", SHT_SYMTAB, &elf->symtab);
                add_buf(list, ".strtab", SHT_STRTAB, &elf->strtab);
        }
        tn_vec_each (sec, &elf->extra) {
                add_section(list, *sec);
        }
}

static void sections_fini(struct mkelf_sections *list)
{
        tn_vec_fini(list);
}

static void put_ehdr(struct mkelf *elf, uint64_t shoff, size_t n)
{
        struct tn_buf *to = &elf->image;

        tn_buf_add(to, ELFMAG, SELFMAG);
        tn_buf_add_char(to, elf->is64 ? ELFCLASS64 : ELFCLASS32);
        tn_buf_add_char(to, elf->big_endian ? ELFDATA2MSB : ELFDATA2LSB);
        tn_buf_add_char(to, EV_CURRENT);
        put_zeros(to, EI_NIDENT - to->len);
        put(elf, to, ET_REL, 2);
        put(elf, to, elf->machine, 2);
        put(elf, to, EV_CURRENT, 4);
        put_word(elf, to, 0); /* entry */
        put_word(elf, to, 0); /* program headers */
        put_word(elf, to, shoff);
        put(elf, to, 0, 4); /* flags */
        put(elf, to, elf->is64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr), 2);
        put(elf, to, 0, 2);
        put(elf, to, 0, 2);
        put(elf, to, elf->is64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr), 2);
        put(elf, to, n, 2);
        put(elf, to, n - 1, 2); /* the name table comes last */
}

struct header {
        const struct mkelf_section *section;
        size_t name;
        size_t offset;
        uint32_t link;
};

static void put_shdr(const struct mkelf *elf, struct tn_buf *to, const struct header *head)
{
        bool symtab = head->section->type == SHT_SYMTAB;
        size_t sym_size = elf->is64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);

        put(elf, to, head->name, 4);
        put(elf, to, head->section->type, 4);
        put_word(elf, to, 0); /* flags */
        put_word(elf, to, head->section->addr);
        put_word(elf, to, head->offset);
        put_word(elf, to, head->section->bytes.len);
        put(elf, to, head->link, 4);
        put(elf, to, symtab ? 1 : 0, 4); /* its first symbol that is not local */
        put_word(elf, to, 1);
        put_word(elf, to, symtab ? sym_size : 0);
}

/* Sections' headers and contents, which begin at offset start of the file. */
static void put_sections(const struct mkelf *elf, const struct mkelf_sections *list, size_t start,
                         struct tn_buf *headers, struct tn_buf *bodies)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct mkelf_section null = { .type = SHT_NULL }, last = { ".shstrtab", SHT_STRTAB, { 0 }, 0 };
        const struct mkelf_section *sec;

        put_str(&names, "");
        put_shdr(elf, headers, &(struct header){ .section = &null });
        tn_vec_each (sec, list) {
                uint32_t next = (uint32_t)(sec - list->v) + 2;

                put_shdr(elf, headers,
                         &(struct header){ .section = sec,
                                           .name = names.len,
                                           .offset = start + bodies->len,
                                           .link = sec->type == SHT_SYMTAB ? next : 0 });
                put_str(&names, sec->name);
                if (sec->type != SHT_NOBITS)
                        tn_buf_add_span(bodies, sec->bytes);
                put_zeros(bodies, -bodies->len & 7);
        }
        last.bytes.len = names.len + strlen(last.name) + 1;
        put_shdr(elf, headers,
                 &(struct header){ .section = &last, .name = names.len, .offset = start + bodies->len });
        put_str(&names, last.name);
        check(&names);
        tn_buf_add_span(bodies, tn_buf_span(&names));
        put_zeros(bodies, -bodies->len & 7);
}

char *mkelf_image(struct mkelf *elf, size_t *ret_len)
{
        _cleanup_(sections_fini) struct mkelf_sections list = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf bodies = { 0 }, headers = { 0 };
        size_t start = elf->is64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);

        tn_buf_reset(&elf->image);
        list_sections(elf, &list);
        put_sections(elf, &list, start, &headers, &bodies);
        check(&headers);
        check(&bodies);
        put_ehdr(elf, start + bodies.len, list.n + 2);
        tn_buf_add_span(&elf->image, tn_buf_span(&bodies));
        tn_buf_add_span(&elf->image, tn_buf_span(&headers));
        check(&elf->image);
        *ret_len = elf->image.len;
        return elf->image.ptr;
}

struct span mkelf_span(struct mkelf *elf)
{
        size_t len;
        char *ptr = mkelf_image(elf, &len);

        return (struct span){ ptr, len };
}
