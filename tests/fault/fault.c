/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lets every call of a run of depmod fail, one after another, and the program die at each that changes something;
 * after each there must be the complete old set of files or the complete new one, and after one more run the new
 * one, with nothing left behind. Prints TAP, and how many faults were tried.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "depmod/cache.h"
#include "depmod/cachedir.h"
#include "depmod/depmod.h"
#include "depmod/emit.h"
#include "depmod/recover.h"
#include "inject.h"
#include "tree.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

#define FILES_MAX 16

/* What a set of index files holds, and who may read it; a NULL ptr is a file that is not there. */
struct set {
        struct span files[FILES_MAX];
        mode_t modes[FILES_MAX];
};

enum { IS_OLD = 1, IS_NEW = 2 };

static struct tmpdir dir, external; /* the module directory, and one that depmod.d names */
static struct tmpdir cache_dir;
static struct span cache_bytes; /* of a cache that is right */
static bool has_cache;
static char *conf;
static struct inject_report *report;
static struct set fresh;
static unsigned tried, failures, tests;
static const char obstacle[] = TN_FILESET_PREFIX "old-modules.dep"; /* a directory that nobody can remove */
static unsigned jobs = 1;
static bool stray_before; /* the scenario itself has something left behind */

static void die(const char *what)
{
        printf("Bail out! %s: %s\n", what, strerror(errno));
        exit(1);
}

/* ---- a run ---- */

static void note_error(void *data, enum tn_log_level level, const char *text)
{
        report->said |= level <= TN_LOG_ERR && text[0];
}

static int run_depmod(void)
{
        struct tn_log log = { .emit = note_error, .max = TN_LOG_WARNING };
        const char *const config[] = { conf, NULL };
        const struct tn_world world = {
                .release = "6.1.0",
                .config_paths = config,
                .dir = tn_dir_at(dir.path),
        };
        struct tn_cache cache = tn_cache_init(cache_dir.path);
        const struct tn_depmod_options options = { .world = &world,
                                                   .cache = has_cache ? &cache : NULL,
                                                   .jobs = jobs };
        int r;

        cache.grain = 0;
        r = tn_depmod_run(&options, &log);
        tn_cache_close(&cache);
        return r < 0 ? 1 : 0;
}

