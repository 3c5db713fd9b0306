/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_RENDER_H
#define TN_TENON_RENDER_H

#include "tenon/json.h"
#include "tenon/text.h"

/* The forms that a document can have. */
enum tn_form {
        TN_FORM_TEXT,
        TN_FORM_JSON,
        TN_FORM_DOT,
        TN_FORM_SVG,
        TN_FORM_PROM,
        TN_FORMS, /* how many */
};

/* "text". */
const char *tn_form_name(enum tn_form form);

/* Whether it shows the result alone, and neither findings nor what is incomplete. */
bool tn_form_is_picture(enum tn_form form);

/* Returns 0 or -EINVAL. */
int tn_form_by_name(const char *name, enum tn_form *ret_form);

/*
 * Turns the result of a document into one form. Pure: what it appends depends on the document, the width and the colour
 * alone. The document may be a foreign one, with anything absent.
 */
typedef void tn_render_fn(const struct json_object *root, struct tn_text *text);

/*
 * Appends the whole document in a form; of text, findings and what is incomplete come after the verb's own part. Returns
 * 0; -ENOENT for a document of a verb that nobody knows; -EOPNOTSUPP when the verb has no such form; -ENOMEM.
 */
int tn_render(const struct json_object *root, enum tn_form form, struct tn_text *text);

struct tn_verb;

/*
 * Appends a record of a stream of that verb, or for NULL what stands in front of the first: a line of JSON, or text.
 * Of other forms nothing. Returns 0 or -ENOMEM.
 */
int tn_render_record(const struct tn_verb *verb, const struct json_object *root,
                     const struct json_object *record, enum tn_form form, struct tn_text *text);

/* Appends what comes behind all records. Returns 0 or -ENOMEM. */
int tn_render_end(const struct json_object *root, enum tn_form form, struct tn_text *text);

/* What all verbs have in their text, after the verb's own part. */
void tn_render_findings(const struct json_object *root, struct tn_text *text);
void tn_render_incomplete(const struct json_object *root, struct tn_text *text);

#endif
