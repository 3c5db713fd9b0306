/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/reach.h"
#include "tenon/show.h"
#include "util/cleanup.h"

/* Where values begin. */
#define COLUMN   16

/* How many of a long list are shown; the document has all. */
#define SOME_MAX 4
#define TIES_MAX 24

static void add_field(struct tn_text *text, const char *label, const char *value)
{
        if (!*value)
                return;
        tn_text_add(text, "  ");
        tn_text_style(text, TN_STYLE_DIM, label);
        tn_text_add(text, "%*s", COLUMN - 2 - (int)tn_text_columns(label), "");
        tn_text_wrap(text, COLUMN, COLUMN, value);
}

__attribute__((format(printf, 3, 4))) static void add_fieldf(struct tn_text *text, const char *label,
                                                             const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf value = { 0 };
        va_list ap;

        va_start(ap, fmt);
        tn_buf_vaddf(&value, fmt, ap);
        va_end(ap);
        if (tn_buf_str(&value))
                add_field(text, label, value.ptr);
}

static void add_member(struct tn_text *text, const char *label, const struct json_object *from,
                       const char *key)
{
        add_field(text, label, tn_json_str(from, key));
}

/* Texts, with commas between. */
static void add_list(struct tn_text *text, const char *label, const struct json_object *list)
{
        _cleanup_(tn_buf_fini) struct tn_buf value = { 0 };

        for (size_t i = 0; i < tn_json_count(list); i++)
                tn_buf_addf(&value, "%s%s", i ? ", " : "", tn_json_str_at(list, i));
        if (tn_buf_str(&value))
                add_field(text, label, value.ptr);
}

static void add_file(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *file = tn_json_object(module, "file");
        const char *compression = tn_json_str(file, "compression");

        add_member(text, "file", file, "path");
        if (tn_json_has(file, "size"))
                add_fieldf(text, "size", "%lld bytes%s%s", (long long)tn_json_int(file, "size"),
                           *compression ? ", " : "", compression);
        add_member(text, "description", module, "description");
        add_list(text, "author", tn_json_array(module, "authors"));
        add_member(text, "license", module, "license");
        add_member(text, "origin", module, "origin");
        add_member(text, "version", module, "version");
        add_member(text, "srcversion", module, "srcversion");
        add_member(text, "build id", module, "build_id");
        add_member(text, "vermagic", module, "vermagic");
        if (tn_json_has(module, "memory"))
                add_fieldf(text, "memory", "%lld bytes, once it is loaded",
                           (long long)tn_json_int(module, "memory"));
}

static void add_loaded(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *loaded = tn_json_object(module, "loaded");
        _cleanup_(tn_buf_fini) struct tn_buf value = { 0 };

        if (!loaded)
                return;
        tn_buf_addf(&value, "%s, %lld bytes", tn_json_str(loaded, "state"),
                    (long long)tn_json_int(loaded, "size"));
        if (tn_json_int(loaded, "init_size"))
                tn_buf_addf(&value, " and %lld of its init part",
                            (long long)tn_json_int(loaded, "init_size"));
        if (tn_json_has(loaded, "refcount"))
                tn_buf_addf(&value, ", used by %lld", (long long)tn_json_int(loaded, "refcount"));
        if (tn_buf_str(&value))
                add_field(text, "loaded", value.ptr);
        add_list(text, "held by", tn_json_array(loaded, "holders"));
        add_list(text, "taints", tn_json_array(loaded, "taints"));
        if (tn_json_has(loaded, "is_file") && !tn_json_bool(loaded, "is_file"))
                add_fieldf(text, "loaded build", "%s: it is not that of the file",
                           tn_json_str(loaded, "build_id"));
        else if (!tn_json_has(module, "build_id"))
                add_member(text, "loaded build", loaded, "build_id");
}

