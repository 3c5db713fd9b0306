/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "depmod/cache.h"
#include "depmod/cachedir.h"
#include "depmod/depmod.h"
#include "depmod/state.h"
#include "logged.h"
#include "moddir.h"

/* A module directory and its cache. */
struct pair {
        struct tmpdir dir, cache;
        struct tn_depmod_options options;
        unsigned grain;
        struct logged logged;
};

static void pair_fini(struct pair *pair)
{
        tmpdir_fini(&pair->dir);
        tmpdir_fini(&pair->cache);
        logged_fini(&pair->logged);
}

static struct pair pair_new(void)
{
        struct pair pair = { .dir = tmpdir_new(), .cache = tmpdir_new() };

        logged_init(&pair.logged);
        moddir_write(&pair.dir, "kernel/a.ko", "sym", NULL);
        moddir_write(&pair.dir, "kernel/b.ko", NULL, "sym");
        tmpdir_write(&pair.dir, "modules.order", "kernel/a.ko\nkernel/b.ko\n");
        tmpdir_write(&pair.dir, "modules.builtin", "kernel/c.ko\n");
        tmpdir_write(&pair.dir, "modules.builtin.modinfo", "");
        return pair;
}

/* Files that are changed from here on have another time than now: the kernel's clock moves in steps. */
static void pass_a_step(void)
{
        struct timespec start, now;

        clock_gettime(CLOCK_REALTIME_COARSE, &start);
        do
                clock_gettime(CLOCK_REALTIME_COARSE, &now);
        while (now.tv_sec == start.tv_sec && now.tv_nsec == start.tv_nsec);
}

static void run(struct pair *pair)
{
        struct tn_cache cache = tn_cache_init(pair->cache.path);
        struct tn_world world = WORLD(pair->dir.path);

        pass_a_step();
        tn_buf_reset(&pair->logged.text);
        pair->logged.log.data = &pair->logged;
        cache.grain = pair->grain;
        pair->options.world = &world;
        pair->options.cache = &cache;
        assert_int_equal(tn_depmod_run(&pair->options, &pair->logged.log), 0);
        tn_cache_close(&cache);
}

/* Where the tests' directories are there may be no file system that a cache trusts. */
static void must_have_cache(const struct pair *pair)
{
        if (moddir_count(&pair->cache, "depmod-") == 0 || !tn_cache_is_noted(pair->dir.fd))
                skip();
}

static struct stat stat_of(const struct pair *pair, const char *name)
{
        struct stat st;

        assert_int_equal(fstatat(pair->dir.fd, name, &st, 0), 0);
        return st;
}

/* The head of the cache. */
static struct tn_depcache_head head_of(const struct pair *pair)
{
        static struct tn_buf bytes;
        char name[TN_CACHEDIR_NAME_SIZE];
        struct tn_depcache_head head;
        struct span rest;

        tn_cachedir_name(tn_span_of(pair->dir.path), name);
        tn_buf_fini(&bytes);
        bytes = (struct tn_buf){ 0 };
        assert_int_equal(tn_file_read_at(pair->cache.fd, name, 1 << 20, &bytes), 0);
        rest = tn_buf_span(&bytes);
        assert_int_equal(tn_depcache_head_parse(&rest, &head), 0);
        return head;
}

/* A run that is asked for nothing else writes nothing, not even the cache. */
static void assert_idle(struct pair *pair)
{
        struct stat before, after;

        assert_int_equal(fstat(pair->cache.fd, &before), 0);
        run(pair);
        assert_int_equal(fstat(pair->cache.fd, &after), 0);
        assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
        assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void assert_busy(struct pair *pair)
{
        struct stat before, after;

        assert_int_equal(fstat(pair->cache.fd, &before), 0);
        run(pair);
        assert_int_equal(fstat(pair->cache.fd, &after), 0);
        assert_true(before.st_mtim.tv_sec != after.st_mtim.tv_sec ||
                    before.st_mtim.tv_nsec != after.st_mtim.tv_nsec);
}

CHECK(cache_spares_a_run_when_nothing_has_changed)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();

        run(&pair);
        must_have_cache(&pair);
        assert_int_equal(head_of(&pair).n_outputs, 11);
        assert_idle(&pair);
        moddir_assert_file(&pair.dir, "modules.dep", "kernel/a.ko:\nkernel/b.ko: kernel/a.ko\n");
}

