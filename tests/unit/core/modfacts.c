/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check.h"
#include "core/modfacts.h"
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
