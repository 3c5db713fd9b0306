/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Changes a module directory at random and indexes it after every few changes, with a cache; then a run without one makes
 * the files in another directory, and both must have made, and logged, the same. 1,000 sequences, or the share of them that
 * $TENON_SAMPLE says, chosen by $TENON_SEED; with a number as argument that one alone. Prints TAP.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "depmod/cache.h"
#include "depmod/cachedir.h"
#include "depmod/depmod.h"
#include "depmod/emit.h"
#include "logged.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/sum.h"

#define SEQUENCES 1000
#define STEPS     8 /* runs of a sequence */
#define SYMBOLS   9

/* Below the first: all that a sequence works on. */
static struct tmpdir top;
static uint64_t chance;
static struct tn_depmod_options options;
static struct tn_buf early; /* the cache as it was once */
static unsigned spared, partly;
static char cache_name[64];
static bool is_noted; /* a cache is used there */

static const char *const paths[] = {
        "mods/kernel/m0.ko",
        "mods/kernel/m1.ko",
        "mods/kernel/sub/m2.ko",
        "mods/kernel/sub/m3.ko",
        "mods/kernel/m4.ko",
        "mods/kernel/sub/m0.ko",
        "mods/updates/m1.ko",
        "mods/updates/m2.ko",
        "mods/extra/m4.ko",
        "ext/m3.ko",
        "ext/m5.ko",
        "mods/kernel/m6.ko",
};

static unsigned pick(unsigned n)
{
        chance = chance * 6364136223846793005u + 1442695040888963407u;
        return (unsigned)(chance >> 33) % n;
}

static const char *pick_path(void)
{
        return paths[pick(ARRAY_SIZE(paths))];
}

static const char *pick_output(void)
{
        static char name[64];

        snprintf(name, sizeof(name), "mods/%s", tn_emitters[pick((unsigned)tn_n_emitters)].name.file);
        return name;
}

static void set_mtime(const char *path, time_t sec)
{
        const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = sec } };

        utimensat(top.fd, path, times, 0);
}

/* ---- changes ---- */

/* Links that lead nowhere, or in a circle, cannot be written through. */
static void put_file(const char *path, struct span bytes)
{
        struct stat st;

        if (fstatat(top.fd, path, &st, 0) < 0)
                unlinkat(top.fd, path, 0);
        tmpdir_write_bytes(&top, path, bytes.ptr, bytes.len);
}

/* Most need only symbols of a lower number, so that there are few cycles. */
static void write_module(const char *path)
{
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        unsigned export = 1 + pick(SYMBOLS), need = pick(30) ? pick(export) : pick(10);
        char text[64];
        struct span image;

        snprintf(text, sizeof(text), "alias=pci:v%u*", pick(10));
        mkelf_info(&elf, text);
        if (pick(3) == 0)
                mkelf_info(&elf, text);
        snprintf(text, sizeof(text), "softdep=pre: m%u", pick(7));
        mkelf_info(&elf, text);
        snprintf(text, sizeof(text), "s%u", export);
        mkelf_export_crc(&elf, text, pick(3));
        snprintf(text, sizeof(text), "s%u", need);
        mkelf_need(&elf, text, pick(2));
        image = mkelf_span(&elf);
        put_file(path, image);
}

static void change_module(void)
{
        write_module(pick_path());
}

/* The size is mostly the same as well. */
static void change_unseen(void)
{
        const char *path = pick_path();

        write_module(path);
        set_mtime(path, 1000);
}

static void replace_module(void)
{
        const char *path = pick_path();

        write_module("new.ko");
        set_mtime("new.ko", 1000);
        renameat(top.fd, "new.ko", top.fd, path);
}

static void remove_module(void)
{
        unlinkat(top.fd, pick_path(), 0);
}

static void move_module(void)
{
        renameat(top.fd, pick_path(), top.fd, pick_path());
}

static void link_module(void)
{
        linkat(top.fd, pick_path(), top.fd, pick_path(), 0);
}

static void point_to_module(void)
{
        _cleanup_(freep) char *to = tmpdir_path(&top, pick_path());

        symlinkat(to, top.fd, pick_path());
}

static void touch_module(void)
{
        utimensat(top.fd, pick_path(), NULL, 0);
}

static void break_module(void)
{
        put_file(pick_path(), SPAN("this is no module"));
}

static void move_directory(void)
{
        if (renameat(top.fd, "mods/kernel/sub", top.fd, "mods/kernel/bus") < 0)
                renameat(top.fd, "mods/kernel/bus", top.fd, "mods/kernel/sub");
}

static void change_order(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        for (unsigned i = 0; i < 4; i++)
                tn_buf_addf(&text, "kernel/m%u.ko\n", pick(7));
        tmpdir_write(&top, "mods/modules.order", tn_buf_str(&text));
}