CHECK(cache_notes_any_change_of_a_module)
{
        static const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = 1000 } };
        _cleanup_(pair_fini) struct pair pair = pair_new();

        utimensat(pair.dir.fd, "kernel/b.ko", times, 0);
        run(&pair);
        must_have_cache(&pair);
        moddir_write(&pair.dir, "kernel/b.ko", NULL, "syn");
        utimensat(pair.dir.fd, "kernel/b.ko", times, 0);
        assert_busy(&pair);
        moddir_assert_file(&pair.dir, "modules.dep", "kernel/a.ko:\nkernel/b.ko:\n");
        moddir_write(&pair.dir, "kernel/c.ko", "syn", NULL);
        assert_busy(&pair);
        moddir_assert_file(&pair.dir, "modules.dep",
                           "kernel/a.ko:\nkernel/b.ko: kernel/c.ko\nkernel/c.ko:\n");
        assert_int_equal(unlinkat(pair.dir.fd, "kernel/c.ko", 0), 0);
        assert_busy(&pair);
        assert_int_equal(renameat(pair.dir.fd, "kernel", pair.dir.fd, "moved"), 0);
        assert_busy(&pair);
        moddir_assert_file(&pair.dir, "modules.dep", "moved/b.ko:\nmoved/a.ko:\n");
        assert_idle(&pair);
}

CHECK(cache_notes_what_else_the_files_are_made_of)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();

        run(&pair);
        must_have_cache(&pair);
        tmpdir_write(&pair.dir, "modules.order", "kernel/b.ko\nkernel/a.ko\n");
        assert_busy(&pair);
        moddir_assert_file(&pair.dir, "modules.dep", "kernel/b.ko: kernel/a.ko\nkernel/a.ko:\n");
        tmpdir_write(&pair.dir, "modules.builtin", "kernel/d.ko\n");
        assert_busy(&pair);
        tmpdir_write(&pair.dir, "modules.builtin.modinfo", "d.alias=e");
        assert_busy(&pair);
        pair.options.symbol_prefix = 's';
        assert_busy(&pair);
        pair.options.warn_twice = true;
        assert_busy(&pair);
        assert_idle(&pair);
}

/* Damage, another mode and another owner of each file, in turn. */
CHECK(cache_notes_what_has_become_of_the_files)
{
        static const char *const names[] = { "modules.dep", "modules.alias.bin", "modules.builtin.bin",
                                             "modules.devname" };
        _cleanup_(pair_fini) struct pair pair = pair_new();

        run(&pair);
        must_have_cache(&pair);
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 }, again = { 0 };

                assert_int_equal(tn_file_read_at(pair.dir.fd, names[i], 1 << 20, &bytes), 0);
                tmpdir_write_bytes(&pair.dir, names[i], "x", 1);
                run(&pair);
                assert_int_equal(tn_file_read_at(pair.dir.fd, names[i], 1 << 20, &again), 0);
                assert_true(tn_span_eq(tn_buf_span(&bytes), tn_buf_span(&again)));
                assert_int_equal(fchmodat(pair.dir.fd, names[i], 0600, 0), 0);
                run(&pair);
                assert_int_equal(stat_of(&pair, names[i]).st_mode & 07777, 0644);
                if (geteuid() == 0 && fchownat(pair.dir.fd, names[i], 1, 1, 0) == 0) {
                        run(&pair);
                        assert_int_equal(stat_of(&pair, names[i]).st_uid, 0);
                        assert_int_equal(stat_of(&pair, names[i]).st_gid, 0);
                }
                assert_int_equal(unlinkat(pair.dir.fd, names[i], 0), 0);
                run(&pair);
                stat_of(&pair, names[i]);
                assert_idle(&pair);
        }
}

/* depmod -A goes by it. */
CHECK(cache_notes_files_that_are_older_than_modules)
{
        static const struct timespec times[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
        _cleanup_(pair_fini) struct pair pair = pair_new();

        run(&pair);
        must_have_cache(&pair);
        assert_int_equal(utimensat(pair.dir.fd, "modules.dep", times, 0), 0);
        run(&pair);
        assert_true(stat_of(&pair, "modules.dep").st_mtim.tv_sec > 1);
}

CHECK(cache_has_nothing_of_what_was_changed_just_now)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();

        run(&pair);
        must_have_cache(&pair);
        assert_true(head_of(&pair).records_len > 0);
        pair.grain = 3600000;
        moddir_write(&pair.dir, "kernel/a.ko", "sym", NULL);
        moddir_write(&pair.dir, "kernel/b.ko", "sym", NULL);
        run(&pair);
        assert_int_equal(head_of(&pair).n_outputs, 0);
        assert_int_equal(head_of(&pair).records_len, 0);
}

