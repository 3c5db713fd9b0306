/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/dkms.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/vec.h"

#define CONF_MAX ((size_t)1 << 20)

/* The names in a directory that are directories themselves, no links: "kernel-RELEASE-ARCH" is one. */
struct names {
        TN_VEC_FIELDS(char *);
};

static void names_fini(struct names *names)
{
        for (size_t i = 0; i < names->n; i++)
                free(names->v[i]);
        tn_vec_fini(names);
}

static int compare_versions(const void *a, const void *b)
{
        return strverscmp(*(char *const *)a, *(char *const *)b);
}

static int add_name(struct names *names, const char *name)
{
        char *copy = strdup(name);

        if (copy && tn_vec_add(names, copy) == 0)
                return 0;
        free(copy);
        return -ENOMEM;
}

static int list(const struct tn_dir *root, const char *path, struct names *ret_names)
{
        _cleanup_(closedirp) DIR *stream = NULL;
        struct dirent *entry;
        int r = tn_dir_stream_take(tn_dir_open(root, path, O_DIRECTORY), &stream);

        while (r == 0 && (entry = readdir(stream)))
                if (entry->d_name[0] != '.' && (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN))
                        r = add_name(ret_names, entry->d_name);
        if (r == 0 && ret_names->n)
                qsort(ret_names->v, ret_names->n, sizeof(*ret_names->v), compare_versions);
        return r;
}

static bool has_name(const struct names *names, struct span name)
{
        for (size_t i = 0; i < names->n; i++)
                if (tn_span_eq(tn_span_of(names->v[i]), name))
                        return true;
        return false;
}

/* One module: its versions, and the kernels that one of them was built for. */
struct module {
        const struct tn_dir *root;
        const char *name;
        struct names versions, kernels;
        struct tn_buf path;
};

static const char *path_of(struct module *module, const char *version, const char *rest)
{
        tn_buf_reset(&module->path);
        tn_buf_addf(&module->path, TN_DKMS_TREE "/%s%s%s%s", module->name, version ? "/" : "",
                    version ? version : "", rest);
        return tn_buf_str(&module->path);
}

static bool excludes_kernels(struct module *module, const char *version)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        _cleanup_(closep) int fd = -1;

        if (!path_of(module, version, "/source/dkms.conf"))
                return false;
        fd = tn_dir_open_regular(module->root, module->path.ptr);
        return fd >= 0 && tn_file_read(fd, CONF_MAX, &text) == 0 && tn_buf_str(&text) &&
               strstr(text.ptr, "BUILD_EXCLUSIVE_");
}

static int load(struct module *module)
{
        int r = path_of(module, NULL, "") ? list(module->root, module->path.ptr, &module->versions) : -ENOMEM;

        for (size_t i = 0; r == 0 && i < module->versions.n; i++)
                r = path_of(module, module->versions.v[i], "")
                            ? list(module->root, module->path.ptr, &module->kernels)
                            : -ENOMEM;
        return r;
}

/* What is beside the kernels in the directory of a version is no kernel: "build", "source". */
static bool was_built(const struct module *module)
{
        for (size_t i = 0; i < module->kernels.n; i++)
                if (strcmp(module->kernels.v[i], "build") != 0 && strcmp(module->kernels.v[i], "source") != 0)
                        return true;
        return false;
}

static int check_module(struct module *module, struct span releases, struct tn_findings *findings)
{
        const char *version;
        struct span release;
        int r = load(module);

        if (r < 0 || !module->versions.n || !was_built(module))
                return r;
        version = module->versions.v[module->versions.n - 1];
        while (r == 0 && (release = tn_span_word(&releases, " ")).len) {
                if (has_name(&module->kernels, release))
                        continue;
                r = tn_findings_add(findings,
                                    (struct tn_finding){ .code = TN_FINDING_DKMS_MISSING,
                                                         .guess = excludes_kernels(module, version),
                                                         .name = module->name,
                                                         .subject = version,
                                                         .other = tn_arena_dup(&findings->arena, release) });
        }
        return r;
}

int tn_dkms_check(const struct tn_dir *root, struct span releases, struct tn_findings *findings)
{
        _cleanup_(names_fini) struct names names = { 0 };
        bool hidden = false;
        int r = list(root, TN_DKMS_TREE, &names);

        if (r < 0)
                return r == -ENOENT ? 0 : r == -ENOMEM ? r : 1;
        for (size_t i = 0; r != -ENOMEM && i < names.n; i++) {
                struct module module = { .root = root, .name = names.v[i] };

                r = check_module(&module, releases, findings);
                hidden |= r < 0;
                names_fini(&module.versions);
                names_fini(&module.kernels);
                tn_buf_fini(&module.path);
        }
        return r == -ENOMEM ? r : hidden;
}
