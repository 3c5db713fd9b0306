/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/bounds.h"
#include "core/catalog/text.h"
#include "format/depline.h"
#include "format/index_write.h"
#include "format/line.h"
#include "format/modname.h"
#include "util/cleanup.h"

/* An entry of a text file as an entry of its index: the key is appended, the value borrowed. -EINVAL: none. */
typedef int entry_fn(struct span entry, struct tn_buf *key, struct span *ret_value);

/* "PATH: DEPENDENCIES", which is all of it the value of the module's name. */
static int dep_entry(struct span entry, struct tn_buf *key, struct span *ret_value)
{
        struct tn_depline dep;
        int r = tn_depline_parse(entry, &dep);

        if (r < 0)
                return r;
        tn_modname_from_path(dep.path, key);
        *ret_value = entry;
        return 0;
}

/* "alias PATTERN MODULE" */
static int alias_entry(struct span entry, struct tn_buf *key, struct span *ret_value)
{
        struct span rest = entry, pattern;

        if (!tn_span_eq(tn_span_word(&rest, " "), SPAN("alias")))
                return -EINVAL;
        pattern = tn_span_word(&rest, " ");
        *ret_value = tn_span_trim(rest);
        return ret_value->len ? tn_modname_from_alias(pattern, key) : -EINVAL;
}

/* "PATH", which says only that there is such a module. */
static int builtin_entry(struct span entry, struct tn_buf *key, struct span *ret_value)
{
        tn_modname_from_path(tn_span_trim(entry), key);
        *ret_value = SPAN("");
        return 0;
}

/* "MODULE.alias=PATTERN" among other attributes. */
static int builtin_alias_entry(struct span entry, struct tn_buf *key, struct span *ret_value)
{
        size_t dot = tn_span_chr(entry, '.');
        struct span rest = tn_span_skip(entry, dot + 1);

        if (dot == 0 || !tn_span_starts(rest, SPAN("alias=")))
                return -EINVAL;
        *ret_value = tn_span_head(entry, dot);
        return tn_modname_from_alias(tn_span_skip(rest, strlen("alias=")), key);
}

static const struct {
        entry_fn *parse;
        bool nul; /* entries end in a NUL, rather than being lines */
} texts[TN_CATALOG_INDEXES] = {
        [TN_CATALOG_DEP] = { dep_entry },
        [TN_CATALOG_ALIAS] = { alias_entry },
        [TN_CATALOG_SYMBOLS] = { alias_entry },
        [TN_CATALOG_BUILTIN_ALIAS] = { builtin_alias_entry, .nul = true },
        [TN_CATALOG_BUILTIN] = { builtin_entry },
};

static bool next_entry(enum tn_catalog_index which, struct span *rest, struct span *ret_entry)
{
        return texts[which].nul ? tn_span_split(rest, '\0', ret_entry) : tn_line_next(rest, ret_entry);
}

/* Returns 1 when the entry said something, 0 when not, or -ENOMEM. Earlier entries come first among the values of a key. */
static int add(struct tn_index_writer *writer, struct span entry, entry_fn *parse, struct tn_buf *key,
               uint32_t number)
{
        struct span value;
        int r;

        tn_buf_reset(key);
        if (parse(entry, key, &value) < 0 || key->len == 0)
                return tn_buf_error(key);
        r = tn_index_writer_add(writer, tn_buf_span(key), value, number);
        if (r == -EILSEQ || r == -E2BIG)
                return 0;
        return r < 0 ? r : 1;
}

/* What is no regular file is not there. */
static int read_text(const struct tn_dir *dir, const char *name, struct tn_buf *text)
{
        int r = tn_dir_read(dir, name, TN_BOUND_INDEX, text);

        return r == -EINVAL || r == -EISDIR ? -ENOENT : r;
}

int tn_catalog_text_load(const struct tn_dir *dir, enum tn_catalog_index which, struct tn_buf *bytes)
{
        _cleanup_(tn_index_writer_freep) struct tn_index_writer *writer = tn_index_writer_new();
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, key = { 0 };
        struct span rest, entry;
        uint32_t number = 0;
        int r = writer ? read_text(dir, tn_catalog_files[which].text, &text) : -ENOMEM;

        rest = tn_line_text(tn_buf_span(&text));
        while (r == 0 && next_entry(which, &rest, &entry)) {
                r = tn_span_starts(entry, SPAN("#")) ? 0
                                                     : add(writer, entry, texts[which].parse, &key, number);
                if (r > 0) {
                        number++;
                        r = 0;
                }
        }
        if (r < 0)
                return r;
        return number ? tn_index_writer_emit(writer, bytes) : -ENOENT;
}
