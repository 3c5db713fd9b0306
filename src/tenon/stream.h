/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_STREAM_H
#define TN_TENON_STREAM_H

#include "tenon/document.h"

/*
 * A document that is printed while it is made: what a verb sees happen, record by record. In memory it is a document
 * like any other, with "stream": true, whose result has the list "records". As JSON it is one object a line:
 *
 *     the envelope, without result, findings, incomplete and status
 *     each record; "record" says of which kind it is
 *     {"record": "end", "findings": ..., "incomplete": ..., "status": ...}, and "error" if there was one
 */

/* Where a stream goes. */
struct tn_stream_sink {
        /* Prints a record; NULL: what stands in front of the first. Returns 0, or -errno when nobody reads it any more. */
        int (*print)(void *data, const struct json_object *record);
        void *data;
        bool keeps; /* records stay in the document: its form is made of all of them */
};

/* Makes a stream of a document that has no result yet. The sink is borrowed. Returns 0, -ENOMEM, or what print returned. */
int tn_stream_begin(struct tn_document *doc, const struct tn_stream_sink *sink);

/* Makes a record, to be filled with tn_json_add_...(&doc->json, ...). Borrowed until it is emitted; NULL after a failure. */
struct json_object *tn_stream_record(struct tn_document *doc, const char *kind);

/* Prints the record that was made last. Returns 0, -ENOMEM, or what print returned. */
int tn_stream_emit(struct tn_document *doc);

/* Whether a document is a stream. */
bool tn_stream_is(const struct json_object *root);

/* Append lines of JSON: the first, the last, all of them. Return 0 or -ENOMEM. */
int tn_stream_format_head(const struct json_object *root, struct tn_buf *out);
int tn_stream_format_end(const struct json_object *root, struct tn_buf *out);
int tn_stream_format(const struct json_object *root, struct tn_buf *out);

/*
 * Completes a document whose first line has been parsed, from the lines behind it. A stream that was cut off is one:
 * its missing end is added to what is incomplete, and its status is UNKNOWN. Returns 0; -EINVAL when a line is no
 * record, or lines follow the end; -ENOMEM.
 */
int tn_stream_parse(struct span lines, struct json_object *root);

#endif