/* The run in a process of its own; its status, or INJECT_DIED. */
static int run(enum inject_how how, unsigned at)
{
        int status;
        pid_t pid;

        fflush(stdout);
        pid = fork();
        if (pid < 0)
                die("fork");
        if (pid == 0) {
                inject_start(report, how, at);
                status = run_depmod();
                inject_stop();
                exit(status);
        }
        while (waitpid(pid, &status, 0) < 0)
                if (errno != EINTR)
                        die("waitpid");
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- what is there ---- */

static struct span load(const char *name)
{
        struct tn_buf buf = { 0 };

        if (tn_file_read_at(dir.fd, name, SIZE_MAX, &buf) < 0)
                return (struct span){ 0 };
        tn_buf_str(&buf);
        return tn_buf_span(&buf);
}

static struct set load_set(void)
{
        struct set set = { 0 };

        for (size_t i = 0; i < tn_n_emitters; i++) {
                struct stat st;

                set.files[i] = load(tn_emitters[i].name.file);
                if (fstatat(dir.fd, tn_emitters[i].name.file, &st, 0) == 0)
                        set.modes[i] = st.st_mode;
        }
        return set;
}

static void free_set(struct set *set)
{
        for (size_t i = 0; i < tn_n_emitters; i++)
                free((char *)(uintptr_t)set->files[i].ptr);
}

static bool same(const struct set *a, const struct set *b, size_t i)
{
        return !a->files[i].ptr == !b->files[i].ptr && tn_span_eq(a->files[i], b->files[i]) &&
               a->modes[i] == b->modes[i];
}

/* Which sets the files are, as a whole. */
static unsigned which(const struct set *now, const struct set *old, bool *ret_whole)
{
        unsigned is = IS_OLD | IS_NEW;

        *ret_whole = true;
        for (size_t i = 0; i < tn_n_emitters; i++) {
                unsigned file = (same(now, old, i) ? IS_OLD : 0u) | (same(now, &fresh, i) ? IS_NEW : 0u);

                if (!file)
                        *ret_whole = false;
                is &= file;
        }
        return is;
}

static const char *stray(void)
{
        static char name[256];
        _cleanup_(closedirp) DIR *d = opendir(dir.path);
        struct dirent *ent;

        while ((ent = readdir(d)))
                if (strncmp(ent->d_name, TN_FILESET_PREFIX, strlen(TN_FILESET_PREFIX)) == 0 &&
                    strcmp(ent->d_name, obstacle) != 0) {
                        snprintf(name, sizeof(name), "%s", ent->d_name);
                        return name;
                }
        return NULL;
}

static bool has_journal(void)
{
        for (size_t i = 0; i < TN_FILESET_SLOTS; i++)
                if (faccessat(dir.fd, tn_fileset_journals[i], F_OK, 0) == 0)
                        return true;
        return false;
}

/* ---- scenarios ---- */

static void wipe(void)
{
        _cleanup_(closedirp) DIR *d = opendir(dir.path);
        _cleanup_(freep) char *way = tmpdir_path(&dir, obstacle);
        struct dirent *ent;

        if (faccessat(dir.fd, obstacle, F_OK, 0) == 0) {
                _cleanup_(closep) int fd = openat(dir.fd, obstacle, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

                unlinkat(fd, "x", 0);
                rmdir(way);
        }
        while ((ent = readdir(d)))
                if (strncmp(ent->d_name, TN_FILESET_PREFIX, strlen(TN_FILESET_PREFIX)) == 0)
                        unlinkat(dir.fd, ent->d_name, 0);
        for (size_t i = 0; i < tn_n_emitters; i++)
                unlinkat(dir.fd, tn_emitters[i].name.file, 0);
}

static void put(const char *name, struct span bytes)
{
        _cleanup_(closep) int fd = openat(dir.fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

        if (fd < 0 || tn_file_write(fd, bytes) < 0)
                die(name);
}

static void none_before(void)
{
        wipe();
}

static void others_before(void)
{
        wipe();
        for (size_t i = 0; i < tn_n_emitters; i++)
                put(tn_emitters[i].name.file, SPAN("what an earlier run left\n"));
}

static void some_change(void)
{
        wipe();
        for (size_t i = 0; i < tn_n_emitters; i++)
                put(tn_emitters[i].name.file, i % 3 == 0 ? SPAN("old\n") : fresh.files[i]);
}

/* Some have the right bytes, and not the right mode. */
static void modes_change(void)
{
        some_change();
        for (size_t i = 1; i < tn_n_emitters; i += 3)
                fchmodat(dir.fd, tn_emitters[i].name.file, 0600, 0);
}

/* Those of somebody else, whom the directory does not belong to. */
static void closed(void)
{
        modes_change();
        inject_no_links = inject_closed = true;
}

static void nothing_changes(void)
{
        static const struct timespec long_ago[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };

        wipe();
        for (size_t i = 0; i < tn_n_emitters; i++)
                put(tn_emitters[i].name.file, fresh.files[i]);
        utimensat(dir.fd, "modules.dep", long_ago, 0);
}

static void left_behind(void)
{
        others_before();
        put(TN_FILESET_PREFIX "new-modules.dep", SPAN("hal"));
        put(TN_FILESET_PREFIX "old-modules.alias", SPAN("what an earlier run left\n"));
        put(tn_fileset_journals[0], SPAN("cut sho"));
        put(TN_FILESET_PREFIX "lock", SPAN(""));
}

static void in_the_way(void)
{
        char name[64];

        modes_change();
        snprintf(name, sizeof(name), "%s/x", obstacle);
        tmpdir_write(&dir, name, "");
        close(openat(dir.fd, TN_FILESET_PREFIX "lock", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        inject_no_links = true;
}

/* Which call meets the fault is then not always the same. */
static void by_threads(void)
{
        some_change();
        jobs = 3;
}

/* ---- scenarios with a cache ---- */

static const char *cache_name(void)
{
        static char name[TN_CACHEDIR_NAME_SIZE];

        tn_cachedir_name(tn_span_of(dir.path), name);
        return name;
}

static void forget_cache(void)
{
        char name[TN_CACHEDIR_NAME_SIZE + 8];

        snprintf(name, sizeof(name), "%s.new", cache_name());
        unlinkat(cache_dir.fd, name, 0);
        unlinkat(cache_dir.fd, cache_name(), 0);
        has_cache = true;
}

static void restore_cache(void)
{
        forget_cache();
        if (tn_cachedir_write(cache_dir.fd, cache_name(), cache_bytes, SPAN("")) < 0)
                die(cache_name());
}

static void no_cache_yet(void)
{
        others_before();
        forget_cache();
}

static void cache_and_other_files(void)
{
        some_change();
        restore_cache();
}

static void cache_and_nothing_to_do(void)
{
        wipe();
        for (size_t i = 0; i < tn_n_emitters; i++)
                put(tn_emitters[i].name.file, fresh.files[i]);
        restore_cache();
}

/* As it was forged, or cut: what follows its head is something else. */
static void cache_that_is_damaged(void)
{
        others_before();
        forget_cache();
        if (tn_cachedir_write(cache_dir.fd, cache_name(), tn_span_head(cache_bytes, cache_bytes.len - 8),
                              SPAN("nonsense")) < 0)
                die(cache_name());
}

/* The run that makes what the others start from. Where nothing is kept there is nothing to be tried. */
static bool make_cache(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf bytes = { 0 };

        forget_cache();
        if (run(INJECT_NOTHING, 0) != 0)
                die("a run with a cache failed");
        if (tn_file_read_at(cache_dir.fd, cache_name(), SIZE_MAX, &bytes) == 0)
                cache_bytes = (struct span){ tn_span_dup(tn_buf_span(&bytes)), bytes.len };
        has_cache = false;
        return cache_bytes.len > 0;
}

/* ---- trials ---- */

static void complain(const char *what, enum inject_how how, unsigned at, int status)
{
        static const char *const hows[] = { "nothing",     "failing",    "short",
                                            "dead before", "dead after", "stuck" };

        printf("# %s: %s call %u, %s; status %d\n", what, hows[how], at, report->what, status);
        failures++;
}

/* A finished run: all old and a bad status, or all new and a good one, and nothing else there. */
static void judge_finished(const struct set *now, const struct set *old, enum inject_how how, unsigned at,
                           int status)
{
        bool whole;
        unsigned is = which(now, old, &whole);
        const char *left = stray();

        /* what could not be removed is there until the next run; so is what was there before a failure */
        if (strcmp(report->what, "unlinkat") == 0 || (status && stray_before))
                left = NULL;
        if (status > 1)
                complain("the program broke", how, at, status);
        else if (status == 0 && !(is & IS_NEW))
                complain("good status, but not the new set", how, at, status);
        else if (status == 1 && !(is & IS_OLD))
                complain("bad status, but not the old set", how, at, status);
        else if (status == 1 && !report->said)
                complain("bad status without a message", how, at, status);
        else if (left)
                complain(left, how, at, status);
}

/* Some files are old and some are new: the journal that is there has to lead to the bytes of the new set. */
static void judge_mixed(enum inject_how how, unsigned at, int status)
{
        bool is_new = true;
        struct set now;

        if (!has_journal()) {
                complain("a mixed set without journal", how, at, status);
                return;
        }
        if (tn_recover(dir.fd, dir.path, NULL) < 0)
                complain("a mixed set that cannot be recovered", how, at, status);
        now = load_set();
        for (size_t i = 0; i < tn_n_emitters; i++)
                is_new &= tn_span_eq(now.files[i], fresh.files[i]);
        if (!is_new)
                complain("a mixed set whose journal does not lead to the new one", how, at, status);
        free_set(&now);
}

/* A run that died: every file whole; a mixed set has a journal. */
static void judge_dead(const struct set *now, const struct set *old, enum inject_how how, unsigned at,
                       int status)
{
        bool whole;
        unsigned is = which(now, old, &whole);

        if (status != INJECT_DIED)
                complain("did not die", how, at, status);
        else if (!whole)
                complain("a file is neither old nor new", how, at, status);
        else if (!is)
                judge_mixed(how, at, status);
}

/* A run that may have been unable to put back what it had changed. */
static void judge_stuck(const struct set *now, const struct set *old, enum inject_how how, unsigned at,
                        int status)
{
        bool whole;
        unsigned is = which(now, old, &whole);

        if (status > 1)
                complain("the program broke", how, at, status);
        else if (!whole)
                complain("a file is neither old nor new", how, at, status);
        else if (status == 0 && !(is & IS_NEW))
                complain("good status, but not the new set", how, at, status);
        else if (status == 1 && !report->said)
                complain("bad status without a message", how, at, status);
        else if (!is)
                judge_mixed(how, at, status);
}

static void judge_next(enum inject_how how, unsigned at)
{
        int status = run(INJECT_NOTHING, 0);
        struct set now = load_set();
        bool whole;

        if (status != 0 || !(which(&now, &fresh, &whole) & IS_NEW))
                complain("the next run does not give the new set", how, at, status);
        else if (stray())
                complain("the next run leaves something behind", how, at, status);
        free_set(&now);
}

typedef void judge_fn(const struct set *now, const struct set *old, enum inject_how how, unsigned at,
                      int status);

/* Returns false when there is no such call any more. */
static bool try(void (*scenario)(void), enum inject_how how, judge_fn *judge, unsigned at)
{
        struct set old, now;
        int status;
        bool hit;

        scenario();
        old = load_set();
        stray_before = stray() != NULL;
        status = run(how, at);
        hit = report->hit;
        if (hit) {
                struct inject_report met = *report;

                tried++;
                now = load_set();
                judge(&now, &old, how, at, status);
                free_set(&now);
                judge_next(how, at);
                *report = met;
        }
        free_set(&old);
        return hit;
}

static void check(const char *title, unsigned before)
{
        printf("%sok %u - %s\n", failures > before ? "not " : "", ++tests, title);
        fflush(stdout);
}

static void try_scenario(const char *name, void (*scenario)(void))
{
        static const struct {
                enum inject_how how;
                judge_fn *judge;
                const char *title;
        } hows[] = {
                { INJECT_FAIL, judge_finished, "every call fails once" },
                { INJECT_SHORT, judge_finished, "every read and write is short once" },
                { INJECT_DIE_BEFORE, judge_dead, "dead before every change" },
                { INJECT_DIE_AFTER, judge_dead, "dead after every change" },
                { INJECT_STUCK, judge_stuck, "every change fails, and all of its kind after it" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(hows); i++) {
                unsigned bad = failures, first = tried, at = 0;
                char title[128];

                while (try(scenario, hows[i].how, hows[i].judge, at))
                        at++;
                inject_no_links = inject_closed = false;
                jobs = 1;
                snprintf(title, sizeof(title), "%s: %s (%u faults)", name, hows[i].title, tried - first);
                if (tried == first)
                        failures++;
                check(title, bad);
        }
}

int main(void)
{
        static const struct {
                const char *name;
                void (*scenario)(void);
        } scenarios[] = {
                { "no set before", none_before },
                { "another set before", others_before },
                { "files that may not be read", closed },
                { "a time changes", nothing_changes },
                { "a dead run before", left_behind },
                { "something in the way, and no links", in_the_way },
                { "several threads", by_threads },
                { "no cache yet", no_cache_yet },
                { "a cache, and other files", cache_and_other_files },
                { "a cache, and nothing to do", cache_and_nothing_to_do },
                { "a damaged cache", cache_that_is_damaged },
        };

        /* Thousands of runs sync all that they write: that they ask for it is seen, a disk need not do it. */
        if (access("/dev/shm", W_OK) == 0)
                setenv("TMPDIR", "/dev/shm", 0);
        report = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (report == MAP_FAILED)
                die("mmap");
        dir = tmpdir_new();
        external = tmpdir_new();
        cache_dir = tmpdir_new();
        conf = tmpdir_path(&dir, "conf");
        fault_tree_make(&dir, &external);
        if (run(INJECT_NOTHING, 0) != 0)
                die("the first run failed");
        fresh = load_set();
        printf("1..%zu\n", ARRAY_SIZE(scenarios) * 5 + 1);
        if (!make_cache())
                printf("# no cache is kept here\n");
        for (size_t i = 0; i < ARRAY_SIZE(scenarios); i++)
                try_scenario(scenarios[i].name, scenarios[i].scenario);
        check("all files of the set were there to be looked at",
              fresh.files[tn_n_emitters - 1].len ? failures : 0);
        printf("# %u faults tried\n", tried);
        free_set(&fresh);
        free(conf);
        free((char *)(uintptr_t)cache_bytes.ptr);
        tmpdir_fini(&cache_dir);
        tmpdir_fini(&external);
        tmpdir_fini(&dir);
        return failures ? 1 : 0;
}