static void add_signature(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *signature = tn_json_object(module, "signature");
        const char *signer = tn_json_str(signature, "signer");

        if (!signature) {
                struct json_object *none;

                if (json_object_object_get_ex(module, "signature", &none))
                        add_field(text, "signature", "none");
                return;
        }
        add_fieldf(text, "signature", "%s, %s, by %s", tn_json_str(signature, "kind"),
                   tn_json_str(signature, "hash"), *signer ? signer : "nobody who is named");
        add_member(text, "key", signature, "key");
        if (tn_json_has(signature, "signer_known"))
                add_field(text, "signer",
                          tn_json_bool(signature, "signer_known") ? "the kernel has a key of that name"
                                                                  : "the kernel has no key of that name");
}

static const struct {
        const char *kind, *down, *up;
} ties[] = {
        { "needs", "needs", "needed by" },
        { "softdep-pre", "soft, before", "before" },
        { "softdep-post", "soft, after", "after" },
        { "weakdep", "weak", "weak for" },
};

static void add_ties(struct tn_text *text, const struct json_object *list, bool up)
{
        for (size_t k = 0; k < ARRAY_SIZE(ties); k++) {
                _cleanup_(tn_buf_fini) struct tn_buf value = { 0 };
                size_t n = 0;

                for (size_t i = 0; i < tn_json_count(list); i++) {
                        const struct json_object *tie = tn_json_at(list, i);
                        const char *alias = tn_json_str(tie, "alias");

                        if (strcmp(tn_json_str(tie, "kind"), ties[k].kind) != 0 || n++ >= TIES_MAX)
                                continue;
                        tn_buf_addf(&value, "%s%s", value.len ? ", " : "", tn_json_str(tie, "name"));
                        if (*alias && !up)
                                tn_buf_addf(&value, " (as %s)", alias);
                }
                if (n > TIES_MAX)
                        tn_buf_addf(&value, " and %zu more", n - TIES_MAX);
                if (tn_buf_str(&value))
                        add_field(text, up ? ties[k].up : ties[k].down, value.ptr);
        }
}

static void add_needs(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *needs = tn_json_array(module, "needs"), *all;

        add_ties(text, needs, false);
        all = tn_json_array(module, "needs_all");
        if (tn_json_count(all) > tn_json_count(needs))
                add_list(text, "in all", all);
        add_ties(text, tn_json_array(module, "needed_by"), true);
}

static void add_param(struct tn_text *text, const struct json_object *param)
{
        const struct json_object *configured = tn_json_array(param, "configured");
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        bool writable = tn_json_bool(param, "writable");
        const char *type = tn_json_str(param, "type"), *description = tn_json_str(param, "description");

        tn_buf_add_str(&line, tn_json_str(param, "name"));
        if (tn_json_has(param, "current"))
                tn_buf_addf(&line, "=%s", tn_json_str(param, "current"));
        if (*type || writable)
                tn_buf_addf(&line, " (%s%s%s)", type, *type && writable ? ", " : "",
                            writable ? "writable" : "");
        if (*description)
                tn_buf_addf(&line, "%s %s", *type || writable ? "" : ":", description);
        tn_text_add(text, "    ");
        if (tn_buf_str(&line))
                tn_text_wrap(text, 4, 8, line.ptr);
        for (size_t i = 0; i < tn_json_count(configured); i++) {
                const struct json_object *one = tn_json_at(configured, i);

                tn_buf_reset(&line);
                tn_buf_addf(&line, "configured: %s%s%s (%s", tn_json_str(param, "name"),
                            tn_json_has(one, "value") ? "=" : "", tn_json_str(one, "value"),
                            tn_json_str(one, "file"));
                if (tn_json_int(one, "line"))
                        tn_buf_addf(&line, ":%lld", (long long)tn_json_int(one, "line"));
                tn_buf_add_char(&line, ')');
                tn_text_add(text, "        ");
                if (tn_buf_str(&line))
                        tn_text_wrap(text, 8, 8, line.ptr);
        }
}

