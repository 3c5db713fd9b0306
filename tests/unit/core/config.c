/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/config.h"
#include "fake_kernel.h"
#include "tmpdir.h"
#include "util/buf.h"
#include "util/cleanup.h"

static void hear(void *data, enum tn_log_level level, const char *text)
{
        tn_buf_addf(data, "%d %s\n", level, text);
}

/* Loads the file or directory "conf" below dir, and what else src says. */
static struct tn_config *load(const struct tmpdir *dir, struct tn_config_sources src, struct tn_log *log)
{
        _cleanup_(freep) char *path = tmpdir_path(dir, "conf");
        const char *paths[] = { path, NULL };
        struct tn_config *config;

        src.paths = paths;
        assert_int_equal(tn_config_load(&src, log, &config), 0);
        return config;
}

/* One file with the text given. */
static struct tn_config *load_text(const struct tmpdir *dir, const char *text)
{
        tmpdir_write(dir, "conf", text);
        return load(dir, (struct tn_config_sources){ 0 }, NULL);
}

/* The answer to a query, written as "key=value@line " each. */
static void assert_answer(struct tn_config_iter iter, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        const struct tn_conf_record *record;

        while ((record = tn_config_next(&iter)))
                tn_buf_addf(&got, "%s=%s@%u ", record->key.ptr, record->value.ptr, record->line);
        assert_string_equal(tn_buf_str(&got), expected);
        assert_null(tn_config_next(&iter));
}

CHECK(config_of_nothing_answers_nothing)
{
        static const char *const none[] = { NULL }, *const missing[] = { "/nonexistent/conf", NULL };
        const struct tn_dir no_dir = tn_dir_at("/nonexistent");
        _cleanup_(tn_config_freep) struct tn_config *config = NULL, *other = NULL;

        assert_int_equal(tn_config_load(&(struct tn_config_sources){ .paths = none }, NULL, &config), 0);
        for (enum tn_conf_kind kind = 0; kind < TN_CONF_KINDS; kind++) {
                assert_answer(tn_config_each(config, kind), "");
                assert_answer(tn_config_match(config, kind, "a"), "");
                assert_null(tn_config_find(config, kind, "a"));
                assert_null(tn_config_find_exact(config, kind, ""));
        }
        assert_answer(tn_config_options(config, "a", "b"), "");
        assert_int_equal(
                tn_config_load(&(struct tn_config_sources){ .paths = missing, .module_dir = &no_dir }, NULL,
                               &other),
                0);
        assert_answer(tn_config_each(other, TN_CONF_ALIAS), "");
}

CHECK(config_records_keep_file_and_line)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "# x\n\nblacklist \\\n a-b\n");
        _cleanup_(freep) char *path = tmpdir_path(&dir, "conf");
        const struct tn_conf_record *record = tn_config_find(config, TN_CONF_BLACKLIST, "a_b");

        assert_non_null(record);
        assert_string_equal(record->file, path);
        assert_int_equal(record->line, 4);
}

CHECK(config_files_are_read_in_order_of_their_names)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;

        tmpdir_write(&dir, "conf/b.conf", "alias x two\n");
        tmpdir_write(&dir, "conf/a.conf", "alias x one\nalias y one");
        tmpdir_write(&dir, "conf/c.txt", "alias x three\n");
        config = load(&dir, (struct tn_config_sources){ 0 }, NULL);
        assert_answer(tn_config_each(config, TN_CONF_ALIAS), "x=one@1 y=one@2 x=two@1 ");
        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "x"), "x=one@1 x=two@1 ");
}

CHECK(config_default_directories_are_below_the_root)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_inroot_fini) struct tn_inroot root = { 0 };

        tmpdir_write(&dir, "etc/modprobe.d/m.conf", "alias x etc\n");
        tmpdir_write(&dir, "run/modprobe.d/m.conf", "alias x hidden\n");
        tmpdir_write(&dir, "run/modprobe.d/n.conf", "alias x run\n");
        tmpdir_write(&dir, "usr/local/lib/modprobe.d/l.conf", "alias x local\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/k.conf", "alias x lib\n");
        assert_int_equal(symlinkat("usr/lib", dir.fd, "lib"), 0);
        assert_int_equal(tn_inroot_init(dir.path, &root), 0);
        assert_int_equal(tn_config_load(&(struct tn_config_sources){ .root = &root }, NULL, &config), 0);
        assert_answer(tn_config_each(config, TN_CONF_ALIAS), "x=lib@1 x=local@1 x=etc@1 x=run@1 ");
}

