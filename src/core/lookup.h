/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_LOOKUP_H
#define TN_CORE_LOOKUP_H

#include "core/catalog.h"
#include "core/config.h"
#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

/* Which rule led from a text to a module, in the order in which they are asked; the first that knows the text wins. */
enum tn_rule {
        TN_RULE_CONF_ALIAS,    /* an alias line of the configuration */
        TN_RULE_NAME,          /* modules.dep has a module of that name */
        TN_RULE_SYMBOL,        /* modules.symbols, for "symbol:NAME" */
        TN_RULE_COMMAND,       /* an install or remove line of exactly that name */
        TN_RULE_ALIAS,         /* modules.alias */
        TN_RULE_BUILTIN,       /* modules.builtin */
        TN_RULE_BUILTIN_ALIAS, /* an alias of a built-in module */
        TN_RULE_PATH,          /* a file was named; never made by lookup itself */
        TN_RULE_LIVE,          /* the kernel has a module of that name, the catalog none; likewise */
};

/* One module that a text stands for. Strings live in the arena given to the lookup. */
struct tn_match {
        const char *name; /* the module, normalised */
        const char
                *alias; /* how it was asked for: the request, or the pattern of an alias line; NULL by name */
        const char *
                pattern; /* what matched: the key in an index, or that of an alias line; NULL by other rules */
        const char *path; /* only for TN_RULE_PATH: the file as it was named */
        enum tn_rule rule;
        const struct tn_conf_record *record; /* the configuration line, for the two rules that have one */
};

struct tn_matches {
        TN_VEC_FIELDS(struct tn_match);
};

void tn_matches_fini(struct tn_matches *matches);

/*
 * The modules that a name or an alias stands for, appended in order; a module that two patterns lead to is there
 * twice. Without config (NULL) there are no alias lines and commands. Nothing found is no error, and nothing is found
 * for what tn_modname_is_request() refuses. Returns 0; -EINVAL when the text has a bracket without partner, or an index
 * is corrupt; -ENOMEM.
 */
int tn_lookup(struct tn_catalog *cat, const struct tn_config *config, struct span text,
              struct tn_arena *arena, struct tn_matches *matches);

/*
 * What an explanation has besides: the modules that the rules behind the winner would have led to, appended rule by rule.
 * They were not asked, since the winner knew the text. The same errors.
 */
int tn_lookup_beaten(struct tn_catalog *cat, const struct tn_config *config, struct span text,
                     enum tn_rule winner, struct tn_arena *arena, struct tn_matches *matches);

/*
 * The modules of a name, which is cut at its first '.': modules.dep is asked, then modules.builtin, then the aliases of
 * built-in modules. No other alias counts. The same errors.
 */
int tn_lookup_name(struct tn_catalog *cat, struct span text, struct tn_arena *arena,
                   struct tn_matches *matches);

#endif
