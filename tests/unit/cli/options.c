/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "cli/options.h"
#include "util/buf.h"
#include "util/cleanup.h"

static const struct tn_option table[] = {
        { 'a', "all", NULL, "everything" },
        { 'b', NULL, NULL, "bare" },
        { 'c', "config", "PATH", "some file" },
};

/* The options found, each "ID@AT=ARG ", then the operands. */
static void assert_options(const char *line, const char *expected)
{
        _cleanup_(freep) char *copy = strdup(line);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_options opts;
        char *argv[16] = { (char[]){ "tool" } };
        const char *arg;
        int argc = 1, id;

        for (char *word = copy; word; argc++) {
                char *blank = strchr(word, ' ');

                if (blank)
                        *blank++ = '\0';
                argv[argc] = word;
                word = blank;
        }
        tn_options_init(&opts, table, ARRAY_SIZE(table), argc, argv, false);
        while ((id = tn_options_next(&opts, &arg)) != -1)
                tn_buf_addf(&got, "%c@%d=%s ", id, opts.at, arg ? arg : "");
        for (int i = optind; i < argc; i++)
                tn_buf_addf(&got, "[%s]", argv[i]);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(options_say_where_they_stood)
{
        assert_options("-a -b x", "a@1= b@2= [x]");
        assert_options("-ab -cx -c y --all", "a@1= b@1= c@2=x c@3=y a@5= ");
        assert_options("-abcx -b", "a@1= b@1= c@1=x b@2= ");
}

CHECK(options_say_where_they_stood_behind_operands)
{
        assert_options("x y -ab z - -c p -b", "a@3= b@3= c@6=p b@8= [x][y][z][-]");
        assert_options("x -a y -- -b", "a@2= [x][y][-b]");
}

/* A table of its own, for the forms of help. */
static const struct tn_option shown[] = {
        { 0, NULL, NULL, "First:" },
        { 'a', "all", NULL, "everything" },
        { 'b', NULL, NULL, "bare\nsecond line" },
        { TN_OPTION_LONG, "long-one", NULL, "no letter" },
        { 'o', "older", NULL, NULL },
        { 0, NULL, NULL, "Second:" },
        { 'c', "config", "PATH", "some file" },
        { 'd', NULL, "DIR", "some directory" },
        { TN_OPTION_LONG + 1, "name-that-is-long", "VALUE", "too long for the line" },
};

CHECK(options_print_their_help)
{
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        assert_non_null(out);
        tn_options_help(out, "Usage: tool\n", shown, ARRAY_SIZE(shown));
        assert_int_equal(fclose(out), 0);
        assert_string_equal(text, "Usage: tool\n"
                                  "\nFirst:\n"
                                  "  -a, --all                 everything\n"
                                  "  -b                        bare\n"
                                  "                            second line\n"
                                  "      --long-one            no letter\n"
                                  "\nSecond:\n"
                                  "  -c, --config=PATH         some file\n"
                                  "  -d DIR                    some directory\n"
                                  "      --name-that-is-long=VALUE\n"
                                  "                            too long for the line\n");
        free(text);
}