CHECK(config_depmod_files_take_part_and_cannot_be_hidden)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL, *alone = NULL;
        _cleanup_(freep) char *hiding = tmpdir_path(&dir, "modules.weakdep");
        const char *paths[] = { hiding, NULL };
        const struct tn_dir module_dir = tn_dir_at(dir.path);
        struct tn_config_sources src = { .module_dir = &module_dir };

        tmpdir_write(&dir, "modules.softdep", "softdep m pre: k\n");
        tmpdir_write(&dir, "modules.weakdep", "weakdep m w\n");
        tmpdir_write(&dir, "conf/a.conf", "softdep m pre: a\n");
        tmpdir_write(&dir, "conf/z.conf", "softdep m pre: z\n");
        config = load(&dir, src, NULL);
        assert_answer(tn_config_match(config, TN_CONF_SOFTDEP, "m"), "m=pre: a@1 m=pre: k@1 m=pre: z@1 ");
        src.paths = paths;
        assert_int_equal(tn_config_load(&src, NULL, &alone), 0);
        assert_answer(tn_config_match(alone, TN_CONF_WEAKDEP, "m"), "m=w@1 ");
}

CHECK(config_bad_lines_are_told_and_left_out)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 }, want = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };

        tmpdir_write(&dir, "conf/a.conf", "\nbogus\\\n line\ninclude x\nalias a b\nalias a[ b\n");
        config = load(&dir, (struct tn_config_sources){ 0 }, &log);
        tn_buf_addf(&want, "3 %s/conf/a.conf line 3: ignoring bad line starting with 'bogus'\n", dir.path);
        tn_buf_addf(&want, "3 %s/conf/a.conf: command include is deprecated and not parsed anymore\n",
                    dir.path);
        tn_buf_addf(&want, "3 %s/conf/a.conf line 6: ignoring bad line starting with 'alias'\n", dir.path);
        assert_string_equal(tn_buf_str(&heard), tn_buf_str(&want));
        assert_answer(tn_config_each(config, TN_CONF_ALIAS), "a=b@5 ");
}

CHECK(config_unreadable_file_is_reported_and_passed_over)
{
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_INFO };
        static const char *const paths[] = { "/proc/self/mem", "/dev/null", "/nowhere", "/dev/null/x", NULL };

        assert_int_equal(tn_config_load(&(struct tn_config_sources){ .paths = paths }, &log, &config), 0);
        assert_string_equal(tn_buf_str(&heard), "3 could not read /proc/self/mem: Input/output error\n");
}

CHECK(config_kernel_command_line_comes_last)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_ERR };
        const struct tn_conf_record *record;

        fake_kernel_reset();
        fake_kernel_set_cmdline("quiet m.a=2 b].c=1 modprobe.blacklist=x-y\n");
        tmpdir_write(&dir, "conf", "options m a=1\n");
        config = load(&dir, (struct tn_config_sources){ .kernel_cmdline = true }, &log);
        assert_answer(tn_config_options(config, "m", NULL), "m=a=1@1 m=a=2@0 ");
        record = tn_config_find(config, TN_CONF_BLACKLIST, "x_y");
        assert_non_null(record);
        assert_string_equal(record->file, "/proc/cmdline");
        assert_string_equal(tn_buf_str(&heard),
                            "3 Ignoring bad option on kernel command line while parsing module name: 'b]'\n");
}

CHECK(config_kernel_command_line_is_left_alone_when_not_asked_for)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;

        fake_kernel_reset();
        fake_kernel_set_cmdline("m.a=2\n");
        config = load_text(&dir, "options m a=1\n");
        assert_answer(tn_config_options(config, "m", NULL), "m=a=1@1 ");
}

