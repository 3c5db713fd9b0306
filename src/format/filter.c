/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "format/filter.h"
#include "util/cleanup.h"

void tn_filter_fini(struct tn_filter *filter)
{
        tn_vec_fini(filter);
        tn_arena_fini(&filter->arena);
}

void tn_filter_value_fini(struct tn_filter_value *value)
{
        tn_buf_fini(&value->text);
}

/* The order of two as -1, 0, 1. */
static bool holds(int how, int order)
{
        switch (how) {
        case TN_FILTER_EQ: return order == 0;
        case TN_FILTER_NE: return order != 0;
        case TN_FILTER_LT: return order < 0;
        case TN_FILTER_LE: return order <= 0;
        case TN_FILTER_GT: return order > 0;
        default: return order >= 0;
        }
}

static bool is_like(const char *pattern, const char *text)
{
        if (strpbrk(pattern, "*?["))
                return fnmatch(pattern, text, 0) == 0;
        return strstr(text, pattern) != NULL;
}

/* Whether one of the texts is equal, or matches. */
static bool has_one(const struct tn_filter_step *step, struct span texts, bool like)
{
        struct span text;

        while (tn_span_split(&texts, '\0', &text))
                if (like ? is_like(step->text, text.ptr) : tn_span_eq(text, tn_span_of(step->text)))
                        return true;
        return false;
}

static bool is_any(const struct tn_filter_step *step, const struct tn_filter_value *value)
{
        if (step->type == TN_FILTER_NUMBER)
                return value->number != 0;
        return value->text.len > (step->type == TN_FILTER_TEXT); /* a text has its NUL */
}

static bool compare(const struct tn_filter_step *step, const struct tn_filter_value *value)
{
        struct span texts = tn_buf_span(&value->text);

        if (value->none)
                return step->how == TN_FILTER_NE || step->how == TN_FILTER_UNLIKE;
        switch (step->how) {
        case TN_FILTER_ANY: return is_any(step, value);
        case TN_FILTER_LIKE: return has_one(step, texts, true);
        case TN_FILTER_UNLIKE: return !has_one(step, texts, true);
        default: break;
        }
        if (step->type == TN_FILTER_NUMBER)
                return holds(step->how, (value->number > step->number) - (value->number < step->number));
        if (step->how == TN_FILTER_EQ || step->how == TN_FILTER_NE)
                return has_one(step, texts, false) == (step->how == TN_FILTER_EQ);
        return holds(step->how, tn_span_cmp(tn_span_head(texts, texts.len - 1), tn_span_of(step->text)));
}

int tn_filter_match(const struct tn_filter *filter, tn_filter_get *get, void *row)
{
        _cleanup_(tn_filter_value_fini) struct tn_filter_value value = { 0 };
        const struct tn_filter_step *step;
        bool is = true;
        size_t at = 0;
        int r;

        while (at < filter->n) {
                step = &filter->v[at++];
                switch (step->kind) {
                case TN_FILTER_NOT: is = !is; break;
                case TN_FILTER_JUMP: at = is == step->when ? step->to : at; break;
                default:
                        tn_buf_reset(&value.text);
                        value.none = false;
                        r = get(row, step->column, &value);
                        if (r == 0)
                                r = tn_buf_error(&value.text);
                        if (r < 0)
                                return r;
                        is = compare(step, &value);
                }
        }
        return is;
}
