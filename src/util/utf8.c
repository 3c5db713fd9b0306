/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "util/utf8.h"
#include "util/cleanup.h"

/* The forms, by the first byte; low and high bound the second one, which rules out surrogates and longer forms. */
static const struct form {
        unsigned char first, last, low, high;
        size_t len;
} forms[] = {
        { 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
        { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
        { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

static bool fits(const struct form *form, struct span text)
{
        const unsigned char *at = (const unsigned char *)text.ptr;

        if (at[0] < form->first || at[0] > form->last || text.len < form->len)
                return false;
        if (form->len > 1 && (at[1] < form->low || at[1] > form->high))
                return false;
        for (size_t i = 2; i < form->len; i++)
                if ((at[i] & 0xc0) != 0x80)
                        return false;
        return true;
}

size_t tn_utf8_next(struct span text)
{
        for (size_t i = 0; text.len && i < ARRAY_SIZE(forms); i++)
                if (fits(&forms[i], text))
                        return forms[i].len;
        return 0;
}

/* How many bytes from the start are ASCII, as most text is all through. */
static size_t ascii_head(struct span text)
{
        size_t at = 0;

        while (at < text.len && !(text.ptr[at] & 0x80))
                at++;
        return at;
}

/* How many bytes from the start are characters. */
static size_t valid_head(struct span text)
{
        size_t at = ascii_head(text), len;

        while ((len = tn_utf8_next(tn_span_skip(text, at))) > 0) {
                at += len;
                at += ascii_head(tn_span_skip(text, at));
        }
        return at;
}

bool tn_utf8_is_valid(struct span text)
{
        return valid_head(text) == text.len;
}

void tn_utf8_add(struct span text, struct tn_buf *out)
{
        while (text.len) {
                size_t len = valid_head(text);

                tn_buf_add_span(out, tn_span_head(text, len));
                text = tn_span_skip(text, len);
                if (!text.len)
                        return;
                tn_buf_add_str(out, "\xef\xbf\xbd");
                text = tn_span_skip(text, 1);
        }
}