static void add_params(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *params = tn_json_array(module, "parameters");

        if (!params)
                return;
        add_fieldf(text, "parameters", tn_json_count(params) ? "%zu" : "none", tn_json_count(params));
        for (size_t i = 0; i < tn_json_count(params); i++)
                add_param(text, tn_json_at(params, i));
}

/* A pattern has no path at all. */
static bool is_missing(const struct json_object *firmware)
{
        struct json_object *path;

        return json_object_is_type(firmware, json_type_object) &&
               json_object_object_get_ex(firmware, "path", &path) && !path;
}

static void add_one_firmware(struct tn_text *text, const struct json_object *firmware)
{
        const char *path = tn_json_str(firmware, "path");

        tn_text_add(text, "    %s: %s\n", tn_json_str(firmware, "name"),
                    *path                  ? path
                    : is_missing(firmware) ? "missing"
                                           : "a pattern");
}

static void add_firmware(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *list = tn_json_array(module, "firmware");
        bool some = tn_json_has(module, "file"); /* it is not the only part */
        size_t n = tn_json_count(list), missing = 0, shown = 0;

        if (!list)
                return;
        for (size_t i = 0; i < n; i++)
                missing += is_missing(tn_json_at(list, i));
        if (n == 0)
                add_field(text, "firmware", "none");
        else if (missing == 0)
                add_fieldf(text, "firmware", "%zu %s, none missing", n, n == 1 ? "file" : "files");
        else
                add_fieldf(text, "firmware", "%zu %s, %zu missing%s", n, n == 1 ? "file" : "files", missing,
                           some && missing > SOME_MAX ? ", such as" : "");
        for (size_t i = 0; i < n; i++)
                if (!some || (is_missing(tn_json_at(list, i)) && shown++ < SOME_MAX))
                        add_one_firmware(text, tn_json_at(list, i));
}

static void add_aliases(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *aliases = tn_json_array(module, "aliases");
        size_t n = tn_json_count(aliases);

        if (n == 0)
                return;
        add_fieldf(text, "aliases", n > SOME_MAX ? "%zu, such as" : "%zu", n);
        for (size_t i = 0; i < MIN(n, (size_t)SOME_MAX); i++)
                tn_text_add(text, "    %s\n", tn_json_str_at(aliases, i));
}

static const char *words_of_needs(const char *id)
{
        for (size_t i = 0; i < TN_REACH_NEEDS; i++)
                if (strcmp(tn_reach_id((enum tn_reach_needs)i), id) == 0)
                        return tn_reach_words((enum tn_reach_needs)i);
        return id;
}

/* Who can cause the kernel to ask for it. */
static void add_requests(struct tn_text *text, const struct json_object *module)
{
        const struct json_object *requests = tn_json_array(module, "requests");
        size_t n = tn_json_count(requests);

        for (size_t i = 0; i < MIN(n, (size_t)SOME_MAX); i++) {
                const struct json_object *request = tn_json_at(requests, i);
                const char *needs = tn_json_str(request, "needs");

                add_fieldf(text, i ? "" : "asked for by", "%s: needs %s (%s)", tn_json_str(request, "by"),
                           words_of_needs(needs), tn_json_str(request, "name"));
        }
}

static void add_module(struct tn_text *text, const struct json_object *module)
{
        tn_object_text(tn_json_object(module, "object"), text);
        tn_text_style(text, TN_STYLE_BOLD, tn_json_str(module, "name"));
        tn_text_add(text, " (%s)\n", tn_json_str(module, "state"));
        add_file(text, module);
        add_loaded(text, module);
        add_signature(text, module);
        add_needs(text, module);
        add_params(text, module);
        add_firmware(text, module);
        add_aliases(text, module);
        add_requests(text, module);
}

void tn_show_text(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *modules = tn_json_array(tn_json_object(root, "result"), "modules");

        for (size_t i = 0; i < tn_json_count(modules); i++) {
                if (i)
                        tn_text_add(text, "\n");
                add_module(text, tn_json_at(modules, i));
        }
}
