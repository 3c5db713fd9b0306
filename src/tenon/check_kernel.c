/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "cli/progress.h"
#include "core/catalog_facts.h"
#include "core/firmware.h"
#include "core/gates.h"
#include "core/upgrade.h"
#include "format/modname.h"
#include "format/procmod.h"
#include "kernel/kernel.h"
#include "tenon/check.h"
#include "util/cleanup.h"
#include "util/set.h"

/*
 * tenon check --kernel RELEASE: what would be different with that kernel. All modules that are loaded, or those that are
 * named, and those of its tree that are not the kernel's own, are held against it.
 */
struct preflight {
        struct tn_check *check;
        struct tn_document *doc;
        struct tn_world world; /* of the other kernel */
        struct tn_upgrade upgrade;
        struct tn_gates *gates; /* of the other kernel */
        struct tn_arena arena;
        struct tn_buf loaded, devices; /* /proc/modules; modaliases */
        struct tn_set names;           /* modules that are looked at */
        TN_VEC(const char *) queue;    /* the same, in their order */
        struct json_object *list;
        struct tn_progress progress;
};

static const struct tn_evidence_tool me = { "tenon check", "--root", "-k", "tenon check" };

static bool kernel_is_wanted(const struct tn_check *check, char **operands)
{
        (void)operands;
        return check->kernel;
}

static bool is_loaded(void *data, const char *name)
{
        const struct preflight *preflight = data;
        struct tn_procmod mod;

        return tn_procmod_find(tn_buf_span(&preflight->loaded), tn_span_of(name), &mod);
}

/* A path of the catalog: the kernel's own modules are below "kernel". */
static bool is_foreign(const struct tn_catalog *catalog, struct span path)
{
        const char *dir = tn_catalog_dir(catalog);
        size_t len = strlen(dir);

        if (len < path.len && strncmp(path.ptr, dir, len) == 0 && path.ptr[len] == '/')
                path = tn_span_skip(path, len + 1);
        return !tn_span_starts(path, SPAN("kernel/"));
}

/* The values of a key, each with its NUL. */
static void collect(const struct tn_facts *facts, const char *key, struct tn_buf *values)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info) {
                if (!tn_span_eq(info->key, tn_span_of(key)))
                        continue;
                tn_buf_add_span(values, info->value);
                tn_buf_add_char(values, '\0');
        }
}

/*
 * A module names many files and takes the first that is there: some are always missing. It is lost firmware when none is
 * there of those that the new module names, and one was of the old one's.
 */
static int check_firmware(struct preflight *preflight, const struct tn_gates_module *module,
                          struct tn_findings *findings)
{
        const struct tn_upgrade *up = &preflight->upgrade;
        const struct tn_firmware *will = module->firmware;
        struct tn_firmware was = { 0 };
        int r = 0;

        if (will && will->named && will->missing == will->named)
                r = tn_firmware_look(up->from, up->running, module->name, &was);
        if (r == 0 && was.named > was.missing)
                r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_FIRMWARE_MISSING,
                                                                   .name = module->name,
                                                                   .subject = will->first });
        tn_firmware_fini(&was);
        return r;
}

/* Findings of the gates, but for firmware, which check_firmware() judges. */
static int check_file(struct preflight *preflight, const char *name)
{
        struct tn_gates_object object = { .text = name };
        _cleanup_(tn_gates_report_fini) struct tn_gates_report report = { 0 };
        struct tn_findings kept = { 0 };
        const struct tn_gates_module *module;
        const struct tn_finding *finding;
        int r = tn_gates_check(preflight->gates, &object, &report);

        tn_vec_each (finding, &report.findings.list)
                if (r == 0 && finding->code != TN_FINDING_FIRMWARE_MISSING)
                        r = tn_findings_add(&kept, *finding);
        tn_vec_each (module, &report.modules)
                if (r == 0)
                        r = check_firmware(preflight, module, &kept);
        tn_check_add_findings(preflight->check, &kept, preflight->doc);
        tn_check_add_incompletes(&report.incompletes, preflight->doc);
        tn_findings_fini(&kept);
        return r;
}

static int check_gone(struct preflight *preflight, const char *name)
{
        struct tn_upgrade_gone gone = { .name = name };
        struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 }, aliases = { 0 };
        struct tn_facts facts = { 0 };
        struct tn_procmod mod;
        int r = tn_catalog_find_path(preflight->upgrade.from, tn_span_of(name), &path);

        gone.foreign = r < 0 || is_foreign(preflight->upgrade.from, tn_buf_span(&path));
        if (tn_procmod_find(tn_buf_span(&preflight->loaded), tn_span_of(name), &mod))
                gone.held = mod.holders.len > 0;
        if (!gone.foreign &&
            tn_catalog_facts_of(preflight->upgrade.from, tn_span_of(name), TN_FACTS_INFO, &facts) == 0)
                collect(&facts, "alias", &aliases);
        gone.aliases = tn_buf_span(&aliases);
        r = tn_buf_error(&aliases);
        if (r == 0)
                r = tn_upgrade_missed(&preflight->upgrade, &gone, &findings);
        tn_check_add_findings(preflight->check, &findings, preflight->doc);
        tn_findings_fini(&findings);
        tn_facts_fini(&facts);
        return r;
}

