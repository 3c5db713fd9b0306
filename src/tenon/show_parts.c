/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/detect_signer.h"
#include "core/gate_firmware.h"
#include "core/reach.h"
#include "format/buildid.h"
#include "format/taint.h"
#include "kernel/kernel.h"
#include "tenon/show.h"
#include "util/cleanup.h"
#include "util/num.h"
#include "util/set.h"

/* The first entry of .modinfo with that key; null where there is none. */
static void add_info(struct tn_json *json, struct json_object *to, const char *key,
                     const struct tn_modinfos *infos)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, infos)
                if (tn_span_eq(info->key, tn_span_of(key))) {
                        tn_json_add_span(json, to, key, info->value);
                        return;
                }
        tn_json_add_null(json, to, key);
}

/* All with that key. */
static void add_infos(struct tn_json *json, struct json_object *to, const char *member, const char *key,
                      const struct tn_modinfos *infos)
{
        struct json_object *list = tn_json_add_array(json, to, member);
        const struct tn_modinfo *info;

        tn_vec_each (info, infos)
                if (tn_span_eq(info->key, tn_span_of(key)))
                        tn_json_add_span(json, list, NULL, info->value);
}

static void add_hex(struct tn_json *json, struct json_object *to, const char *key, struct span bytes)
{
        _cleanup_(tn_buf_fini) struct tn_buf hex = { 0 };

        tn_num_add_hex(bytes, &hex);
        if (tn_buf_error(&hex) < 0)
                json->err = tn_buf_error(&hex);
        else if (bytes.len)
                tn_json_add_span(json, to, key, tn_buf_span(&hex));
        else
                tn_json_add_null(json, to, key);
}

static void add_request(struct tn_json *json, struct json_object *list, struct span text)
{
        const struct tn_reach_form *form = tn_reach_find(text);
        struct json_object *to;

        if (!form)
                return;
        to = tn_json_add_object(json, list, NULL);
        tn_json_add_span(json, to, "name", text);
        tn_json_add_str(json, to, "by", form->by);
        tn_json_add_str(json, to, "function", form->function);
        tn_json_add_str(json, to, "needs", tn_reach_id(form->needs));
}

/* What the kernel asks for in somebody's name and this module answers to. */
static void add_requests(struct tn_json *json, struct json_object *to, const struct tn_show_module *module)
{
        struct json_object *list = tn_json_add_array(json, to, "requests");
        const struct tn_modinfos *infos = tn_show_infos(module);
        const struct tn_modinfo *info;

        add_request(json, list, tn_span_of(module->name));
        tn_vec_each (info, infos)
                if (tn_span_eq(info->key, SPAN("alias")))
                        add_request(json, list, info->value);
}

int tn_show_add_file(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        static const char *const keys[] = { "description", "version", "srcversion", "license", "vermagic" };
        struct tn_json *json = &show->doc->json;
        const struct tn_modinfos *infos = tn_show_infos(module);
        struct json_object *file;

        if (!module->path) {
                tn_json_add_null(json, to, "file");
        } else {
                file = tn_json_add_object(json, to, "file");
                tn_json_add_str(json, file, "path", module->path);
                if (module->has_facts) {
                        tn_json_add_int(json, file, "size", (int64_t)module->facts.file.size);
                        tn_json_add_str(json, file, "compression",
                                        module->facts.file.codec.len ? module->facts.file.codec.ptr : NULL);
                }
        }
        if (!module->has_facts && !module->builtin)
                return 0;
        for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
                add_info(json, to, keys[i], infos);
        add_infos(json, to, "authors", "author", infos);
        add_infos(json, to, "aliases", "alias", infos);
        add_requests(json, to, module);
        if (!module->has_facts)
                return 0;
        add_hex(json, to, "build_id", module->facts.build_id);
        tn_json_add_str(json, to, "origin",
                        tn_facts_info(&module->facts, SPAN("intree")).len ? "in-tree" : "out-of-tree");
        if (module->facts.layout.memory <= INT64_MAX)
                tn_json_add_int(json, to, "memory", (int64_t)module->facts.layout.memory);
        return 0;
}

/* A file of the kernel's without its newline; null where there is none. */
static int add_kernel_file(struct tn_json *json, struct json_object *to, const char *key, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r = tn_kernel_module_file(name, key, &text);

        if (r == 0)
                tn_json_add_span(json, to, key, tn_span_trim(tn_buf_span(&text)));
        else
                tn_json_add_null(json, to, key);
        return r == -ENOMEM ? r : 0;
}

