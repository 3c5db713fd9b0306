/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lets every call that a client of the library causes fail, one after another. Whatever fails, the library does not end
 * the program, keeps its promises and keeps no memory; and when it was memory that failed, no answer is a wrong one.
 * Prints TAP, and how many faults were tried.
 */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "depmod/depmod.h"
#include "fake_kernel.h"
#include "inject.h"
#include "libkmod.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static struct tmpdir dir;
static char *conf;
static struct inject_report *report;

/* What a run may find, as its exit status. */
enum { FINE, BROKEN_PROMISE, WRONG_ANSWER, LEAK };

static void die(const char *what)
{
        printf("Bail out! %s: %s\n", what, strerror(errno));
        exit(1);
}

static void make_module(const char *name, const char *export, const char *need, const char *info)
{
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        char path[64];
        struct span bytes;

        mkelf_name(&elf, name);
        mkelf_info(&elf, info);
        mkelf_export_crc(&elf, export, 1);
        if (need) {
                mkelf_need(&elf, need, false);
                mkelf_version(&elf, need, 1);
        }
        bytes = mkelf_span(&elf);
        snprintf(path, sizeof(path), "kernel/%s.ko", name);
        tmpdir_write_bytes(&dir, path, bytes.ptr, bytes.len);
}

static void make_tree(void)
{
        const char *const config[] = { NULL };
        const struct tn_world world = {
                .release = "6.1.0",
                .config_paths = config,
                .dir = tn_dir_at(dir.path),
        };
        const struct tn_depmod_options options = { .world = &world };

        make_module("mod_a", "sym_a", NULL, "alias=x:*");
        make_module("mod_b", "sym_b", "sym_a", "softdep=pre: mod_c");
        make_module("mod_c", "sym_c", NULL, "alias=x:1");
        tmpdir_write(&dir, "modules.order", "");
        tmpdir_write(&dir, "modules.builtin", "kernel/fs/ext9.ko\n");
        tmpdir_write(&dir, "modules.builtin.modinfo", "");
        tmpdir_write(&dir, "conf/a.conf", "options mod_b o=1\nalias y mod_b\n");
        if (tn_depmod_run(&options, NULL) < 0)
                die("depmod");
}

/* ---- the client ---- */

static void hear(void *data, int priority, const char *file, int line, const char *fn, const char *format,
                 va_list args)
{
        char text[512];

        vsnprintf(text, sizeof(text), format, args);
}

static void print_action(struct kmod_module *mod, bool install, const char *options)
{
        kmod_module_get_path(mod);
}

static unsigned length(const struct kmod_list *list)
{
        const struct kmod_list *it;
        unsigned n = 0;

        kmod_list_foreach(it, list) n++;
        return n;
}

static int worse(int a, int b)
{
        return a > b ? a : b;
}

/* A failure leaves nothing in the list, and a success all that there is. */
static int judge(int r, struct kmod_list *const *list, unsigned expected)
{
        if (r < 0)
                return *list ? BROKEN_PROMISE : FINE;
        return length(*list) == expected ? FINE : WRONG_ANSWER;
}

static int ask_file(struct kmod_module *mod)
{
        struct kmod_list *info = NULL, *symbols = NULL, *versions = NULL, *needs = NULL;
        int bad = judge(kmod_module_get_info(mod, &info), &info, 2);

        bad = worse(bad, judge(kmod_module_get_symbols(mod, &symbols), &symbols, 1));
        bad = worse(bad, judge(kmod_module_get_versions(mod, &versions), &versions, 1));
        bad = worse(bad, judge(kmod_module_get_dependency_symbols(mod, &needs), &needs, 1));
        kmod_module_info_free_list(info);
        kmod_module_symbols_free_list(symbols);
        kmod_module_versions_free_list(versions);
        kmod_module_dependency_symbols_free_list(needs);
        return bad;
}