static int check_module(struct preflight *preflight, const char *name)
{
        static const char *const hows[] = {
                [TN_UPGRADE_FILE] = "file",
                [TN_UPGRADE_BUILTIN] = "builtin",
                [TN_UPGRADE_GONE] = "gone",
        };
        struct tn_document *doc = preflight->doc;
        struct json_object *to;
        enum tn_upgrade_how how;
        int r = tn_upgrade_find(&preflight->upgrade, tn_span_of(name), &how);
        if (r < 0)
                return r;
        to = tn_json_add_object(&doc->json, preflight->list, NULL);
        tn_json_add_str(&doc->json, to, "name", name);
        tn_json_add_str(&doc->json, to, "how", hows[how]);
        tn_json_add_bool(&doc->json, to, "loaded", is_loaded(preflight, name));
        switch (how) {
        case TN_UPGRADE_FILE: return check_file(preflight, name);
        case TN_UPGRADE_GONE: return check_gone(preflight, name);
        default: return 0;
        }
}

static int enqueue(void *data, const char *name)
{
        struct preflight *preflight = data;
        int r = tn_set_add_copy(&preflight->names, &preflight->arena, tn_span_of(name));
        const char *kept;

        if (r <= 0)
                return r;
        kept = tn_arena_dup(&preflight->arena, tn_span_of(name));
        return kept ? tn_vec_add(&preflight->queue, kept) : -ENOMEM;
}

static int expect(struct preflight *preflight, const char *const *names, size_t n)
{
        struct tn_gates_object objects[TN_GATES_EXPECT_MAX];
        size_t n_objects = 0;

        for (size_t i = 0; i < n; i++) {
                enum tn_upgrade_how how;

                if (tn_upgrade_find(&preflight->upgrade, tn_span_of(names[i]), &how) == 0 &&
                    how == TN_UPGRADE_FILE)
                        objects[n_objects++] = (struct tn_gates_object){ .text = names[i] };
        }
        return tn_gates_expect(preflight->gates, objects, n_objects);
}

static int check_queue(struct preflight *preflight)
{
        const char *const *names = preflight->queue.v;
        size_t total = preflight->queue.n;
        int r = 0;

        for (size_t i = 0; r == 0 && i < total; i++) {
                tn_progress_tell(&preflight->progress, (uint32_t)i, (uint32_t)total);
                if (i % TN_GATES_EXPECT_MAX == 0)
                        r = expect(preflight, names + i, MIN(total - i, TN_GATES_EXPECT_MAX));
                if (r == 0)
                        r = check_module(preflight, names[i]);
        }
        return r;
}

static int enqueue_named(struct preflight *preflight, char **operands)
{
        int r = 0;

        for (size_t i = 0; r == 0 && operands[i]; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

                tn_modname_from_path(tn_span_of(operands[i]), &name);
                r = tn_buf_str(&name) ? enqueue(preflight, name.ptr) : -ENOMEM;
        }
        return r;
}

/* Those of the other kernel's tree that were not built with it. */
static int enqueue_foreign(struct preflight *preflight)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, line;
        int r = tn_catalog_dump(preflight->upgrade.to, TN_CATALOG_DEP, &text);

        for (rest = tn_buf_span(&text); r == 0 && tn_span_split(&rest, '\n', &line);) {
                struct span word = tn_span_word(&line, " "), path = tn_span_word(&line, " ");
                _cleanup_(freep) char *name = NULL;

                path.len = tn_span_chr(path, ':');
                if (!path.len || !is_foreign(preflight->upgrade.to, path))
                        continue;
                name = tn_span_dup(word);
                r = name ? enqueue(preflight, name) : -ENOMEM;
        }
        return r == -EINVAL ? 0 : r;
}

static int enqueue_all(struct preflight *preflight)
{
        int r = tn_check_each_loaded(&preflight->loaded, enqueue, preflight);

        return r < 0 ? r : enqueue_foreign(preflight);
}

static int check_devices(struct preflight *preflight)
{
        struct tn_findings findings = { 0 };
        int r = tn_upgrade_devices(&preflight->upgrade, is_loaded, preflight, &findings);

        tn_check_add_findings(preflight->check, &findings, preflight->doc);
        tn_findings_fini(&findings);
        return r;
}

