/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "core/evidence_others.h"
#include "format/noop.h"
#include "format/procmod.h"
#include "format/taint.h"
#include "kernel/kernel.h"
#include "tenon/image/age.h"
#include "tenon/image/newest.h"
#include "tenon/overview.h"
#include "tenon/verb.h"
#include "util/cleanup.h"

struct overview {
        struct tn_run run;
        bool prom;
};

static const char usage[] =
        "Usage:\n"
        "\ttenon [options]\n"
        "\ttenon VERB [options] [OBJECT...]\n"
        "Shows what the modules of this machine do, why, and what would be. Without a verb: the\n"
        "machine on one screen.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_LONG, "prom", NULL, "as metrics for Prometheus", TN_OPTION_SETS(struct overview, prom) },
        TN_VERB_OPTIONS,
};

/* The other kernel whose modules are here and whose release is the highest, if that is higher than this one's. */
static int add_newer(struct tn_run *run, struct tn_document *doc, struct json_object *kernel)
{
        _cleanup_(tn_evidence_others_fini) struct tn_evidence_others others = { 0 };
        const char *highest = run->kernel.ptr;
        _cleanup_(freep) char *names = NULL;
        struct span rest, word;
        int r = tn_evidence_others_load(&run->world.dir, tn_buf_span(&run->kernel), SPAN(""), &others);

        if (r < 0)
                return r;
        names = tn_span_dup(tn_buf_span(&others.all));
        if (!names)
                return -ENOMEM;
        for (rest = tn_span_of(names); (word = tn_span_word(&rest, " ")).len;) {
                if (rest.len)
                        names[rest.ptr - names] = '\0';
                rest = tn_span_skip(rest, 1);
                if (strverscmp(word.ptr, highest) > 0)
                        highest = word.ptr;
        }
        tn_json_add_str(&doc->json, kernel, "newer", highest == run->kernel.ptr ? NULL : highest);
        return 0;
}

static void add_taints(struct tn_document *doc, struct json_object *kernel)
{
        struct json_object *list;
        uint64_t bits;
        int r = tn_kernel_tainted(&bits);

        if (r < 0) {
                tn_document_add_incomplete(doc, "what taints the kernel", strerror(-r));
                return;
        }
        list = tn_json_add_array(&doc->json, kernel, "taints");
        for (unsigned i = 0; i < 64; i++) {
                const struct tn_taint *taint = tn_taint_by_bit(i);

                if (bits >> i & 1)
                        tn_json_add_str(&doc->json, list, NULL, taint ? taint->word : "unknown");
        }
}

static void add_loaded(struct tn_document *doc)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct json_object *to;
        struct tn_procmod mod;
        int64_t loaded = 0, used = 0, size = 0;
        struct span rest;
        int r = tn_kernel_modules(&text);

        if (r < 0) {
                tn_document_add_incomplete(doc, "the loaded modules (/proc/modules)", strerror(-r));
                return;
        }
        for (rest = tn_buf_span(&text); tn_procmod_next(&rest, &mod); loaded++) {
                used += mod.refcnt > 0;
                size += (int64_t)mod.size;
        }
        to = tn_json_add_object(&doc->json, doc->result, "modules");
        tn_json_add_int(&doc->json, to, "loaded", loaded);
        tn_json_add_int(&doc->json, to, "used", used);
        tn_json_add_int(&doc->json, to, "size", size);
}

static int count_index(struct tn_run *run, enum tn_catalog_index which, int64_t *ret_n)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, line;
        int r = tn_catalog_dump(run->world.catalog, which, &text);

        *ret_n = 0;
        for (rest = tn_buf_span(&text); r == 0 && tn_span_split(&rest, '\n', &line);)
                ++*ret_n;
        return r == -EINVAL ? 0 : r;
}

static int add_tree(struct tn_run *run, struct tn_document *doc)
{
        struct json_object *to = tn_json_add_object(&doc->json, doc->result, "tree");
        int64_t modules, builtin;
        int r = count_index(run, TN_CATALOG_DEP, &modules);

        if (r == 0)
                r = count_index(run, TN_CATALOG_BUILTIN, &builtin);
        if (r < 0)
                return r;
        tn_json_add_str(&doc->json, to, "path", run->world.dir.path);
        tn_json_add_int(&doc->json, to, "modules", modules);
        tn_json_add_int(&doc->json, to, "builtin", builtin);
        return 0;
}

