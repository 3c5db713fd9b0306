/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "core/modfacts.h"
#include "factspack.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static int load(struct span bytes, struct tn_facts *facts)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write_bytes(&dir, "a.ko", bytes.ptr, bytes.len);
        return tn_modfacts_load(dir.fd, "a.ko", TN_FACTS_INFO | TN_FACTS_EXPORTS, facts);
}

/* The bytes in one uncompressed block of one zstd frame (RFC 8878, 3.1.1). */
static struct span stored_zstd(struct span bytes, struct tn_buf *buf)
{
        uint32_t block = (uint32_t)bytes.len << 3 | 1;

        assert_in_range(bytes.len, 1, 128 * 1024);
        tn_buf_add_span(buf, SPAN("\x28\xb5\x2f\xfd\xa0"));
        for (unsigned i = 0; i < 4; i++)
                tn_buf_add_char(buf, (char)(bytes.len >> 8 * i));
        for (unsigned i = 0; i < 3; i++)
                tn_buf_add_char(buf, (char)(block >> 8 * i));
        tn_buf_add_span(buf, bytes);
        return tn_buf_span(buf);
}

static struct mkelf module(void)
{
        struct mkelf made = mkelf_of(true, false);

        mkelf_info(&made, "license=GPL");
        mkelf_export(&made, "mine");
        mkelf_need(&made, "printk", false);
        return made;
}

static void assert_facts(const struct tn_facts *facts)
{
        assert_int_equal(facts->parts, TN_FACTS_INFO | TN_FACTS_EXPORTS);
        assert_int_equal(facts->info.n, 1);
        assert_string_equal(facts->info.v[0].value.ptr, "GPL");
        assert_int_equal(facts->exports.n, 1);
        assert_string_equal(facts->exports.v[0].name.ptr, "mine");
        assert_int_equal(facts->needs.n, 0);
}

CHECK(facts_of_a_file_stay_when_it_is_closed)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };

        assert_int_equal(load(mkelf_span(&made), &facts), 0);
        mkelf_fini(&made);
        assert_facts(&facts);
}

CHECK(facts_of_a_compressed_file_are_the_same)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_buf_fini) struct tn_buf zst = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int r = load(stored_zstd(mkelf_span(&made), &zst), &facts);

        if (r == -ENOSYS)
                return; /* not built in */
        assert_int_equal(r, 0);
        assert_facts(&facts);
}

/* A section of more than that, in a file that is not held as a whole. */
CHECK(facts_of_a_large_file_are_without_its_largest_sections)
{
        size_t len = TN_MODFILE_WHOLE;
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(freep) char *zeros = calloc(1, len);

        assert_non_null(zeros);
        mkelf_section(&made, "__ksymtab_strings", 1, (struct span){ zeros, len });
        made.ksymtab_strings.len = 0;
        assert_int_equal(load(mkelf_span(&made), &facts), 0);
        assert_int_equal(facts.info.n, 1);
        assert_int_equal(facts.info_err, 0);
        assert_int_equal(facts.exports.n, 0);
        assert_int_equal(facts.exports_err, -EFBIG);
        assert_string_equal(facts.excess.what, "bytes of __ksymtab_strings");
        assert_int_equal(facts.excess.found, len);
}

CHECK(facts_have_the_identity_of_the_file)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct span bytes = mkelf_span(&made);
        const struct tn_facts_file *file = &facts.file;
        struct stat st;

        tmpdir_write_bytes(&dir, "a.ko", bytes.ptr, bytes.len);
        assert_int_equal(fstatat(dir.fd, "a.ko", &st, 0), 0);
        assert_int_equal(tn_modfacts_load(dir.fd, "a.ko", TN_FACTS_FILE, &facts), 0);
        assert_int_equal(facts.parts, TN_FACTS_FILE);
        assert_int_equal(file->device, st.st_dev);
        assert_int_equal(file->inode, st.st_ino);
        assert_int_equal(file->size, bytes.len);
        assert_int_equal(file->mtime.sec, st.st_mtim.tv_sec);
        assert_int_equal(file->mtime.nsec, st.st_mtim.tv_nsec);
        assert_int_equal(file->ctime.sec, st.st_ctim.tv_sec);
        assert_int_equal(file->ctime.nsec, st.st_ctim.tv_nsec);
        assert_string_equal(file->codec.ptr, "");
}

CHECK(facts_have_the_name_of_the_compression)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf zst = { 0 };
        struct span bytes = stored_zstd(mkelf_span(&made), &zst);
        int r;

        tmpdir_write_bytes(&dir, "a.ko", bytes.ptr, bytes.len);
        r = tn_modfacts_load(dir.fd, "a.ko", TN_FACTS_FILE | TN_FACTS_INFO, &facts);
        if (r == -ENOSYS)
                return; /* not built in */
        assert_int_equal(r, 0);
        assert_int_equal(facts.parts, TN_FACTS_FILE | TN_FACTS_INFO);
        assert_string_equal(facts.file.codec.ptr, "zstd");
        assert_int_equal(facts.file.size, bytes.len);
}

