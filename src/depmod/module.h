/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_MODULE_H
#define TN_DEPMOD_MODULE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

/* What of a module goes into the files. */
enum tn_depmod_kind {
        TN_DEPMOD_ALIAS,
        TN_DEPMOD_SOFTDEP,
        TN_DEPMOD_WEAKDEP,
        TN_DEPMOD_EXPORT,
        TN_DEPMOD_NEED,
        TN_DEPMOD_KINDS,
};

/* Of each kind, in the plural: "aliases". */
extern const char *const tn_depmod_kind_names[TN_DEPMOD_KINDS];

/* Beside the name of a symbol. */
struct tn_depmod_version {
        uint64_t crc; /* 0 when it has none */
        bool weak;    /* needed: it can do without */
};

/* A module's texts of one kind, in the order in which it has them. Zero-initialised is empty. */
struct tn_depmod_list {
        char *text; /* one after the other, each with its NUL */
        size_t len;
        size_t n;
        struct tn_depmod_version *versions; /* one a text, or NULL */
};

void tn_depmod_list_fini(struct tn_depmod_list *list);

/* All of it, to be taken apart with tn_depmod_list_next(). */
static inline struct span tn_depmod_list_span(const struct tn_depmod_list *list)
{
        return (struct span){ list->text, list->len };
}

/* Takes a text off the front, NUL-terminated. False when none is left. */
static inline bool tn_depmod_list_next(struct span *rest, struct span *ret_text)
{
        return tn_span_split(rest, '\0', ret_text);
}

/* A module of the tree: where it is, and of its facts what the files need. Names borrow from the arena of the list. */
struct tn_depmod_module {
        struct span name; /* normalised; NUL-terminated */
        struct span path; /* relative to the module directory, or absolute; NUL-terminated */
        uint32_t seen;    /* what the cache calls its file, if there is a cache */
        struct tn_depmod_list lists[TN_DEPMOD_KINDS];
};

/* All of them; the place in it is a module's number and the priority of its aliases. */
struct tn_depmod_modules {
        TN_VEC_FIELDS(struct tn_depmod_module);
        struct tn_arena arena;
};

/* More would not fit the priorities that readers know. */
#define TN_DEPMOD_MODULES_MAX 65534

void tn_depmod_modules_fini(struct tn_depmod_modules *modules);

#endif
