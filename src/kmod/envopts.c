/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdbool.h>

#include "kmod/envopts.h"
#include "util/cleanup.h"
#include "util/vec.h"

static const char blanks[] = " \t\n";

struct words {
        TN_VEC_FIELDS(char *);
};

static void words_fini(struct words *words)
{
        tn_vec_fini(words);
}

static char next(struct span *text)
{
        char c = text->ptr[0];

        *text = tn_span_skip(*text, 1);
        return c;
}

/* What stands between quotes, the opening one already taken off. */
static void take_quoted(struct span *text, char quote, struct tn_buf *word)
{
        while (text->len) {
                char c = next(text);

                if (c == quote)
                        return;
                if (c == '\\' && quote == '"' && text->len && strchr("\"\\", text->ptr[0]))
                        c = next(text);
                tn_buf_add_char(word, c);
        }
}

/* False when there is no word any more. */
static bool take_word(struct span *text, struct tn_buf *word)
{
        tn_buf_reset(word);
        while (text->len && strchr(blanks, text->ptr[0]))
                next(text);
        if (text->len == 0)
                return false;
        while (text->len && !strchr(blanks, text->ptr[0])) {
                char c = next(text);

                if (c == '"' || c == '\'') {
                        take_quoted(text, c, word);
                        continue;
                }
                if (c == '\\' && text->len)
                        c = next(text);
                tn_buf_add_char(word, c);
        }
        return true;
}

/* In a form that other, simpler readers of the variable are likely to understand too. */
static void add_word(struct span word, struct tn_buf *value)
{
        bool quote = word.len == 0 || tn_span_has_any(word, " \t\n\"'\\");
        bool escape = tn_span_has_any(word, "\"\\");
        char mark = escape && !tn_span_has_any(word, "'") ? '\'' : '"';

        if (value->len)
                tn_buf_add_char(value, ' ');
        if (quote)
                tn_buf_add_char(value, mark);
        for (size_t i = 0; i < word.len; i++) {
                if (mark == '"' && (word.ptr[i] == '"' || word.ptr[i] == '\\'))
                        tn_buf_add_char(value, '\\');
                tn_buf_add_char(value, word.ptr[i]);
        }
        if (quote)
                tn_buf_add_char(value, mark);
}

static int add_words(struct tn_envopts *env, struct span text, struct words *argv)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };

        while (take_word(&text, &word)) {
                char *copy = tn_buf_error(&word) ? NULL : tn_arena_dup(&env->arena, tn_buf_span(&word));

                if (!copy || tn_vec_add(argv, copy) < 0)
                        return -ENOMEM;
                add_word(tn_buf_span(&word), &env->value);
        }
        return tn_buf_error(&env->value);
}

int tn_envopts_init(struct tn_envopts *env, const char *text, int argc, char **argv)
{
        _cleanup_(tn_envopts_fini) struct tn_envopts made = { 0 };
        _cleanup_(words_fini) struct words words = { 0 };
        int r = tn_vec_add(&words, argv[0]);

        if (r == 0)
                r = add_words(&made, tn_span_of(text), &words);
        made.typed = (int)words.n;
        for (int i = 1; r == 0 && i < argc; i++)
                r = tn_vec_add(&words, argv[i]);
        if (r == 0)
                r = tn_vec_add(&words, NULL);
        if (r < 0)
                return r;
        made.argc = (int)words.n - 1;
        made.argv = TAKE(words.v);
        *env = TAKE(made);
        return 0;
}

void tn_envopts_fini(struct tn_envopts *env)
{
        free(env->argv);
        tn_buf_fini(&env->value);
        tn_arena_fini(&env->arena);
        *env = (struct tn_envopts){ 0 };
}

void tn_envopts_add(struct tn_envopts *env, const char *option, const char *arg)
{
        add_word(tn_span_of(option), &env->value);
        if (arg)
                add_word(tn_span_of(arg), &env->value);
}

const char *tn_envopts_value(struct tn_envopts *env)
{
        return tn_buf_str(&env->value);
}