static void change_lists(void)
{
        static const char *const names[] = { "mods/modules.builtin", "mods/modules.builtin.modinfo",
                                             "mods/modules.order" };
        const char *name = names[pick(3)];
        char text[64];

        snprintf(text, sizeof(text), pick(2) ? "kernel/b%u.ko\n" : "b%u.alias=x", pick(10));
        if (pick(4) == 0)
                unlinkat(top.fd, name, 0);
        else
                tmpdir_write(&top, name, text);
}

static void change_configuration(void)
{
        static const char *const lines[] = { "search extra updates built-in\n", "search updates\n",
                                             "exclude m1.ko\n", "override m2 * kernel/sub\n", "nonsense\n" };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        for (unsigned i = 0; i < ARRAY_SIZE(lines); i++)
                if (pick(4) == 0)
                        tn_buf_add_str(&text, lines[i]);
        if (pick(2))
                tn_buf_addf(&text, "external * %s/ext\n", top.path);
        tmpdir_write(&top, "conf/a.conf", tn_buf_str(&text) ? text.ptr : "");
}

static void change_options(void)
{
        if (pick(2))
                options.warn_twice = !options.warn_twice;
        else
                options.symbol_prefix ^= 's';
}

/* One byte is another; a time that is given back hides nothing. */
static void damage(const char *path)
{
        _cleanup_(closep) int fd = openat(top.fd, path, O_RDWR | O_CLOEXEC);
        struct stat st;
        off_t at;
        char c;

        if (fd < 0 || fstat(fd, &st) < 0 || st.st_size == 0)
                return;
        at = (off_t)pick((unsigned)st.st_size);
        if (pread(fd, &c, 1, at) == 1) {
                c ^= (char)(1 << pick(8));
                assert_int_equal(pwrite(fd, &c, 1, at), 1);
                futimens(fd, (struct timespec[2]){ st.st_atim, st.st_mtim });
        }
}

static void cut(const char *path)
{
        _cleanup_(closep) int fd = openat(top.fd, path, O_RDWR | O_CLOEXEC);
        struct stat st;

        if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size)
                assert_int_equal(ftruncate(fd, (off_t)pick((unsigned)st.st_size)), 0);
}

static void damage_output(void)
{
        const char *path = pick_output();

        switch (pick(6)) {
        case 0: cut(path); break;
        case 1: fchmodat(top.fd, path, pick(2) ? 0600 : 0666, 0); break;
        case 2: unlinkat(top.fd, path, 0); break;
        case 3: set_mtime("mods/modules.dep", 1); break;
        case 4:
                unlinkat(top.fd, path, 0);
                symlinkat("../plain", top.fd, path);
                break;
        default: damage(path); break;
        }
}

/* Also an older one, which a backup may bring. */
static void damage_cache(void)
{
        switch (pick(6)) {
        case 0: cut(cache_name); break;
        case 1: unlinkat(top.fd, cache_name, 0); break;
        case 2: fchmodat(top.fd, cache_name, 0666, 0); break;
        case 3:
                if (early.len)
                        tmpdir_write_bytes(&top, cache_name, early.ptr, early.len);
                break;
        case 4:
                tn_buf_reset(&early);
                tn_file_read_at(top.fd, cache_name, 1 << 20, &early);
                break;
        default: damage(cache_name); break;
        }
}

static void change_nothing(void) {}

static void (*const changes[])(void) = {
        change_module,  change_unseen, replace_module, remove_module,  move_module,    link_module,
        touch_module,   break_module,  move_directory, change_order,   change_lists,   change_configuration,
        change_options, damage_output, damage_output,  damage_cache,   change_nothing, point_to_module,
        remove_module,  change_module, damage_cache,   change_nothing,
};

/* ---- runs ---- */

/* What is changed from here on has another time than what was changed before: the kernel's clock moves in steps. */
static void pass_a_step(void)
{
        struct timespec start, now;

        clock_gettime(CLOCK_REALTIME_COARSE, &start);
        do
                clock_gettime(CLOCK_REALTIME_COARSE, &now);
        while (now.tv_sec == start.tv_sec && now.tv_nsec == start.tv_nsec);
}

static int run(struct tn_cache *cache, const char *out, struct logged *logged)
{
        _cleanup_(freep) char *mods = tmpdir_path(&top, "mods"), *conf = tmpdir_path(&top, "conf"),
                              *out_dir = out ? tmpdir_path(&top, out) : NULL;
        const char *const config[] = { conf, NULL };
        const struct tn_world world = { .dir = tn_dir_at(mods), .release = "6.1.0", .config_paths = config };

        options.world = &world;
        options.cache = cache;
        options.out_dir = out_dir;
        logged_init(logged);
        return tn_depmod_run(&options, &logged->log);
}

