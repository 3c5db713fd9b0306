/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "abi.h"

/* What is written for an index. The room's tree is small. */
static const char *dump(struct kmod_ctx *ctx, enum kmod_index which)
{
        static char text[65536];
        FILE *file = tmpfile();
        size_t n;

        assert_non_null(file);
        assert_int_equal(kmod_dump_index(ctx, which, fileno(file)), 0);
        rewind(file);
        n = fread(text, 1, sizeof(text) - 1, file);
        text[n] = '\0';
        fclose(file);
        return text;
}

/* The line of text that begins so, or NULL. */
static bool has_line(const char *text, const char *line)
{
        const char *found = strstr(text, line);

        return found && (found == text || found[-1] == '\n');
}

static void look_at_all(struct kmod_ctx *ctx)
{
        const char *text = dump(ctx, KMOD_INDEX_MODULES_DEP);

        assert_true(has_line(text, "top kernel/made/top.ko: kernel/made/mid.ko kernel/made/base.ko\n"));
        assert_true(has_line(text, "with_dash kernel/made/with-dash.ko:"));
        text = dump(ctx, KMOD_INDEX_MODULES_ALIAS);
        assert_true(has_line(text, "alias base_alias base\n"));
        assert_true(has_line(text, "alias pci:v00001111d*sv*sd*bc*sc*i* base\n"));
        assert_true(has_line(text, "alias usb:v[0-3]p* base\n"));
        text = dump(ctx, KMOD_INDEX_MODULES_SYMBOL);
        assert_true(has_line(text, "alias symbol:base_one base\n"));
        text = dump(ctx, KMOD_INDEX_MODULES_BUILTIN_ALIAS);
        assert_true(has_line(text, "pci:v00002222d* built\n"));
        text = dump(ctx, KMOD_INDEX_MODULES_BUILTIN);
        assert_true(has_line(text, "built_too \n"));
}

CHECK(every_index_is_written)
{
        struct kmod_ctx *ctx = plain();

        look_at_all(ctx);
        kmod_unref(ctx);
}

CHECK(every_index_is_written_from_what_is_loaded)
{
        struct kmod_ctx *ctx = plain();

        assert_int_equal(kmod_load_resources(ctx), 0);
        look_at_all(ctx);
        kmod_unref(ctx);
}

CHECK(an_index_that_nobody_knows_is_an_error)
{
        struct kmod_ctx *ctx = plain();

        assert_int_equal(kmod_dump_index(ctx, (enum kmod_index)5, STDOUT_FILENO), -ENOENT);
        assert_int_equal(kmod_dump_index(ctx, (enum kmod_index) - 1, STDOUT_FILENO), -ENOENT);
        kmod_unref(ctx);
}

CHECK(an_index_that_is_not_there_is_an_error)
{
        struct kmod_ctx *ctx = kmod_new("/nonexistent", NULL);

        kmod_set_log_fn(ctx, NULL, NULL);
        assert_true(kmod_dump_index(ctx, KMOD_INDEX_MODULES_DEP, STDOUT_FILENO) < 0);
        kmod_unref(ctx);
}

CHECK(without_a_context_there_is_no_index)
{
        assert_int_equal(kmod_dump_index(NULL, KMOD_INDEX_MODULES_DEP, STDOUT_FILENO), -ENOSYS);
}
