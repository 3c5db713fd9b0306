/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "format/modname.h"
#include "kernel/kernel.h"
#include "tenon/show.h"
#include "util/cleanup.h"

#define FACTS (TN_FACTS_INFO | TN_FACTS_BUILD_ID | TN_FACTS_SIGNATURE | TN_FACTS_LAYOUT | TN_FACTS_FILE)

static const char usage[] = "Usage:\n"
                            "\ttenon show [options] MODULE|FILE|ALIAS...\n"
                            "Shows all that is known of a module, in the kernel and on disk.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_LONG, "firmware", NULL, "only its firmware, found or missing",
          TN_OPTION_SETS(struct tn_show, firmware) },
        { TN_OPTION_LONG + 1, "params", NULL, "only its parameters", TN_OPTION_SETS(struct tn_show, params) },
        TN_VERB_OPTIONS,
};

const struct tn_modinfos *tn_show_infos(const struct tn_show_module *module)
{
        return module->has_facts ? &module->facts.info : &module->info.entries;
}

static bool is_alone(const struct tn_show *show)
{
        return show->firmware || show->params;
}

/* Nothing of what cannot be read is shown. */
static int read_file(struct tn_show *show, struct tn_show_module *module)
{
        int r;

        if (module->named) {
                r = tn_modfacts_load(AT_FDCWD, module->path, FACTS, &module->facts);
        } else {
                r = tn_catalog_open_file(show->run.world.catalog, module->path);
                if (r >= 0)
                        r = tn_modfacts_load_take(r, FACTS, &module->facts);
        }
        module->has_facts = r == 0;
        if (r < 0 && r != -ENOMEM) {
                tn_document_add_incomplete(show->doc, module->path,
                                           r == -ENOEXEC || r == -EINVAL ? "it is no module"
                                                                         : tn_dir_strerror(r));
                show->doc->status = TN_STATUS_UNKNOWN;
        }
        return r == -ENOMEM ? r : 0;
}

static int read_builtin(struct tn_show *show, struct tn_show_module *module)
{
        int r = tn_info_load_builtin(&show->run.world.dir, tn_span_of(module->name), &module->info);

        if (r < 0 && r != -ENOMEM)
                tn_document_add_incomplete(show->doc, "modules.builtin.modinfo", tn_dir_strerror(r));
        return r == -ENOMEM ? r : 0;
}

/* What the parts are made of. The path is kept in the arena of the edges, as the name is. */
static int gather(struct tn_show *show, struct tn_show_module *module)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        int r = tn_edges_get(&show->edges, tn_span_of(module->name), &module->edges);

        if (r == 0)
                r = tn_edges_ask(&show->edges, module->edges);
        if (r < 0)
                return r;
        module->builtin |= module->edges->builtin && !module->named;
        module->loaded = tn_procmod_find(tn_buf_span(&show->loaded), tn_span_of(module->name), &module->mod);
        if (!module->path && module->edges->needs.line_err == 0 && !module->builtin) {
                tn_catalog_add_path(show->run.world.catalog, module->edges->needs.line.path, &path);
                module->path = tn_arena_dup(&show->edges.arena, tn_buf_span(&path));
                if (tn_buf_error(&path) < 0 || !module->path)
                        return -ENOMEM;
        }
        if (module->path)
                return read_file(show, module);
        return module->builtin ? read_builtin(show, module) : 0;
}

static const char *state_of(const struct tn_show_module *module)
{
        if (module->loaded)
                return "loaded";
        if (module->builtin)
                return "builtin";
        return module->path ? "installed" : "missing";
}

static int add_parts(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        bool all = !is_alone(show);
        int r = all ? tn_show_add_file(show, module, to) : 0;

        if (r == 0 && all)
                r = tn_show_add_loaded(show, module, to);
        if (r == 0 && all)
                r = tn_show_add_signature(show, module, to);
        if (r == 0 && all)
                r = tn_show_add_needs(show, module, to);
        if (r == 0 && (all || show->params))
                r = tn_show_add_params(show, module, to);
        if (r == 0 && (all || show->firmware))
                r = tn_show_add_firmware(show, module, to);
        return r;
}

