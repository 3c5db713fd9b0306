/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_JSON_H
#define TN_TENON_JSON_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * JSON as documents use it, over json-c. Adding: the parent is an object, with a key, or an array, with NULL as key. An
 * object gets each key once; the key is not copied, so it is a literal. A
 * NULL parent is passed over and a failure sticks to the builder, so that a verb adds much and is asked once.
 */
struct tn_json {
        struct json_object *root;
        int err; /* 0 or -ENOMEM */
};

/* Begins with an empty object as root. Finish it with tn_json_fini(). */
void tn_json_init(struct tn_json *json);
void tn_json_fini(struct tn_json *json);

/* Adds an empty object or array, and returns it, borrowed; NULL after a failure. */
struct json_object *tn_json_add_object(struct tn_json *json, struct json_object *parent, const char *key);
struct json_object *tn_json_add_array(struct tn_json *json, struct json_object *parent, const char *key);

/*
 * Adds a text. What is not UTF-8 becomes U+FFFD, and the parent, or the root for what is in an array, gets
 * "lossy": true. A NULL str is null: it was looked for, and there is none.
 */
void tn_json_add_span(struct tn_json *json, struct json_object *parent, const char *key, struct span text);
void tn_json_add_str(struct tn_json *json, struct json_object *parent, const char *key, const char *str);

void tn_json_add_int(struct tn_json *json, struct json_object *parent, const char *key, int64_t value);
void tn_json_add_bool(struct tn_json *json, struct json_object *parent, const char *key, bool value);
void tn_json_add_null(struct tn_json *json, struct json_object *parent, const char *key);

/* Adds a line of the configuration, {file, line}; line 0: it is no line of a file. Without a file (NULL) it is null. */
void tn_json_add_place(struct tn_json *json, struct json_object *parent, const char *key, const char *file,
                       unsigned line);

/*
 * Reading, for renderers: a document may come from anywhere. What is absent or of another type is NULL, "" , 0 or false;
 * an object may be NULL. All is borrowed.
 */
struct json_object *tn_json_object(const struct json_object *object, const char *key);
struct json_object *tn_json_array(const struct json_object *object, const char *key);
const char *tn_json_str(const struct json_object *object, const char *key); /* "" for none */
int64_t tn_json_int(const struct json_object *object, const char *key);
bool tn_json_bool(const struct json_object *object, const char *key);

/* Whether there is a value that is not null. */
bool tn_json_has(const struct json_object *object, const char *key);

/* The elements of an array, which may be NULL. */
size_t tn_json_count(const struct json_object *array);
struct json_object *tn_json_at(const struct json_object *array, size_t n);
const char *tn_json_str_at(const struct json_object *array, size_t n); /* "" for none */

enum tn_json_style {
        TN_JSON_PRETTY,
        TN_JSON_LINE, /* without a newline within */
};

/* Appends it as text, and a newline. A terminal finds nothing to obey in it. Returns 0 or -ENOMEM. */
int tn_json_format(const struct json_object *object, enum tn_json_style style, struct tn_buf *out);

/* Deeper nesting is refused. */
#define TN_JSON_DEPTH 32

/* Parses one value, the whole text. Returns 0; -EINVAL when it is no JSON; -ENOMEM. The caller puts *ret_object. */
int tn_json_parse(struct span text, struct json_object **ret_object);

#endif
