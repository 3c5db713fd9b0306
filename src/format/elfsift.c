/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <stddef.h>

#include "format/elf_layout.h"
#include "format/elfsift.h"
#include "util/cleanup.h"

/* Linkers put the section header table last and the name table right before it: mostly both are read at once. */
#define BEFORE_TABLE ((size_t)32 * 1024)

/* No module has near as many of the sections that are wanted. */
#define WANTED_MAX   256

struct sift {
        const struct tn_elfsift_source *source;
        const struct tn_elfsift_want *want;
        struct tn_elfsift_room *room;
        struct tn_elf elf; /* its bytes are the file's header */
        uint32_t names_index;
        uint64_t size;     /* of the file */
        struct span table; /* the section headers, with what is before them */
        size_t before;     /* how much that is */
        struct span names; /* the section name table */
        size_t left;       /* room for further pieces */
        uint64_t thirds;   /* of the names that are wanted */
        struct tn_elfsift_excess excess;
};

/* The sections that are wanted. */
struct chosen {
        struct tn_elfsift_piece pieces[WANTED_MAX];
        uint32_t owners[WANTED_MAX]; /* the section of each */
        size_t n;
};

void tn_elfsift_room_fini(struct tn_elfsift_room *room)
{
        tn_buf_fini(&room->table);
        tn_buf_fini(&room->names);
}

/* Where len bytes go; what was in the buffer is not copied when it moves. */
static char *fresh(struct tn_buf *buf, size_t len)
{
        tn_buf_reset(buf);
        if (buf->cap < len)
                tn_buf_fini(buf);
        return tn_buf_reserve(buf, len);
}

static struct span entry(const struct sift *sift, uint32_t index)
{
        size_t size = tn_elf_layouts[sift->elf.is64].shdr_size;

        return tn_span_head(tn_span_skip(sift->table, sift->before + index * size), size);
}

static bool has(const struct sift *sift, const struct tn_elf_header *header)
{
        return header->offset <= sift->size && header->size <= sift->size - header->offset;
}

/* What was read with the table, as far as it is all of that. */
static bool find_read(const struct sift *sift, uint64_t at, size_t len, struct span *ret_bytes)
{
        uint64_t start = sift->elf.shoff - sift->before;

        if (at < start || at - start > sift->table.len || len > sift->table.len - (at - start))
                return false;
        *ret_bytes = tn_span_head(tn_span_skip(sift->table, (size_t)(at - start)), len);
        return true;
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
        piece.to = fresh(&sift->room->table, piece.len);
        if (!piece.to)
                return -ENOMEM;
        r = sift->source->read(sift->source->data, &piece, 1, &sift->size);
        if (r < 0)
                return r;
        sift->table = (struct span){ piece.to, piece.len };
        return piece.got == piece.len ? 0 : -EINVAL;
}

/* A broken name table, or none, leaves all sections without a name. */
static int read_names(struct sift *sift)
{
        struct tn_elfsift_piece piece = { 0 };
        struct tn_elf_header header;
        int r;

        if (!tn_elf_header(&sift->elf, entry(sift, sift->names_index), &header) ||
            header.type == SHT_NOBITS || !has(sift, &header) || header.size > sift->want->max)
                return 0;
        if (find_read(sift, header.offset, (size_t)header.size, &sift->names))
                return 0;
        piece = (struct tn_elfsift_piece){ .at = header.offset, .len = (size_t)header.size };
        piece.to = fresh(&sift->room->names, piece.len);
        if (!piece.to)
                return -ENOMEM;
        r = sift->source->read(sift->source->data, &piece, 1, NULL);
        if (r < 0)
                return r;
        sift->names = (struct span){ piece.to, piece.len };
        return piece.got == piece.len ? 0 : -EINVAL;
}

/* A bit for the third byte of a name; all bits for one that has none. */
static uint64_t third(struct span name)
{
        return name.len < 3 ? UINT64_MAX : (uint64_t)1 << (name.ptr[2] & 63);
}

/* By the name; that of most sections has another third byte than all that are wanted. */
static bool is_wanted(const struct sift *sift, const struct tn_elf_header *header)
{
        struct span name = tn_span_skip(sift->names, header->name);

        if (!(sift->thirds & third(name)))
                return false;
        for (size_t i = 0; i < sift->want->n; i++)
                if (tn_span_starts(name, sift->want->prefixes[i]))
                        return true;
        return false;
}

