/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "tenon/json.h"
#include "util/cleanup.h"
#include "util/utf8.h"

/* Most have few elements; it grows. */
#define ARRAY_ROOM 4

void tn_json_init(struct tn_json *json)
{
        *json = (struct tn_json){ .root = json_object_new_object() };
        if (!json->root)
                json->err = -ENOMEM;
}

void tn_json_fini(struct tn_json *json)
{
        json_object_put(json->root);
        json->root = NULL;
}

/* Takes the value, which is NULL only for null. */
static void add(struct tn_json *json, struct json_object *parent, const char *key, struct json_object *value)
{
        int r;

        if (!parent || json->err) {
                json_object_put(value);
                return;
        }
        r = key ? json_object_object_add_ex(parent, key, value,
                                            JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_KEY_IS_CONSTANT)
                : json_object_array_add(parent, value);
        if (r == 0)
                return;
        json_object_put(value);
        json->err = -ENOMEM;
}

static struct json_object *add_new(struct tn_json *json, struct json_object *parent, const char *key,
                                   struct json_object *value)
{
        if (!value)
                json->err = -ENOMEM;
        else
                add(json, parent, key, value);
        return parent && !json->err ? value : NULL;
}

struct json_object *tn_json_add_object(struct tn_json *json, struct json_object *parent, const char *key)
{
        return add_new(json, parent, key, json_object_new_object());
}

struct json_object *tn_json_add_array(struct tn_json *json, struct json_object *parent, const char *key)
{
        return add_new(json, parent, key, json_object_new_array_ext(ARRAY_ROOM));
}

static void add_text(struct tn_json *json, struct json_object *parent, const char *key, struct span text)
{
        if (text.len > INT_MAX)
                json->err = -ENOMEM;
        else
                add_new(json, parent, key,
                        json_object_new_string_len(text.ptr ? text.ptr : "", (int)text.len));
}

void tn_json_add_span(struct tn_json *json, struct json_object *parent, const char *key, struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf valid = { 0 };

        if (!parent)
                return;
        if (tn_utf8_is_valid(text)) {
                add_text(json, parent, key, text);
                return;
        }
        tn_utf8_add(text, &valid);
        if (tn_buf_error(&valid) < 0)
                json->err = tn_buf_error(&valid);
        add_text(json, parent, key, tn_buf_span(&valid));
        parent = key ? parent : json->root;
        if (!tn_json_bool(parent, "lossy"))
                tn_json_add_bool(json, parent, "lossy", true);
}

void tn_json_add_str(struct tn_json *json, struct json_object *parent, const char *key, const char *str)
{
        if (str)
                tn_json_add_span(json, parent, key, tn_span_of(str));
        else
                tn_json_add_null(json, parent, key);
}

void tn_json_add_int(struct tn_json *json, struct json_object *parent, const char *key, int64_t value)
{
        add_new(json, parent, key, json_object_new_int64(value));
}

void tn_json_add_bool(struct tn_json *json, struct json_object *parent, const char *key, bool value)
{
        add_new(json, parent, key, json_object_new_boolean(value));
}

void tn_json_add_null(struct tn_json *json, struct json_object *parent, const char *key)
{
        add(json, parent, key, NULL);
}

void tn_json_add_place(struct tn_json *json, struct json_object *parent, const char *key, const char *file,
                       unsigned line)
{
        struct json_object *place;

        if (!file) {
                tn_json_add_null(json, parent, key);
                return;
        }
        place = tn_json_add_object(json, parent, key);
        tn_json_add_str(json, place, "file", file);
        tn_json_add_int(json, place, "line", line);
}

static struct json_object *get(const struct json_object *object, const char *key, enum json_type type)
{
        struct json_object *value;

        if (!json_object_is_type(object, json_type_object) ||
            !json_object_object_get_ex(object, key, &value) || !json_object_is_type(value, type))
                return NULL;
        return value;
}

struct json_object *tn_json_object(const struct json_object *object, const char *key)
{
        return get(object, key, json_type_object);
}

struct json_object *tn_json_array(const struct json_object *object, const char *key)
{
        return get(object, key, json_type_array);
}

static const char *str_of(struct json_object *value)
{
        return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
}

const char *tn_json_str(const struct json_object *object, const char *key)
{
        return str_of(get(object, key, json_type_string));
}

int64_t tn_json_int(const struct json_object *object, const char *key)
{
        return json_object_get_int64(get(object, key, json_type_int));
}

bool tn_json_bool(const struct json_object *object, const char *key)
{
        return json_object_get_boolean(get(object, key, json_type_boolean));
}

bool tn_json_has(const struct json_object *object, const char *key)
{
        struct json_object *value;

        return json_object_is_type(object, json_type_object) &&
               json_object_object_get_ex(object, key, &value) && value;
}

size_t tn_json_count(const struct json_object *array)
{
        return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

struct json_object *tn_json_at(const struct json_object *array, size_t n)
{
        return n < tn_json_count(array) ? json_object_array_get_idx(array, n) : NULL;
}

const char *tn_json_str_at(const struct json_object *array, size_t n)
{
        return str_of(tn_json_at(array, n));
}

/* json-c escapes the control characters below U+0020 alone; a terminal would obey those of Latin-1 as well. */
static void add_escaped(struct tn_buf *out, struct span json)
{
        size_t start = 0;

        for (size_t i = 0; i < json.len; i++) {
                unsigned char c = (unsigned char)json.ptr[i],
                              next = i + 1 < json.len ? (unsigned char)json.ptr[i + 1] : 0;
                bool latin = c == 0xc2 && next >= 0x80 && next < 0xa0;

                if (c != 0x7f && !latin)
                        continue;
                tn_buf_add(out, json.ptr + start, i - start);
                tn_buf_addf(out, "\\u%04x", latin ? next : c);
                i += latin;
                start = i + 1;
        }
        tn_buf_add(out, json.ptr + start, json.len - start);
}

int tn_json_format(const struct json_object *object, enum tn_json_style style, struct tn_buf *out)
{
        int flags = style == TN_JSON_PRETTY ? JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED
                                            : JSON_C_TO_STRING_PLAIN;
        /* json-c keeps the text in the object, and so wants to write to it */
        const char *str = json_object_to_json_string_ext((struct json_object *)(uintptr_t)object,
                                                         flags | JSON_C_TO_STRING_NOSLASHESCAPE);

        if (!str)
                return -ENOMEM;
        add_escaped(out, tn_span_of(str));
        tn_buf_add_char(out, '\n');
        return tn_buf_error(out);
}

int tn_json_parse(struct span text, struct json_object **ret_object)
{
        struct json_tokener *parser = json_tokener_new_ex(TN_JSON_DEPTH);
        struct json_object *object;
        enum json_tokener_error why;

        if (!parser)
                return -ENOMEM;
        object = json_tokener_parse_ex(parser, text.ptr, (int)text.len);
        why = json_tokener_get_error(parser);
        if (why == json_tokener_success &&
            tn_span_trim(tn_span_skip(text, json_tokener_get_parse_end(parser))).len)
                why = json_tokener_error_parse_unexpected;
        json_tokener_free(parser);
        if (why != json_tokener_success) {
                json_object_put(object);
                return -EINVAL;
        }
        *ret_object = object;
        return 0;
}
