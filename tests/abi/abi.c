/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "abi.h"

static struct kmod_ctx *context(const char *const *config)
{
        struct kmod_ctx *ctx = kmod_new(NULL, config);

        assert_non_null(ctx);
        return ctx;
}

struct kmod_ctx *plain(void)
{
        static const char *const none[] = { NULL };

        return context(none);
}

struct kmod_ctx *configured(void)
{
        return context(NULL);
}

struct kmod_module *by_name(struct kmod_ctx *ctx, const char *name)
{
        struct kmod_module *mod = NULL;

        assert_int_equal(kmod_module_new_from_name(ctx, name, &mod), 0);
        assert_non_null(mod);
        return mod;
}

const char *names(struct kmod_list *list)
{
        static char text[16384];
        struct kmod_list *entry;
        size_t len = 0;

        text[0] = '\0';
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", len ? " " : "",
                                        kmod_module_get_name(mod));
                assert_in_range(len, 0, sizeof(text) - 1);
                kmod_module_unref(mod);
        }
        return text;
}

const char *names_of(struct kmod_list *list)
{
        const char *text = names(list);

        kmod_module_unref_list(list);
        return text;
}

const char *lookup(struct kmod_ctx *ctx, const char *text)
{
        struct kmod_list *list = NULL;

        assert_int_equal(kmod_module_new_from_lookup(ctx, text, &list), 0);
        return names_of(list);
}

__attribute__((format(printf, 6, 0))) static void hear(void *data, int priority, const char *file, int line,
                                                       const char *fn, const char *format, va_list args)
{
        struct said *said = data;
        size_t len = strlen(said->text);

        vsnprintf(said->text + len, sizeof(said->text) - len, format, args);
        said->priority = priority;
}

void listen_to(struct kmod_ctx *ctx, struct said *said)
{
        *said = (struct said){ .priority = -1 };
        kmod_set_log_fn(ctx, hear, said);
}

#define LOAD                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))
#define RETURN(value)       BPF_STMT(BPF_RET | BPF_K, (value))
#define UNLESS_SKIP(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1)

/* Of several filters the one that came last decides, so the answer can change as often as a test wants. */
void kernel_answers(int insert, int remove)
{
        unsigned int inserted = SECCOMP_RET_ERRNO | (unsigned int)insert;
        unsigned int removed = SECCOMP_RET_ERRNO | (unsigned int)remove;
        struct sock_filter rows[] = {
                LOAD,
                UNLESS_SKIP(SYS_init_module),
                RETURN(inserted),
                UNLESS_SKIP(SYS_finit_module),
                RETURN(inserted),
                UNLESS_SKIP(SYS_delete_module),
                RETURN(removed),
                RETURN(SECCOMP_RET_ALLOW),
        };
        struct sock_fprog program = { sizeof(rows) / sizeof(rows[0]), rows };

        assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
        assert_int_equal(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}
