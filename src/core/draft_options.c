/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/draft.h"
#include "format/cmdopts.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* How far the text of one record goes in the options. */
struct part {
        size_t end;
        const struct tn_conf_record *record;
};

struct parts {
        TN_VEC_FIELDS(struct part);
};

static void parts_fini(struct parts *parts)
{
        tn_vec_fini(parts);
}

struct options {
        TN_VEC_FIELDS(struct tn_step_option);
};

static void options_fini(struct options *options)
{
        tn_vec_fini(options);
}

static int join(struct tn_draft *draft, const struct tn_match *match, struct tn_buf *text,
                struct parts *parts)
{
        struct tn_config_iter it = tn_config_options(draft->req->config, match->name, match->alias);
        const struct tn_conf_record *record;
        int r = 0;

        while (r == 0 && (record = tn_config_next(&it))) {
                if (parts->n)
                        tn_buf_add_char(text, ' ');
                tn_buf_add_span(text, record->value);
                r = tn_vec_add(parts, ((struct part){ text->len, record }));
        }
        if (text->len)
                tn_buf_add_char(text, ' ');
        if (draft->req->options && strcmp(match->name, draft->target->match.name) == 0)
                tn_buf_add_str(text, draft->req->options);
        return r < 0 ? r : tn_buf_error(text);
}

/* The next word as it is written, quotes and all. Returns 1, 0 at the end, or -ENOMEM. */
static int next_word(struct span *rest, struct tn_buf *unquoted, struct span *ret_word)
{
        struct span from;
        int r;

        while (rest->len && strchr(" \t\n\v\f\r", rest->ptr[0]))
                *rest = tn_span_skip(*rest, 1);
        from = *rest;
        r = tn_cmdopts_next(rest, unquoted);
        *ret_word = tn_span_head(from, from.len - rest->len);
        return r;
}

/* Each word is of the record in which it begins. What is behind all records is of the request. */
static int split(const char *options, const struct parts *parts, struct options *words)
{
        _cleanup_(tn_buf_fini) struct tn_buf unquoted = { 0 };
        struct span rest = tn_span_of(options), word;
        size_t part = 0;
        int r;

        while ((r = next_word(&rest, &unquoted, &word)) > 0) {
                size_t at = (size_t)(word.ptr - options);
                struct tn_step_option option = { .text = word };

                while (part < parts->n && at >= parts->v[part].end)
                        part++;
                if (part < parts->n)
                        option.record = parts->v[part].record;
                r = tn_vec_add(words, option);
                if (r < 0)
                        return r;
        }
        return r;
}

/* Moves what has been collected into the plan. */
static int keep(struct tn_draft *draft, const struct options *words, struct tn_step *step)
{
        struct tn_step_option *copy = tn_arena_alloc(&draft->plan->arena, words->n * sizeof(*copy));

        if (!copy)
                return -ENOMEM;
        memcpy(copy, words->v, words->n * sizeof(*copy));
        step->option = copy;
        step->n_options = words->n;
        return 0;
}

int tn_draft_set_options(struct tn_draft *draft, const struct tn_match *match, struct tn_step *step)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        _cleanup_(parts_fini) struct parts parts = { 0 };
        _cleanup_(options_fini) struct options words = { 0 };
        int r = join(draft, match, &text, &parts);

        if (r < 0)
                return r;
        step->options = tn_arena_dup(&draft->plan->arena, tn_buf_span(&text));
        if (!step->options)
                return -ENOMEM;
        r = split(step->options, &parts, &words);
        return r < 0 || words.n == 0 ? r : keep(draft, &words, step);
}
