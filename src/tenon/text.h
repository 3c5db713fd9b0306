/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_TEXT_H
#define TN_TENON_TEXT_H

#include <stdbool.h>

#include "util/buf.h"

/* Text for people, as renderers write it. Everything that comes from a document is escaped on the way. */
struct tn_text {
        struct tn_buf *out; /* failures stick to it */
        unsigned width;     /* columns */
        bool color;
        bool begun; /* something was printed before what is in out */
};

/* Colour never carries a meaning of its own: what it marks is said in words, too. */
enum tn_style {
        TN_STYLE_PLAIN,
        TN_STYLE_BOLD,
        TN_STYLE_DIM,
        TN_STYLE_GOOD,
        TN_STYLE_WARNING,
        TN_STYLE_BAD,
};

/* printf(3). Newlines are those of the format; what else is in the values is escaped, tabs as well. */
void tn_text_add(struct tn_text *text, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* One piece of text in a style. */
void tn_text_style(struct tn_text *text, enum tn_style style, const char *str);

/*
 * A paragraph: broken at blanks so that no line is wider than the width, where no word is. The text stands at a column
 * now; all further lines are indented by so many blanks. Ends with a newline.
 */
void tn_text_wrap(struct tn_text *text, unsigned column, unsigned indent, const char *str);

/* How many columns a text takes once it is escaped: one for each character. */
unsigned tn_text_columns(const char *str);

/* A style as the name of a colour for libsmartcols; NULL: none. */
const char *tn_style_color(enum tn_style style);

#endif
