/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <stdlib.h>

#include "format/elf_layout.h"
#include "format/elfsift.h"
#include "util/cleanup.h"

/* Linkers put the section header table last and the name table right before it: mostly both are read at once. */
#define BEFORE_TABLE ((size_t)64 * 1024)

/* No module has near as many of the sections that are wanted. */
#define WANTED_MAX   256

struct sift {
        const struct tn_elfsift_source *source;
        const struct tn_elfsift_want *want;
        struct tn_elf elf; /* its bytes are the file's header */
        uint32_t names_index;
        uint64_t size;       /* of the file */
        struct tn_buf table; /* the section headers, with what is before them */
        size_t before;       /* how much that is */
        struct tn_buf names; /* the section name table */
        struct tn_elfsift_piece pieces[WANTED_MAX];
        uint32_t owners[WANTED_MAX]; /* the section of each */
        size_t n_pieces;
        size_t room; /* for further pieces */
        struct tn_elfsift_excess excess;
};

static void sift_fini(struct sift *sift)
{
        tn_buf_fini(&sift->table);
        tn_buf_fini(&sift->names);
}

static struct span entry(const struct sift *sift, uint32_t index)
{
        size_t size = tn_elf_layouts[sift->elf.is64].shdr_size;

        return tn_span_head(tn_span_skip(tn_buf_span(&sift->table), sift->before + index * size), size);
}

static bool has(const struct sift *sift, const struct tn_elf_header *header)
{
        return header->offset <= sift->size && header->size <= sift->size - header->offset;
}

/* The section header table, and the size of the file. */
static int read_table(struct sift *sift)
{
        size_t len = sift->elf.n_sections * tn_elf_layouts[sift->elf.is64].shdr_size;
        struct tn_elfsift_piece piece = { 0 };
        int r;

        sift->before = (size_t)MIN(sift->elf.shoff, (uint64_t)BEFORE_TABLE);
        piece.at = sift->elf.shoff - sift->before;
        piece.len = sift->before + len;
        piece.to = tn_buf_reserve(&sift->table, piece.len);
        if (!piece.to)
                return -ENOMEM;
        r = sift->source->read(sift->source->data, &piece, 1, &sift->size);
        if (r < 0)
                return r;
        sift->table.len = piece.len;
        return piece.got == piece.len ? 0 : -EINVAL;
}

/* A broken name table, or none, leaves all sections without a name. */
static int read_names(struct sift *sift)
{
        struct tn_elfsift_piece piece = { 0 };
        struct tn_elf_header header;
        uint64_t start = sift->elf.shoff - sift->before;
        int r;

        if (!tn_elf_header(&sift->elf, entry(sift, sift->names_index), &header) ||
            header.type == SHT_NOBITS || !has(sift, &header) || header.size > sift->want->max)
                return 0;
        if (header.offset >= start && header.offset - start <= sift->table.len &&
            header.size <= sift->table.len - (header.offset - start)) {
                tn_buf_add(&sift->names, sift->table.ptr + (header.offset - start), (size_t)header.size);
                return tn_buf_error(&sift->names);
        }
        piece = (struct tn_elfsift_piece){ .at = header.offset, .len = (size_t)header.size };
        piece.to = tn_buf_reserve(&sift->names, piece.len);
        if (!piece.to)
                return -ENOMEM;
        r = sift->source->read(sift->source->data, &piece, 1, NULL);
        if (r < 0)
                return r;
        sift->names.len = piece.len;
        return piece.got == piece.len ? 0 : -EINVAL;
}

static struct span name_of(const struct sift *sift, const struct tn_elf_header *header)
{
        struct span rest = tn_span_skip(tn_buf_span(&sift->names), header->name);

        return tn_span_head(rest, tn_span_chr(tn_span_head(rest, 256), '\0'));
}

static bool is_wanted(const struct sift *sift, struct span name)
{
        for (size_t i = 0; i < sift->want->n; i++)
                if (tn_span_starts(name, sift->want->prefixes[i]))
                        return true;
        return false;
}

static void note_excess(struct sift *sift, struct span name, uint64_t size)
{
        struct span shown = tn_span_head(name, sizeof(sift->excess.name) - 1);

        if (sift->excess.name[0])
                return;
        memcpy(sift->excess.name, shown.ptr, shown.len);
        sift->excess.size = size;
}

