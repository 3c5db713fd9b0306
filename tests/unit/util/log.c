/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "util/log.h"

struct heard {
        int n;
        enum tn_log_level level;
        char text[256];
};

static void hear(void *data, enum tn_log_level level, const char *text)
{
        struct heard *heard = data;

        heard->n++;
        heard->level = level;
        strncpy(heard->text, text, sizeof(heard->text) - 1);
        errno = EBADF;
}

CHECK(log_passes_text_and_level_on)
{
        struct heard heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_WARNING };

        tn_log(&log, TN_LOG_ERR, "could not insert '%s': %s", "vfat", "no");
        assert_int_equal(heard.n, 1);
        assert_int_equal(heard.level, TN_LOG_ERR);
        assert_string_equal(heard.text, "could not insert 'vfat': no");
}

CHECK(log_drops_what_is_above_its_level)
{
        struct heard heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_WARNING };

        tn_log(&log, TN_LOG_NOTICE, "not heard");
        assert_int_equal(heard.n, 0);
        tn_log(&log, TN_LOG_WARNING, "heard");
        assert_int_equal(heard.n, 1);
}

static void hear_from(void *data, enum tn_log_level level, const char *who, const char *text)
{
        struct heard *heard = data;

        heard->n++;
        snprintf(heard->text, sizeof(heard->text), "%s said %s", who, text);
}

CHECK(log_says_who_speaks_where_that_is_wanted)
{
        struct heard heard = { 0 };
        struct tn_log plain = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };
        struct tn_log curious = { .emit = hear, .emit_from = hear_from, .data = &heard, .max = TN_LOG_ERR };

        tn_log_from(&plain, "parser", TN_LOG_ERR, "bad line %d", 1);
        assert_string_equal(heard.text, "bad line 1");
        tn_log_from(&curious, "parser", TN_LOG_ERR, "bad line %d", 2);
        assert_string_equal(heard.text, "parser said bad line 2");
        tn_log(&curious, TN_LOG_ERR, "bad line %d", 3);
        assert_string_equal(heard.text, "bad line 3");
        tn_log_from(&curious, "parser", TN_LOG_WARNING, "not heard");
        assert_int_equal(heard.n, 3);
}

CHECK(log_without_listener_swallows_everything)
{
        struct tn_log deaf = { .max = TN_LOG_DEBUG };

        tn_log(NULL, TN_LOG_ERR, "%s", "x");
        tn_log(&deaf, TN_LOG_ERR, "%s", "x");
}

CHECK(log_text_has_no_limit)
{
        struct heard heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };
        char *text = malloc(100001);

        memset(text, 'x', 100000);
        text[100000] = '\0';
        tn_log(&log, TN_LOG_ERR, "%s", text);
        assert_int_equal(heard.n, 1);
        assert_int_equal(strlen(heard.text), sizeof(heard.text) - 1);
        free(text);
}

/* tn_log(...); return -errno; must give what failed, not what the logger did. */
CHECK(log_leaves_errno_alone)
{
        struct heard heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };

        errno = ENOENT;
        tn_log(&log, TN_LOG_ERR, "x");
        assert_int_equal(errno, ENOENT);
}

CHECK(log_levels_have_names)
{
        assert_string_equal(tn_log_level_name(TN_LOG_ERR), "ERROR");
        assert_string_equal(tn_log_level_name(TN_LOG_DEBUG), "DEBUG");
        assert_string_equal(tn_log_level_name((enum tn_log_level)1), "LOG");
        assert_string_equal(tn_log_level_name((enum tn_log_level)99), "LOG");
}
