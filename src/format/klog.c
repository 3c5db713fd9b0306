/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/klog.h"
#include "util/cleanup.h"
#include "util/num.h"

static int parse_number(struct span *head, uint64_t *ret_number)
{
        struct span field;

        return tn_span_split(head, ',', &field) ? tn_num_parse(field, 10, ret_number) : -EINVAL;
}

int tn_klog_parse(struct span record, struct tn_klog_record *ret_record)
{
        struct tn_klog_record parsed;
        uint64_t priority;
        size_t semicolon = tn_span_chr(record, ';');
        struct span head = tn_span_head(record, semicolon), flags;

        if (semicolon == record.len || parse_number(&head, &priority) < 0 ||
            parse_number(&head, &parsed.seq) < 0 || parse_number(&head, &parsed.time_us) < 0 ||
            !tn_span_split(&head, ',', &flags))
                return -EINVAL;
        parsed.level = priority & 7;
        parsed.text = tn_span_skip(record, semicolon + 1);
        parsed.text = tn_span_head(parsed.text, tn_span_chr(parsed.text, '\n'));
        *ret_record = parsed;
        return 0;
}

void tn_klog_unescape(struct span text, struct tn_buf *out)
{
        while (text.len) {
                size_t plain = tn_span_chr(text, '\\');
                struct span escape = tn_span_skip(text, plain);
                uint64_t byte;

                tn_buf_add_span(out, tn_span_head(text, plain));
                if (tn_span_starts(escape, SPAN("\\x")) && escape.len >= 4 &&
                    tn_num_parse((struct span){ escape.ptr + 2, 2 }, 16, &byte) == 0) {
                        tn_buf_add_char(out, (char)byte);
                        text = tn_span_skip(escape, 4);
                } else {
                        tn_buf_add_span(out, tn_span_head(escape, 1));
                        text = tn_span_skip(escape, 1);
                }
        }
}

/*
 * The texts. "%m" is the module or device, "%s" the subject, "%o" the other, "%n" a subject that is
 * one word, "%e" a number, "%*" anything: none of them is empty but "%*". The first row that fits is taken.
 */
static const struct {
        const char *text;
        enum tn_klog_kind kind;
} rows[] = {
        { "%m: Unknown symbol %s (err %e)", TN_KLOG_UNKNOWN_SYMBOL },
        { "%m: disagrees about version of symbol %s", TN_KLOG_SYMBOL_VERSION },
        { "%m: no symbol version for %s", TN_KLOG_NO_SYMBOL_VERSION },
        { "%m: exports duplicate symbol %s (owned by %o)", TN_KLOG_DUPLICATE_SYMBOL },
        { "%m: module uses symbol (%s) from namespace %o, but does not import it.", TN_KLOG_NAMESPACE },
        { "%m: module using GPL-only symbols uses symbols %s from proprietary module %o.",
          TN_KLOG_PROPRIETARY },
        { "%m: module uses symbols %s from proprietary module %o, inheriting taint.", TN_KLOG_PROPRIETARY },
        { "%m: version magic '%s' should be '%o'", TN_KLOG_VERMAGIC },
        { "module %m: .gnu.linkonce.this_module section size must match the kernel's built struct module "
          "size at "
          "run time",
          TN_KLOG_MODULE_STRUCT },
        { "Invalid ELF %s", TN_KLOG_ELF },
        { "Invalid architecture in ELF %s", TN_KLOG_ELF },
        { "%m: unknown parameter '%s' ignored", TN_KLOG_UNKNOWN_PARAMETER },
        { "%m: `%o' invalid for parameter `%s'", TN_KLOG_BAD_VALUE },
        { "%m: `' invalid for parameter `%s'", TN_KLOG_BAD_VALUE },
        { "%m: `%o' too large for parameter `%s'", TN_KLOG_LONG_VALUE },
        { "%s: can only take %o arguments", TN_KLOG_ARRAY_LENGTH },
        { "Loading of unsigned module is rejected", TN_KLOG_UNSIGNED },
        { "Loading of module with unavailable key is rejected", TN_KLOG_UNAVAILABLE_KEY },
        { "Loading of module with unsupported crypto is rejected", TN_KLOG_UNSUPPORTED_CRYPTO },
        { "%m: module verification failed: signature and/or required key missing - tainting kernel",
          TN_KLOG_UNVERIFIED },
        { "Lockdown: %s: %o is restricted; see man kernel_lockdown.7", TN_KLOG_LOCKDOWN },
        { "Module %m is blacklisted", TN_KLOG_BLACKLISTED },
        { "%m: module license '%s' taints kernel.", TN_KLOG_LICENSE },
        { "%m: module license taints kernel.", TN_KLOG_LICENSE },
        { "%m: loading out-of-tree module taints kernel.", TN_KLOG_OUT_OF_TREE },
        { "%m: firmware: failed to load %s (%e)", TN_KLOG_FIRMWARE },
        { "%m: Direct firmware load for %s failed with error %e", TN_KLOG_FIRMWARE },
        { "%*vmalloc error: size %n, %*", TN_KLOG_MEMORY },
        { "execmem: unable to allocate memory", TN_KLOG_MEMORY },
        { "%*: '%m'->init suspiciously returned %e, it should follow 0/-E convention%*",
          TN_KLOG_INIT_POSITIVE },
        { "request_module: modprobe %s cannot be processed, kmod busy with %*", TN_KLOG_REQUEST_LOOP },
        { "request_module: runaway loop modprobe %s", TN_KLOG_REQUEST_LOOP },
};