static int add_build(struct tn_json *json, const struct tn_show_module *module, struct json_object *to)
{
        const struct tn_elf host = { .big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ };
        _cleanup_(tn_buf_fini) struct tn_buf notes = { 0 };
        struct span id = { 0 };
        int r = tn_kernel_module_file(module->name, "notes/" TN_BUILDID_SECTION, &notes);

        if (r == 0)
                (void)tn_buildid_parse(&host, tn_buf_span(&notes), &id);
        add_hex(json, to, "build_id", id);
        if (id.len && module->has_facts && module->facts.build_id.len)
                tn_json_add_bool(json, to, "is_file", tn_span_eq(id, module->facts.build_id));
        return r == -ENOMEM ? r : 0;
}

static void add_init_size(struct tn_json *json, struct json_object *to, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        uint64_t size;

        if (tn_kernel_module_file(name, "initsize", &text) == 0 &&
            tn_num_parse(tn_span_trim(tn_buf_span(&text)), 10, &size) == 0 && size <= INT64_MAX)
                tn_json_add_int(json, to, "init_size", (int64_t)size);
        else
                tn_json_add_null(json, to, "init_size");
}

static void add_taints(struct tn_json *json, struct json_object *to, struct span letters)
{
        struct json_object *list = tn_json_add_array(json, to, "taints");

        for (size_t i = 0; i < letters.len; i++) {
                const struct tn_taint *taint = tn_taint_by_letter(letters.ptr[i]);

                tn_json_add_span(json, list, NULL,
                                 taint ? tn_span_of(taint->word) : (struct span){ letters.ptr + i, 1 });
        }
}

int tn_show_add_loaded(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        struct tn_json *json = &show->doc->json;
        struct json_object *loaded, *list;
        struct span rest = module->mod.holders, name;
        int r;

        if (!show->run.live)
                return 0;
        if (!module->loaded) {
                tn_json_add_null(json, to, "loaded");
                return 0;
        }
        loaded = tn_json_add_object(json, to, "loaded");
        tn_json_add_str(json, loaded, "state",
                        tn_span_eq(module->mod.state, SPAN("Loading"))     ? "loading"
                        : tn_span_eq(module->mod.state, SPAN("Unloading")) ? "unloading"
                                                                           : "live");
        tn_json_add_int(json, loaded, "size", (int64_t)module->mod.size);
        add_init_size(json, loaded, module->name);
        if (module->mod.refcnt < 0)
                tn_json_add_null(json, loaded, "refcount");
        else
                tn_json_add_int(json, loaded, "refcount", module->mod.refcnt);
        list = tn_json_add_array(json, loaded, "holders");
        while (tn_procmod_holder(&rest, &name))
                tn_json_add_span(json, list, NULL, name);
        add_taints(json, loaded, tn_procmod_taints(&module->mod, tn_buf_span(&show->loaded)));
        r = add_kernel_file(json, loaded, "version", module->name);
        if (r == 0)
                r = add_kernel_file(json, loaded, "srcversion", module->name);
        return r < 0 ? r : add_build(json, module, loaded);
}

/* Keys that cannot be seen tell nothing. That one has the signer's name need not mean that it is the one. */
static void add_signer_known(struct tn_show *show, struct json_object *to, struct span signer)
{
        enum tn_signer known;

        if (!show->run.live)
                return;
        known = show->keys_err < 0 ? TN_SIGNER_UNTOLD : tn_detect_signer(tn_buf_span(&show->keys), signer);
        if (known != TN_SIGNER_UNTOLD)
                tn_json_add_bool(&show->doc->json, to, "signer_known", known == TN_SIGNER_NAMESAKE);
        else if (signer.len)
                tn_document_add_incomplete(show->doc, "the keys that the kernel knows (/proc/keys)",
                                           show->keys_err < 0 ? strerror(-show->keys_err)
                                                              : "none can be seen");
}

int tn_show_add_signature(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        const struct tn_modsig *sig = &module->facts.signature;
        struct tn_json *json = &show->doc->json;
        struct json_object *signature;

        if (!module->has_facts)
                return 0;
        if (!sig->id.len) {
                tn_json_add_null(json, to, "signature");
                return 0;
        }
        signature = tn_json_add_object(json, to, "signature");
        tn_json_add_span(json, signature, "kind", sig->id);
        if (sig->signer.len)
                tn_json_add_span(json, signature, "signer", sig->signer);
        else
                tn_json_add_null(json, signature, "signer");
        add_hex(json, signature, "key", sig->key);
        tn_json_add_span(json, signature, "hash", sig->hash);
        add_signer_known(show, signature, sig->signer);
        return 0;
}

