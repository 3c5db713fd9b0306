/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "core/dirs.h"
#include "core/evidence_name.h"
#include "core/evidence_others.h"
#include "core/evidence_stray.h"
#include "core/list.h"
#include "core/modfacts.h"
#include "format/modname.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"

struct gathering {
        const struct tn_evidence_name_from *from;
        struct tn_evidence_name *evidence;
};

static int dup_to(struct tn_evidence_name *evidence, struct span text, const char **ret_text)
{
        *ret_text = tn_arena_dup(&evidence->arena, text);
        return *ret_text ? 0 : -ENOMEM;
}

void tn_evidence_name_fini(struct tn_evidence_name *evidence)
{
        tn_evidence_tree_fini(&evidence->tree);
        tn_arena_fini(&evidence->arena);
        *evidence = (struct tn_evidence_name){ 0 };
}

/* "/img/lib/modules/6.1" gives "6.1" and "/img". */
static int take_dir(struct tn_evidence_name *evidence, const char *dir)
{
        struct span path = tn_span_of(dir), parent;
        int r = dup_to(evidence, path, &evidence->dir);

        if (r == 0)
                r = dup_to(evidence, tn_span_base(path), &evidence->version);
        parent = tn_span_head(path, path.len - tn_span_base(path).len);
        if (r < 0 || parent.len == 0 ||
            !tn_span_ends(tn_span_head(parent, parent.len - 1), SPAN(TN_DIRS_MODULES)))
                return r;
        parent.len -= sizeof(TN_DIRS_MODULES);
        return parent.len ? dup_to(evidence, parent, &evidence->base) : 0;
}

int tn_evidence_name_init(const struct tn_evidence_name_from *from, struct tn_evidence_name *ret_evidence)
{
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { .tool = from->tool };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, release = { 0 };
        int r;

        tn_modname_from_text(tn_span_of(from->asked), &name);
        tn_kernel_release(&release);
        r = dup_to(&evidence, tn_span_of(from->asked), &evidence.asked);
        if (r == 0)
                r = dup_to(&evidence, tn_buf_span(&name), &evidence.name);
        if (r == 0)
                r = dup_to(&evidence, tn_buf_span(&release), &evidence.release);
        if (r == 0)
                r = take_dir(&evidence, tn_catalog_dir(from->catalog));
        if (r < 0)
                return r;
        *ret_evidence = TAKE(evidence);
        return 0;
}

static bool is_file_here(const char *name)
{
        struct stat st;

        return tn_modname_is_file(tn_span_of(name), NULL) && stat(name, &st) == 0 && S_ISREG(st.st_mode);
}

/* Words that are paths already; where they are not taken for one, "./" before them changes nothing. */
static bool is_path(struct span word)
{
        return tn_span_starts(word, SPAN("/")) || tn_span_starts(word, SPAN("./")) ||
               tn_modname_is_file(word, NULL);
}

/* "vfat.ko", or with that added; a path that has to begin with "./" to be taken for one. */
static int gather_here(struct gathering *gathering)
{
        struct tn_evidence_name *evidence = gathering->evidence;
        _cleanup_(tn_buf_fini) struct tn_buf file = { 0 };
        struct stat st;

        if (strchr(evidence->asked, '/')) {
                if (!is_path(tn_span_of(evidence->asked)) && stat(evidence->asked, &st) == 0 &&
                    S_ISREG(st.st_mode))
                        evidence->here = evidence->asked;
                return 0;
        }
        tn_buf_addf(&file, "%s.ko", evidence->asked);
        if (!tn_buf_str(&file))
                return -ENOMEM;
        if (is_file_here(evidence->asked))
                evidence->here = evidence->asked;
        else if (is_file_here(file.ptr))
                return dup_to(evidence, tn_buf_span(&file), &evidence->here);
        return 0;
}

static struct span without_slashes(struct span path)
{
        while (path.len > 1 && path.ptr[path.len - 1] == '/')
                path.len--;
        return path;
}