static void note_excess(struct sift *sift, const struct tn_elf_header *header)
{
        struct span name = tn_span_skip(sift->names, header->name);

        if (sift->excess.name[0])
                return;
        name = tn_span_head(name, sizeof(sift->excess.name) - 1);
        name = tn_span_head(name, tn_span_chr(name, '\0'));
        memcpy(sift->excess.name, name.ptr, name.len);
        sift->excess.size = header->size;
}

static void choose(struct sift *sift, struct chosen *chosen)
{
        for (size_t i = 0; i < sift->want->n; i++)
                sift->thirds |= third(sift->want->prefixes[i]);
        for (uint32_t i = 0; i < sift->elf.n_sections; i++) {
                struct tn_elf_header header;

                if (!tn_elf_header(&sift->elf, entry(sift, i), &header) || !is_wanted(sift, &header) ||
                    header.type == SHT_NOBITS || !has(sift, &header) || header.size == 0)
                        continue;
                if (header.size > MIN(sift->want->max, sift->left) || chosen->n == WANTED_MAX) {
                        note_excess(sift, &header);
                        continue;
                }
                chosen->owners[chosen->n] = i;
                chosen->pieces[chosen->n++] =
                        (struct tn_elfsift_piece){ .at = header.offset, .len = (size_t)header.size };
                sift->left -= (size_t)header.size;
        }
}

static void put_word(const struct tn_elf *elf, char *to, uint64_t num)
{
        uint64_t whole = elf->big_endian ? htobe64(num) : htole64(num);
        uint32_t half = elf->big_endian ? htobe32((uint32_t)num) : htole32((uint32_t)num);

        if (elf->is64)
                memcpy(to, &whole, sizeof(whole));
        else
                memcpy(to, &half, sizeof(half));
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

/* Gives each piece its place, and reads those that were not read with the table. */
static int fill(struct sift *sift, struct chosen *chosen, char *image, size_t at)
{
        size_t n = 0;
        int r = 0;

        for (size_t i = 0; i < chosen->n; i++) {
                struct tn_elfsift_piece piece = chosen->pieces[i];
                struct span bytes;

                put_entry(sift, image, chosen->owners[i], at, piece.len);
                piece.to = image + at;
                at += piece.len;
                if (find_read(sift, piece.at, piece.len, &bytes))
                        memcpy(piece.to, bytes.ptr, bytes.len);
                else
                        chosen->pieces[n++] = piece;
        }
        if (n)
                r = sift->source->read(sift->source->data, chosen->pieces, n, NULL);
        for (size_t i = 0; i < n && r == 0; i++)
                if (chosen->pieces[i].got != chosen->pieces[i].len)
                        r = -EINVAL;
        return r;
}

static int make_image(struct sift *sift, struct chosen *chosen, struct tn_buf *image)
{
        size_t table = sift->elf.n_sections * tn_elf_layouts[sift->elf.is64].shdr_size;
        size_t at = TN_ELF_HEAD + table + sift->names.len, len = at;
        char *to;
        int r;

        for (size_t i = 0; i < chosen->n; i++)
                len += chosen->pieces[i].len;
        to = fresh(image, len);
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
        r = fill(sift, chosen, to, at);
        if (r == 0)
                image->len = len;
        return r;
}

int tn_elfsift(const struct tn_elfsift_source *source, const struct tn_elfsift_want *want,
               struct tn_elfsift_room *room, struct tn_buf *image, struct tn_elfsift_excess *ret_excess)
{
        struct sift sift = { .source = source, .want = want, .room = room, .left = 4 * want->max };
        char head[TN_ELF_HEAD];
        struct tn_elfsift_piece first = { .len = sizeof(head), .to = head };
        struct chosen chosen; /* not cleared: it is large */
        int r = source->read(source->data, &first, 1, NULL);

        if (r == 0)
                r = tn_elf_parse_head((struct span){ head, first.got }, &sift.elf, &sift.names_index);
        if (r == 0)
                r = read_table(&sift);
        if (r == 0)
                r = read_names(&sift);
        if (r < 0)
                return r;
        chosen.n = 0;
        choose(&sift, &chosen);
        r = make_image(&sift, &chosen, image);
        if (r == 0)
                *ret_excess = sift.excess;
        return r;
}
