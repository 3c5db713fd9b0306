/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/buildid.h"
#include "format/taint.h"
#include "kernel/kernel.h"
#include "tenon/columns.h"
#include "util/cleanup.h"
#include "util/num.h"

static const char *const states[] = {
        [TN_LIST_LIVE] = "live",           [TN_LIST_LOADING] = "loading", [TN_LIST_UNLOADING] = "unloading",
        [TN_LIST_INSTALLED] = "installed", [TN_LIST_BUILTIN] = "builtin",
};

const char *tn_list_state_name(enum tn_list_state state)
{
        return states[state];
}

void tn_list_row_fini(struct tn_list_row *row)
{
        tn_buf_fini(&row->path);
        tn_facts_fini(&row->facts);
}

static bool is_loaded(const struct tn_list_row *row)
{
        return row->state <= TN_LIST_UNLOADING;
}

static int set_text(struct tn_filter_value *value, struct span text)
{
        tn_buf_add_span(&value->text, text);
        tn_buf_add_char(&value->text, '\0');
        return 0;
}

static int set_none(struct tn_filter_value *value)
{
        value->none = true;
        return 0;
}

static int get_name(struct tn_list_source *source, struct tn_filter_value *value)
{
        return set_text(value, tn_span_of(source->row->name));
}

/* Without what is thrown away when the module has started, which /proc/modules counts as long as it is there. */
static int get_size(struct tn_list_source *source, struct tn_filter_value *value)
{
        const struct tn_list_row *row = source->row;
        uint64_t size = row->mod.size;

        if (row->state == TN_LIST_LOADING)
                (void)tn_kernel_module_size(row->name, &size);
        value->number = (int64_t)size;
        value->none = !is_loaded(row) || size > INT64_MAX;
        return 0;
}

static int get_refcount(struct tn_list_source *source, struct tn_filter_value *value)
{
        value->number = source->row->mod.refcnt;
        value->none = !is_loaded(source->row) || value->number < 0;
        return 0;
}

static int get_holders(struct tn_list_source *source, struct tn_filter_value *value)
{
        struct span rest = source->row->mod.holders, name;

        while (tn_procmod_holder(&rest, &name))
                set_text(value, name);
        return 0;
}

static int get_state(struct tn_list_source *source, struct tn_filter_value *value)
{
        return set_text(value, tn_span_of(states[source->row->state]));
}

static struct span letters_of(const struct tn_list_row *row)
{
        return is_loaded(row) ? tn_procmod_taints(&row->mod, row->text) : SPAN("");
}

static int get_taints(struct tn_list_source *source, struct tn_filter_value *value)
{
        struct span letters = letters_of(source->row);

        for (size_t i = 0; i < letters.len; i++) {
                const struct tn_taint *taint = tn_taint_by_letter(letters.ptr[i]);

                set_text(value, taint ? tn_span_of(taint->word) : (struct span){ letters.ptr + i, 1 });
        }
        return 0;
}

/* Asks the kernel. What comes back has no newline. Returns 0, -ENOENT or -ENOMEM. */
static int ask(struct tn_list_source *source, const char *file, struct tn_buf *text)
{
        int r = tn_kernel_module_file(source->row->name, file, text);

        if (r == -ENOENT)
                source->row->absent = true;
        return r == 0 || r == -ENOMEM ? r : -ENOENT;
}

static int get_init_size(struct tn_list_source *source, struct tn_filter_value *value)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        uint64_t size;
        int r = is_loaded(source->row) ? ask(source, "initsize", &text) : -ENOENT;

        if (r == -ENOMEM)
                return r;
        if (r < 0 || tn_num_parse(tn_span_trim(tn_buf_span(&text)), 10, &size) < 0 || size > INT64_MAX)
                return set_none(value);
        value->number = (int64_t)size;
        return 0;
}

