/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/filter.h"
#include "util/cleanup.h"
#include "util/num.h"

/* How deep parentheses and "not" may be nested. */
#define DEPTH_MAX 64

#define BLANKS    " \t\r\n"

struct parser {
        struct span all, rest;
        const struct tn_filter_column *columns;
        size_t n;
        unsigned depth;
        struct tn_filter *filter;
        struct tn_filter_error *error;
};

static int parse_any(struct parser *parser);

/* Longer ones before those that they begin with. */
static const struct {
        struct span word;
        int how;
} operators[] = {
        { { "==", 2 }, TN_FILTER_EQ }, { { "!=", 2 }, TN_FILTER_NE },   { { "<=", 2 }, TN_FILTER_LE },
        { { ">=", 2 }, TN_FILTER_GE }, { { "=~", 2 }, TN_FILTER_LIKE }, { { "!~", 2 }, TN_FILTER_UNLIKE },
        { { "=", 1 }, TN_FILTER_EQ },  { { "<", 1 }, TN_FILTER_LT },    { { ">", 1 }, TN_FILTER_GT },
};

static void pass_blanks(struct parser *parser)
{
        while (parser->rest.len && memchr(BLANKS, parser->rest.ptr[0], sizeof(BLANKS) - 1))
                parser->rest = tn_span_skip(parser->rest, 1);
}

static int fail(struct parser *parser, const char *where, const char *text)
{
        *parser->error = (struct tn_filter_error){ (size_t)(where - parser->all.ptr), text };
        return -EINVAL;
}

static bool is_name(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
}

static struct span peek_name(const struct parser *parser)
{
        size_t len = 0;

        while (len < parser->rest.len && is_name(parser->rest.ptr[len]))
                len++;
        return tn_span_head(parser->rest, len);
}

/* Takes a word, or what else stands for it, if that is next. */
static bool take(struct parser *parser, struct span word, struct span sign)
{
        pass_blanks(parser);
        if (word.len && tn_span_eq(peek_name(parser), word)) {
                parser->rest = tn_span_skip(parser->rest, word.len);
                return true;
        }
        if (!tn_span_starts(parser->rest, sign))
                return false;
        parser->rest = tn_span_skip(parser->rest, sign.len);
        return true;
}

static bool is_column(struct span name, const char *column)
{
        if (name.len != strlen(column))
                return false;
        for (size_t i = 0; i < name.len; i++)
                if (name.ptr[i] != column[i] && !(name.ptr[i] == '-' && column[i] == '_'))
                        return false;
        return true;
}

static int take_column(struct parser *parser, struct tn_filter_step *step)
{
        struct span name = peek_name(parser);

        if (name.len == 0)
                return fail(parser, parser->rest.ptr, "a column is expected");
        for (step->column = 0; step->column < parser->n; step->column++)
                if (is_column(name, parser->columns[step->column].name))
                        break;
        if (step->column == parser->n)
                return fail(parser, name.ptr, "there is no column of that name");
        step->type = parser->columns[step->column].type;
        parser->rest = tn_span_skip(parser->rest, name.len);
        return 0;
}

/* Whether an operator follows, and which. */
static bool take_operator(struct parser *parser, struct tn_filter_step *step)
{
        pass_blanks(parser);
        for (size_t i = 0; i < ARRAY_SIZE(operators); i++)
                if (take(parser, SPAN(""), operators[i].word)) {
                        step->how = operators[i].how;
                        return true;
                }
        return false;
}

static int check_operator(struct parser *parser, const char *where, const struct tn_filter_step *step)
{
        bool like = step->how == TN_FILTER_LIKE || step->how == TN_FILTER_UNLIKE;

        if (like && step->type == TN_FILTER_NUMBER)
                return fail(parser, where, "a number has no pattern");
        if (!like && step->how > TN_FILTER_NE && step->type == TN_FILTER_LIST)
                return fail(parser, where, "a list is neither less nor more");
        return 0;
}

static int take_value(struct parser *parser, struct span *ret_value)
{
        size_t len = 0;
        char quote;

        pass_blanks(parser);
        quote = parser->rest.len ? parser->rest.ptr[0] : '\0';
        if (quote == '"' || quote == '\'') {
                *ret_value = tn_span_skip(parser->rest, 1);
                len = tn_span_chr(*ret_value, quote);
                if (len == ret_value->len)
                        return fail(parser, parser->rest.ptr, "the quote has no end");
                ret_value->len = len;
                parser->rest = tn_span_skip(parser->rest, len + 2);
                return 0;
        }
        while (len < parser->rest.len && !memchr(BLANKS "()", parser->rest.ptr[len], sizeof(BLANKS "()") - 1))
                len++;
        if (len == 0)
                return fail(parser, parser->rest.ptr, "a value is expected");
        *ret_value = tn_span_head(parser->rest, len);
        parser->rest = tn_span_skip(parser->rest, len);
        return 0;
}

