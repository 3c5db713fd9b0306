/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "core/catalog.h"
#include "format/index_write.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* A module directory, what is asked of it, and what it says meanwhile. */
struct asked {
        struct tmpdir dir;
        struct tn_catalog *cat;
        struct tn_log log;
        struct tn_buf said;
};

static void hear(void *data, enum tn_log_level level, const char *text)
{
        struct asked *asked = data;

        assert_int_equal(level, TN_LOG_WARNING);
        tn_buf_addf(&asked->said, "%s\n", text);
}

static void asked_init(struct asked *asked)
{
        struct tn_dir at;

        *asked = (struct asked){ .dir = tmpdir_new() };
        at = tn_dir_at(asked->dir.path);
        asked->log = (struct tn_log){ .emit = hear, .data = asked, .max = TN_LOG_DEBUG };
        assert_int_equal(tn_catalog_open(&at, &asked->cat), 0);
        tn_catalog_set_log(asked->cat, &asked->log);
}

static void asked_fini(struct asked *asked)
{
        tn_catalog_close(asked->cat);
        tn_buf_fini(&asked->said);
        tmpdir_fini(&asked->dir);
}

/* What was said, with DIR for the directory. */
static void assert_said(struct asked *asked, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct span rest = tn_buf_span(&asked->said), dir = tn_span_of(asked->dir.path);

        while (rest.len) {
                bool here = tn_span_starts(rest, dir);

                tn_buf_add_span(&got, here ? SPAN("DIR") : tn_span_head(rest, 1));
                rest = tn_span_skip(rest, here ? dir.len : 1);
        }
        assert_string_equal(tn_buf_str(&got), expected);
}

static void assert_dep(struct asked *asked, const char *name, const char *path, const char *deps)
{
        struct tn_depline dep;

        assert_int_equal(tn_catalog_find_dep(asked->cat, tn_span_of(name), &dep), 0);
        assert_span(dep.path, path);
        assert_span(dep.deps, deps);
}

static void assert_no_dep(struct asked *asked, const char *name)
{
        struct tn_depline dep;

        assert_int_equal(tn_catalog_find_dep(asked->cat, tn_span_of(name), &dep), -ENOENT);
}

static void assert_match(struct asked *asked, enum tn_catalog_index which, const char *text,
                         const char *expected)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_index_hits hits = { 0 };

        assert_int_equal(tn_catalog_match(asked->cat, which, tn_span_of(text), &arena, &hits), 0);
        for (size_t i = 0; i < hits.n; i++)
                tn_buf_addf(&got, "%.*s ", SPAN_FMT(hits.v[i].value));
        assert_string_equal(tn_buf_str(&got), expected);
        tn_index_hits_fini(&hits);
}

static void assert_match_fails(struct asked *asked, enum tn_catalog_index which, int err)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_index_hits hits = { 0 };

        assert_int_equal(tn_catalog_match(asked->cat, which, SPAN("x"), &arena, &hits), err);
        assert_int_equal(hits.n, 0);
}

/* An index with one entry. */
static void write_index(struct asked *asked, const char *file, const char *key, const char *value)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };

        assert_int_equal(tn_index_writer_add(writer, tn_span_of(key), tn_span_of(value), 0), 0);
        assert_int_equal(tn_index_writer_emit(writer, &bytes), 0);
        tmpdir_write_bytes(&asked->dir, file, bytes.ptr, bytes.len);
}

static void write_module(struct asked *asked, const char *path, const char *depends)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf entry = { 0 };
        struct span bytes;

        tn_buf_addf(&entry, "depends=%s", depends);
        mkelf_info(&made, "license=GPL");
        mkelf_info(&made, tn_buf_str(&entry));
        bytes = mkelf_span(&made);
        tmpdir_write_bytes(&asked->dir, path, bytes.ptr, bytes.len);
}

static const char deps_text[] = "kernel/fs/fat/fat.ko:\n"
                                "no line\n"
                                "kernel/fs/fat/vfat.ko.xz: kernel/fs/fat/fat.ko\n"
                                "kernel/net/snd-a.ko: kernel/b.ko kernel/c.ko\n";

CHECK(catalog_without_directory_is_empty_and_silent)
{
        const struct tn_dir nowhere = tn_dir_at("/nonexistent/modules");
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tn_catalog_close(asked.cat);
        assert_int_equal(tn_catalog_open(&nowhere, &asked.cat), 0);
        tn_catalog_set_log(asked.cat, &asked.log);
        assert_no_dep(&asked, "fat");
        assert_match(&asked, TN_CATALOG_ALIAS, "fs_fat", "");
        assert_false(tn_catalog_is_builtin(asked.cat, SPAN("ext4")));
        assert_said(&asked, "");
}