static bool parse_err(struct span s, int *ret_err)
{
        bool negative = tn_span_starts(s, SPAN("-"));
        uint64_t num;

        if (tn_num_parse(tn_span_skip(s, negative), 10, &num) < 0 || num > INT_MAX)
                return false;
        *ret_err = negative ? -(int)num : (int)num;
        return true;
}

static bool keep(struct tn_klog_event *event, char part, struct span s)
{
        switch (part) {
        case 'm': event->module = s; return s.len > 0;
        case 'n':
        case 's': event->subject = s; return s.len > 0;
        case 'o': event->other = s; return s.len > 0;
        case 'e': return parse_err(s, &event->err);
        default: return true;
        }
}

/*
 * Where the literal that follows a part is in the text, or text.len + 1. A module's name has no ':', so the first place
 * is the right one. What others have chosen, a parameter's value for one, may contain the literal itself: there it is the last.
 */
static size_t find_literal(struct span text, struct span literal, bool first)
{
        size_t found = text.len + 1;

        for (size_t i = 0; i + literal.len <= text.len; i++) {
                if (!tn_span_starts(tn_span_skip(text, i), literal))
                        continue;
                found = i;
                if (first)
                        break;
        }
        return found;
}

/* Holds a text against a row, from a part or a literal on. */
static bool fits(struct span text, struct span row, struct tn_klog_event *event)
{
        while (row.len) {
                struct span literal = tn_span_head(row, tn_span_chr(row, '%'));
                size_t at = 0;

                if (literal.len == 0) {
                        char part = row.ptr[1];

                        row = tn_span_skip(row, 2);
                        literal = tn_span_head(row, tn_span_chr(row, '%'));
                        at = row.len ? find_literal(text, literal, part != 's' && part != 'o') : text.len;
                        if (at > text.len || !keep(event, part, tn_span_head(text, at)))
                                return false;
                        text = tn_span_skip(text, at);
                }
                if (!tn_span_starts(text, literal))
                        return false;
                text = tn_span_skip(text, literal.len);
                row = tn_span_skip(row, literal.len);
        }
        return text.len == 0;
}

bool tn_klog_match(struct span text, struct tn_klog_event *ret_event)
{
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct tn_klog_event event = { .kind = rows[i].kind };

                if (fits(text, tn_span_of(rows[i].text), &event)) {
                        *ret_event = event;
                        return true;
                }
        }
        return false;
}