/* "/img/lib/modules", or "/img/lib/modules/6.1", was given in the place of "/img". */
static int find_twice(struct tn_evidence_name *evidence)
{
        struct span base = without_slashes(tn_span_of(evidence->base));
        struct span version = tn_span_of(evidence->version);
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct stat st;

        if (version.len && tn_span_eq(tn_span_base(base), version))
                base = without_slashes(tn_span_head(base, base.len - version.len));
        if (!tn_span_ends(base, SPAN(TN_DIRS_MODULES)))
                return 0;
        tn_buf_addf(&path, "%.*s/%s", SPAN_FMT(base), evidence->version);
        if (!tn_buf_str(&path))
                return -ENOMEM;
        if (stat(path.ptr, &st) < 0)
                return 0;
        base.len -= sizeof(TN_DIRS_MODULES) - 1;
        return dup_to(evidence, base.len ? base : SPAN("/"), &evidence->twice);
}

static int gather_dir(struct gathering *gathering)
{
        struct tn_evidence_name *evidence = gathering->evidence;
        const struct tn_dir *where = tn_catalog_where(gathering->from->catalog);
        struct stat st;
        int r = tn_dir_stat(where, ".", &st);

        evidence->dir_there = r != -ENOENT && r != -ENOTDIR;
        evidence->base_there = !evidence->base || where->root || stat(evidence->base, &st) == 0 ||
                               (errno != ENOENT && errno != ENOTDIR);
        return evidence->dir_there || !evidence->base || where->root ? 0 : find_twice(evidence);
}

static int gather_others(struct gathering *gathering)
{
        struct tn_evidence_name *evidence = gathering->evidence;
        _cleanup_(tn_evidence_others_fini) struct tn_evidence_others others = { 0 };
        int r = tn_evidence_others_load(tn_catalog_where(gathering->from->catalog),
                                        tn_span_of(evidence->version), tn_span_of(evidence->name), &others);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        evidence->others.len = others.all.len;
        evidence->elsewhere.len = others.with.len;
        r = dup_to(evidence, tn_buf_span(&others.all), &evidence->others.ptr);
        return r < 0 ? r : dup_to(evidence, tn_buf_span(&others.with), &evidence->elsewhere.ptr);
}

static int gather_tree(struct gathering *gathering)
{
        struct tn_evidence_name *evidence = gathering->evidence;

        return tn_evidence_tree_load(gathering->from->catalog, evidence->name, &evidence->tree);
}

static int add_name(void *data, struct span key, struct tn_index_value value)
{
        struct tn_buf *names = data;

        (void)value;
        tn_buf_add_span(names, key);
        tn_buf_add_char(names, '\0');
        return tn_buf_error(names);
}

static int gather_names(struct gathering *gathering)
{
        static const enum tn_catalog_index lists[] = { TN_CATALOG_DEP, TN_CATALOG_BUILTIN };
        struct tn_evidence_name *evidence = gathering->evidence;
        struct tn_catalog *cat = gathering->from->catalog;
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        const struct tn_index *index;

        for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
                if (tn_catalog_get_index(cat, lists[i], &index) == 0 &&
                    tn_index_each(index, add_name, &names) == -ENOMEM)
                        return -ENOMEM;
        evidence->aliases_err = tn_catalog_get_index(cat, TN_CATALOG_ALIAS, &index);
        evidence->names.len = names.len;
        return dup_to(evidence, tn_buf_span(&names), &evidence->names.ptr);
}

static int gather_stray(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct tn_evidence_name *evidence = gathering->evidence;
        int r = 0;

        if (gathering->from->has_config)
                r = tn_evidence_stray_find(tn_evidence_stray_dirs, evidence->asked, &path);
        return r < 0 || path.len == 0 ? r : dup_to(evidence, tn_buf_span(&path), &evidence->stray);
}

static const struct {
        enum tn_evidence_name_part part;
        int (*gather)(struct gathering *gathering);
} table[] = {
        { TN_EVIDENCE_NAME_HERE, gather_here },   { TN_EVIDENCE_NAME_DIR, gather_dir },
        { TN_EVIDENCE_NAME_TREE, gather_tree },   { TN_EVIDENCE_NAME_OTHERS, gather_others },
        { TN_EVIDENCE_NAME_NAMES, gather_names }, { TN_EVIDENCE_NAME_STRAY, gather_stray },
};

int tn_evidence_name_add(const struct tn_evidence_name_from *from, unsigned parts,
                         struct tn_evidence_name *evidence)
{
        struct gathering gathering = { from, evidence };
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(table); i++)
                if (parts & ~evidence->parts & table[i].part)
                        r = table[i].gather(&gathering);
        evidence->parts |= parts;
        return r;
}
