/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_DEPMOD_CONF_H
#define TN_FORMAT_DEPMOD_CONF_H

#include <stdbool.h>

#include "util/span.h"

/* The commands of depmod.d(5). */
enum tn_depmod_conf_kind {
        TN_DEPMOD_CONF_SEARCH,   /* DIR... */
        TN_DEPMOD_CONF_OVERRIDE, /* MODULE KVER SUBDIR */
        TN_DEPMOD_CONF_EXTERNAL, /* KVER DIR... */
        TN_DEPMOD_CONF_EXCLUDE,  /* NAME... */
        TN_DEPMOD_CONF_KINDS     /* how many */
};

/* One command. Spans borrow from the line. */
struct tn_depmod_conf {
        enum tn_depmod_conf_kind kind;
        struct span command; /* its word, as written */
        struct span args;    /* all that follows; has the words that the command must have */
};

/*
 * Parses one logical line. Returns 1 and the command; 0 for a blank line or a comment; -EOPNOTSUPP for "include"
 * and "make_map_files", which are known and do nothing; -EINVAL for an unknown command or a missing word. After
 * the last two *ret_conf has the command word and nothing else.
 */
int tn_depmod_conf_parse(struct span line, struct tn_depmod_conf *ret_conf);

/* Takes the next word off the front of *args; false when there is none. */
bool tn_depmod_conf_word(struct span *args, struct span *ret_word);

/*
 * Whether a word of a command, number i of its args, can have an effect in some tree: NULL; otherwise what to write
 * instead, as part of a sentence.
 */
const char *tn_depmod_conf_hint(enum tn_depmod_conf_kind kind, unsigned i, struct span word);

#endif
