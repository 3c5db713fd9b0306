/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tenon/svg.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* XML has no way to write U+FFFE and U+FFFF, which are valid UTF-8: \xEF\xBF\xBE, and one more. */
static bool is_no_character(struct span text)
{
        return tn_span_starts(text, SPAN("\xEF\xBF\xBE")) || tn_span_starts(text, SPAN("\xEF\xBF\xBF"));
}

void tn_svg_add_text(struct tn_buf *out, const char *str)
{
        _cleanup_(tn_buf_fini) struct tn_buf escaped = { 0 };

        tn_escape_add(tn_span_of(str), TN_ESCAPE_ALL, &escaped);
        for (size_t i = 0; i < escaped.len; i++) {
                if (is_no_character(tn_span_skip(tn_buf_span(&escaped), i))) {
                        tn_buf_addf(out, "\\xef\\xbf\\x%02x", (unsigned char)escaped.ptr[i + 2]);
                        i += 2;
                        continue;
                }
                switch (escaped.ptr[i]) {
                case '<': tn_buf_add_str(out, "&lt;"); break;
                case '>': tn_buf_add_str(out, "&gt;"); break;
                case '&': tn_buf_add_str(out, "&amp;"); break;
                case '"': tn_buf_add_str(out, "&quot;"); break;
                default: tn_buf_add_char(out, escaped.ptr[i]);
                }
        }
}