CHECK(config_alias_patterns_and_texts_answer_in_order)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "alias net-* one\n"
                                                                              "alias net_pf two\n"
                                                                              "alias other three\n"
                                                                              "alias n?t_[op]f four\n"
                                                                              "alias net_pf five\n"
                                                                              "alias * six\n");

        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "net_pf"),
                      "net_*=one@1 net_pf=two@2 n?t_[op]f=four@4 net_pf=five@5 *=six@6 ");
        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "nothing"), "*=six@6 ");
}

CHECK(config_pattern_is_no_text_and_text_no_pattern)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "alias a[bc] one\n"
                                                                              "alias d\\\\* two\n"
                                                                              "alias e\\\\f three\n");

        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "a[bc]"), "");
        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "ab"), "a[bc]=one@1 ");
        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "d*"), "d\\*=two@2 ");
        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "dx"), "");
        assert_answer(tn_config_match(config, TN_CONF_ALIAS, "ef"), "e\\f=three@3 ");
}

CHECK(config_options_and_blacklist_are_compared_exactly)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "options m* a=1\n"
                                                                              "blacklist m*\n"
                                                                              "blacklist k\n");

        assert_answer(tn_config_match(config, TN_CONF_OPTIONS, "mm"), "");
        assert_answer(tn_config_match(config, TN_CONF_OPTIONS, "m*"), "m*=a=1@1 ");
        assert_null(tn_config_find(config, TN_CONF_BLACKLIST, "mm"));
        assert_null(tn_config_find(config, TN_CONF_BLACKLIST, "k2"));
        assert_non_null(tn_config_find(config, TN_CONF_BLACKLIST, "k"));
}

CHECK(config_options_of_name_and_alias_come_in_one_order)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "options al* a=1\n"
                                                                              "options m b=2\n"
                                                                              "options al* c=3\n"
                                                                              "options n d=4\n"
                                                                              "options m e=5\n");
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_answer(tn_config_options(config, "m", "al*"), "al*=a=1@1 m=b=2@2 al*=c=3@3 m=e=5@5 ");
        assert_answer(tn_config_options(config, "m", "m"), "m=b=2@2 m=e=5@5 ");
        assert_answer(tn_config_options(config, "k", "n"), "n=d=4@4 ");
        tn_config_join_options(config, "m", "al*", &text);
        tn_config_join_options(config, "none", NULL, &text);
        assert_string_equal(tn_buf_str(&text), "a=1 b=2 c=3 e=5");
}

CHECK(config_first_install_and_remove_command_counts)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "install a* one\n"
                                                                              "install ab two\n"
                                                                              "remove ab three\n"
                                                                              "remove a* four\n");

        assert_string_equal(tn_config_find(config, TN_CONF_INSTALL, "ab")->value.ptr, "one");
        assert_string_equal(tn_config_find(config, TN_CONF_REMOVE, "ab")->value.ptr, "three");
        assert_string_equal(tn_config_find(config, TN_CONF_REMOVE, "ac")->value.ptr, "four");
}

CHECK(config_exact_search_takes_patterns_as_written)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "install a* one\n"
                                                                              "install ab two\n"
                                                                              "install ab three\n");

        assert_string_equal(tn_config_find_exact(config, TN_CONF_INSTALL, "ab")->value.ptr, "two");
        assert_string_equal(tn_config_find_exact(config, TN_CONF_INSTALL, "a*")->value.ptr, "one");
        assert_null(tn_config_find_exact(config, TN_CONF_INSTALL, "ac"));
}

CHECK(config_every_softdep_line_of_a_module_counts)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "softdep m pre: a\n"
                                                                              "softdep * post: b\n"
                                                                              "softdep n pre: x\n"
                                                                              "softdep m pre: c\n");

        assert_answer(tn_config_match(config, TN_CONF_SOFTDEP, "m"), "m=pre: a@1 *=post: b@2 m=pre: c@4 ");
}

CHECK(config_holds_many_records)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        for (int i = 0; i < 20000; i++)
                tn_buf_addf(&text, "options m%d a=%d\n", i % 10000, i);
        config = load_text(&dir, tn_buf_str(&text));
        for (int i = 0; i < 10000; i++) {
                char name[16], want[128];

                snprintf(name, sizeof(name), "m%d", i);
                snprintf(want, sizeof(want), "m%d=a=%d@%d m%d=a=%d@%d ", i, i, i + 1, i, i + 10000,
                         i + 10001);
                assert_answer(tn_config_match(config, TN_CONF_OPTIONS, name), want);
        }
}

