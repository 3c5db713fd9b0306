/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "core/policy.h"
#include "room.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* A file system whose checksums are a softdep, by an alias; a network driver that wants its PHY; and others. */
#define DEPS                                                                                                 \
        "jbd2.ko:\next4.ko: jbd2.ko\ncrc_a.ko:\ncrc_b.ko: simd.ko\nsimd.ko:\nr8169.ko: mii.ko\n"             \
        "mii.ko:\nrealtek.ko: libphy.ko\nlibphy.ko:\nloop.ko:\nsctp.ko:\nsnd.ko:\nsnd_a.ko: snd.ko\n"
#define ALIASES  "crypto-crc crc_a\ncrypto-crc crc_b\n"
#define SOFTDEPS "softdep ext4 pre: crypto-crc\nsoftdep r8169 pre: realtek\n"

/* What a configuration says of modules, given with blanks between: "NAME@LINE" of those that it denies. */
static void assert_denied(const char *conf, const char *names, const char *expected)
{
        _cleanup_(room_fini) struct room w = room_new(DEPS, ALIASES, NULL, conf);
        _cleanup_(freep) char *path = tmpdir_path(&w.dir, "test.conf");
        const char *paths[] = { path, NULL };
        const struct tn_dir dir = tn_dir_at(w.dir.path);
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct span rest = tn_span_of(names), name;
        struct tn_policy policy;

        tmpdir_write(&w.dir, "modules.softdep", SOFTDEPS);
        tn_config_free(w.config);
        assert_int_equal(tn_config_load(&(struct tn_config_sources){ .paths = paths, .module_dir = &dir },
                                        NULL, &w.config),
                         0);
        tn_policy_init(w.catalog, w.config, &policy);
        while ((name = tn_span_word(&rest, " ")).len) {
                _cleanup_(freep) char *str = tn_span_dup(name);
                const struct tn_conf_record *record = NULL;
                int r = tn_policy_judge(&policy, str, &record);

                assert_int_equal(r, record != NULL);
                if (r)
                        tn_buf_addf(&got, "%s%s@%u", got.len ? " " : "", str, record->line);
        }
        tn_policy_fini(&policy);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(policy_without_lines_denies_nothing)
{
        assert_denied("", "loop sctp", "");
        assert_denied("policy enforce\n", "loop sctp", "");
        assert_denied("allow loop\n", "loop sctp", "");
}

CHECK(policy_denies_what_deny_lines_name)
{
        assert_denied("deny loop\ndeny sc* x\ndeny loop\n", "loop sctp snd x", "loop@1 sctp@2 x@2");
}

CHECK(policy_mode_is_that_of_the_last_line)
{
        assert_denied("policy off\ndeny loop\n", "loop", "");
        assert_denied("deny loop\npolicy enforce\npolicy off\n", "loop", "");
        assert_denied("policy off\ndeny loop\npolicy audit\n", "loop", "loop@2");
        assert_denied("policy off\ndeny loop\npolicy enforce\npolicy bad\n", "loop", "loop@2");
}

CHECK(policy_lets_in_what_allow_lines_name_and_what_that_needs)
{
        assert_denied("allow ext4\npolicy enforce\n", "ext4 jbd2 loop", "loop@2");
        assert_denied("allow ext4\npolicy enforce\n", "jbd2 loop ext4", "loop@2");
        assert_denied("policy audit\nallow snd_*\n", "snd loop snd_a", "loop@1");
}

CHECK(policy_lets_in_the_softdeps_that_modules_declare)
{
        assert_denied("allow ext4\npolicy enforce\n", "crc_a simd crc_b realtek", "realtek@2");
        assert_denied("allow r8169\npolicy enforce\n", "libphy realtek mii crc_a", "crc_a@2");
        assert_denied("allow loop\nsoftdep loop pre: sctp\npolicy enforce\n", "loop sctp", "sctp@3");
        assert_denied("allow ext4\nalias crypto-crc sctp\npolicy enforce\n", "sctp crc_a", "sctp@3");
}

CHECK(policy_denies_what_is_allowed_and_denied)
{
        assert_denied("allow ext4\ndeny jbd2\npolicy enforce\n", "ext4 jbd2 crc_a", "jbd2@2");
        assert_denied("deny ext4\nallow ext4\npolicy enforce\n", "ext4 jbd2", "ext4@1");
}