CHECK(catalog_without_modules_is_empty_and_silent)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tmpdir_write(&asked.dir, "kernel/README", "nothing");
        assert_no_dep(&asked, "fat");
        assert_match(&asked, TN_CATALOG_ALIAS, "fs_fat", "");
        assert_said(&asked, "");
}

CHECK(catalog_reads_modules_dep_when_the_index_is_missing)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tmpdir_write(&asked.dir, "modules.dep", deps_text);
        assert_dep(&asked, "vfat", "kernel/fs/fat/vfat.ko.xz", "kernel/fs/fat/fat.ko");
        assert_dep(&asked, "snd_a", "kernel/net/snd-a.ko", "kernel/b.ko kernel/c.ko");
        assert_dep(&asked, "fat", "kernel/fs/fat/fat.ko", "");
        assert_no_dep(&asked, "no line");
        assert_no_dep(&asked, "ext4");
        assert_said(&asked, "modules.dep.bin is missing in DIR; using modules.dep instead, which is slower; "
                            "run depmod\n");
}

CHECK(catalog_reads_the_text_of_an_empty_index)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tmpdir_write(&asked.dir, "modules.dep.bin", "");
        tmpdir_write(&asked.dir, "modules.dep", deps_text);
        assert_dep(&asked, "fat", "kernel/fs/fat/fat.ko", "");
        assert_said(
                &asked,
                "modules.dep.bin is empty in DIR; using modules.dep instead, which is slower; run depmod\n");
}

CHECK(catalog_reads_the_text_of_an_index_of_another_kind)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tmpdir_write(&asked.dir, "modules.dep.bin", "\177ELF, or whatever");
        tmpdir_write(&asked.dir, "modules.dep", deps_text);
        assert_dep(&asked, "fat", "kernel/fs/fat/fat.ko", "");
        assert_said(&asked, "modules.dep.bin is corrupt in DIR; using modules.dep instead, which is slower; "
                            "run depmod\n");
}

CHECK(catalog_reads_the_text_of_an_index_found_corrupt_late)
{
        _cleanup_(asked_fini) struct asked asked;
        /* a header that is right, and a root beyond the end */
        static const char cut[] = "\xb0\x07\xf4\x57\0\2\0\1\x20\0\1\0";

        asked_init(&asked);
        tmpdir_write_bytes(&asked.dir, "modules.dep.bin", cut, 12);
        tmpdir_write_bytes(&asked.dir, "modules.alias.bin", cut, 12);
        tmpdir_write(&asked.dir, "modules.dep", deps_text);
        tmpdir_write(&asked.dir, "modules.alias", "alias fs-fat fat\n");
        assert_dep(&asked, "fat", "kernel/fs/fat/fat.ko", "");
        assert_no_dep(&asked, "ext4");
        assert_match(&asked, TN_CATALOG_ALIAS, "fs_fat", "fat ");
        assert_match(&asked, TN_CATALOG_ALIAS, "fs_ext4", "");
        assert_said(
                &asked,
                "modules.dep.bin is corrupt in DIR; using modules.dep instead, which is slower; run depmod\n"
                "modules.alias.bin is corrupt in DIR; using modules.alias instead, which is slower; run "
                "depmod\n");
}

CHECK(catalog_reads_the_text_when_a_value_is_corrupt)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_index(&asked, "modules.dep.bin", "fat", "no path here");
        tmpdir_write(&asked.dir, "modules.dep", deps_text);
        assert_dep(&asked, "fat", "kernel/fs/fat/fat.ko", "");
}

CHECK(catalog_without_text_stays_corrupt)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_index(&asked, "modules.dep.bin", "fat", "fat.ko:");
        tmpdir_write(&asked.dir, "modules.alias.bin", "whatever");
        assert_match_fails(&asked, TN_CATALOG_ALIAS, -EINVAL);
        assert_match_fails(&asked, TN_CATALOG_ALIAS, -EINVAL);
        assert_dep(&asked, "fat", "fat.ko", "");
        assert_said(&asked, "modules.alias.bin is corrupt in DIR; what it says is not known; run depmod\n");
}

