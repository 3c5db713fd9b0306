/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdbool.h>

#include "format/classic_conf.h"
#include "util/cleanup.h"

static const char blanks[] = " \t";

#define TAKE_OUT "take the line out"

/*
 * The commands that are gone, and what to do. "%1" is the first word behind the command, "%2" the words behind that.
 * None is translated on the way: their manual leaves open what a failure means, and what a removal.
 */
static const struct gone {
        const char *word;
        const char *advice;
} gone[] = {
        { "above", "write 'softdep %1 post: %2' instead" },
        { "add", "write the line without 'add'; lines add up by themselves" },
        { "below", "write 'softdep %1 pre: %2' instead" },
        { "define", "there are no variables; write the value where it is used" },
        { "depfile", "the indexes are in the module directory; " TAKE_OUT },
        { "else", "there are no conditions; keep the lines that apply" },
        { "elseif", "there are no conditions; keep the lines that apply" },
        { "endif", "there are no conditions; " TAKE_OUT },
        { "generic_stringfile", "the indexes are in the module directory; " TAKE_OUT },
        { "ieee1394mapfile", "the indexes are in the module directory; " TAKE_OUT },
        { "if", "there are no conditions; keep the lines that apply" },
        { "insmod_opt", "there is no insmod to hand options to; " TAKE_OUT },
        { "isapnpmapfile", "the indexes are in the module directory; " TAKE_OUT },
        { "keep", "it belonged to 'path'; " TAKE_OUT },
        { "parportmapfile", "the indexes are in the module directory; " TAKE_OUT },
        { "path", "write 'search' or 'external' in depmod.d instead" },
        { "pcimapfile", "the indexes are in the module directory; " TAKE_OUT },
        { "persistdir", "modules keep no data over an unload; " TAKE_OUT },
        { "pnpbiosmapfile", "the indexes are in the module directory; " TAKE_OUT },
        { "post-install",
          "write 'install %1 /sbin/modprobe --ignore-install %1 $CMDLINE_OPTS && { %2; }' instead" },
        { "post-remove", "write 'remove %1 /sbin/modprobe -r --ignore-remove %1 && { %2; }' instead" },
        { "pre-install",
          "write 'install %1 { %2; } && /sbin/modprobe --ignore-install %1 $CMDLINE_OPTS' instead" },
        { "pre-remove", "write 'remove %1 { %2; } && /sbin/modprobe -r --ignore-remove %1' instead" },
        { "probe",
          "write 'install %1 /sbin/modprobe FIRST || /sbin/modprobe SECOND' instead, with each of: %2" },
        { "probeall", "write a line 'alias %1 MODULE' instead for each of: %2" },
        { "prune", "write 'exclude' in depmod.d instead" },
        { "usbmapfile", "the indexes are in the module directory; " TAKE_OUT },
};

static const struct gone *find_gone(struct span word)
{
        for (size_t i = 0; i < ARRAY_SIZE(gone); i++)
                if (tn_span_eq(word, tn_span_of(gone[i].word)))
                        return &gone[i];
        return NULL;
}

/* The advice, with what the line says in it. */
static void advise(const struct gone *command, struct span rest, struct tn_buf *text)
{
        struct span first = tn_span_word(&rest, blanks);

        rest = tn_span_trim(rest);
        tn_buf_addf(text, "the command '%s' of modutils is not supported; ", command->word);
        for (const char *at = command->advice; *at; at++) {
                if (*at != '%') {
                        tn_buf_add_char(text, *at);
                        continue;
                }
                if (*++at == '1')
                        tn_buf_add_span(text, first.len ? first : SPAN("A"));
                else
                        tn_buf_add_span(text, rest.len ? rest : SPAN("B"));
        }
}

/* The word in front of "=" or "[": "path[net]=/x" is the command path. */
static struct span command_of(struct span word)
{
        size_t n = 0;

        while (n < word.len && word.ptr[n] != '=' && word.ptr[n] != '[')
                n++;
        return tn_span_head(word, n);
}

/*
 * "off" and "null" were no modules: whoever asked for such an alias was served with nothing. A command is found by its
 * very name only, so a pattern cannot be put that way.
 */
static enum tn_classic_conf parse_alias(struct span rest, struct tn_buf *text)
{
        struct span name = tn_span_word(&rest, blanks), module = tn_span_word(&rest, blanks);

        if (!tn_span_eq(module, SPAN("off")) && !tn_span_eq(module, SPAN("null")))
                return TN_CLASSIC_NONE;
        if (tn_span_has_any(name, "*?[\\")) {
                tn_buf_add_str(text, "a pattern cannot be an alias of '");
                tn_buf_add_span(text, module);
                tn_buf_add_str(text, "'; write a line 'install NAME /bin/true' for each name instead");
                return TN_CLASSIC_REFUSED;
        }
        tn_buf_add_str(text, "install ");
        tn_buf_add_span(text, name);
        tn_buf_add_str(text, " /bin/true");
        return TN_CLASSIC_REWRITE;
}

enum tn_classic_conf tn_classic_conf_parse(struct span line, struct tn_buf *text)
{
        const struct gone *command;
        struct span word;

        line = tn_span_head(line, tn_span_chr(line, '\0'));
        word = tn_span_word(&line, blanks);
        if (tn_span_eq(word, SPAN("alias")))
                return parse_alias(line, text);
        if (tn_span_eq(word, SPAN("include"))) {
                tn_buf_add_span(text, tn_span_word(&line, blanks));
                return TN_CLASSIC_INCLUDE;
        }
        command = find_gone(command_of(word));
        if (!command)
                return TN_CLASSIC_NONE;
        advise(command, line, text);
        return TN_CLASSIC_REFUSED;
}
