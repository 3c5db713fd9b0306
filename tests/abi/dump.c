/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <libkmod.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * dump all|lookup|change [-c CONFDIR] DIR < WORDS: asks the library all there is to ask of a module directory, and of each
 * word (a name, an alias, a module's absolute path), and prints an answer a line: WORD, QUESTION, ANSWER, between tabs.
 * "change" loads and unloads what each word stands for; only where the kernel is a made one.
 * The name of the library's file comes on standard error. Two libraries that do the same print the same.
 */

static const char *word; /* that we ask for */
static char said[65536]; /* what the library said meanwhile */

/* One answer, which is what comes until end(). */
static void begin(const char *question)
{
        printf("%s\t%s\t", word, question);
}

static void put(const char *text)
{
        if (!text)
                text = "(null)";
        for (; *text; text++) {
                if (*text == '\n')
                        fputs("\\n", stdout);
                else if (*text == '\t')
                        fputs("\\t", stdout);
                else
                        putchar(*text);
        }
        putchar(' ');
}

static void put_error(int r)
{
        if (r < 0)
                printf("%s ", strerrorname_np(-r));
        else
                printf("%d ", r);
}

/* What a function has returned that makes a list: an error, or how many there are. */
static void put_count(int r, const struct kmod_list *list)
{
        const struct kmod_list *entry;
        int n = 0;

        kmod_list_foreach(entry, list)
        {
                n++;
        }
        if (r < 0)
                put_error(r);
        else if (r != n)
                printf("%d instead of %d ", r, n);
}

static void end(void)
{
        putchar('\n');
        if (said[0]) {
                begin("log");
                put(said);
                putchar('\n');
        }
        said[0] = '\0';
}

static void answer(const char *question, const char *text)
{
        begin(question);
        put(text);
        end();
}

__attribute__((format(printf, 6, 0))) static void hear(void *data, int priority, const char *file, int line,
                                                       const char *fn, const char *format, va_list args)
{
        size_t len = strlen(said);

        len += (size_t)snprintf(said + len, sizeof(said) - len, "<%d>", priority);
        if (len < sizeof(said))
                vsnprintf(said + len, sizeof(said) - len, format, args);
}

static void put_names(const struct kmod_list *list)
{
        const struct kmod_list *entry;

        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                put(kmod_module_get_name(mod));
                kmod_module_unref(mod);
        }
}

static void answer_names(const char *question, struct kmod_list *list)
{
        begin(question);
        put_names(list);
        end();
        kmod_module_unref_list(list);
}

static void ask_info(struct kmod_module *mod)
{
        struct kmod_list *list = NULL, *entry;
        int r = kmod_module_get_info(mod, &list);

        begin("info");
        put_count(r, list);
        kmod_list_foreach(entry, list)
        {
                put(kmod_module_info_get_key(entry));
                put(kmod_module_info_get_value(entry));
        }
        end();
        kmod_module_info_free_list(list);
}

static void ask_versions(struct kmod_module *mod)
{
        struct kmod_list *list = NULL, *entry;
        int r = kmod_module_get_versions(mod, &list);

        begin("versions");
        put_count(r, list);
        kmod_list_foreach(entry, list)
        {
                put(kmod_module_version_get_symbol(entry));
                printf("%" PRIx64 " ", kmod_module_version_get_crc(entry));
        }
        end();
        kmod_module_versions_free_list(list);
}

static void ask_symbols(struct kmod_module *mod)
{
        struct kmod_list *list = NULL, *entry;
        int r = kmod_module_get_symbols(mod, &list);

        begin("symbols");
        put_count(r, list);
        kmod_list_foreach(entry, list)
        {
                put(kmod_module_symbol_get_symbol(entry));
                printf("%" PRIx64 " ", kmod_module_symbol_get_crc(entry));
        }
        end();
        kmod_module_symbols_free_list(list);
}

static void ask_dependency_symbols(struct kmod_module *mod)
{
        struct kmod_list *list = NULL, *entry;
        int r = kmod_module_get_dependency_symbols(mod, &list);

        begin("dependency_symbols");
        put_count(r, list);
        kmod_list_foreach(entry, list)
        {
                put(kmod_module_dependency_symbol_get_symbol(entry));
                printf("%c %" PRIx64 " ", kmod_module_dependency_symbol_get_bind(entry),
                       kmod_module_dependency_symbol_get_crc(entry));
        }
        end();
        kmod_module_dependency_symbols_free_list(list);
}

static void ask_live(struct kmod_module *mod)
{
        struct kmod_list *list, *entry;
        int state = kmod_module_get_initstate(mod);

        begin("initstate");
        put_error(state);
        put(state < 0 ? "" : kmod_module_initstate_str((enum kmod_module_initstate)state));
        end();
        begin("refcnt");
        put_error(kmod_module_get_refcnt(mod));
        end();
        begin("size");
        put_error((int)kmod_module_get_size(mod));
        end();
        answer_names("holders", kmod_module_get_holders(mod));
        list = kmod_module_get_sections(mod);
        begin("sections");
        kmod_list_foreach(entry, list)
        {
                put(kmod_module_section_get_name(entry));
                printf("%lx ", kmod_module_section_get_address(entry));
        }
        end();
        kmod_module_section_free_list(list);
}

