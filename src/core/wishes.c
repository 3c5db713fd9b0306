/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/wishes.h"
#include "format/modname.h"
#include "format/softdep.h"
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

static int add_softdeps(struct wishing *wishing, struct span text, enum tn_softdep_part part)
{
        struct tn_softdep softdep = tn_softdep_init(text);
        struct span word;
        int r = 0;

        while (r == 0 && tn_softdep_next(&softdep, &word))
                if (softdep.part == part)
                        r = add(wishing, word);
        return r;
}

static int add_words(struct wishing *wishing, struct span text)
{
        struct span word;
        int r = 0;

        while (r == 0 && (word = tn_span_word(&text, " \t\n\v\f\r")).len)
                r = add(wishing, word);
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
        enum tn_conf_kind kind = wish == TN_WISH_WEAK ? TN_CONF_WEAKDEP : TN_CONF_SOFTDEP;
        struct tn_config_iter it = tn_config_match(config, kind, module);
        const struct tn_conf_record *record;
        int r = 0;

        while (r == 0 && (record = tn_config_next(&it)))
                r = wish == TN_WISH_WEAK
                            ? add_words(&wishing, record->value)
                            : add_softdeps(&wishing, record->value,
                                           wish == TN_WISH_PRE ? TN_SOFTDEP_PRE : TN_SOFTDEP_POST);
        return r;
}
