/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/depmod_conf.h"

static const struct command {
        const char *word;
        unsigned n_words; /* that must follow */
} commands[TN_DEPMOD_CONF_KINDS] = {
        [TN_DEPMOD_CONF_SEARCH] = { "search", 0 },
        [TN_DEPMOD_CONF_OVERRIDE] = { "override", 3 },
        [TN_DEPMOD_CONF_EXTERNAL] = { "external", 2 },
        [TN_DEPMOD_CONF_EXCLUDE] = { "exclude", 0 },
};

bool tn_depmod_conf_word(struct span *args, struct span *ret_word)
{
        struct span word = tn_span_word(args, " \t");

        if (word.len == 0)
                return false;
        *ret_word = word;
        return true;
}

static int find_command(struct span word)
{
        for (int kind = 0; kind < TN_DEPMOD_CONF_KINDS; kind++)
                if (tn_span_eq(word, tn_span_of(commands[kind].word)))
                        return kind;
        if (tn_span_eq(word, SPAN("include")) || tn_span_eq(word, SPAN("make_map_files")))
                return -EOPNOTSUPP;
        return -EINVAL;
}

static bool has_words(struct span args, unsigned n)
{
        struct span word;

        while (n && tn_depmod_conf_word(&args, &word))
                n--;
        return n == 0;
}

int tn_depmod_conf_parse(struct span line, struct tn_depmod_conf *ret_conf)
{
        struct tn_depmod_conf conf = { 0 };
        int kind;

        line = tn_span_head(line, tn_span_chr(line, '\0'));
        if (line.len == 0 || line.ptr[0] == '#' || !tn_depmod_conf_word(&line, &conf.command))
                return 0;
        *ret_conf = conf;
        kind = find_command(conf.command);
        if (kind < 0)
                return kind;
        if (!has_words(line, commands[kind].n_words))
                return -EINVAL;
        ret_conf->kind = (enum tn_depmod_conf_kind)kind;
        ret_conf->args = line;
        return 1;
}

/* Whether it can be a path below a directory as a walk makes it: names with one '/' between them. */
static bool is_plain_path(struct span path)
{
        size_t n;

        for (;;) {
                struct span name;

                n = tn_span_chr(path, '/');
                name = tn_span_head(path, n);
                if (n == 0 || tn_span_eq(name, SPAN(".")) || tn_span_eq(name, SPAN("..")))
                        return false;
                if (n == path.len)
                        return true;
                path = tn_span_skip(path, n + 1);
        }
}

const char *tn_depmod_conf_hint(enum tn_depmod_conf_kind kind, unsigned i, struct span word)
{
        bool is_dir = kind == TN_DEPMOD_CONF_SEARCH || (kind == TN_DEPMOD_CONF_OVERRIDE && i == 2);

        if (is_dir && !is_plain_path(word))
                return "a directory below the module directory is written like updates/net";
        if (kind == TN_DEPMOD_CONF_OVERRIDE && i == 0 && (tn_span_has_any(word, ".") || !is_plain_path(word)))
                return "the name of a module is written without .ko";
        if (kind == TN_DEPMOD_CONF_EXCLUDE && (tn_span_has_any(word, "/") || !is_plain_path(word)))
                return "it is the name of a directory or file without the path to it";
        return NULL;
}