static int find_file(struct tn_list_source *source)
{
        struct tn_list_row *row = source->row;
        int r = 0;

        if (!row->searched && source->run->world.catalog)
                r = tn_catalog_find_path(source->run->world.catalog, tn_span_of(row->name), &row->path);
        row->searched = true;
        if (r == -ENOMEM)
                return r;
        return tn_buf_str(&row->path) ? 0 : -ENOMEM;
}

static int read_facts(struct tn_list_source *source)
{
        struct tn_list_row *row = source->row;
        int r = find_file(source);

        if (r < 0)
                return r;
        if (row->path.len == 0)
                return -ENOENT;
        r = tn_catalog_open_file(source->run->world.catalog, row->path.ptr);
        if (r >= 0)
                r = tn_modfacts_load_take(r, source->facts, &row->facts);
        if (r < 0 && r != -ENOMEM && source->unseen++ == 0) {
                tn_buf_add_span(&source->first, tn_buf_span(&row->path));
                source->first_err = r;
        }
        return r;
}

/* Reads the module's file, once. Returns 0; -ENOENT when there is none, or it cannot be read; -ENOMEM. */
static int need_facts(struct tn_list_source *source)
{
        struct tn_list_row *row = source->row;

        if (!row->read) {
                row->read = true;
                row->facts_err = read_facts(source);
        }
        return row->facts_err == 0 || row->facts_err == -ENOMEM ? row->facts_err : -ENOENT;
}

/* The first entry of .modinfo with that key. */
static int get_info(struct tn_list_source *source, struct span key, struct tn_filter_value *value)
{
        int r = need_facts(source);
        struct span text = r == 0 ? tn_facts_info(&source->row->facts, key) : SPAN("");

        if (r == -ENOMEM)
                return r;
        return text.len ? set_text(value, tn_span_head(text, tn_span_chr(text, '\0'))) : set_none(value);
}

/* What the kernel has of a loaded module, else what the file has. */
static int get_either(struct tn_list_source *source, const char *key, struct tn_filter_value *value)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r;

        if (!is_loaded(source->row))
                return get_info(source, tn_span_of(key), value);
        r = ask(source, key, &text);
        if (r == -ENOMEM)
                return r;
        return r == 0 ? set_text(value, tn_span_trim(tn_buf_span(&text))) : set_none(value);
}

static int get_version(struct tn_list_source *source, struct tn_filter_value *value)
{
        return get_either(source, "version", value);
}

static int get_srcversion(struct tn_list_source *source, struct tn_filter_value *value)
{
        return get_either(source, "srcversion", value);
}

static int get_origin(struct tn_list_source *source, struct tn_filter_value *value)
{
        const struct tn_list_row *row = source->row;
        struct span letters = letters_of(row);
        bool outside = tn_span_chr(letters, 'O') < letters.len;
        int r = row->state == TN_LIST_INSTALLED ? need_facts(source) : 0;

        if (r < 0)
                return r == -ENOMEM ? r : set_none(value);
        if (row->state == TN_LIST_INSTALLED)
                outside = tn_facts_info(&row->facts, SPAN("intree")).len == 0;
        return set_text(value, outside ? SPAN("out-of-tree") : SPAN("in-tree"));
}

static int set_hex(struct tn_filter_value *value, struct span bytes)
{
        if (bytes.len == 0)
                return set_none(value);
        tn_num_add_hex(bytes, &value->text);
        tn_buf_add_char(&value->text, '\0');
        return 0;
}

static int get_build_id(struct tn_list_source *source, struct tn_filter_value *value)
{
        const struct tn_elf host = { .big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };
        _cleanup_(tn_buf_fini) struct tn_buf notes = { 0 };
        struct span id = { 0 };
        int r;

        if (!is_loaded(source->row)) {
                r = need_facts(source);
                return r == -ENOMEM ? r : set_hex(value, r == 0 ? source->row->facts.build_id : id);
        }
        r = ask(source, "notes/" TN_BUILDID_SECTION, &notes);
        if (r == 0)
                r = tn_buildid_parse(&host, tn_buf_span(&notes), &id);
        return r == -ENOMEM ? r : set_hex(value, id);
}