CHECK(catalog_names_the_index_that_was_found_corrupt_late)
{
        _cleanup_(asked_fini) struct asked asked;
        static const char cut[] = "\xb0\x07\xf4\x57\0\2\0\1\x20\0\1\0";

        asked_init(&asked);
        tmpdir_write_bytes(&asked.dir, "modules.alias.bin", cut, 12);
        assert_null(tn_catalog_blame(asked.cat, -EINVAL));
        assert_match_fails(&asked, TN_CATALOG_ALIAS, -EINVAL);
        assert_string_equal(tn_catalog_blame(asked.cat, -EINVAL), "modules.alias.bin");
        assert_null(tn_catalog_blame(asked.cat, -ENOENT));
}

/* Comments say nothing. */
CHECK(catalog_takes_a_text_of_comments_for_none)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_index(&asked, "modules.dep.bin", "fat", "fat.ko:");
        tmpdir_write(&asked.dir, "modules.alias.bin", "whatever");
        tmpdir_write(&asked.dir, "modules.alias", "# Aliases extracted from modules themselves.\n");
        assert_match_fails(&asked, TN_CATALOG_ALIAS, -EINVAL);
        assert_said(&asked, "modules.alias.bin is corrupt in DIR; what it says is not known; run depmod\n");
}

CHECK(catalog_reads_aliases_and_symbols_from_text)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_index(&asked, "modules.dep.bin", "fat", "fat.ko:");
        tmpdir_write(&asked.dir, "modules.alias",
                     "# Aliases extracted from modules themselves.\n"
                     "alias pci:v*d00000001sv* second\n"
                     "alias pci:v00000008d* first-of-all\n"
                     "alias fs-fat[a-z] fat\n"
                     "alias broken\nalias [x y\nallias a b\nalias \xc3\xa4 c\n"
                     "alias char-major-1-2 fat");
        tmpdir_write(&asked.dir, "modules.symbols", "alias symbol:fat_open fat\n");
        assert_match(&asked, TN_CATALOG_ALIAS, "pci:v00000008d00000001sv0", "second first-of-all ");
        assert_match(&asked, TN_CATALOG_ALIAS, "fs_fatb", "fat ");
        assert_match(&asked, TN_CATALOG_ALIAS, "char_major_1_2", "fat ");
        assert_match(&asked, TN_CATALOG_SYMBOLS, "symbol:fat_open", "fat ");
        assert_match(&asked, TN_CATALOG_SYMBOLS, "symbol:nix", "");
        /* one warning for all that is missing */
        assert_said(&asked, "modules.alias.bin is missing in DIR; using modules.alias instead, which is "
                            "slower; run depmod\n");
}

CHECK(catalog_reads_built_in_modules_from_text)
{
        _cleanup_(asked_fini) struct asked asked;
        static const char modinfo[] =
                "ext4.license=GPL\0ext4.alias=fs-ext4\0.alias=x\0ext4.parm=alias=y\0q.alias=z\0";

        asked_init(&asked);
        write_index(&asked, "modules.dep.bin", "fat", "fat.ko:");
        tmpdir_write(&asked.dir, "modules.builtin", "kernel/fs/ext4/ext4.ko\n\nkernel/lib/crc-16.ko\n");
        tmpdir_write_bytes(&asked.dir, "modules.builtin.modinfo", modinfo, sizeof(modinfo) - 1);
        assert_true(tn_catalog_is_builtin(asked.cat, SPAN("ext4")));
        assert_true(tn_catalog_is_builtin(asked.cat, SPAN("crc_16")));
        assert_false(tn_catalog_is_builtin(asked.cat, SPAN("fat")));
        assert_false(tn_catalog_is_builtin(asked.cat, SPAN("")));
        assert_match(&asked, TN_CATALOG_BUILTIN_ALIAS, "fs_ext4", "ext4 ");
        assert_match(&asked, TN_CATALOG_BUILTIN_ALIAS, "z", "q ");
        assert_match(&asked, TN_CATALOG_BUILTIN_ALIAS, "x", "");
        assert_match(&asked, TN_CATALOG_BUILTIN_ALIAS, "y", "");
}

CHECK(catalog_of_an_older_depmod_has_empty_built_in_indexes)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_index(&asked, "modules.dep.bin", "fat", "fat.ko:");
        tmpdir_write(&asked.dir, "modules.builtin.bin", "");
        tmpdir_write(&asked.dir, "modules.builtin.alias.bin", "");
        assert_false(tn_catalog_is_builtin(asked.cat, SPAN("ext4")));
        assert_match(&asked, TN_CATALOG_BUILTIN_ALIAS, "fs_ext4", "");
        assert_said(&asked, "");
}

