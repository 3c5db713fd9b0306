/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "core/modfacts.h"
#include "format/facts_parse.h"
#include "util/cleanup.h"

/* Against hostile files: the most bytes that are read of one section of a large module. */
#define SECTION_MAX ((size_t)16 << 20)

/* Parses bytes: with a room, what is found borrows from them. */
static int parse(struct span bytes, unsigned parts, struct tn_facts_room *room, struct tn_facts **facts)
{
        if (room)
                return tn_facts_look(bytes, parts, room, facts);
        tn_facts_fini(*facts);
        return tn_facts_parse(bytes, parts, *facts);
}

/* *facts is where they go or, with a room, comes to be where they are. */
static int read_parts(struct tn_modfile *file, unsigned parts, struct tn_facts_room *room,
                      struct tn_facts **facts)
{
        struct span prefixes[TN_FACTS_SECTIONS_MAX], bytes;
        struct tn_elfsift_want want = { prefixes, tn_facts_sections(parts, prefixes), SECTION_MAX };
        struct tn_elfsift_excess excess = { .size = 0 };
        int r;

        if (parts & (TN_FACTS_SIGNATURE | TN_FACTS_LAYOUT))
                r = tn_modfile_bytes(file, &bytes);
        else
                r = tn_modfile_parts(file, &want, &bytes, &excess);
        if (r == 0)
                r = parse(bytes, parts, room, facts);
        /* some compilers have put them in sections of other names */
        if (r == 0 && (*facts)->lacks_crcs && !file->loaded && tn_modfile_whole(file) == 0)
                r = parse(tn_buf_span(&file->bytes), parts, room, facts);
        if (r == 0 && excess.name[0])
                tn_facts_lack(*facts, tn_span_of(excess.name), excess.size, SECTION_MAX);
        return r;
}

static struct tn_facts_time time_of(struct timespec time)
{
        return (struct tn_facts_time){ time.tv_sec, (uint32_t)time.tv_nsec };
}

static int identify(const struct tn_modfile *file, struct tn_facts_file *ret_file)
{
        struct stat st;

        if (fstat(file->fd, &st) < 0)
                return -errno;
        *ret_file = (struct tn_facts_file){
                .device = st.st_dev,
                .inode = st.st_ino,
                .size = (uint64_t)st.st_size,
                .mtime = time_of(st.st_mtim),
                .ctime = time_of(st.st_ctim),
        };
        return 0;
}

/* Adds to the facts what is not in the bytes. */
static int add_file(const struct tn_modfile *file, const struct tn_facts_file *which, struct tn_facts *facts)
{
        struct span codec = tn_span_of(file->codec ? file->codec->name : "");

        facts->file = *which;
        facts->file.codec = (struct span){ tn_arena_dup(&facts->arena, codec), codec.len };
        facts->parts |= TN_FACTS_FILE;
        return facts->file.codec.ptr ? 0 : -ENOMEM;
}

int tn_modfacts_read(struct tn_modfile *file, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        bool has_file = parts & TN_FACTS_FILE && file->fd >= 0;
        struct tn_facts_file which;
        struct tn_facts *to = &facts;
        int r = has_file ? identify(file, &which) : 0;

        if (r == 0)
                r = read_parts(file, parts, NULL, &to);
        if (r == 0 && has_file)
                r = add_file(file, &which, &facts);
        if (r == 0)
                *ret_facts = TAKE(facts);
        return r;
}

int tn_modfacts_load(int dirfd, const char *path, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = tn_modfile_open(dirfd, path, &file);

        return r < 0 ? r : tn_modfacts_read(&file, parts, ret_facts);
}

int tn_modfacts_load_take(int fd, unsigned parts, struct tn_facts *ret_facts)
{
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        int r = tn_modfile_take(fd, &file);

        return r < 0 ? r : tn_modfacts_read(&file, parts, ret_facts);
}

int tn_modfacts_look(struct tn_modfile *file, unsigned parts, const struct tn_facts **ret_facts)
{
        struct tn_facts *facts;
        int r = read_parts(file, parts, &file->room->facts, &facts);

        if (r == 0)
                *ret_facts = facts;
        return r;
}
