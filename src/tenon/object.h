/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_OBJECT_H
#define TN_TENON_OBJECT_H

#include <stdbool.h>

#include "core/lookup.h"
#include "tenon/verb.h"

/* What a word on the command line can be. The user does not say which, unless the word begins with "KIND:". */
enum tn_object_kind {
        TN_OBJECT_MODULE, /* a module's name, also of one that is built in, or that only the kernel knows */
        TN_OBJECT_ALIAS,  /* an alias or modalias: what modprobe would look up */
        TN_OBJECT_FILE,   /* the path of a module file */
        TN_OBJECT_MOUNT,  /* a mount point: the module of its file system */
        TN_OBJECT_CONFIG, /* the path of a configuration file */
        TN_OBJECT_KINDS,  /* how many */
};

/* "module". */
const char *tn_object_kind_name(enum tn_object_kind kind);

/* What a word stands for. The strings are its own, or borrowed from the word. */
struct tn_object {
        enum tn_object_kind kind;
        unsigned also;    /* bits 1 << kind: what else the word can be */
        const char *word; /* as it was given, without "KIND:" */
        const char *
                text; /* what is to be looked up: a name, an alias; of a mount point "fs-TYPE"; NULL: nothing */
        const char *path; /* of a file, a mount point, a configuration file; else NULL */
        bool known;       /* there is such a thing; otherwise kind is what the word looks like */
        bool told;        /* the user said which kind */
        struct tn_arena arena;
        struct tn_matches matches; /* what text leads to, by configuration and indexes; empty for a path */
};

void tn_object_fini(struct tn_object *object);

/*
 * Finds out. The world must be open with configuration and catalog; of the running system also what is loaded and what
 * is mounted count. Returns 0; -EINVAL when the text has a bracket without partner, or an index is corrupt; -ENOMEM.
 */
int tn_object_resolve(struct tn_run *run, const char *word, struct tn_object *ret_object);

/*
 * The same for a verb that takes these kinds, bits 1 << kind. A word of another kind is an error of usage, and one that is
 * not of the kind before its ':' makes a finding and the status NO. Returns 0; 1 when that was the answer; or as above.
 */
int tn_object_take(struct tn_run *run, const char *verb, unsigned kinds, const char *word,
                   struct tn_document *doc, struct tn_object *ret_object);

/* All that can be loaded. */
#define TN_OBJECT_LOADABLE                                                                                   \
        (1u << TN_OBJECT_MODULE | 1u << TN_OBJECT_ALIAS | 1u << TN_OBJECT_FILE | 1u << TN_OBJECT_MOUNT)

/*
 * Of the path of a module file: adds why it is no module, with the status NO, or that this user may not look, with UNKNOWN.
 * Returns 0; 1 when that was the answer; -ENOMEM.
 */
int tn_object_explain_file(struct tn_run *run, const struct tn_object *object, struct tn_document *doc);

/* The file system of a mount point, for which no module is known: it is in the kernel. NULL: that is not so. */
const char *tn_object_builtin(const struct tn_object *object);

/* Adds the finding that nothing of that name is known, with the reason, and makes the status NO. Returns 0 or -ENOMEM. */
int tn_object_explain(struct tn_run *run, const struct tn_object *object, struct tn_document *doc);

/* Adds it to a document: "object": {kind, name, path, word, also}. */
void tn_object_add(const struct tn_object *object, struct tn_document *doc, struct json_object *to);

/* For text: a line about a word that fits several kinds, which one was taken, and how to name the others; else nothing. */
void tn_object_text(const struct json_object *object, struct tn_text *text);

#endif