CHECK(cache_of_a_time_to_come_is_not_believed)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        char name[TN_CACHEDIR_NAME_SIZE];
        struct tn_depcache_head head;

        run(&pair);
        must_have_cache(&pair);
        head = head_of(&pair);
        head.written_sec += 1000;
        head.records_len = 0;
        assert_int_equal(tn_depcache_head_format(&head, &bytes), 0);
        tn_cachedir_name(tn_span_of(pair.dir.path), name);
        assert_int_equal(tn_cachedir_write(pair.cache.fd, name, tn_buf_span(&bytes), SPAN("")), 0);
        run(&pair);
        assert_true(head_of(&pair).written_sec < head.written_sec);
        assert_true(head_of(&pair).records_len > 0);
}

/* What a run has to say of modules, the next one says as well. */
CHECK(cache_keeps_no_message_from_anybody)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();
        _cleanup_(freep) char *said = NULL;

        tmpdir_write(&pair.dir, "kernel/bad.ko", "this is no module");
        run(&pair);
        must_have_cache(&pair);
        assert_true(pair.logged.text.len > 0);
        said = tn_span_dup(tn_buf_span(&pair.logged.text));
        run(&pair);
        assert_string_equal(tn_buf_str(&pair.logged.text), said);
        pair.logged.log.max = TN_LOG_CRIT;
        run(&pair);
        assert_int_equal(pair.logged.text.len, 0);
        pair.logged.log.max = TN_LOG_WARNING;
        run(&pair);
        assert_string_equal(tn_buf_str(&pair.logged.text), said);
        assert_int_equal(unlinkat(pair.dir.fd, "kernel/bad.ko", 0), 0);
        run(&pair);
        assert_int_equal(pair.logged.text.len, 0);
        assert_idle(&pair);
}

CHECK(cache_that_is_damaged_anywhere_costs_nothing_but_time)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };
        char name[TN_CACHEDIR_NAME_SIZE];

        run(&pair);
        must_have_cache(&pair);
        tn_cachedir_name(tn_span_of(pair.dir.path), name);
        assert_int_equal(tn_file_read_at(pair.cache.fd, name, 1 << 20, &bytes), 0);
        for (size_t i = 0; i < bytes.len; i += 37) {
                bytes.ptr[i] ^= 1;
                tmpdir_write(&pair.dir, "modules.dep", "");
                assert_int_equal(tn_cachedir_write(pair.cache.fd, name,
                                                   tn_span_head(tn_buf_span(&bytes), bytes.len - i % 2),
                                                   SPAN("")),
                                 0);
                bytes.ptr[i] ^= 1;
                run(&pair);
                assert_int_equal(pair.logged.text.len, 0);
                moddir_assert_file(&pair.dir, "modules.dep", "kernel/a.ko:\nkernel/b.ko: kernel/a.ko\n");
                assert_idle(&pair);
        }
}

CHECK(cache_is_not_for_runs_that_need_more_of_a_module)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();

        run(&pair);
        must_have_cache(&pair);
        pair.options.check_symbols = true;
        run(&pair);
        assert_string_equal(tn_buf_str(&pair.logged.text), "4 -e needs -E or -F\n");
        run(&pair);
        assert_string_equal(tn_buf_str(&pair.logged.text), "4 -e needs -E or -F\n");
}

/* Nothing there would ever be kept. */
CHECK(cache_makes_no_directory_for_modules_whose_changes_are_not_noted)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();
        _cleanup_(freep) char *path = tmpdir_path(&pair.cache, "made");
        const char *const dirs[] = { "/proc", pair.dir.path };

        run(&pair);
        must_have_cache(&pair);
        for (size_t i = 0; i < ARRAY_SIZE(dirs); i++) {
                struct tn_depmod depmod = { .source = TN_SOURCE_NONE };
                struct tn_cache cache = tn_cache_init(path);
                bool is_noted;

                depmod.source.dir.path = dirs[i];
                depmod.source.dir.fd = open(dirs[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
                assert_true(depmod.source.dir.fd >= 0);
                is_noted = tn_cache_is_noted(depmod.source.dir.fd);
                assert_true(i > 0 || !is_noted);
                tn_cache_open(&cache, &depmod, &pair.options);
                assert_int_equal(access(path, F_OK), is_noted ? 0 : -1);
                tn_cache_close(&cache);
                close(depmod.source.dir.fd);
        }
}

CHECK(cache_does_without_a_place)
{
        _cleanup_(pair_fini) struct pair pair = pair_new();

        assert_int_equal(fchmodat(pair.cache.fd, ".", 0777, 0), 0);
        run(&pair);
        assert_int_equal(pair.logged.text.len, 0);
        assert_int_equal(moddir_count(&pair.cache, "depmod-"), 0);
        moddir_assert_file(&pair.dir, "modules.dep", "kernel/a.ko:\nkernel/b.ko: kernel/a.ko\n");
        run(&pair);
        assert_int_equal(pair.logged.text.len, 0);
}