CHECK(facts_of_what_came_out_of_a_pipe_have_no_file)
{
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        struct span bytes = mkelf_span(&made);
        int ends[2];

        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        assert_int_equal(write(ends[1], bytes.ptr, bytes.len), bytes.len);
        close(ends[1]);
        assert_int_equal(tn_modfile_drain(ends[0], &file), 0);
        close(ends[0]);
        assert_int_equal(tn_modfacts_read(&file, TN_FACTS_FILE | TN_FACTS_INFO, &facts), 0);
        assert_int_equal(facts.parts, TN_FACTS_INFO);
}

#define LOOKED_AT (TN_FACTS_INFO | TN_FACTS_EXPORTS | TN_FACTS_NEEDS)

/* The facts of a file, looked at in a room, are those of its bytes. The name of a section may be changed before. */
static void assert_looked_at(struct tn_modroom *room, struct mkelf *made, const char *from, const char *to)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
        _cleanup_(tn_buf_fini) struct tn_buf looked_at = { 0 }, parsed = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        const struct tn_facts *look;
        size_t len;
        char *ptr = mkelf_image(made, &len), *name = from ? memmem(ptr, len, from, strlen(from)) : NULL;
        int fd;

        if (name)
                memcpy(name, to, strlen(to));
        tmpdir_write_bytes(&dir, "a.ko", ptr, len);
        fd = openat(dir.fd, "a.ko", O_RDONLY | O_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(tn_modfile_take_in(room, fd, (off_t)len, &file), 0);
        assert_int_equal(tn_modfacts_look(&file, LOOKED_AT, &look), 0);
        assert_int_equal(tn_facts_parse((struct span){ ptr, len }, LOOKED_AT, &facts), 0);
        assert_int_equal(factspack(look, &looked_at), 0);
        assert_int_equal(factspack(&facts, &parsed), 0);
        assert_int_equal(look->exports.n, 1);
        assert_int_equal(look->exports.v[0].crc, 0x1234);
        assert_true(tn_span_eq(tn_buf_span(&looked_at), tn_buf_span(&parsed)));
}

CHECK(facts_looked_at_in_a_room_are_those_of_each_file)
{
        static const char large[3 * TN_MODFILE_SMALL];
        _cleanup_(tn_modroom_fini) struct tn_modroom room = { 0 };

        for (unsigned kind = 0; kind < 16; kind++) {
                _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(kind & 1, kind & 2);

                mkelf_info(&made, "license=GPL");
                mkelf_export_section(&made, "mine", 0x1234);
                mkelf_need(&made, "theirs", true);
                mkelf_version(&made, "theirs", 7);
                mkelf_version(&made, "module_layout", 8);
                if (kind & 4)
                        mkelf_section(&made, ".data", 1, (struct span){ large, sizeof(large) });
                mkelf_section(&made, "__versions", 1, SPAN("a second one is nothing"));
                if (kind & 4)
                        mkelf_section(&made, ".more", 1, (struct span){ large, sizeof(large) / 2 });
                assert_looked_at(&room, &made, NULL, NULL);
                assert_looked_at(&room, &made, "__kcrctab", ".rodata.x");
        }
}

/* Somebody cuts it after it was looked at, before it is read. */
CHECK(facts_of_a_file_that_was_cut_are_refused)
{
        static const char large[3 * TN_MODFILE_SMALL];
        _cleanup_(tn_modroom_fini) struct tn_modroom room = { 0 };
        _cleanup_(mkelf_fini) struct mkelf made = module();
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        struct span all;

        mkelf_section(&made, ".data", 1, (struct span){ large, sizeof(large) });
        all = mkelf_span(&made);
        for (size_t len = 0; len < all.len; len += len < 100 ? 1 : 997) {
                _cleanup_(tn_modfile_close) struct tn_modfile file = { .fd = -1 };
                const struct tn_facts *look;
                int fd;

                tmpdir_write_bytes(&dir, "a.ko", all.ptr, len);
                fd = openat(dir.fd, "a.ko", O_RDONLY | O_CLOEXEC);
                assert_int_equal(tn_modfile_take_in(&room, fd, (off_t)all.len, &file), 0);
                assert_int_equal(tn_modfacts_look(&file, LOOKED_AT, &look), -EINVAL);
        }
}

CHECK(facts_of_what_is_no_module_file_are_refused)
{
        struct tn_facts facts;

        assert_int_equal(load(SPAN("#!/bin/sh\n"), &facts), -ENOEXEC);
        assert_int_equal(load(SPAN(""), &facts), -EINVAL);
        assert_int_equal(load(SPAN("\x28\xb5\x2f\xfd"), &facts) < 0, true);
        assert_int_equal(tn_modfacts_load(AT_FDCWD, "/nonexistent/a.ko", TN_FACTS_INFO, &facts), -ENOENT);
        assert_int_equal(tn_modfacts_load_take(open("/dev", O_RDONLY | O_CLOEXEC), TN_FACTS_INFO, &facts),
                         -EISDIR);
}