#define WALKED                                                                                               \
        "in DIR; without modules.dep either, modules are found by the names of their files, and no "         \
        "aliases; run depmod\n"

CHECK(catalog_without_any_list_finds_modules_by_their_files)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_module(&asked, "kernel/a/top.ko", "mid-dle,other,nix");
        write_module(&asked, "kernel/a/mid-dle.ko", "low");
        write_module(&asked, "kernel/b/other.ko", "low");
        write_module(&asked, "kernel/c/low.ko", "");
        tmpdir_write(&asked.dir, "build/trap.ko", "not part of it");
        assert_dep(&asked, "low", "kernel/c/low.ko", "");
        assert_dep(&asked, "top", "kernel/a/top.ko", "kernel/b/other.ko kernel/a/mid-dle.ko kernel/c/low.ko");
        assert_dep(&asked, "mid_dle", "kernel/a/mid-dle.ko", "kernel/c/low.ko");
        assert_no_dep(&asked, "trap");
        assert_no_dep(&asked, "nix");
        assert_match(&asked, TN_CATALOG_ALIAS, "fs_fat", "");
        assert_said(&asked, "modules.dep.bin is missing " WALKED);
}

CHECK(catalog_takes_an_empty_modules_dep_for_none)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tmpdir_write(&asked.dir, "modules.dep.bin", "cut");
        tmpdir_write(&asked.dir, "modules.dep", "");
        write_module(&asked, "kernel/low.ko", "");
        assert_dep(&asked, "low", "kernel/low.ko", "");
        assert_said(&asked, "modules.dep.bin is corrupt " WALKED);
}

/* What is above the trees of all kernels is none, however it is written. */
CHECK(catalog_does_not_search_the_directory_of_all_trees)
{
        static const char *const names[] = { "lib/modules", "lib/modules/", "lib/modules/.",
                                             "lib/modules//./" };
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_module(&asked, "lib/modules/6.1.0/kernel/low.ko", "");
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
                _cleanup_(freep) char *path = tmpdir_path(&asked.dir, names[i]);
                const struct tn_dir dir = tn_dir_at(path);
                struct tn_depline dep;

                assert_int_equal(tn_catalog_open(&dir, &cat), 0);
                assert_int_equal(tn_catalog_find_dep(cat, SPAN("low"), &dep), -ENOENT);
        }
        assert_dep(&asked, "low", "lib/modules/6.1.0/kernel/low.ko", "");
}

CHECK(catalog_prefers_updates)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_module(&asked, "extra/low.ko", "");
        write_module(&asked, "kernel/low.ko", "");
        write_module(&asked, "updates/low.ko", "");
        write_module(&asked, "extra/lower.ko", "");
        write_module(&asked, "kernel/lower.ko", "");
        assert_dep(&asked, "low", "updates/low.ko", "");
        assert_dep(&asked, "lower", "extra/lower.ko", "");
}

CHECK(catalog_ends_a_circle_of_files)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        write_module(&asked, "a.ko", "b");
        write_module(&asked, "b.ko", "c,b");
        write_module(&asked, "c.ko", "a");
        assert_dep(&asked, "a", "a.ko", "b.ko c.ko");
        assert_dep(&asked, "c", "c.ko", "a.ko b.ko");
}

CHECK(catalog_ends_a_chain_of_files)
{
        _cleanup_(asked_fini) struct asked asked;
        struct tn_depline dep;

        asked_init(&asked);
        for (int i = 0; i < 200; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, next = { 0 };

                tn_buf_addf(&path, "m%d.ko", i);
                tn_buf_addf(&next, "m%d", i + 1);
                write_module(&asked, tn_buf_str(&path), tn_buf_str(&next));
        }
        assert_int_equal(tn_catalog_find_dep(asked.cat, SPAN("m0"), &dep), 0);
        assert_true(tn_span_starts(dep.deps, SPAN("m1.ko m2.ko ")));
        assert_int_equal(tn_catalog_find_dep(asked.cat, SPAN("m199"), &dep), 0);
        assert_int_equal(dep.deps.len, 0);
}

CHECK(catalog_lists_a_file_that_is_no_module)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tmpdir_write(&asked.dir, "junk.ko", "junk");
        tmpdir_write(&asked.dir, "junk.ko.xz",
                     "\xfd"
                     "7zXZ");
        tmpdir_write(&asked.dir, "bad.ko.xz",
                     "\xfd"
                     "7zXZ");
        assert_dep(&asked, "junk", "junk.ko", "");
        assert_dep(&asked, "bad", "bad.ko.xz", "");
}

