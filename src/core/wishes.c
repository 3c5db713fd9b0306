/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/softwords.h"
#include "core/wishes.h"
#include "format/modname.h"
#include "util/cleanup.h"
#include "util/set.h"

struct wishing {
        struct tn_catalog *cat;
        const struct tn_config *config;
        struct tn_arena *arena;
        struct tn_matches *matches;
        struct tn_set names; /* normalised, as far as they have come */
};

static void wishing_fini(struct wishing *wishing)
{
        tn_set_fini(&wishing->names);
}

static int add(struct wishing *wishing, struct span word)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        int r;

        if (tn_modname_from_alias(word, &name) < 0)
                return 0;
        if (tn_buf_error(&name) < 0)
                return tn_buf_error(&name);
        r = tn_set_add_copy(&wishing->names, wishing->arena, tn_buf_span(&name));
        if (r > 0)
                r = tn_lookup(wishing->cat, wishing->config, word, wishing->arena, wishing->matches);
        return r == -ENOMEM ? r : 0;
}

static int add_softdeps(struct wishing *wishing, const char *module, enum tn_softdep_part part)
{
        struct tn_softwords words = tn_softwords_of(wishing->config, module, part);
        struct tn_softword word;
        int r = 0;

        while (r == 0 && tn_softwords_next(&words, &word))
                r = add(wishing, word.name);
        return r;
}

static int add_weakdeps(struct wishing *wishing, const char *module)
{
        struct tn_config_iter it = tn_config_match(wishing->config, TN_CONF_WEAKDEP, module);
        const struct tn_conf_record *record;
        int r = 0;

        while (r == 0 && (record = tn_config_next(&it))) {
                struct span rest = record->value, word;

                while (r == 0 && (word = tn_span_word(&rest, " \t\n\v\f\r")).len)
                        r = add(wishing, word);
        }
        return r;
}

int tn_wishes_lookup(struct tn_catalog *cat, const struct tn_config *config, const char *module,
                     enum tn_wish wish, struct tn_arena *arena, struct tn_matches *matches)
{
        _cleanup_(wishing_fini) struct wishing wishing = {
                .cat = cat,
                .config = config,
                .arena = arena,
                .matches = matches,
        };

        if (wish == TN_WISH_WEAK)
                return add_weakdeps(&wishing, module);
        return add_softdeps(&wishing, module, wish == TN_WISH_PRE ? TN_SOFTDEP_PRE : TN_SOFTDEP_POST);
}
