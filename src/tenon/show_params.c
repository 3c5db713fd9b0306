/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/params.h"
#include "format/cmdopts.h"
#include "kernel/kernel.h"
#include "tenon/show.h"
#include "util/cleanup.h"

struct listing {
        struct tn_show *show;
        const struct tn_show_module *module;
        struct json_object *list;
        struct tn_params params;
        unsigned hidden; /* values that may not be read */
};

static void add_span_or_null(struct tn_json *json, struct json_object *to, const char *key, struct span text)
{
        if (text.ptr)
                tn_json_add_span(json, to, key, text);
        else
                tn_json_add_null(json, to, key);
}

/* Null: the kernel does not show it. */
static int add_current(struct listing *listing, struct json_object *to, struct span name)
{
        _cleanup_(tn_buf_fini) struct tn_buf file = { 0 }, text = { 0 };
        struct span value;
        int r;

        if (!listing->module->loaded && !(listing->module->builtin && listing->show->run.live))
                return 0;
        tn_buf_addf(&file, "parameters/%.*s", SPAN_FMT(name));
        if (!tn_buf_str(&file))
                return -ENOMEM;
        r = tn_kernel_module_file_writable(listing->module->name, file.ptr);
        if (r >= 0)
                tn_json_add_bool(&listing->show->doc->json, to, "writable", r);
        r = tn_kernel_module_file(listing->module->name, file.ptr, &text);
        if (r == -EACCES || r == -EPERM) {
                listing->hidden++;
                return 0;
        }
        value = tn_buf_span(&text);
        if (tn_span_ends(value, SPAN("\n")))
                value.len--;
        if (r == 0)
                tn_json_add_span(&listing->show->doc->json, to, "current", value);
        else
                tn_json_add_null(&listing->show->doc->json, to, "current");
        return r == -ENOMEM ? r : 0;
}

/* Each word of the configuration that gives it, in order; of several the last counts. */
static int add_configured(struct listing *listing, struct json_object *to, struct span name)
{
        struct tn_config_iter iter =
                tn_config_options(listing->show->run.world.config, listing->module->name, NULL);
        struct tn_json *json = &listing->show->doc->json;
        struct json_object *list = tn_json_add_array(json, to, "configured");
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        const struct tn_conf_record *record;
        int r = 0;

        while (r >= 0 && (record = tn_config_next(&iter))) {
                struct span rest = record->value;

                while ((r = tn_cmdopts_next(&rest, &word)) > 0) {
                        struct span text = tn_buf_span(&word);
                        size_t equals = tn_span_chr(text, '=');
                        struct json_object *own;

                        if (!tn_params_is_same(tn_span_head(text, equals), name))
                                continue;
                        own = tn_json_add_object(json, list, NULL);
                        if (equals < text.len)
                                tn_json_add_span(json, own, "value", tn_span_skip(text, equals + 1));
                        else
                                tn_json_add_null(json, own, "value");
                        tn_json_add_str(json, own, "file", record->file);
                        tn_json_add_int(json, own, "line", record->line);
                }
        }
        return MIN(r, 0);
}

static int add_param(struct listing *listing, const struct tn_param *param)
{
        struct tn_json *json = &listing->show->doc->json;
        struct json_object *to = tn_json_add_object(json, listing->list, NULL);
        int r;

        tn_json_add_span(json, to, "name", param->name);
        add_span_or_null(json, to, "type", param->type);
        add_span_or_null(json, to, "description", param->description);
        r = add_current(listing, to, param->name);
        return r < 0 ? r : add_configured(listing, to, param->name);
}

/* Those that the kernel shows and the module does not describe. */
static int add_others(struct listing *listing)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct span rest, name;
        int r = 0;

        if (listing->module->loaded || (listing->module->builtin && listing->show->run.live))
                r = tn_kernel_module_parameters(listing->module->name, &names);
        for (rest = tn_buf_span(&names); r == 0 && tn_span_split(&rest, '\0', &name);)
                if (!tn_params_find(&listing->params, name))
                        r = add_param(listing, &(struct tn_param){ .name = name });
        return r == -ENOMEM ? r : 0;
}

static void add_hidden(const struct listing *listing)
{
        _cleanup_(tn_buf_fini) struct tn_buf what = { 0 };

        if (!listing->hidden)
                return;
        if (listing->hidden > 1)
                tn_buf_addf(&what, "the values of %u parameters of %s", listing->hidden,
                            listing->module->name);
        else
                tn_buf_addf(&what, "the value of a parameter of %s", listing->module->name);
        tn_document_add_incomplete(listing->show->doc, tn_buf_str(&what), strerror(EACCES));
}

int tn_show_add_params(struct tn_show *show, const struct tn_show_module *module, struct json_object *to)
{
        struct listing listing = { .show = show, .module = module };
        const struct tn_modinfos *infos = tn_show_infos(module);
        const struct tn_modinfo *info;
        const struct tn_param *param;
        int r = 0;

        if (!module->has_facts && !module->builtin && !module->loaded)
                return 0;
        listing.list = tn_json_add_array(&show->doc->json, to, "parameters");
        tn_vec_each (info, infos)
                if (r != -ENOMEM)
                        r = tn_params_add(&listing.params, info);
        r = r == -ENOMEM ? r : 0;
        tn_vec_each (param, &listing.params)
                r = r < 0 ? r : add_param(&listing, param);
        if (r == 0)
                r = add_others(&listing);
        add_hidden(&listing);
        tn_params_fini(&listing.params);
        return r;
}
