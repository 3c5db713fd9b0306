/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/modname.h"
#include "util/cleanup.h"
#include "util/word.h"

/* What a compressor leaves behind ".ko". All are known by name, also those this build cannot decompress. */
static const struct span suffixes[] = { SPAN(".gz"), SPAN(".xz"), SPAN(".zst") };

/* Eight bytes, unless there is a bracket among them. */
static inline bool write_word(const char *from, char *to)
{
        uint64_t word = tn_word_load(from);

        if (tn_word_has(word, '[') || tn_word_has(word, ']'))
                return false;
        tn_word_store(to, word ^ (tn_word_where(word, '-') >> 7) * ('-' ^ '_'));
        return true;
}

/* Writes it to where there is room for it, up to a bracket if there is one. Returns how many bytes that were. */
static size_t write_normal(struct span text, char *to)
{
        size_t n = 0;

        while (text.len - n >= 8 && write_word(text.ptr + n, to + n))
                n += 8;
        /* The last eight, of which some are written already. */
        if (n && text.len - n < 8 && write_word(text.ptr + text.len - 8, to + text.len - 8))
                return text.len;
        for (; n < text.len && text.ptr[n] != '[' && text.ptr[n] != ']'; n++)
                to[n] = text.ptr[n] == '-' ? '_' : text.ptr[n];
        return n;
}

static void add_normal(struct tn_buf *buf, struct span text)
{
        char *to = tn_buf_reserve(buf, text.len);

        for (size_t i = 0; to && i < text.len; i++)
                to[i] = text.ptr[i] == '-' ? '_' : text.ptr[i];
        buf->len += to ? text.len : 0;
}

void tn_modname_from_text(struct span text, struct tn_buf *name)
{
        add_normal(name, tn_span_head(text, tn_span_chr(text, '.')));
}

void tn_modname_from_path(struct span path, struct tn_buf *name)
{
        tn_modname_from_text(tn_span_base(path), name);
}

/* Bytes of a set that starts at the front of text, both brackets included; 0 when it does not end. */
static size_t set_len(struct span text)
{
        size_t end = tn_span_chr(text, ']');

        return end < text.len ? end + 1 : 0;
}

int tn_modname_write_alias(struct span text, char *to)
{
        size_t len = 0;

        while (len < text.len) {
                struct span rest = tn_span_skip(text, len), set;
                size_t n = write_normal(rest, to + len);

                len += n;
                if (n == rest.len)
                        break;
                set = tn_span_skip(rest, n);
                set.len = set.ptr[0] == '[' ? set_len(set) : 0;
                if (set.len == 0)
                        return -EINVAL;
                memmove(to + len, set.ptr, set.len);
                len += set.len;
        }
        return 0;
}

int tn_modname_from_alias(struct span text, struct tn_buf *alias)
{
        char *to = tn_buf_reserve(alias, text.len);
        int r = to ? tn_modname_write_alias(text, to) : 0;

        if (to && r == 0)
                alias->len += text.len;
        return r;
}

bool tn_modname_is_file(struct span path, struct span *ret_plain)
{
        for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++)
                if (tn_span_ends(path, suffixes[i])) {
                        path.len -= suffixes[i].len;
                        break;
                }
        if (!tn_span_ends(path, SPAN(".ko")) || tn_span_eq(tn_span_base(path), SPAN(".ko")))
                return false;
        if (ret_plain)
                *ret_plain = path;
        return true;
}

static bool has_control(struct span s)
{
        for (size_t i = 0; i < s.len; i++)
                if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f)
                        return true;
        return false;
}

/* What a path could be made with. */
static bool has_path(struct span s)
{
        return tn_span_chr(s, '/') < s.len || (tn_span_chr(s, '.') < s.len && memmem(s.ptr, s.len, "..", 2));
}

bool tn_modname_is_sane(struct span name)
{
        return name.len > 0 && name.len <= TN_MODNAME_MAX && !has_control(name) && !has_path(name);
}

static bool has_lone_bracket(struct span s)
{
        if (tn_span_chr(s, '[') == s.len && tn_span_chr(s, ']') == s.len)
                return false;
        for (size_t i = 0; i < s.len; i++) {
                size_t n = s.ptr[i] == '[' ? set_len(tn_span_skip(s, i)) : 0;

                if (n)
                        i += n - 1;
                else if (s.ptr[i] == '[' || s.ptr[i] == ']')
                        return true;
        }
        return false;
}

bool tn_modname_is_found(struct span name)
{
        return name.len > 0 && name.len <= TN_MODNAME_FILE && tn_span_is_printable(name) && !has_path(name) &&
               !tn_span_has_any(name, ":") && !has_lone_bracket(name);
}

bool tn_modname_is_request(struct span text)
{
        struct span line = text;

        if (line.len && line.ptr[line.len - 1] == '\n')
                line.len--;
        return line.len > 0 && text.len <= TN_MODNAME_TEXT && !has_control(line) &&
               !has_path(tn_span_head(text, tn_span_chr(text, ':')));
}