static int add_module(struct tn_show *show, const struct tn_object *object, const char *name,
                      struct json_object *modules)
{
        struct tn_show_module module = { .name = name, .builtin = tn_object_builtin(object) };
        struct json_object *to;
        int r;

        if (object->kind == TN_OBJECT_FILE) {
                module.path = object->path;
                module.named = true;
        }
        r = gather(show, &module);
        if (r == 0 && (module.has_facts || !module.named)) {
                to = tn_json_add_object(&show->doc->json, modules, NULL);
                tn_json_add_str(&show->doc->json, to, "name", name);
                tn_object_add(object, show->doc, to);
                tn_json_add_str(&show->doc->json, to, "state", state_of(&module));
                r = add_parts(show, &module, to);
        }
        tn_facts_fini(&module.facts);
        tn_info_fini(&module.info);
        return r;
}

static int add_file(struct tn_show *show, const struct tn_object *object, struct json_object *modules)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        int r = tn_object_explain_file(&show->run, object, show->doc);

        if (r != 0)
                return MIN(r, 0);
        tn_modname_from_path(tn_span_of(object->path), &name);
        return tn_buf_str(&name) ? add_module(show, object, name.ptr, modules) : -ENOMEM;
}

static bool is_loaded(const struct tn_show *show, const char *name)
{
        struct tn_procmod mod;

        return tn_procmod_find(tn_buf_span(&show->loaded), tn_span_of(name), &mod);
}

static int add_object(struct tn_show *show, const char *word, struct json_object *modules)
{
        _cleanup_(tn_object_fini) struct tn_object object = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        int r = tn_object_take(&show->run, "show", TN_OBJECT_LOADABLE, word, show->doc, &object);
        const struct tn_match *match;

        if (r != 0)
                return MIN(r, 0);
        if (object.kind == TN_OBJECT_FILE)
                return add_file(show, &object, modules);
        if (tn_object_builtin(&object))
                return add_module(show, &object, tn_object_builtin(&object), modules);
        tn_vec_each (match, &object.matches)
                r = r < 0 ? r : add_module(show, &object, match->name, modules);
        if (r < 0 || object.matches.n)
                return r;
        tn_modname_from_text(tn_span_of(object.word), &name);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        if (is_loaded(show, name.ptr))
                return add_module(show, &object, name.ptr, modules);
        return tn_object_explain(&show->run, &object, show->doc);
}

/* What the running kernel has. */
static int ask_kernel(struct tn_show *show)
{
        int r = show->run.live ? tn_kernel_modules(&show->loaded) : 0;

        show->keys_err = show->run.live ? tn_kernel_keys(&show->keys) : -ENOENT;
        if (r < 0 && r != -ENOMEM)
                tn_document_add_incomplete(show->doc, "the loaded modules (/proc/modules)", strerror(-r));
        return r == -ENOMEM || show->keys_err == -ENOMEM ? -ENOMEM : 0;
}

static int show_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct tn_show *show = (struct tn_show *)run;
        struct json_object *modules;
        int r;

        show->doc = doc;
        if (!operands[0])
                return tn_run_usage(doc, "show takes a module, a file or an alias");
        r = tn_run_open(run, TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        tn_edges_init(&show->edges, run->world.catalog, run->world.config);
        r = ask_kernel(show);
        if (r == 0 && !is_alone(show)) {
                r = tn_edges_ask_all(&show->edges);
                show->up_known = r == 0;
                r = r == -ENOMEM ? r : 0;
        }
        modules = tn_json_add_array(&doc->json, tn_document_result(doc), "modules");
        for (size_t i = 0; r == 0 && operands[i]; i++)
                r = add_object(show, operands[i], modules);
        return r;
}

static void show_fini(struct tn_run *run)
{
        struct tn_show *show = (struct tn_show *)run;

        tn_edges_fini(&show->edges);
        tn_buf_fini(&show->loaded);
        tn_buf_fini(&show->keys);
}

const struct tn_verb tn_verb_show = {
        .name = "show",
        .help = "one module entire, on disk and in the kernel",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct tn_show),
        .build = show_build,
        .fini = show_fini,
        .render = { [TN_FORM_TEXT] = tn_show_text },
};
