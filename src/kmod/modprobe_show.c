/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/out.h"
#include "core/list.h"
#include "core/catalog_facts.h"
#include "kmod/modprobe_refuse.h"
#include "kmod/modprobe_show.h"
#include "util/cleanup.h"

static int show_alias(struct modprobe *mp, const char *operand)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_lookup(mp->world.catalog, mp->world.config, tn_span_of(operand), &arena, &matches);

        if (r == 0 && matches.n == 0)
                r = -ENOENT;
        if (r < 0)
                return tn_modprobe_refuse_operand(mp, operand, r, NULL);
        for (size_t i = 0; i < matches.n; i++)
                tn_out("%s\n", matches.v[i].name);
        return 0;
}

int tn_modprobe_show_alias(struct modprobe *mp, char **operands, int n)
{
        return tn_modprobe_each(mp, operands, mp->all ? n : 1, show_alias);
}

int tn_modprobe_show_config(struct modprobe *mp, char **operands, int n)
{
        static const char between[] = "\n# End of configuration files. Dumping indexes now:\n\n";
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        tn_config_dump(mp->world.config, &text);
        tn_buf_add_str(&text, between);
        /* an index that is missing or corrupt has nothing to show; what can be shown is */
        tn_catalog_dump(mp->world.catalog, TN_CATALOG_ALIAS, &text);
        tn_catalog_dump(mp->world.catalog, TN_CATALOG_SYMBOLS, &text);
        if (tn_buf_error(&text) < 0)
                return tn_buf_error(&text);
        tn_out_text(tn_buf_span(&text));
        return 0;
}

static int print_path(void *data, struct span path)
{
        (void)data;
        tn_out("%.*s\n", SPAN_FMT(path));
        return 0;
}

int tn_modprobe_list(struct modprobe *mp, char **operands, int n)
{
        const char *pattern = operands[0];
        const struct tn_list_filter filter = { .dir = mp->list_dir, .pattern = pattern };
        int r = tn_list_each(tn_catalog_where(mp->world.catalog), &filter, print_path, NULL);

        if (r == -EINVAL)
                tn_tool_error(&mp->tool, "bad pattern '%s': a bracket has no partner", pattern);
        else if (r < 0)
                tn_tool_error(&mp->tool, "could not list the modules of %s: %s",
                              tn_catalog_dir(mp->world.catalog), strerror(-r));
        return r;
}

/* The file of the first module that a name stands for. -ENOENT when there is none. */
static int find_file(struct modprobe *mp, const char *name, struct tn_buf *path)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_matches_fini) struct tn_matches matches = { 0 };
        int r = tn_lookup(mp->world.catalog, mp->world.config, tn_span_of(name), &arena, &matches);

        if (r < 0 || matches.n == 0)
                return r < 0 ? r : -ENOENT;
        return tn_catalog_find_path(mp->world.catalog, tn_span_of(matches.v[0].name), path);
}

/*
 * A file that is there is that file, also by a bare word: nothing is loaded. Of what is no regular file, that holds for
 * a path alone. Anything else is a name.
 */
static int operand_file(struct modprobe *mp, const char *operand, struct tn_buf *path)
{
        struct stat st;
        int r = 0;

        if (stat(operand, &st) == 0 && (strchr(operand, '/') || S_ISREG(st.st_mode)))
                tn_buf_add_str(path, operand);
        else
                r = find_file(mp, operand, path);
        if (r == 0 && !tn_buf_str(path))
                r = tn_buf_error(path);
        return r;
}

static int read_symbols(struct modprobe *mp, const char *path, unsigned part, struct tn_facts *facts,
                        const struct tn_modsyms **ret_syms)
{
        int r = tn_catalog_facts_at(mp->world.catalog, path, part, facts);

        if (r == 0)
                r = tn_facts_symbols(facts, part, ret_syms);
        return r == 0 && (*ret_syms)->n == 0 ? -ENODATA : r;
}

static int show_symbols(struct modprobe *mp, const char *operand)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        bool exports = mp->action == TN_MODPROBE_EXPORTS;
        const struct tn_modsyms *syms;
        const struct tn_modsym *it;
        int r = operand_file(mp, operand, &path);

        if (r < 0)
                return tn_modprobe_refuse_operand(mp, operand, r, NULL);
        r = read_symbols(mp, path.ptr, exports ? TN_FACTS_EXPORTS : TN_FACTS_VERSIONS, &facts, &syms);
        if (r < 0)
                return tn_modprobe_refuse(mp, r, "could not get %s of %s: %s",
                                          exports ? "symbols" : "modversions", operand, strerror(-r));
        tn_vec_each (it, syms)
                tn_out("0x%08" PRIx64 "\t%.*s\n", it->crc, SPAN_FMT(it->name));
        return 0;
}

int tn_modprobe_show_symbols(struct modprobe *mp, char **operands, int n)
{
        return tn_modprobe_each(mp, operands, n, show_symbols);
}