static int parse_comparison(struct parser *parser)
{
        struct tn_filter_step step = { .kind = TN_FILTER_COMPARE, .how = TN_FILTER_ANY };
        struct span value = { 0 };
        const char *where;
        int r = take_column(parser, &step);

        if (r < 0)
                return r;
        pass_blanks(parser);
        where = parser->rest.ptr;
        if (take_operator(parser, &step)) {
                r = check_operator(parser, where, &step);
                if (r == 0)
                        r = take_value(parser, &value);
                if (r < 0)
                        return r;
                if (step.type == TN_FILTER_NUMBER && tn_filter_number(value, &step.number) < 0)
                        return fail(parser, value.ptr, "a number is expected, such as 4096, 64K or 2M");
        }
        step.text = tn_arena_dup(&parser->filter->arena, value);
        return step.text ? tn_vec_add(parser->filter, step) : -ENOMEM;
}

static int parse_nested(struct parser *parser)
{
        int r;

        if (++parser->depth > DEPTH_MAX)
                return fail(parser, parser->rest.ptr, "this is nested too deeply");
        if (take(parser, SPAN(""), SPAN("("))) {
                r = parse_any(parser);
                return r == 0 && !take(parser, SPAN(""), SPAN(")"))
                               ? fail(parser, parser->rest.ptr, "a ')' is expected")
                               : r;
        }
        return parse_comparison(parser);
}

/* Any number of "not" is none or one. */
static int parse_term(struct parser *parser)
{
        unsigned depth = parser->depth;
        bool negated = false;
        int r;

        while (take(parser, SPAN("not"), SPAN("!")))
                negated = !negated;
        r = parse_nested(parser);
        parser->depth = depth;
        if (r == 0 && negated)
                r = tn_vec_add(parser->filter, ((struct tn_filter_step){ .kind = TN_FILTER_NOT }));
        return r;
}

/* One more term decides nothing when what is so far is `when`. */
static int parse_chain(struct parser *parser, struct span word, struct span sign, bool when,
                       int (*parse)(struct parser *parser))
{
        int r = parse(parser);
        size_t jump;

        while (r == 0 && take(parser, word, sign)) {
                jump = parser->filter->n;
                r = tn_vec_add(parser->filter,
                               ((struct tn_filter_step){ .kind = TN_FILTER_JUMP, .when = when }));
                if (r == 0)
                        r = parse(parser);
                if (r == 0)
                        parser->filter->v[jump].to = parser->filter->n;
        }
        return r;
}

static int parse_all(struct parser *parser)
{
        return parse_chain(parser, SPAN("and"), SPAN("&&"), false, parse_term);
}

static int parse_any(struct parser *parser)
{
        return parse_chain(parser, SPAN("or"), SPAN("||"), true, parse_all);
}

int tn_filter_parse(struct span text, const struct tn_filter_column *columns, size_t n,
                    struct tn_filter *ret_filter, struct tn_filter_error *ret_error)
{
        _cleanup_(tn_filter_fini) struct tn_filter filter = { 0 };
        struct parser parser = { .columns = columns, .n = n, .filter = &filter, .error = ret_error };
        int r;

        parser.all = parser.rest = text.ptr ? text : SPAN("");
        r = parse_any(&parser);
        pass_blanks(&parser);
        if (r == 0 && parser.rest.len)
                r = fail(&parser, parser.rest.ptr, "'and', 'or' or the end is expected");
        if (r == 0)
                *ret_filter = TAKE(filter);
        return r;
}

int tn_filter_number(struct span text, int64_t *ret_number)
{
        static const char powers[] = "KMGT";
        unsigned shift = 0;
        struct span suffix;
        uint64_t number;
        size_t len = 0;
        int r;

        while (len < text.len && text.ptr[len] >= '0' && text.ptr[len] <= '9')
                len++;
        suffix = tn_span_skip(text, len);
        if (suffix.len) {
                const char *power = memchr(powers, suffix.ptr[0], sizeof(powers) - 1);

                suffix = tn_span_skip(suffix, 1);
                if (!power ||
                    !(suffix.len == 0 || tn_span_eq(suffix, SPAN("B")) || tn_span_eq(suffix, SPAN("iB"))))
                        return -EINVAL;
                shift = 10 * (unsigned)(power - powers + 1);
        }
        r = tn_num_parse(tn_span_head(text, len), 10, &number);
        if (r < 0)
                return r;
        if (number > (uint64_t)INT64_MAX >> shift)
                return -ERANGE;
        *ret_number = (int64_t)(number << shift);
        return 0;
}