static void ask_relations(struct kmod_module *mod)
{
        struct kmod_list *pre = NULL, *post = NULL;
        int r = kmod_module_get_softdeps(mod, &pre, &post);

        answer_names("dependencies", kmod_module_get_dependencies(mod));
        begin("softdeps");
        put(kmod_module_get_name(mod));
        put_error(r);
        put_names(pre);
        put("post:");
        put_names(post);
        end();
        kmod_module_unref_list(pre);
        kmod_module_unref_list(post);
}

static void print_action(struct kmod_module *mod, bool install, const char *options)
{
        put(install ? "install" : "insert");
        put(kmod_module_get_name(mod));
        put(options);
        put(";");
}

static void ask_probe(struct kmod_module *mod)
{
        static const struct {
                const char *question;
                unsigned int flags;
                const char *options;
        } ways[] = {
                { "probe", 0, NULL },
                { "probe with options", 0, "a=1 b" },
                { "probe ignoring what is loaded", KMOD_PROBE_IGNORE_LOADED, NULL },
                { "probe failing when loaded", KMOD_PROBE_FAIL_ON_LOADED, NULL },
                { "probe without commands", KMOD_PROBE_IGNORE_COMMAND | KMOD_PROBE_IGNORE_LOADED, "x=y" },
                { "probe with blacklist", KMOD_PROBE_APPLY_BLACKLIST, NULL },
                { "probe with blacklist for aliases", KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY, NULL },
                { "probe with blacklist for all", KMOD_PROBE_APPLY_BLACKLIST_ALL | KMOD_PROBE_IGNORE_LOADED,
                  NULL },
        };

        for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
                begin(ways[i].question);
                put_error(kmod_module_probe_insert_module(mod, KMOD_PROBE_DRY_RUN | ways[i].flags,
                                                          ways[i].options, NULL, NULL, print_action));
                end();
        }
}

static void ask_module(struct kmod_module *mod)
{
        answer("name", kmod_module_get_name(mod));
        answer("path", kmod_module_get_path(mod));
        answer("options", kmod_module_get_options(mod));
        answer("install_commands", kmod_module_get_install_commands(mod));
        answer("remove_commands", kmod_module_get_remove_commands(mod));
        ask_relations(mod);
        ask_live(mod);
        ask_info(mod);
        ask_versions(mod);
        ask_symbols(mod);
        ask_dependency_symbols(mod);
        ask_probe(mod);
}

static void ask_filter(struct kmod_ctx *ctx, const char *question, enum kmod_filter filter,
                       struct kmod_list *list)
{
        struct kmod_list *out = NULL;
        int r = kmod_module_apply_filter(ctx, filter, list, &out);

        begin(question);
        put_error(r);
        put_names(out);
        end();
        kmod_module_unref_list(out);
}

/* Each module that the word leads to, without those that its own name leads to, which are asked in ask_module. */
static void ask_found(struct kmod_list *list)
{
        struct kmod_list *entry;

        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                answer("found path", kmod_module_get_path(mod));
                answer("found options", kmod_module_get_options(mod));
                ask_relations(mod);
                ask_probe(mod);
                kmod_module_unref(mod);
        }
}