static int ask_module(struct kmod_module *mod)
{
        struct kmod_list *pre = NULL, *post = NULL;
        int r = kmod_module_get_softdeps(mod, &pre, &post), bad;

        bad = r < 0 ? judge(r, &pre, 0) : judge(r, &pre, 1);
        kmod_module_unref_list(pre);
        kmod_module_unref_list(post);
        kmod_module_unref_list(kmod_module_get_dependencies(mod));
        kmod_module_get_options(mod);
        kmod_module_get_initstate(mod);
        r = kmod_module_probe_insert_module(mod, KMOD_PROBE_APPLY_BLACKLIST, "p=1", NULL, NULL, print_action);
        return r > 0 ? BROKEN_PROMISE : bad;
}

static int ask_context(struct kmod_ctx *ctx)
{
        struct kmod_list *by_conf = NULL, *by_alias = NULL, *left = NULL;
        int bad = judge(kmod_module_new_from_lookup(ctx, "y", &by_conf), &by_conf, 1), r;
        struct kmod_module *mod = kmod_module_get_module(by_conf);

        bad = worse(bad, judge(kmod_module_new_from_lookup(ctx, "x:1", &by_alias), &by_alias, 2));
        r = kmod_module_apply_filter(ctx, KMOD_FILTER_BUILTIN, by_alias, &left);
        bad = worse(bad, judge(r, &left, length(by_alias)));
        if (mod)
                bad = worse(bad, worse(ask_module(mod), ask_file(mod)));
        kmod_module_unref(mod);
        kmod_module_unref_list(by_conf);
        kmod_module_unref_list(by_alias);
        kmod_module_unref_list(left);
        return bad;
}

static int be_client(void)
{
        const char *const paths[] = { conf, NULL };
        struct kmod_ctx *ctx = kmod_new(dir.path, paths);
        int bad = FINE;

        fake_kernel_reset();
        if (!ctx)
                return FINE;
        kmod_set_log_fn(ctx, hear, NULL);
        kmod_set_log_priority(ctx, 7);
        kmod_load_resources(ctx);
        bad = ask_context(ctx);
        kmod_validate_resources(ctx);
        return kmod_unref(ctx) ? BROKEN_PROMISE : bad;
}

/* ---- the faults ---- */

static int run(enum inject_how how, unsigned at)
{
        pid_t pid = fork();
        int status, bad;

        if (pid < 0)
                die("fork");
        if (pid == 0) {
                size_t before = mallinfo2().uordblks;

                inject_start(report, how, at);
                bad = be_client();
                inject_stop();
                _exit(bad == FINE && mallinfo2().uordblks != before ? LEAK : bad);
        }
        if (waitpid(pid, &status, 0) < 0)
                die("waitpid");
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Without a file there may be less of an answer; without memory there is the whole or none. */
static bool is_memory(const char *call)
{
        return strstr(call, "alloc") || strcmp(call, "strdup") == 0 || strcmp(call, "asprintf") == 0;
}

int main(void)
{
        unsigned calls, tried = 0, failures = 0;

        dir = tmpdir_new();
        conf = tmpdir_path(&dir, "conf");
        report = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (report == MAP_FAILED)
                die("mmap");
        setvbuf(stdout, NULL, _IOLBF, 0);
        make_tree();
        be_client(); /* what libc keeps for good is there from now on */
        printf("1..1\n");
        if (run(INJECT_NOTHING, 0) != FINE)
                failures++, printf("# without any fault: %d\n", run(INJECT_NOTHING, 0));
        calls = report->calls;
        for (unsigned at = 0; at < calls; at++) {
                int bad = run(INJECT_FAIL, at);

                tried++;
                if (bad == FINE || (bad == WRONG_ANSWER && !is_memory(report->what)))
                        continue;
                failures++;
                printf("# call %u, %s, fails: %d\n", at, report->what, bad);
        }
        printf("# %u faults tried\n", tried);
        printf("%sok 1 - whatever_fails_the_library_keeps_its_promises\n", failures || !tried ? "not " : "");
        tmpdir_fini(&dir);
        free(conf);
        return failures || !tried;
}
