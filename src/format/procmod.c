/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/procmod.h"
#include "util/num.h"

static struct span field(struct span *line)
{
        return tn_span_word(line, " \t\n");
}

/* The kernel prints an int; -1 also stands for a module that is just being removed. */
static bool parse_refcnt(struct span s, int64_t *ret_refcnt)
{
        bool negative = tn_span_starts(s, SPAN("-"));
        uint64_t num;

        if (s.len == 0 || tn_span_eq(s, SPAN("-"))) {
                *ret_refcnt = -1;
                return true;
        }
        if (tn_num_parse(tn_span_skip(s, negative), 10, &num) < 0 || num > INT64_MAX)
                return false;
        *ret_refcnt = negative ? -(int64_t)num : (int64_t)num;
        return true;
}

int tn_procmod_parse(struct span line, struct tn_procmod *ret_mod)
{
        struct tn_procmod mod = { .name = field(&line) };

        if (mod.name.len == 0 || tn_span_chr(mod.name, '\0') < mod.name.len)
                return -EINVAL;
        if (tn_num_parse(field(&line), 10, &mod.size) < 0)
                return -EINVAL;
        if (!parse_refcnt(field(&line), &mod.refcnt))
                return -EINVAL;
        mod.holders = field(&line);
        if (tn_span_eq(mod.holders, SPAN("-")) || tn_span_eq(mod.holders, SPAN("[permanent],")))
                mod.holders.len = 0;
        mod.state = field(&line);
        *ret_mod = mod;
        return 0;
}

bool tn_procmod_next(struct span *text, struct tn_procmod *ret_mod)
{
        struct span line;

        while (tn_span_split(text, '\n', &line))
                if (tn_procmod_parse(line, ret_mod) == 0)
                        return true;
        return false;
}

bool tn_procmod_find(struct span text, struct span name, struct tn_procmod *ret_mod)
{
        struct tn_procmod mod;

        while (tn_procmod_next(&text, &mod))
                if (tn_span_eq(mod.name, name)) {
                        *ret_mod = mod;
                        return true;
                }
        return false;
}

/* What else is in the parentheses, '+' or '-', is the state. */
struct span tn_procmod_taints(const struct tn_procmod *mod, struct span text)
{
        struct span rest = { 0 }, letters = { 0 };
        const char *end;

        if (mod->state.len == 0)
                return letters;
        end = mod->state.ptr + mod->state.len;
        rest = (struct span){ end, (size_t)(text.ptr + text.len - end) };
        rest = tn_span_head(rest, tn_span_chr(rest, '\n'));
        field(&rest);
        letters = field(&rest);
        if (!tn_span_starts(letters, SPAN("(")))
                return (struct span){ 0 };
        letters = tn_span_skip(letters, 1);
        while (letters.len && strchr("+-)", letters.ptr[letters.len - 1]))
                letters.len--;
        return letters;
}

bool tn_procmod_holder(struct span *holders, struct span *ret_name)
{
        struct span name;

        while (tn_span_split(holders, ',', &name)) {
                if (name.len == 0 || tn_span_eq(name, SPAN("[permanent]")))
                        continue;
                *ret_name = name;
                return true;
        }
        return false;
}
