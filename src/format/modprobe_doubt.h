/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODPROBE_DOUBT_H
#define TN_FORMAT_MODPROBE_DOUBT_H

#include "format/modprobe_conf.h"

/* What a well-formed line of modprobe.d says without effect. */
enum tn_doubt_kind {
        TN_DOUBT_NONE,
        TN_DOUBT_NAME,    /* a file or quotes where a module is named */
        TN_DOUBT_MORE,    /* a word that the command does not take */
        TN_DOUBT_PATTERN, /* a pattern where a name is compared as it is */
        TN_DOUBT_PART,    /* a name that stands before a softdep's "pre:" and "post:" */
        TN_DOUBT_BLANK,   /* "pre:" without a blank behind it */
        TN_DOUBT_PARTS,   /* "pre:" in a weakdep */
};

/* Borrows from the line. */
struct tn_doubt {
        enum tn_doubt_kind kind;
        struct span word;   /* that it is about */
        struct span part;   /* "pre:" or "post:", of TN_DOUBT_BLANK */
        bool counts;        /* the word of TN_DOUBT_BLANK is not ignored: it is taken for a module */
        struct tn_buf name; /* of the module that was meant, for TN_DOUBT_NAME; or empty */
};

/*
 * The first of these in a line, which tn_modprobe_conf_parse() has made the record of. Returns whether there is one; then
 * *ret_doubt is to be freed. Without memory the name is empty.
 */
bool tn_doubt_find(struct span line, const struct tn_conf_record *record, struct tn_doubt *ret_doubt);
void tn_doubt_fini(struct tn_doubt *doubt);

/* Appends it as a sentence without its end: "ignoring 'b': blacklist takes one module a line". */
void tn_doubt_format(const struct tn_doubt *doubt, const struct tn_conf_record *record, struct tn_buf *text);

/* Both at once. Appends nothing when there is none. Returns whether there was one. */
bool tn_modprobe_doubt(struct span line, const struct tn_conf_record *record, struct tn_buf *text);

#endif
