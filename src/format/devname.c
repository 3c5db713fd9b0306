/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/devname.h"
#include "util/num.h"

/* Words of the file end with a blank; tmpfiles.d(5), which is made of it, has specifiers, quotes and escapes. */
#define SPECIAL " %\"'\\"

bool tn_devname_is_node(struct span path)
{
        struct span part;

        if (path.len == 0 || path.ptr[path.len - 1] == '/' || tn_span_has_any(path, SPECIAL) ||
            !tn_span_is_printable(path))
                return false;
        while (tn_span_split(&path, '/', &part))
                if (part.len == 0 || tn_span_eq(part, SPAN(".")) || tn_span_eq(part, SPAN("..")))
                        return false;
        return true;
}

static int parse_number(struct span text, uint32_t *ret_num)
{
        uint64_t num;

        if (tn_num_parse(text, 10, &num) < 0 || num > UINT32_MAX)
                return -EINVAL;
        *ret_num = (uint32_t)num;
        return 0;
}

static int parse_device(struct span text, struct tn_devname *dev)
{
        struct span rest = tn_span_skip(text, 1), major;

        if (text.len == 0 || (text.ptr[0] != 'c' && text.ptr[0] != 'b'))
                return -EINVAL;
        dev->type = text.ptr[0];
        if (!tn_span_split(&rest, ':', &major) || parse_number(major, &dev->major) < 0)
                return -EINVAL;
        return parse_number(rest, &dev->minor);
}

int tn_devname_parse(struct span line, struct tn_devname *ret_dev)
{
        static const char blanks[] = " \t";
        struct tn_devname dev = { .module = tn_span_word(&line, blanks) };
        int r;

        dev.node = tn_span_word(&line, blanks);
        r = parse_device(tn_span_word(&line, blanks), &dev);
        if (r < 0 || !tn_devname_is_node(dev.node) || !tn_span_is_printable(dev.module) ||
            tn_span_word(&line, blanks).len)
                return -EINVAL;
        *ret_dev = dev;
        return 0;
}