static int run_cached(struct logged *logged)
{
        _cleanup_(freep) char *dir = tmpdir_path(&top, "cache");
        struct tn_cache cache = tn_cache_init(dir);
        int r;

        cache.grain = 0;
        r = run(&cache, NULL, logged);
        spared += cache.seen.n > 0 && cache.n_kept == 0 && cache.records.n == 0;
        partly += cache.records.n > 0 && cache.by_id.n > 0;
        tn_cache_close(&cache);
        return r;
}

static bool same_file(size_t i)
{
        _cleanup_(tn_buf_fini) struct tn_buf a = { 0 }, b = { 0 };
        struct stat st, other;
        char path[64];

        snprintf(path, sizeof(path), "mods/%s", tn_emitters[i].name.file);
        if (tn_file_read_at(top.fd, path, 1 << 20, &a) < 0 ||
            fstatat(top.fd, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
                return false;
        snprintf(path, sizeof(path), "out/%s", tn_emitters[i].name.file);
        return tn_file_read_at(top.fd, path, 1 << 20, &b) == 0 && fstatat(top.fd, path, &other, 0) == 0 &&
               st.st_mode == other.st_mode && st.st_uid == other.st_uid &&
               tn_span_eq(tn_buf_span(&a), tn_buf_span(&b));
}

/* What is different, or NULL. */
static const char *compare(void)
{
        _cleanup_(logged_fini) struct logged cached = { 0 }, plain = { 0 };
        int r = run_cached(&cached), plain_r = run(NULL, "out", &plain);

        if (r != plain_r)
                return "status";
        if (!tn_span_eq(tn_buf_span(&cached.text), tn_buf_span(&plain.text)))
                return "messages";
        for (size_t i = 0; i < tn_n_emitters && r == 0; i++)
                if (!same_file(i))
                        return tn_emitters[i].name.file;
        return NULL;
}

static void begin(unsigned number)
{
        static const char *const dirs[] = { "mods",         "mods/kernel", "mods/kernel/sub",
                                            "mods/updates", "mods/extra",  "ext",
                                            "conf",         "out",         "cache" };
        const char *seed = getenv("TENON_SEED");
        _cleanup_(freep) char *mods = NULL;
        char name[TN_CACHEDIR_NAME_SIZE];

        chance = tn_sum(tn_span_of(seed ? seed : "1"), number);
        top = tmpdir_new();
        is_noted = tn_cache_is_noted(top.fd);
        options = (struct tn_depmod_options){ 0 };
        tn_buf_reset(&early);
        for (size_t i = 0; i < ARRAY_SIZE(dirs); i++)
                assert_int_equal(mkdirat(top.fd, dirs[i], 0755), 0);
        for (unsigned i = 0; i < 6; i++)
                write_module(pick_path());
        change_order();
        tmpdir_write(&top, "plain", "what a link leads to");
        tmpdir_write(&top, "mods/modules.builtin", "kernel/b.ko\n");
        tmpdir_write(&top, "mods/modules.builtin.modinfo", "b.alias=c");
        mods = tmpdir_path(&top, "mods");
        tn_cachedir_name(tn_span_of(mods), name);
        snprintf(cache_name, sizeof(cache_name), "cache/%s", name);
}

/* Returns whether the cache was never wrong. What is left of a sequence that failed can be looked at. */
static bool try(unsigned number)
{
        begin(number);
        for (unsigned step = 0; step < STEPS; step++) {
                const char *wrong;

                pass_a_step();
                wrong = compare();
                if (wrong) {
                        printf("# sequence %u, run %u: %s; see %s\n", number, step, wrong, top.path);
                        return false;
                }
                for (unsigned n = pick(3); n > 0; n--)
                        changes[pick(ARRAY_SIZE(changes))]();
        }
        tmpdir_fini(&top);
        return true;
}

static unsigned count_of(void)
{
        const char *sample = getenv("TENON_SAMPLE");
        unsigned percent = sample ? (unsigned)strtoul(sample, NULL, 10) : 100;

        return (SEQUENCES * MIN(percent, 100u) + 99) / 100;
}

/* A file system that notes all changes, and syncs at once. */
static void choose_place(void)
{
        if (access("/dev/shm", W_OK) == 0)
                setenv("TMPDIR", "/dev/shm", 0);
}

int main(int argc, char **argv)
{
        unsigned count = count_of(), failed = 0;

        choose_place();
        printf("1..1\n");
        if (argc > 1)
                return try((unsigned)strtoul(argv[1], NULL, 10)) ? 0 : 1;
        for (unsigned i = 0; i < count && failed < 5; i++)
                failed += !try(i);
        if (failed == 0 && !is_noted)
                printf("ok 1 - %u sequences # SKIP no directory whose file system a cache trusts\n", count);
        else
                printf("%sok 1 - a cache makes no difference: %u sequences, %u runs spared, %u in part\n",
                       failed || !spared || !partly ? "not " : "", count, spared, partly);
        tn_buf_fini(&early);
        return failed ? 1 : 0;
}