static void add_edge(struct tn_json *json, struct json_object *list, const struct tn_edge *edge,
                     const struct tn_edges_module *end)
{
        struct json_object *own = tn_json_add_object(json, list, NULL);

        tn_json_add_str(json, own, "name", end->needs.name);
        tn_json_add_str(json, own, "kind", tn_edge_kind_name(edge->kind));
        tn_json_add_str(json, own, "alias", edge->word);
        tn_json_add_place(json, own, "where", edge->record ? edge->record->file : NULL,
                          edge->record ? edge->record->line : 0);
}

/* What a file that the indexes do not have says itself. */
static void add_depends(struct tn_json *json, struct json_object *list, const struct tn_facts *facts)
{
        struct span rest = tn_facts_info(facts, SPAN("depends")), name;

        while (tn_span_split(&rest, ',', &name)) {
                struct json_object *own = name.len ? tn_json_add_object(json, list, NULL) : NULL;

                tn_json_add_span(json, own, "name", name);
                tn_json_add_str(json, own, "kind", "needs");
                tn_json_add_null(json, own, "alias");
                tn_json_add_null(json, own, "where");
        }
}

int tn_show_add_needs(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        struct tn_json *json = &show->doc->json;
        struct json_object *list = tn_json_add_array(json, to, "needs");
        const struct tn_edges_module *edges = module->edges;

        for (size_t i = 0; i < edges->out.n; i++)
                add_edge(json, list, edges->out.v[i], edges->out.v[i]->to);
        if (edges->needs.line_err < 0 && module->has_facts)
                add_depends(json, list, &module->facts);
        if (edges->needs.line_err == 0) {
                list = tn_json_add_array(json, to, "needs_all");
                for (size_t i = 0; i < edges->needs.n_deps; i++)
                        tn_json_add_str(json, list, NULL, edges->needs.deps[i]->name);
        }
        if (!show->up_known)
                return 0;
        list = tn_json_add_array(json, to, "needed_by");
        for (size_t i = 0; i < edges->in.n; i++)
                add_edge(json, list, edges->in.v[i], edges->in.v[i]->from);
        return 0;
}

/* A path inside a root, as messages name it: with what is above the module directory there. */
static void add_place(struct tn_show *show, struct json_object *to, struct span path)
{
        const struct tn_dir *dir = tn_catalog_where(show->run.world.catalog);
        _cleanup_(tn_buf_fini) struct tn_buf whole = { 0 };

        if (dir->root)
                tn_buf_add_span(&whole,
                                tn_span_head(tn_span_of(dir->path), strlen(dir->path) - strlen(dir->inside)));
        tn_buf_add_span(&whole, path);
        if (tn_buf_error(&whole) < 0)
                show->doc->json.err = tn_buf_error(&whole);
        tn_json_add_span(&show->doc->json, to, "path", tn_buf_span(&whole));
}

static int add_firmware(struct tn_show *show, struct span name, struct json_object *list)
{
        const struct tn_gate_kernel kernel = {
                .catalog = show->run.world.catalog,
                .release = tn_buf_str(&show->run.kernel),
        };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct json_object *own = tn_json_add_object(&show->doc->json, list, NULL);
        int r;

        tn_json_add_span(&show->doc->json, own, "name", name);
        if (tn_span_has_any(name, "*?["))
                return 0;
        r = tn_gate_firmware_place(&kernel, name, &path);
        if (r < 0)
                return r;
        if (r)
                add_place(show, own, tn_buf_span(&path));
        else
                tn_json_add_null(&show->doc->json, own, "path");
        return 0;
}

int tn_show_add_firmware(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        const struct tn_modinfos *infos = tn_show_infos(module);
        const struct tn_modinfo *info;
        struct json_object *list;
        int r = 0;

        if (!module->has_facts && !module->builtin)
                return 0;
        list = tn_json_add_array(&show->doc->json, to, "firmware");
        tn_vec_each (info, infos)
                if (r == 0 && tn_span_eq(info->key, SPAN("firmware")))
                        r = add_firmware(show, info->value, list);
        return r;
}
