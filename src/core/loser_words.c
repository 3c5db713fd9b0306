/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/loser.h"

/* "%" stands for the module. */
static const struct {
        const char *id, *text;
        bool places; /* the line that counts instead follows */
} rows[TN_LOSER_WHYS] = {
        [TN_LOSER_NONE] = { "none", "", false },
        [TN_LOSER_RULE] = { "earlier-rule", NULL, true },
        [TN_LOSER_BAD_NAME] = { "bad-name", "no module can have that name", false },
        [TN_LOSER_NO_MODULE] = { "no-module", "a blacklist takes the names of modules, and this is an alias",
                                 false },
        [TN_LOSER_LINE] = { "earlier-line", "for % the first line counts", true },
        [TN_LOSER_BY_NAME] = { "asked-by-name", "a blacklist is for aliases, and % is asked for by its name",
                               false },
        [TN_LOSER_NOT_ASKED] = { "not-asked-for", "a blacklist is for what is asked for, and % is not",
                                 false },
        [TN_LOSER_OTHER_ALIAS] = { "other-alias", "it is for who asks for % by that alias", false },
        [TN_LOSER_COMMAND] = { "command", "the command of % stands for its softdeps, too", true },
        [TN_LOSER_IN_KERNEL] = { "in-kernel", "% is in the kernel already", false },
        [TN_LOSER_BLACKLISTED] = { "blacklisted", "% is blacklisted", true },
        [TN_LOSER_DENIED] = { "denied", "% is denied", true },
        [TN_LOSER_POLICY] = { "policy", "the policy does not enforce it", true },
        [TN_LOSER_REMOVAL] = { "removal", "it counts when % is removed", false },
        [TN_LOSER_WEAK] = { "weak", "nothing is loaded for it: it is for programs that make images", false },
};

const char *tn_loser_id(enum tn_loser_why why)
{
        return rows[why].id;
}

/* What comes first in a lookup. */
static const char *text_of_rule(enum tn_rule rule)
{
        switch (rule) {
        case TN_RULE_CONF_ALIAS: return "an alias line of the configuration comes first";
        case TN_RULE_NAME: return "a module of that name comes first";
        case TN_RULE_COMMAND: return "a command for that name comes first";
        case TN_RULE_BUILTIN: return "a built-in module of that name comes first";
        default: return "modules.alias comes first";
        }
}

void tn_loser_text(const struct tn_loser *loser, struct tn_buf *text)
{
        struct span rest =
                tn_span_of(rows[loser->why].text ? rows[loser->why].text : text_of_rule(loser->rule));
        size_t at = tn_span_chr(rest, '%');

        tn_buf_add_span(text, tn_span_head(rest, at));
        if (at < rest.len) {
                tn_buf_add_str(text, loser->module);
                tn_buf_add_span(text, tn_span_skip(rest, at + 1));
        }
        if (!rows[loser->why].places || !loser->winner)
                return;
        tn_buf_addf(text, ": %s", loser->winner->file);
        if (loser->winner->line)
                tn_buf_addf(text, ":%u", loser->winner->line);
}
