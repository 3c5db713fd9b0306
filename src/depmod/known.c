/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/bounds.h"
#include "depmod/known.h"
#include "format/kernsym.h"
#include "format/line.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/file.h"

/* What the loader and linkers provide; no file lists it. */
static const struct span always[] = {
        SPAN("__this_module"),
        SPAN("_GLOBAL_OFFSET_TABLE_"),
        SPAN("TOC."),
};

/* Where a line is, for messages. */
struct line {
        const char *path;
        unsigned number;
        struct span text;
};

typedef int add_fn(const struct line *line, struct tn_symtab *tab, struct tn_log *log);

static int add_symvers(const struct line *line, struct tn_symtab *tab, struct tn_log *log)
{
        struct tn_kernsym sym;
        struct span bad;
        int r = tn_kernsym_parse_symvers(line->text, &sym, &bad);

        if (r == 1)
                return tn_symtab_export(tab, tn_symtab_plain(tab, sym.name), sym.crc, TN_SYMTAB_NOBODY);
        if (r < 0)
                tn_log(log, TN_LOG_ERR, "%s:%u Invalid symbol version %s: %s", line->path, line->number,
                       TN_BRIEF(bad), strerror(-r));
        return 0;
}

/* The prefix was dropped from the name that has __ksymtab_ in it, and the symbol's own has none. */
static int add_map(const struct line *line, struct tn_symtab *tab, struct tn_log *log)
{
        struct tn_kernsym sym;
        int r = tn_kernsym_parse_map(line->text, tab->prefix, &sym);

        if (r == 1)
                return tn_symtab_export(tab, sym.name, sym.crc, TN_SYMTAB_NOBODY);
        if (r < 0)
                tn_log(log, TN_LOG_ERR, "%s:%u: invalid line: %s", line->path, line->number,
                       TN_BRIEF(line->text));
        return 0;
}

static int load(const char *path, add_fn *add, struct tn_symtab *tab, struct tn_log *log)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct line line = { .path = path };
        struct span rest;
        int r = tn_file_read_at(AT_FDCWD, path, TN_BOUND_SYMBOLS, &text);

        if (r < 0) {
                tn_log(log, TN_LOG_CRIT, "could not load %s: %s", path, strerror(-r));
                return r;
        }
        rest = tn_line_text(tn_buf_span(&text));
        while (r == 0 && tn_line_next(&rest, &line.text)) {
                line.number++;
                r = add(&line, tab, log);
        }
        for (size_t i = 0; i < ARRAY_SIZE(always) && r == 0; i++)
                r = tn_symtab_export(tab, always[i], 0, TN_SYMTAB_NOBODY);
        return r;
}

int tn_known_load_symvers(const char *path, struct tn_symtab *tab, struct tn_log *log)
{
        return load(path, add_symvers, tab, log);
}

int tn_known_load_map(const char *path, struct tn_symtab *tab, struct tn_log *log)
{
        return load(path, add_map, tab, log);
}