static int get_file(struct tn_list_source *source, struct tn_filter_value *value)
{
        int r = find_file(source);

        if (r < 0)
                return r;
        return source->row->path.len ? set_text(value, tn_buf_span(&source->row->path)) : set_none(value);
}

static int get_license(struct tn_list_source *source, struct tn_filter_value *value)
{
        return get_info(source, SPAN("license"), value);
}

static int get_description(struct tn_list_source *source, struct tn_filter_value *value)
{
        return get_info(source, SPAN("description"), value);
}

static int get_signer(struct tn_list_source *source, struct tn_filter_value *value)
{
        int r = need_facts(source);
        struct span signer = r == 0 ? source->row->facts.signature.signer : SPAN("");

        if (r == -ENOMEM)
                return r;
        return signer.len ? set_text(value, signer) : set_none(value);
}

const struct tn_list_column tn_list_columns[TN_LIST_COLUMNS] = {
        [TN_LIST_NAME] = { "name", "NAME", "the module", TN_FILTER_TEXT, .always = true, .get = get_name },
        [TN_LIST_SIZE] = { "size", "SIZE", "bytes of memory", TN_FILTER_NUMBER, .always = true,
                           .get = get_size },
        [TN_LIST_REFCOUNT] = { "refcount", "USED", "how many use it", TN_FILTER_NUMBER, .always = true,
                               .get = get_refcount },
        [TN_LIST_HOLDERS] = { "holders", "HOLDERS", "modules that use it", TN_FILTER_LIST, .always = true,
                              .get = get_holders },
        [TN_LIST_STATE] = { "state", "STATE", "live, loading, unloading, installed, builtin", TN_FILTER_TEXT,
                            .get = get_state },
        [TN_LIST_TAINTS] = { "taints", "TAINTS", "how it taints the kernel", TN_FILTER_LIST,
                             .get = get_taints },
        [TN_LIST_ORIGIN] = { "origin", "ORIGIN", "in-tree or out-of-tree", TN_FILTER_TEXT,
                             .facts = TN_FACTS_INFO, .get = get_origin },
        [TN_LIST_INIT_SIZE] = { "init_size", "INIT", "bytes of its init part that are left", TN_FILTER_NUMBER,
                                .get = get_init_size },
        [TN_LIST_VERSION] = { "version", "VERSION", "its own version", TN_FILTER_TEXT, .facts = TN_FACTS_INFO,
                              .get = get_version },
        [TN_LIST_SRCVERSION] = { "srcversion", "SRCVERSION", "checksum of its source", TN_FILTER_TEXT,
                                 .facts = TN_FACTS_INFO, .get = get_srcversion },
        [TN_LIST_BUILD_ID] = { "build_id", "BUILD-ID", "of the loaded module, else of its file",
                               TN_FILTER_TEXT, .facts = TN_FACTS_BUILD_ID, .get = get_build_id },
        [TN_LIST_FILE] = { "file", "FILE", "where it is loaded from", TN_FILTER_TEXT, .file = true,
                           .get = get_file },
        [TN_LIST_LICENSE] = { "license", "LICENSE", "from its file", TN_FILTER_TEXT, .facts = TN_FACTS_INFO,
                              .file = true, .get = get_license },
        [TN_LIST_SIGNER] = { "signer", "SIGNER", "from its file", TN_FILTER_TEXT, .facts = TN_FACTS_SIGNATURE,
                             .file = true, .get = get_signer },
        [TN_LIST_DESCRIPTION] = { "description", "DESCRIPTION", "from its file", TN_FILTER_TEXT,
                                  .facts = TN_FACTS_INFO, .file = true, .get = get_description },
};

int tn_list_column_find(struct span name)
{
        for (int i = 0; i < TN_LIST_COLUMNS; i++) {
                const char *column = tn_list_columns[i].name;
                size_t at = 0;

                while (at < name.len && column[at] &&
                       (name.ptr[at] == column[at] || (name.ptr[at] == '-' && column[at] == '_')))
                        at++;
                if (at == name.len && !column[at])
                        return i;
        }
        return -1;
}