static void choose(struct sift *sift)
{
        for (uint32_t i = 0; i < sift->elf.n_sections; i++) {
                struct tn_elf_header header;
                struct span name;

                if (!tn_elf_header(&sift->elf, entry(sift, i), &header) || header.type == SHT_NOBITS ||
                    !has(sift, &header) || header.size == 0)
                        continue;
                name = name_of(sift, &header);
                if (!is_wanted(sift, name))
                        continue;
                if (header.size > MIN(sift->want->max, sift->room) || sift->n_pieces == WANTED_MAX) {
                        note_excess(sift, name, header.size);
                        continue;
                }
                sift->owners[sift->n_pieces] = i;
                sift->pieces[sift->n_pieces++] =
                        (struct tn_elfsift_piece){ .at = header.offset, .len = (size_t)header.size };
                sift->room -= (size_t)header.size;
        }
}

static void put_word(const struct tn_elf *elf, char *to, uint64_t num)
{
        size_t size = elf->is64 ? 8 : 4;

        for (size_t i = 0; i < size; i++)
                to[elf->big_endian ? size - 1 - i : i] = (char)(num >> (8 * i));
}

/* Sections that the file has, but not the image, are empty; those that lie outside the file still do. */
static void put_entry(const struct sift *sift, char *image, uint32_t index, uint64_t offset, uint64_t size)
{
        const struct tn_elf_layout *at = &tn_elf_layouts[sift->elf.is64];
        char *to = image + TN_ELF_HEAD + index * at->shdr_size;

        put_word(&sift->elf, to + at->sh_offset, offset);
        put_word(&sift->elf, to + at->sh_size, size);
}

static void put_table(const struct sift *sift, char *image)
{
        const struct tn_elf_layout *at = &tn_elf_layouts[sift->elf.is64];

        put_word(&sift->elf, image + at->e_shoff, TN_ELF_HEAD);
        for (uint32_t i = 0; i < sift->elf.n_sections; i++) {
                struct tn_elf_header header;
                bool outside = tn_elf_header(&sift->elf, entry(sift, i), &header) && !has(sift, &header);

                put_entry(sift, image, i, outside ? UINT32_MAX : 0, outside);
        }
}

static int make_image(struct sift *sift, struct tn_buf *image)
{
        size_t table = sift->elf.n_sections * tn_elf_layouts[sift->elf.is64].shdr_size;
        size_t at = TN_ELF_HEAD + table + sift->names.len, len = at;
        char *to;
        int r;

        for (size_t i = 0; i < sift->n_pieces; i++)
                len += sift->pieces[i].len;
        to = tn_buf_reserve(image, len);
        if (!to)
                return -ENOMEM;
        memset(to, 0, TN_ELF_HEAD);
        memcpy(to, sift->elf.bytes.ptr, sift->elf.bytes.len);
        memcpy(to + TN_ELF_HEAD, sift->table.ptr + sift->before, table);
        put_table(sift, to);
        if (sift->names.len) {
                memcpy(to + TN_ELF_HEAD + table, sift->names.ptr, sift->names.len);
                put_entry(sift, to, sift->names_index, TN_ELF_HEAD + table, sift->names.len);
        }
        for (size_t i = 0; i < sift->n_pieces; i++) {
                sift->pieces[i].to = to + at;
                put_entry(sift, to, sift->owners[i], at, sift->pieces[i].len);
                at += sift->pieces[i].len;
        }
        r = sift->n_pieces ? sift->source->read(sift->source->data, sift->pieces, sift->n_pieces, NULL) : 0;
        for (size_t i = 0; i < sift->n_pieces && r == 0; i++)
                if (sift->pieces[i].got != sift->pieces[i].len)
                        r = -EINVAL;
        if (r == 0)
                image->len = len;
        return r;
}

int tn_elfsift(const struct tn_elfsift_source *source, const struct tn_elfsift_want *want,
               struct tn_buf *image, struct tn_elfsift_excess *ret_excess)
{
        _cleanup_(sift_fini) struct sift sift = { .source = source, .want = want, .room = 4 * want->max };
        char head[TN_ELF_HEAD];
        struct tn_elfsift_piece first = { .len = sizeof(head), .to = head };
        int r = source->read(source->data, &first, 1, NULL);

        if (r == 0)
                r = tn_elf_parse_head((struct span){ head, first.got }, &sift.elf, &sift.names_index);
        if (r == 0)
                r = read_table(&sift);
        if (r == 0)
                r = read_names(&sift);
        if (r < 0)
                return r;
        choose(&sift);
        r = make_image(&sift, image);
        if (r == 0)
                *ret_excess = sift.excess;
        return r;
}
