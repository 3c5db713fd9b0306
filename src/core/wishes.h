/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_WISHES_H
#define TN_CORE_WISHES_H

#include "core/lookup.h"

/* What the configuration wishes to have beside a module. */
enum tn_wish {
        TN_WISH_PRE,  /* loaded before it: "pre:" of its softdeps */
        TN_WISH_POST, /* loaded after it: "post:" */
        TN_WISH_WEAK, /* at hand: its weakdeps */
};

/*
 * The modules that all its lines name, in the order of the lines, appended; a name that is repeated keeps its first
 * place, one that nobody knows is passed over. Returns 0, -ENOMEM.
 */
int tn_wishes_lookup(struct tn_catalog *cat, const struct tn_config *config, const char *module,
                     enum tn_wish wish, struct tn_arena *arena, struct tn_matches *matches);

#endif
