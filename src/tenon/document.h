/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_DOCUMENT_H
#define TN_TENON_DOCUMENT_H

#include "core/finding.h"
#include "tenon/json.h"
#include "util/buf.h"
#include "util/span.h"

/* Exit statuses, of every verb. */
enum tn_status {
        TN_STATUS_YES = 0,
        TN_STATUS_NO = 1,      /* the answer is no, or there are findings that count */
        TN_STATUS_USAGE = 2,   /* the command line is wrong */
        TN_STATUS_UNKNOWN = 3, /* it cannot be told */
};

/*
 * What a run of tenon has to say, as one JSON object (tenon-json(7)): the envelope, with what the verb found as result. A
 * verb builds it, a renderer turns it into bytes. The members are borrowed from json.root.
 */
struct tn_document {
        struct tn_json json;
        struct json_object *result; /* NULL until tn_document_result() */
        struct json_object *findings;
        struct json_object *incomplete;
        enum tn_status status;
        bool ended; /* by tn_document_end() */

        /* Of a stream (stream.h) alone: */
        const struct tn_stream_sink *sink;
        struct json_object *records;
        struct json_object *record; /* the one that is being made */
};

/* Begins the envelope. kernel is the release it is about; root NULL: the running system. */
void tn_document_init(struct tn_document *doc, const char *verb, const char *kernel, const char *root);
void tn_document_fini(struct tn_document *doc);

/* Begins the result, an object, and returns it, borrowed; NULL after a failure. */
struct json_object *tn_document_result(struct tn_document *doc);

/* Adds a finding. kind is that of its object: "module", "file", "line" ...; NULL: "module", or "file" for what has only a path. */
void tn_document_add_finding(struct tn_document *doc, const struct tn_finding *finding, const char *kind);
/* The same, to a list of the result. It does not count for the status. */
void tn_document_add_finding_to(struct tn_document *doc, struct json_object *list,
                                const struct tn_finding *finding, const char *kind);

void tn_document_add_findings(struct tn_document *doc, const struct tn_findings *findings);

/* Adds what could not be looked at, and why ("Permission denied"). */
void tn_document_add_incomplete(struct tn_document *doc, const char *what, const char *reason);

/* The status by the findings: NO if there is an error, or with strict a warning, among them; else what it was. */
void tn_document_judge(struct tn_document *doc, bool strict);

/* Ends it: the status goes in. Returns 0 or -ENOMEM, when an addition has failed. */
int tn_document_end(struct tn_document *doc);

/* The most that a document may have, so that a foreign one cannot take all memory. */
#define TN_DOCUMENT_BYTES (64u << 20)

/*
 * Reads one, or a stream. Returns 0; -EINVAL when it is no JSON, or no document of tenon/1: *ret_why is a sentence then; -EFBIG;
 * -ENOMEM. The caller puts *ret_root.
 */
int tn_document_parse(struct span text, struct json_object **ret_root, const char **ret_why);

#endif
