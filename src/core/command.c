/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/command.h"
#include "core/underway.h"
#include "format/cmdopts.h"
#include "format/noop.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/vec.h"

/* What a process is started with; all strings borrowed or in the arena. */
struct start {
        struct tn_arena arena;
        char *text;
        TN_VEC(char *) env;
};

static void start_fini(struct start *start)
{
        tn_vec_fini(&start->env);
        tn_arena_fini(&start->arena);
}

static bool is_of(const char *entry, const char *name)
{
        size_t len = strlen(name);

        return strncmp(entry, name, len) == 0 && entry[len] == '=';
}

/* Our own variables, which an outer command of ours may have left behind. */
static bool is_ours(const char *entry)
{
        return is_of(entry, "MODPROBE_MODULE") || is_of(entry, TN_UNDERWAY_VARIABLE) ||
               is_of(entry, "CMDLINE_OPTS") || strncmp(entry, "CMDLINE_OPTS_", 13) == 0;
}

static bool is_replaced(const struct tn_command *cmd, const char *entry)
{
        size_t len = tn_span_chr(tn_span_of(entry), '=') + 1;

        for (const char *const *env = cmd->env; env && *env; env++)
                if (strncmp(*env, entry, len) == 0)
                        return true;
        return is_ours(entry);
}

static int inherit(const struct tn_command *cmd, struct start *start)
{
        int r = 0;

        for (char **env = environ; r == 0 && env && *env; env++)
                if (!is_replaced(cmd, *env))
                        r = tn_vec_add(&start->env, *env);
        for (const char *const *env = cmd->env; r == 0 && env && *env; env++)
                r = tn_vec_add(&start->env, (char *)(uintptr_t)*env);
        return r;
}

/* A finished entry. */
static int set(struct start *start, struct tn_buf *entry)
{
        char *copy = tn_buf_error(entry) < 0 ? NULL : tn_arena_dup(&start->arena, tn_buf_span(entry));

        tn_buf_reset(entry);
        return copy ? tn_vec_add(&start->env, copy) : -ENOMEM;
}

static int set_names(const struct tn_command *cmd, struct start *start)
{
        _cleanup_(tn_buf_fini) struct tn_buf entry = { 0 };
        int r;

        tn_buf_addf(&entry, "MODPROBE_MODULE=%s", cmd->module);
        r = set(start, &entry);
        if (r < 0)
                return r;
        tn_buf_add_str(&entry, TN_UNDERWAY_VARIABLE "=");
        tn_underway_add(cmd->underway, cmd->remove, cmd->module, getpid(), &entry);
        return set(start, &entry);
}

static int set_options(const struct tn_command *cmd, struct start *start, size_t *ret_n)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 }, entry = { 0 }, all = { 0 };
        struct span rest = tn_span_of(cmd->options);
        size_t n = 0;
        int r;

        tn_buf_add_str(&all, "CMDLINE_OPTS=");
        while ((r = tn_cmdopts_next(&rest, &word)) > 0) {
                if (n++)
                        tn_buf_add_char(&all, ' ');
                tn_cmdopts_quote(tn_buf_span(&word), &all);
                tn_buf_addf(&entry, "CMDLINE_OPTS_%zu=", n);
                tn_buf_add_span(&entry, tn_buf_span(&word));
                r = set(start, &entry);
                if (r < 0)
                        break;
        }
        if (r == 0)
                r = set(start, &all);
        *ret_n = n;
        return r;
}

static int prepare(const struct tn_command *cmd, struct start *start)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        size_t n_words = 0;
        int r = inherit(cmd, start);

        if (r == 0)
                r = set_names(cmd, start);
        if (r == 0)
                r = set_options(cmd, start, &n_words);
        if (r == 0)
                r = tn_vec_add(&start->env, NULL);
        if (r < 0)
                return r;
        tn_cmdopts_expand(tn_span_of(cmd->text), n_words, &text);
        start->text = tn_buf_error(&text) < 0 ? NULL : tn_arena_dup(&start->arena, tn_buf_span(&text));
        return start->text ? 0 : -ENOMEM;
}

/*
 * A caller that ignores these two signals does so for itself; no shell expects it. What else it ignores or blocks, such
 * as a hangup, is meant for all that it starts.
 */
static int spawn(const struct start *start, const sigset_t *mask, pid_t *ret_pid)
{
        const char *argv[] = { "sh", "-c", "--", start->text, NULL };
        posix_spawnattr_t attr;
        sigset_t defaults;
        int r = posix_spawnattr_init(&attr);

        if (r != 0)
                return -r;
        sigemptyset(&defaults);
        sigaddset(&defaults, SIGCHLD);
        sigaddset(&defaults, SIGPIPE);
        posix_spawnattr_setsigdefault(&attr, &defaults);
        posix_spawnattr_setsigmask(&attr, mask);
        posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        r = posix_spawn(ret_pid, "/bin/sh", NULL, &attr, (char *const *)(uintptr_t)argv, start->env.v);
        posix_spawnattr_destroy(&attr);
        return -r;
}

static int await(pid_t pid, struct tn_command_end *end)
{
        int status;

        while (waitpid(pid, &status, 0) < 0)
                if (errno != EINTR)
                        return -errno;
        end->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return 0;
}

/* SIGCHLD waits meanwhile, in this thread alone, lest a handler of the caller's takes our child for its own. */
static void run(const struct start *start, struct tn_command_end *end)
{
        sigset_t chld, before;
        pid_t pid;

        sigemptyset(&chld);
        sigaddset(&chld, SIGCHLD);
        pthread_sigmask(SIG_BLOCK, &chld, &before);
        end->err = spawn(start, &before, &pid);
        if (end->err == -ENOENT)
                *end = (struct tn_command_end){ .status = 127 };
        else if (end->err == 0)
                end->err = await(pid, end);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int tn_command_run(const struct tn_command *cmd, struct tn_command_end *ret_end)
{
        _cleanup_(start_fini) struct start start = { 0 };
        enum tn_noop noop = tn_noop_parse(tn_span_of(cmd->text));
        struct tn_command_end end = { .status = noop == TN_NOOP_FALSE };
        int r;

        if (noop == TN_NOOP_NONE && getauxval(AT_SECURE)) {
                end.err = -EPERM;
        } else if (noop == TN_NOOP_NONE) {
                r = prepare(cmd, &start);
                if (r < 0)
                        return r;
                run(&start, &end);
        }
        *ret_end = end;
        return 0;
}