/* However many records there are: a few are found in another way than many. */
CHECK(config_answers_alike_from_few_and_many_records)
{
        static const size_t fill[] = { 0, 50, 62, 63, 64, 65, 100, 1000 };

        for (size_t i = 0; i < ARRAY_SIZE(fill); i++) {
                _cleanup_(tn_config_freep) struct tn_config *config = NULL;
                _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
                _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

                tn_buf_add_str(&text, "options a x\noptions b z\nalias a x\nalias a* y\n");
                for (size_t k = 0; k < fill[i]; k++)
                        tn_buf_addf(&text, "options m%zu y\nalias m%zu z\n", k, k);
                tn_buf_add_str(&text, "alias a z\noptions a w\n");
                config = load_text(&dir, tn_buf_str(&text));
                tn_buf_reset(&text);
                tn_buf_addf(&text, "a=x@1 b=z@2 a=w@%zu ", 2 * fill[i] + 6);
                assert_answer(tn_config_options(config, "a", "b"), tn_buf_str(&text));
                assert_answer(tn_config_options(config, "none", "b"), "b=z@2 ");
                tn_buf_reset(&text);
                tn_buf_addf(&text, "a=x@3 a*=y@4 a=z@%zu ", 2 * fill[i] + 5);
                assert_answer(tn_config_match(config, TN_CONF_ALIAS, "a"), tn_buf_str(&text));
                assert_answer(tn_config_match(config, TN_CONF_ALIAS, "none"), "");
        }
}

CHECK(config_dump_goes_by_kind_and_then_by_configuration_order)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = load_text(&dir, "weakdep w x\n"
                                                                              "softdep s pre: a post: b\n"
                                                                              "options n-o a=1\n"
                                                                              "alias b z\n"
                                                                              "alias a y\n"
                                                                              "options m b=2\n"
                                                                              "options n-o a=1\n"
                                                                              "remove r c d\n"
                                                                              "install i c\n"
                                                                              "blacklist k\n");
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_config_dump(config, &text);
        assert_string_equal(tn_buf_str(&text), "blacklist k\n"
                                               "install i c\n"
                                               "remove r c d\n"
                                               "alias b z\n"
                                               "alias a y\n"
                                               "options n_o a=1\n"
                                               "options m b=2\n"
                                               "options n_o a=1\n"
                                               "softdep s pre: a post: b\n"
                                               "weakdep w x\n");
}

CHECK(config_dump_read_back_gives_the_same_dump)
{
        static const char *const conf = "alias a\\\\[0-9]* b-c\n"
                                        "install i echo \\\\\\\\n  two\tblanks \\\\\n"
                                        "softdep s post: c pre: a post: d\n"
                                        "softdep empty foo\n"
                                        "options m  a=\"x\ty\" #\n"
                                        "blacklist nul\n";
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(tn_config_freep) struct tn_config *config = NULL, *again = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, twice = { 0 }, heard = { 0 };
        struct tn_log log = { .emit = hear, .data = &heard, .max = TN_LOG_DEBUG };

        fake_kernel_reset();
        fake_kernel_set_cmdline("modprobe.blacklist=p-q m.b=\"1 2\n3\" \"o.c=\\d e\"\n");
        tmpdir_write(&dir, "conf", conf);
        config = load(&dir, (struct tn_config_sources){ .kernel_cmdline = true }, NULL);
        tn_config_dump(config, &text);
        tmpdir_write(&dir, "conf", tn_buf_str(&text));
        again = load(&dir, (struct tn_config_sources){ 0 }, &log);
        tn_config_dump(again, &twice);
        assert_string_equal(tn_buf_str(&twice), tn_buf_str(&text));
        assert_int_equal(heard.len, 0);
        assert_answer(tn_config_match(again, TN_CONF_OPTIONS, "o"), "o=c=\"\\d e\"@7 ");
}