static void assert_text(const struct tn_catalog *cat, const char *path, const char *text)
{
        _cleanup_(closep) int fd = tn_catalog_open_file(cat, path);
        char got[16] = "";

        assert_true(fd >= 0);
        assert_int_equal(read(fd, got, sizeof(got) - 1), strlen(text));
        assert_string_equal(got, text);
}

/* Below the path of the root all is inside of it; another path is nobody's but the caller's. */
CHECK(catalog_in_a_root_opens_what_is_in_it)
{
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };
        _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
        _cleanup_(freep) char *img = tmpdir_path(&tmp, "img"), *mods = tmpdir_path(&tmp, "img/mods"),
                              *near = tmpdir_path(&tmp, "img2"),
                              *expected = tmpdir_path(&tmp, "img/opt/b.ko");
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        char inside[] = "/mods";
        const struct tn_dir dir = { .path = mods, .fd = AT_FDCWD, .root = &root, .inside = inside };

        tmpdir_write(&tmp, "img/mods/modules.dep", "kernel/a.ko:\n/opt/b.ko:\n");
        tmpdir_write(&tmp, "img/opt/b.ko", "inside");
        tmpdir_write(&tmp, "img2", "near");
        assert_int_equal(symlinkat("/opt", tmp.fd, "img/mods/kernel"), 0);
        assert_int_equal(symlinkat("../../../../../../../../opt/b.ko", tmp.fd, "img/opt/a.ko"), 0);
        assert_int_equal(tn_inroot_init(img, &root), 0);
        assert_int_equal(tn_catalog_open(&dir, &cat), 0);
        inside[1] = mods[1] = '?'; /* both were copied */
        assert_int_equal(tn_catalog_find_path(cat, SPAN("b"), &path), 0);
        assert_string_equal(tn_buf_str(&path), expected);
        assert_text(cat, path.ptr, "inside");
        tn_buf_reset(&path);
        assert_int_equal(tn_catalog_find_path(cat, SPAN("a"), &path), 0);
        assert_text(cat, tn_buf_str(&path), "inside");
        assert_text(cat, near, "near");
        assert_false(tn_catalog_is_stale(cat));
}

/* A line of depmod.d may be for one kernel: the one that the directory is named for. */
CHECK(catalog_in_a_root_finds_modules_as_its_configuration_says)
{
        static const char *const names[] = { "/lib/modules/6.1.0", "/lib/modules/6.1.0//" };
        _cleanup_(tmpdir_fini) struct tmpdir tmp = tmpdir_new();
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };

        tmpdir_write(&tmp, "lib/modules/6.1.0/kernel/m.ko", "");
        tmpdir_write(&tmp, "lib/modules/6.1.0/updates/m.ko", "");
        tmpdir_write(&tmp, "lib/modules/6.1.0/extra/m.ko", "");
        tmpdir_write(&tmp, "etc/depmod.d/x.conf",
                     "override m 6.1.0 extra\noverride m 6.2.0 kernel\nexternal * /opt\n");
        tmpdir_write(&tmp, "opt/n.ko", "");
        assert_int_equal(tn_inroot_init(tmp.path, &root), 0);
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                _cleanup_(tn_catalog_closep) struct tn_catalog *cat = NULL;
                _cleanup_(freep) char *path = tmpdir_path(&tmp, names[i] + 1);
                const struct tn_dir dir = { path, .fd = AT_FDCWD, .root = &root, .inside = names[i] };
                struct tn_depline dep;

                assert_int_equal(tn_catalog_open(&dir, &cat), 0);
                assert_int_equal(tn_catalog_find_dep(cat, SPAN("m"), &dep), 0);
                assert_span(dep.path, "extra/m.ko");
                assert_int_equal(tn_catalog_find_dep(cat, SPAN("n"), &dep), 0);
                assert_span(dep.path, "/opt/n.ko");
        }
}

CHECK(catalog_needs_no_log)
{
        _cleanup_(asked_fini) struct asked asked;

        asked_init(&asked);
        tn_catalog_set_log(asked.cat, NULL);
        tmpdir_write(&asked.dir, "modules.dep", deps_text);
        assert_dep(&asked, "fat", "kernel/fs/fat/fat.ko", "");
}