static void ask_lookup(struct kmod_ctx *ctx, bool all)
{
        struct kmod_list *list = NULL;
        struct kmod_module *mod = NULL;
        int r = kmod_module_new_from_lookup(ctx, word, &list);

        begin("lookup");
        put_error(r);
        put_names(list);
        end();
        if (all) {
                ask_filter(ctx, "filter blacklist", KMOD_FILTER_BLACKLIST, list);
                ask_filter(ctx, "filter builtin", KMOD_FILTER_BUILTIN, list);
                ask_found(list);
                r = kmod_module_new_from_name_lookup(ctx, word, &mod);
                begin("name_lookup");
                put_error(r);
                put(mod ? kmod_module_get_name(mod) : NULL);
                end();
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
}

static void ask_word(struct kmod_ctx *ctx)
{
        struct kmod_module *mod = NULL;
        int r;

        if (word[0] == '/')
                r = kmod_module_new_from_path(ctx, word, &mod);
        else
                r = kmod_module_new_from_name(ctx, word, &mod);
        begin("new");
        put(r < 0 ? strerrorname_np(-r) : "done");
        end();
        if (mod)
                ask_module(mod);
        kmod_module_unref(mod);
        if (word[0] != '/')
                ask_lookup(ctx, true);
}

static void ask_config(const char *question, struct kmod_config_iter *iter)
{
        begin(question);
        while (kmod_config_iter_next(iter)) {
                put(kmod_config_iter_get_key(iter));
                put(kmod_config_iter_get_value(iter));
                put(";");
        }
        end();
        kmod_config_iter_free_iter(iter);
}

static void ask_index(struct kmod_ctx *ctx, const char *question, enum kmod_index which)
{
        FILE *file = tmpfile();
        char line[65536];
        int r;

        if (!file)
                exit(2);
        r = kmod_dump_index(ctx, which, fileno(file));
        rewind(file);
        begin(question);
        put_error(r);
        end();
        while (fgets(line, sizeof(line), file))
                answer(question, line);
        fclose(file);
}

static int run_command(struct kmod_module *mod, const char *command, void *data)
{
        put("run");
        put(kmod_module_get_name(mod));
        put(command);
        put(";");
        return 0;
}

static void change_module(struct kmod_module *mod)
{
        static const struct {
                const char *question;
                unsigned int flags;
                int (*run)(struct kmod_module *mod, const char *command, void *data);
        } ways[] = {
                { "probe_insert", 0, run_command },
                { "probe_insert, commands by itself", 0, NULL },
                { "probe_insert, forced", KMOD_PROBE_FORCE_VERMAGIC | KMOD_PROBE_FORCE_MODVERSION,
                  run_command },
                { "probe_insert, failing when loaded", KMOD_PROBE_FAIL_ON_LOADED, run_command },
                { "probe_insert, ignoring much", KMOD_PROBE_IGNORE_COMMAND | KMOD_PROBE_IGNORE_LOADED,
                  run_command },
                { "probe_insert with blacklist", KMOD_PROBE_APPLY_BLACKLIST_ALL, run_command },
        };

        begin("insert");
        put_error(kmod_module_insert_module(mod, 0, "x=1"));
        end();
        begin("insert, forced");
        put_error(kmod_module_insert_module(mod, KMOD_INSERT_FORCE_VERMAGIC | KMOD_INSERT_FORCE_MODVERSION,
                                            NULL));
        end();
        begin("remove");
        put_error(kmod_module_remove_module(mod, 0));
        end();
        begin("remove, forced");
        put_error(kmod_module_remove_module(mod, KMOD_REMOVE_FORCE | KMOD_REMOVE_NOLOG));
        end();
        for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
                begin(ways[i].question);
                put_error(kmod_module_probe_insert_module(mod, ways[i].flags, "x=1 y", ways[i].run, NULL,
                                                          print_action));
                end();
        }
}

static void change(struct kmod_ctx *ctx)
{
        struct kmod_list *list = NULL, *entry;

        kmod_module_new_from_lookup(ctx, word, &list);
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                change_module(mod);
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
}

static void ask_context(struct kmod_ctx *ctx, int loaded)
{
        struct kmod_list *list = NULL;

        word = "*";
        answer("dirname", kmod_get_dirname(ctx));
        begin("load_resources");
        put(loaded < 0 ? strerrorname_np(-loaded) : "done");
        end();
        begin("validate_resources");
        printf("answer %d", kmod_validate_resources(ctx));
        end();
        ask_config("blacklists", kmod_config_get_blacklists(ctx));
        ask_config("install commands", kmod_config_get_install_commands(ctx));
        ask_config("remove commands", kmod_config_get_remove_commands(ctx));
        ask_config("aliases", kmod_config_get_aliases(ctx));
        ask_config("config options", kmod_config_get_options(ctx));
        ask_config("config softdeps", kmod_config_get_softdeps(ctx));
        ask_index(ctx, "index dep", KMOD_INDEX_MODULES_DEP);
        ask_index(ctx, "index alias", KMOD_INDEX_MODULES_ALIAS);
        ask_index(ctx, "index symbol", KMOD_INDEX_MODULES_SYMBOL);
        ask_index(ctx, "index builtin.alias", KMOD_INDEX_MODULES_BUILTIN_ALIAS);
        ask_index(ctx, "index builtin", KMOD_INDEX_MODULES_BUILTIN);
        if (kmod_module_new_from_loaded(ctx, &list) >= 0)
                answer_names("loaded", list);
}

int main(int argc, char **argv)
{
        const char *what = argc > 1 ? argv[1] : "";
        const char *config[] = { argc == 5 ? argv[3] : NULL, NULL };
        char line[4096];
        struct kmod_ctx *ctx;
        Dl_info info;
        int loaded;

        if (argc < 3 || (argc > 3 && (argc != 5 || strcmp(argv[2], "-c") != 0))) {
                fputs("usage: dump all|lookup|change [-c CONFDIR] DIR\n", stderr);
                return 2;
        }
        if (!dladdr((void *)kmod_new, &info) || !(ctx = kmod_new(argv[argc - 1], argc == 5 ? config : NULL)))
                return 2;
        fprintf(stderr, "library %s\n", info.dli_fname);
        kmod_set_log_fn(ctx, hear, NULL);
        loaded = kmod_load_resources(ctx);
        if (strcmp(what, "all") == 0)
                ask_context(ctx, loaded);
        while (fgets(line, sizeof(line), stdin)) {
                line[strcspn(line, "\n")] = '\0';
                word = line;
                if (strcmp(what, "all") == 0)
                        ask_word(ctx);
                else if (strcmp(what, "change") == 0)
                        change(ctx);
                else
                        ask_lookup(ctx, false);
        }
        kmod_unref(ctx);
        return 0;
}
