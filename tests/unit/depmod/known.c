/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "depmod/known.h"
#include "logged.h"
#include "tmpdir.h"
#include "util/cleanup.h"

struct loaded {
        struct tn_symtab tab;
        struct logged logged;
};

static void loaded_fini(struct loaded *loaded)
{
        tn_symtab_fini(&loaded->tab);
        logged_fini(&loaded->logged);
}

typedef int load_fn(const char *path, struct tn_symtab *tab, struct tn_log *log);

static void load(struct loaded *loaded, load_fn *fn, char prefix, const char *text)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        *loaded = (struct loaded){ .tab = { .prefix = prefix } };
        logged_init(&loaded->logged);
        tmpdir_write(&dir, "list", text);
        tn_buf_addf(&path, "%s/list", dir.path);
        assert_int_equal(fn(tn_buf_str(&path), &loaded->tab, &loaded->logged.log), 0);
}

/* Its version, or -1 when it is not known. */
static int64_t crc_of(struct loaded *loaded, const char *name)
{
        const struct tn_symbol *sym = tn_symtab_find(&loaded->tab, tn_span_of(name));

        if (!sym)
                return -1;
        assert_true(sym->owner == TN_SYMTAB_NOBODY);
        return (int64_t)sym->crc;
}

CHECK(known_symvers_gives_versions_the_last_counts)
{
        _cleanup_(loaded_fini) struct loaded loaded;

        load(&loaded, tn_known_load_symvers, 0, "0x1\tf\tvmlinux\tE\n0x2\tf\tvmlinux\tE\n0x3\tg\tmod\tE\n");
        assert_int_equal(crc_of(&loaded, "f"), 2);
        assert_int_equal(crc_of(&loaded, "g"), -1);
        assert_int_equal(crc_of(&loaded, "__this_module"), 0);
        assert_int_equal(crc_of(&loaded, "TOC."), 0);
}

CHECK(known_map_gives_names)
{
        _cleanup_(loaded_fini) struct loaded loaded;

        load(&loaded, tn_known_load_map, 0, "0 r __ksymtab_f\n0 T g");
        assert_int_equal(crc_of(&loaded, "f"), 0);
        assert_int_equal(crc_of(&loaded, "g"), -1);
        assert_int_equal(crc_of(&loaded, "_GLOBAL_OFFSET_TABLE_"), 0);
}

CHECK(known_prefix_is_dropped_once)
{
        _cleanup_(loaded_fini) struct loaded map, symvers;

        load(&map, tn_known_load_map, '_', "0 r ___ksymtab__f\n");
        assert_int_equal(crc_of(&map, "_f"), 0);
        load(&symvers, tn_known_load_symvers, '_', "1 __f vmlinux E\n");
        assert_int_equal(crc_of(&symvers, "_f"), 1);
}

CHECK(known_bad_lines_are_told_and_passed_over)
{
        _cleanup_(loaded_fini) struct loaded loaded, map;
        const char *said;

        load(&loaded, tn_known_load_symvers, 0, "1 f vmlinux\nzz g vmlinux\n2 h vmlinux");
        assert_int_equal(crc_of(&loaded, "h"), 2);
        said = tn_buf_str(&loaded.logged.text);
        assert_non_null(said);
        assert_non_null(strstr(said, "/list:2 Invalid symbol version zz: Invalid argument\n"));
        load(&map, tn_known_load_map, 0, "0 r __ksymtab_f\nnonsense\n1 r __ksymtab_h\n");
        assert_int_equal(crc_of(&map, "h"), 0);
        said = tn_buf_str(&map.logged.text);
        assert_non_null(said);
        assert_non_null(strstr(said, "/list:2: invalid line: nonsense\n"));
}

CHECK(known_file_that_is_not_there_is_an_error)
{
        _cleanup_(loaded_fini) struct loaded loaded = { 0 };

        logged_init(&loaded.logged);
        assert_int_equal(tn_known_load_map("/nix/map", &loaded.tab, &loaded.logged.log), -ENOENT);
        assert_string_equal(tn_buf_str(&loaded.logged.text),
                            "2 could not load /nix/map: No such file or directory\n");
}