/* What the running machine has; on another system nothing is loaded. */
static void look_at_machine(struct preflight *preflight)
{
        int r;

        if (!preflight->check->run.live)
                return;
        r = tn_kernel_modules(&preflight->loaded);
        if (r < 0)
                tn_document_add_incomplete(preflight->doc, "the loaded modules (/proc/modules)",
                                           strerror(-r));
        r = tn_kernel_modaliases(&preflight->devices);
        if (r < 0)
                tn_document_add_incomplete(preflight->doc, "the devices of this machine (/sys)",
                                           strerror(-r));
        preflight->upgrade.devices = tn_buf_span(&preflight->devices);
}

static int open_other(struct preflight *preflight)
{
        struct tn_run *run = &preflight->check->run;
        struct tn_document *doc = preflight->doc;
        _cleanup_(tn_incompletes_fini) struct tn_incompletes incompletes = { 0 };
        struct tn_gates_from from = { &preflight->world, false, &me };
        struct stat st;
        int r;

        preflight->world.root = run->root;
        preflight->world.release = preflight->check->kernel;
        r = tn_world_open(&preflight->world, TN_WORLD_ROOT | TN_WORLD_CONFIG | TN_WORLD_CATALOG);
        if (r == 0)
                r = tn_dir_stat(&preflight->world.dir, "modules.dep", &st);
        if (r < 0) {
                tn_document_add_incomplete(
                        doc, preflight->world.dir.path ? preflight->world.dir.path : preflight->check->kernel,
                        strerror(-r));
                doc->status = TN_STATUS_UNKNOWN;
                return r;
        }
        r = tn_gates_open(&from, &preflight->gates, &incompletes);
        tn_check_add_incompletes(&incompletes, doc);
        preflight->upgrade.from = run->world.catalog;
        preflight->upgrade.to = preflight->world.catalog;
        preflight->upgrade.running = run->kernel.ptr;
        preflight->upgrade.release = preflight->check->kernel;
        return r;
}

static int run_preflight(struct preflight *preflight, char **operands)
{
        struct tn_document *doc = preflight->doc;
        struct json_object *to = tn_json_add_object(&doc->json, tn_document_result(doc), "kernel");
        int r = open_other(preflight);

        tn_json_add_str(&doc->json, to, "release", preflight->check->kernel);
        preflight->list = tn_json_add_array(&doc->json, to, "modules");
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        look_at_machine(preflight);
        tn_progress_begin(&preflight->progress, "tenon", "modules");
        r = operands[0] ? enqueue_named(preflight, operands) : enqueue_all(preflight);
        if (r == 0)
                r = check_queue(preflight);
        if (r == 0 && !operands[0])
                r = check_devices(preflight);
        tn_progress_clear(&preflight->progress);
        return r;
}

static int kernel_build(struct tn_check *check, char **operands, struct tn_document *doc)
{
        struct preflight preflight = { .check = check, .doc = doc };
        int r;

        if (!*check->kernel || strchr(check->kernel, '/'))
                return tn_run_usage(doc, "--kernel takes the release of a kernel, as uname -r prints it");
        r = tn_run_open(&check->run, TN_WORLD_ROOT | TN_WORLD_CONFIG | TN_WORLD_CATALOG, doc);
        if (r < 0)
                return 0;
        r = run_preflight(&preflight, operands);
        tn_gates_close(preflight.gates);
        tn_world_close(&preflight.world);
        tn_vec_fini(&preflight.queue);
        tn_set_fini(&preflight.names);
        tn_arena_fini(&preflight.arena);
        tn_buf_fini(&preflight.loaded);
        tn_buf_fini(&preflight.devices);
        return r;
}

/* "87 modules: 84 as files, 2 built in, 1 gone" */
static void kernel_text(const struct json_object *root, struct tn_text *text)
{
        static const struct {
                const char *how, *words;
        } hows[] = { { "file", "as files" }, { "builtin", "built in" }, { "gone", "not there" } };
        const struct json_object *kernel = tn_json_object(tn_json_object(root, "result"), "kernel"),
                                 *list = tn_json_array(kernel, "modules");
        const char *sep = ": ";

        if (!kernel)
                return;
        tn_text_style(text, TN_STYLE_BOLD, tn_json_str(kernel, "release"));
        tn_text_add(text, ": %zu module%s looked at", tn_json_count(list),
                    tn_json_count(list) == 1 ? "" : "s");
        for (size_t i = 0; i < ARRAY_SIZE(hows); i++) {
                size_t n = 0;

                for (size_t j = 0; j < tn_json_count(list); j++)
                        n += strcmp(tn_json_str(tn_json_at(list, j), "how"), hows[i].how) == 0;
                if (!n)
                        continue;
                tn_text_add(text, "%s%zu %s", sep, n, hows[i].words);
                sep = ", ";
        }
        tn_text_add(text, "\n");
}

const struct tn_check_part tn_check_kernel = {
        .is_wanted = kernel_is_wanted,
        .build = kernel_build,
        .text = kernel_text,
};
