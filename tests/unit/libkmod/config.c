/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "check.h"
#include "client.h"
#include "util/cleanup.h"

/* Each as "KEY=VALUE;", twice over: behind the end it starts anew. */
static void assert_iter(struct kmod_config_iter *iter, const char *expected)
{
        assert_non_null(iter);
        for (int i = 0; i < 2; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };

                assert_null(kmod_config_iter_get_key(iter));
                assert_null(kmod_config_iter_get_value(iter));
                while (kmod_config_iter_next(iter))
                        tn_buf_addf(&got, "%s=%s;", kmod_config_iter_get_key(iter),
                                    kmod_config_iter_get_value(iter) ?: "(none)");
                assert_string_equal(tn_buf_str(&got), expected);
        }
        kmod_config_iter_free_iter(iter);
}

CHECK(config_iterators_walk_one_kind_each)
{
        _cleanup_(client_fini) struct client c;

        client_init(&c, "", NULL, NULL,
                    "blacklist a-b\nblacklist c\ninstall i echo \\\\n\nremove r bye\nalias x-* y-z\n"
                    "options o a=1\noptions o b=2\nsoftdep s post: c pre: a post: d\nweakdep w a\tb\n");
        assert_iter(kmod_config_get_blacklists(c.ctx), "a_b=(none);c=(none);");
        assert_iter(kmod_config_get_install_commands(c.ctx), "i=echo \\n;");
        assert_iter(kmod_config_get_remove_commands(c.ctx), "r=bye;");
        assert_iter(kmod_config_get_aliases(c.ctx), "x_*=y_z;");
        assert_iter(kmod_config_get_options(c.ctx), "o=a=1;o=b=2;");
        assert_iter(kmod_config_get_softdeps(c.ctx), "s=pre: a post: c d;");
        assert_iter(kmod_config_get_weakdeps(c.ctx), "w=a b;");
}

CHECK(config_iterators_of_nothing_end_at_once)
{
        _cleanup_(client_fini) struct client c;

        client_init(&c, "", NULL, NULL, NULL);
        assert_iter(kmod_config_get_aliases(c.ctx), "");
        assert_null(kmod_config_get_blacklists(NULL));
        assert_null(kmod_config_get_install_commands(NULL));
        assert_null(kmod_config_get_remove_commands(NULL));
        assert_null(kmod_config_get_aliases(NULL));
        assert_null(kmod_config_get_options(NULL));
        assert_null(kmod_config_get_softdeps(NULL));
        assert_null(kmod_config_get_weakdeps(NULL));
        assert_false(kmod_config_iter_next(NULL));
        assert_null(kmod_config_iter_get_key(NULL));
        assert_null(kmod_config_iter_get_value(NULL));
        kmod_config_iter_free_iter(NULL);
}
