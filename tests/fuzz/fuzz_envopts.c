/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are MODPROBE_OPTIONS. What children inherit must be the same words. */
#include <stdint.h>
#include <stdlib.h>

#include "kmod/envopts.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_envopts_fini) struct tn_envopts env = { 0 }, again = { 0 };
        _cleanup_(freep) char *text = tn_span_dup((struct span){ (const char *)data, size });
        char *argv[] = { (char[]){ "modprobe" }, (char[]){ "typed" }, NULL };

        must(text);
        must(tn_envopts_init(&env, text, 2, argv) == 0);
        must(env.typed == env.argc - 1 && strcmp(env.argv[env.typed], "typed") == 0);
        tn_envopts_add(&env, "-C", text);
        must(tn_envopts_init(&again, tn_envopts_value(&env), 1, argv) == 0);
        must(again.argc == env.typed + 2);
        for (int i = 0; i < env.typed; i++)
                must(strcmp(again.argv[i], env.argv[i]) == 0);
        must(strcmp(again.argv[env.typed + 1], text) == 0);
        return 0;
}