static void add_trust(struct tn_document *doc)
{
        static const char *const signatures[] = {
                [TN_KERNEL_UNTOLD] = "unknown",
                [TN_KERNEL_LENIENT] = "checked",
                [TN_KERNEL_ENFORCES] = "enforced",
        };
        struct json_object *to = tn_json_add_object(&doc->json, doc->result, "trust");
        struct tn_kernel_policy policy;

        tn_kernel_policy_get(&policy);
        tn_json_add_bool(&doc->json, to, "supported", !policy.no_modules);
        tn_json_add_bool(&doc->json, to, "disabled", policy.disabled);
        tn_json_add_str(&doc->json, to, "signatures", signatures[policy.signatures]);
        tn_json_add_str(&doc->json, to, "lockdown", policy.lockdown[0] ? policy.lockdown : NULL);
}

/* install lines by what their commands do. */
static void count_commands(const struct tn_config *config, int64_t *ret_refused, int64_t *ret_commands)
{
        struct tn_config_iter iter = tn_config_each(config, TN_CONF_INSTALL);
        const struct tn_conf_record *record;

        *ret_refused = *ret_commands = 0;
        while ((record = tn_config_next(&iter))) {
                if (tn_noop_parse(record->value) == TN_NOOP_NONE)
                        ++*ret_commands;
                else
                        ++*ret_refused;
        }
}

static void add_names(struct tn_document *doc, struct json_object *to, const char *key, struct span names)
{
        struct json_object *list = tn_json_add_array(&doc->json, to, key);
        struct span name;

        while (tn_span_split(&names, ',', &name))
                tn_json_add_span(&doc->json, list, NULL, name);
}

static void add_policy(struct tn_run *run, struct tn_document *doc)
{
        struct json_object *to = tn_json_add_object(&doc->json, doc->result, "policy");
        struct tn_config_iter iter = tn_config_each(run->world.config, TN_CONF_BLACKLIST);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int64_t blacklisted = 0, refused, commands;

        while (tn_config_next(&iter))
                blacklisted++;
        count_commands(run->world.config, &refused, &commands);
        tn_json_add_int(&doc->json, to, "blacklisted", blacklisted);
        tn_json_add_int(&doc->json, to, "refused", refused);
        tn_json_add_int(&doc->json, to, "commands", commands);
        if (!run->live)
                return;
        tn_kernel_blacklist(&text);
        add_names(doc, to, "kernel_blacklist", tn_buf_span(&text));
        tn_buf_reset(&text);
        if (tn_kernel_helper(&text) == 0)
                tn_json_add_span(&doc->json, to, "helper", tn_buf_span(&text));
        else
                tn_json_add_null(&doc->json, to, "helper");
}

static int add_image(struct tn_run *run, struct tn_document *doc)
{
        const struct tn_dir root = { .fd = AT_FDCWD, .root = tn_world_root(&run->world) };
        _cleanup_(tn_image_files_fini) struct tn_image_files files = { 0 };
        _cleanup_(tn_image_sources_fini) struct tn_image_sources sources = { 0 };
        const struct tn_image_source *newer;
        struct json_object *to;
        int r = tn_image_newest(&root, run->kernel.ptr, &files);

        if (r == 0 && files.n)
                r = tn_image_sources_load(&root, &run->world.dir, &sources);
        if (r < 0)
                return r;
        if (files.hidden_err)
                tn_document_add_incomplete(doc, files.hidden_path, strerror(-files.hidden_err));
        if (!files.n) {
                tn_json_add_null(&doc->json, doc->result, "image");
                return 0;
        }
        to = tn_json_add_object(&doc->json, doc->result, "image");
        newer = tn_image_age(&files.v[0].st.st_mtim, &sources);
        tn_json_add_str(&doc->json, to, "path", files.v[0].path);
        tn_json_add_str(&doc->json, to, "older_than", newer ? newer->path : NULL);
        return 0;
}

static int overview_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct json_object *kernel = tn_json_add_object(&doc->json, tn_document_result(doc), "kernel");
        int r = tn_run_open(run, TN_WORLD_ROOT | TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);

        (void)operands;
        if (r < 0)
                return 0;
        tn_json_add_str(&doc->json, kernel, "release", run->kernel.ptr);
        tn_json_add_bool(&doc->json, kernel, "running", run->live);
        r = add_newer(run, doc, kernel);
        if (run->live) {
                add_taints(doc, kernel);
                add_loaded(doc);
                add_trust(doc);
        }
        if (r == 0)
                r = add_tree(run, doc);
        add_policy(run, doc);
        if (r == 0)
                r = add_image(run, doc);
        if (((struct overview *)run)->prom)
                run->form = TN_FORM_PROM;
        return r;
}

const struct tn_verb tn_verb_overview = {
        .name = "",
        .help = "this machine on one screen",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct overview),
        .build = overview_build,
        .render = { [TN_FORM_TEXT] = tn_overview_text, [TN_FORM_PROM] = tn_overview_prom },
};
