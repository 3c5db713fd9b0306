/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Changes JSON for libFuzzer so that it stays JSON: members go, change their type, stand twice or in another place. Bytes
 * that are changed blindly are hardly ever JSON, and would only try the parser of json-c.
 */
#include <json-c/json.h>
#include <stdint.h>
#include <string.h>

#include "util/cleanup.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed);

#define DEPTH 24

static unsigned pick(unsigned *seed, size_t n)
{
        *seed = *seed * 1103515245u + 12345u;
        return n ? (*seed >> 8) % (unsigned)n : 0;
}

/* A value of any type; other is one of the same document. */
static struct json_object *some(unsigned *seed, struct json_object *other)
{
        static const char *const texts[] = {
                "",
                "a",
                "\x1b[31m",
                "needs",
                "error",
                "loaded",
                "a\nb\tc",
                "\xc2\x9b",
                "a very long text with many words in it that is to be broken into lines"
        };
        static const int64_t numbers[] = { 0, 1, -1, 4096, INT64_MAX, INT64_MIN };
        struct json_object *copy = NULL;

        switch (pick(seed, 8)) {
        case 0: return NULL;
        case 1: return json_object_new_boolean(1);
        case 2: return json_object_new_int64(numbers[pick(seed, ARRAY_SIZE(numbers))]);
        case 3: return json_object_new_string(texts[pick(seed, ARRAY_SIZE(texts))]);
        case 4: return json_object_new_array();
        case 5: return json_object_new_object();
        default: json_object_deep_copy(other, &copy, NULL); return copy;
        }
}

static void change(struct json_object *at, unsigned *seed, int depth);

static void change_object(struct json_object *at, unsigned *seed, int depth)
{
        size_t n = (size_t)json_object_object_length(at), wanted = pick(seed, n);
        struct json_object *value = NULL;
        const char *key = NULL;

        json_object_object_foreach(at, k, v)
        {
                if (wanted-- != 0)
                        continue;
                key = k;
                value = v;
                break;
        }
        if (!key)
                return;
        if (value && depth < DEPTH && pick(seed, 4) && json_object_get_type(value) >= json_type_object)
                change(value, seed, depth + 1);
        else if (pick(seed, 3) == 0)
                json_object_object_del(at, key);
        else
                json_object_object_add(at, key, some(seed, pick(seed, 2) ? at : value));
}

static void change_array(struct json_object *at, unsigned *seed, int depth)
{
        size_t n = json_object_array_length(at), wanted = pick(seed, n);
        struct json_object *value = n ? json_object_array_get_idx(at, wanted) : NULL;

        if (value && depth < DEPTH && pick(seed, 3) && json_object_get_type(value) >= json_type_object)
                change(value, seed, depth + 1);
        else if (n && pick(seed, 3) == 0)
                json_object_array_del_idx(at, wanted, 1);
        else if (n && pick(seed, 2))
                json_object_array_put_idx(at, wanted, some(seed, value));
        else
                json_object_array_add(at, some(seed, value));
}

static void change(struct json_object *at, unsigned *seed, int depth)
{
        if (json_object_is_type(at, json_type_object))
                change_object(at, seed, depth);
        else if (json_object_is_type(at, json_type_array))
                change_array(at, seed, depth);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
        struct json_tokener *parser = json_tokener_new_ex(DEPTH);
        struct json_object *root =
                parser ? json_tokener_parse_ex(parser, (const char *)data, (int)size) : NULL;
        size_t len = 0;
        const char *str;

        json_tokener_free(parser);
        if (root && pick(&seed, 16)) {
                for (unsigned i = 0, n = 1 + pick(&seed, 4); i < n; i++)
                        change(root, &seed, 0);
                str = json_object_to_json_string_length(root, JSON_C_TO_STRING_PLAIN, &len);
                if (str && len <= max)
                        memcpy(data, str, len);
                else
                        len = 0;
        }
        json_object_put(root);
        return len ? len : LLVMFuzzerMutate(data, size, max);
}
