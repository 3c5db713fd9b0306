/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tenon/overview.h"
#include "util/cleanup.h"

#define COLUMN 11

/* A line: what it is about, and the rest, which is wrapped. */
static void line(struct tn_text *text, const char *name, struct tn_buf *rest)
{
        if (!tn_buf_str(rest)) {
                text->out->err = tn_buf_error(rest);
                return;
        }
        tn_text_style(text, TN_STYLE_BOLD, name);
        tn_text_add(text, "%*s", COLUMN - (int)strlen(name), "");
        tn_text_wrap(text, COLUMN, COLUMN, rest->ptr);
        tn_buf_reset(rest);
}

/* "1 module", "2 modules" */
static void add_count(struct tn_buf *out, int64_t n, const char *noun)
{
        tn_buf_addf(out, "%lld %s%s", (long long)n, noun, n == 1 ? "" : "s");
}

static void add_list(struct tn_buf *out, const struct json_object *list, const char *none)
{
        if (!tn_json_count(list))
                tn_buf_add_str(out, none);
        for (size_t i = 0; i < tn_json_count(list); i++)
                tn_buf_addf(out, "%s%s", i ? ", " : "", tn_json_str_at(list, i));
}

static void kernel_line(const struct json_object *result, struct tn_text *text, struct tn_buf *rest)
{
        const struct json_object *kernel = tn_json_object(result, "kernel");

        if (!tn_json_has(kernel, "release"))
                return;
        tn_buf_addf(rest, "%s%s", tn_json_str(kernel, "release"),
                    tn_json_bool(kernel, "running") ? "" : ", which is not running");
        if (tn_json_has(kernel, "newer"))
                tn_buf_addf(rest, "; %s is installed, too", tn_json_str(kernel, "newer"));
        line(text, "kernel", rest);
        if (!tn_json_has(kernel, "taints"))
                return;
        add_list(rest, tn_json_array(kernel, "taints"), "none");
        line(text, "taints", rest);
}

static void modules_line(const struct json_object *result, struct tn_text *text, struct tn_buf *rest)
{
        const struct json_object *modules = tn_json_object(result, "modules"),
                                 *tree = tn_json_object(result, "tree");
        int64_t loaded = tn_json_int(modules, "loaded");

        if (modules) {
                tn_buf_addf(rest, "%lld loaded", (long long)loaded);
                if (loaded)
                        tn_buf_addf(rest, ", %lld of them in use, %lld KiB in all",
                                    (long long)tn_json_int(modules, "used"),
                                    (long long)tn_json_int(modules, "size") / 1024);
                line(text, "modules", rest);
        }
        if (!tree)
                return;
        add_count(rest, tn_json_int(tree, "modules"), "module");
        tn_buf_addf(rest, " in %s, %lld built in", tn_json_str(tree, "path"),
                    (long long)tn_json_int(tree, "builtin"));
        line(text, "tree", rest);
}

static void trust_line(const struct json_object *result, struct tn_text *text, struct tn_buf *rest)
{
        const struct json_object *trust = tn_json_object(result, "trust");
        const char *signatures = tn_json_str(trust, "signatures");

        if (!trust)
                return;
        if (!tn_json_bool(trust, "supported"))
                tn_buf_add_str(rest, "this kernel was built without modules");
        else if (tn_json_bool(trust, "disabled"))
                tn_buf_add_str(rest, "no module can be loaded or removed until the next boot");
        else if (strcmp(signatures, "enforced") == 0)
                tn_buf_add_str(rest, "signed modules only");
        else if (strcmp(signatures, "checked") == 0)
                tn_buf_add_str(rest, "signatures are checked; unsigned modules load, too");
        else
                tn_buf_add_str(rest, "the kernel does not say whether it checks signatures");
        if (tn_json_has(trust, "lockdown"))
                tn_buf_addf(rest, "; lockdown: %s", tn_json_str(trust, "lockdown"));
        line(text, "trust", rest);
}

static void policy_line(const struct json_object *result, struct tn_text *text, struct tn_buf *rest)
{
        const struct json_object *policy = tn_json_object(result, "policy"),
                                 *kernel = tn_json_array(policy, "kernel_blacklist");
        int64_t refused = tn_json_int(policy, "refused"), commands = tn_json_int(policy, "commands");

        if (!policy)
                return;
        tn_buf_addf(rest, "%lld blacklisted, %lld refused by install lines",
                    (long long)tn_json_int(policy, "blacklisted"), (long long)refused);
        if (commands) {
                tn_buf_add_str(rest, ", ");
                add_count(rest, commands, "install command");
        }
        if (tn_json_count(kernel)) {
                tn_buf_add_str(rest, "; the kernel itself refuses ");
                add_list(rest, kernel, "");
        }
        if (tn_json_has(policy, "helper"))
                tn_buf_addf(rest, "; the kernel %s%s",
                            *tn_json_str(policy, "helper") ? "calls " : "calls nobody",
                            tn_json_str(policy, "helper"));
        line(text, "policy", rest);
}

void tn_overview_text(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *result = tn_json_object(root, "result"),
                                 *image = tn_json_object(result, "image");
        _cleanup_(tn_buf_fini) struct tn_buf rest = { 0 };

        kernel_line(result, text, &rest);
        modules_line(result, text, &rest);
        trust_line(result, text, &rest);
        policy_line(result, text, &rest);
        if (!image)
                return;
        tn_buf_add_str(&rest, tn_json_str(image, "path"));
        if (tn_json_has(image, "older_than"))
                tn_buf_addf(&rest, ", older than %s", tn_json_str(image, "older_than"));
        line(text, "initramfs", &rest);
}

/* The text format of Prometheus: a value that is absent in the document is no line. */
void tn_overview_prom(const struct json_object *root, struct tn_text *text)
{
        static const struct {
                const char *part, *key, *name, *help;
        } metrics[] = {
                { "modules", "loaded", "modules_loaded", "Modules that are loaded." },
                { "modules", "used", "modules_used", "Loaded modules that something uses." },
                { "modules", "size", "modules_size_bytes", "Memory of the loaded modules." },
                { "tree", "modules", "tree_modules", "Modules in the tree of the kernel." },
                { "tree", "builtin", "tree_builtin", "Modules that are built into the kernel." },
                { "policy", "blacklisted", "policy_blacklisted", "Lines that blacklist a module." },
                { "policy", "refused", "policy_refused", "Install lines that refuse a module." },
                { "policy", "commands", "policy_commands", "Install lines with another command." },
        };
        const struct json_object *result = tn_json_object(root, "result");
        const struct json_object *taints = tn_json_array(tn_json_object(result, "kernel"), "taints");

        for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
                const struct json_object *part = tn_json_object(result, metrics[i].part);

                if (tn_json_has(part, metrics[i].key))
                        tn_text_add(text, "# HELP tenon_%s %s\n# TYPE tenon_%s gauge\ntenon_%s %lld\n",
                                    metrics[i].name, metrics[i].help, metrics[i].name, metrics[i].name,
                                    (long long)tn_json_int(part, metrics[i].key));
        }
        if (tn_json_count(taints))
                tn_text_add(text, "# HELP tenon_kernel_taint What taints the kernel.\n"
                                  "# TYPE tenon_kernel_taint gauge\n");
        for (size_t i = 0; i < tn_json_count(taints); i++)
                tn_text_add(text, "tenon_kernel_taint{taint=\"%s\"} 1\n", tn_json_str_at(taints, i));
}
