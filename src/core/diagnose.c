/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/diagnose.h"
#include "format/cmdopts.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/escape.h"

/* As many symbols, or parameters, as fit into a line that one reads. */
#define NAMES_MAX 6

typedef void say_fn(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines);

static void say_no_modules(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        if (refusal->policy.no_modules)
                tn_escape_addf(lines, "the running kernel, %s, was built without support for modules\n",
                               refusal->release);
        else if (refusal->facts_err == -ENOSYS)
                tn_buf_add_str(lines, "neither the kernel nor an installed library can decompress it\n");
}

static bool kernel_blacklists(const struct tn_diagnose_refusal *refusal)
{
        struct span rest = refusal->blacklist, name;

        while (tn_span_split(&rest, ',', &name))
                if (tn_span_eq(name, tn_span_of(refusal->name)))
                        return true;
        return false;
}

static void say_not_permitted(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        const struct tn_kernel_policy *policy = &refusal->policy;

        if (refusal->err == -EACCES && refusal->facts_err == -EACCES) {
                tn_buf_add_str(lines, "this user may not read the file\n");
                return;
        }
        if (policy->no_right)
                tn_buf_add_str(
                        lines,
                        "it takes the capability CAP_SYS_MODULE, as root has it outside of containers\n");
        if (policy->disabled)
                tn_buf_add_str(lines,
                               "kernel.modules_disabled is 1: nothing can be loaded before the next boot\n");
        if (kernel_blacklists(refusal))
                tn_buf_add_str(lines, "module_blacklist= on the kernel command line names it\n");
        if (policy->lockdown[0])
                tn_escape_addf(lines,
                               "the kernel is locked down (%s) and takes no module without a signature\n",
                               policy->lockdown);
}

static void say_signature(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        (void)refusal;
        tn_buf_add_str(
                lines,
                "the kernel takes only modules signed with a key that it knows; modinfo shows the signer\n");
}

static void say_damaged(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        if (refusal->facts_err == -EINVAL)
                tn_buf_add_str(lines, "the file is damaged, or cut off\n");
}

static void say_format(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        struct span magic, built;

        if (!refusal->facts) {
                tn_escape_addf(lines, "the file is %s\n",
                               refusal->facts_err == -ENOEXEC ? "no module at all" : "damaged, or cut off");
                return;
        }
        magic = tn_facts_info(refusal->facts, SPAN("vermagic"));
        built = tn_span_head(magic, tn_span_chr(magic, ' '));
        if (magic.len && !tn_span_eq(built, tn_span_of(refusal->release)))
                tn_escape_addf(lines,
                               "it was built for %s, and %s is running: boot that kernel, or build it for "
                               "this one\n",
                               TN_BRIEF(built), refusal->release);
        else if (magic.len)
                tn_escape_addf(lines, "its vermagic is '%s'; dmesg has the kernel's\n", TN_BRIEF(magic));
}

static void say_no_file(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        if (refusal->facts_err == -ENOENT)
                tn_buf_add_str(lines, "its file is not there: run depmod\n");
}

static void add_name(struct tn_buf *names, size_t i, struct span name)
{
        if (i > NAMES_MAX)
                return;
        tn_buf_add_str(names, i ? ", " : "");
        if (i == NAMES_MAX)
                tn_buf_add_str(names, "...");
        else
                tn_escape_add(name, TN_ESCAPE_ALL, names);
}

/* One line for each module that is not loaded and exports what this one needs. */
static void say_exporters(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        const struct tn_diagnose_export *exports = refusal->exports;

        for (size_t i = 0; i < refusal->n_exports; i++) {
                _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
                size_t n = 0;
                bool told = exports[i].loaded;

                for (size_t j = 0; j < i && !told; j++)
                        told = strcmp(exports[j].module, exports[i].module) == 0;
                for (size_t j = i; j < refusal->n_exports && !told; j++)
                        if (strcmp(exports[j].module, exports[i].module) == 0)
                                add_name(&names, n++, exports[j].symbol);
                if (!told)
                        tn_escape_addf(lines, "it needs %s, which is not loaded, for %s\n", exports[i].module,
                                       tn_buf_str(&names) ? names.ptr : "its symbols");
        }
}

static bool has_parameter(const struct tn_facts *facts, struct span name)
{
        const struct tn_modinfo *info;

        tn_vec_each (info, &facts->info) {
                struct span own = tn_span_head(info->value, tn_span_chr(info->value, ':'));

                if (tn_span_starts(info->key, SPAN("parm")) && tn_span_eq(own, name))
                        return true;
        }
        return false;
}

static void say_its_parameters(const struct tn_facts *facts, struct tn_buf *lines)
{
        const struct tn_modinfo *info;
        size_t n = 0;

        tn_vec_each (info, &facts->info) {
                if (!tn_span_eq(info->key, SPAN("parmtype")))
                        continue;
                tn_buf_add_str(lines, n ? "" : "; it has: ");
                add_name(lines, n++, tn_span_head(info->value, tn_span_chr(info->value, ':')));
        }
        tn_buf_add_char(lines, '\n');
}

/* dyndbg is every module's. '-' and '_' are the same in parameters. */
static void say_parameters(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = tn_span_of(refusal->options);

        while (refusal->facts && tn_cmdopts_next(&rest, &word) > 0) {
                struct span name = tn_span_head(tn_buf_span(&word), tn_span_chr(tn_buf_span(&word), '='));

                for (size_t i = 0; i < name.len; i++)
                        if (word.ptr[i] == '-')
                                word.ptr[i] = '_';
                if (name.len == 0 || has_parameter(refusal->facts, name) || tn_span_eq(name, SPAN("dyndbg")))
                        continue;
                tn_escape_addf(lines, "it has no parameter '%s'", TN_BRIEF(name));
                say_its_parameters(refusal->facts, lines);
        }
}

/* A parameter of the module in the value of another: two that were given as one argument. */
static void say_joined(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf word = { 0 };
        struct span rest = tn_span_of(refusal->options);

        while (refusal->facts && tn_cmdopts_next(&rest, &word) > 0) {
                struct span name = tn_span_head(tn_buf_span(&word), tn_span_chr(tn_buf_span(&word), '='));
                struct span value = tn_span_skip(tn_buf_span(&word), name.len), part;

                tn_span_split(&value, ' ', &part);
                while (tn_span_split(&value, ' ', &part)) {
                        size_t equal = tn_span_chr(part, '=');

                        if (equal < part.len && has_parameter(refusal->facts, tn_span_head(part, equal)))
                                tn_buf_addf(
                                        lines,
                                        "'%.*s' is part of the value of '%.*s': give each parameter as an "
                                        "argument of its own\n",
                                        SPAN_FMT(part), SPAN_FMT(name));
                }
        }
}

static void say_dmesg(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        (void)refusal;
        if (lines->len == 0)
                tn_buf_add_str(lines, "dmesg has what the kernel says of it\n");
}

/* What is asked for each answer of the kernel, in this order. */
static const struct {
        int err;
        say_fn *say;
} table[] = {
        { ENOSYS, say_no_modules },     { EPERM, say_not_permitted },    { EACCES, say_not_permitted },
        { ENOKEY, say_signature },      { EKEYREJECTED, say_signature }, { EKEYEXPIRED, say_signature },
        { EKEYREVOKED, say_signature }, { ENOEXEC, say_format },         { ENOENT, say_no_file },
        { ENOENT, say_exporters },      { ENOENT, say_parameters },      { EINVAL, say_damaged },
        { EINVAL, say_parameters },     { ENOENT, say_dmesg },           { EINVAL, say_dmesg },
        { ENOEXEC, say_dmesg },         { EINVAL, say_joined },
};

int tn_diagnose_refusal(const struct tn_diagnose_refusal *refusal, struct tn_buf *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf own = { 0 };

        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                if (table[i].err == -refusal->err)
                        table[i].say(refusal, &own);
        if (tn_buf_error(&own) < 0)
                return tn_buf_error(&own);
        tn_buf_add_span(lines, tn_buf_span(&own));
        return tn_buf_error(lines);
}

int tn_diagnose_missing(const struct tn_diagnose_missing *missing, struct tn_buf *lines)
{
        if (missing->no_dir) {
                tn_escape_addf(lines, "there are no modules for %s%s", missing->version,
                               missing->running ? ", the running kernel" : "");
                if (missing->others.len)
                        tn_escape_addf(lines, "; there are for %.*s", SPAN_FMT(missing->others));
                tn_buf_add_char(lines, '\n');
                if (missing->running)
                        tn_buf_add_str(lines,
                                       "they may have been replaced by an update: reboot, or install them\n");
        } else if (missing->no_modules) {
                tn_buf_add_str(lines, "there are no modules in it\n");
        } else if (missing->file.len) {
                tn_escape_addf(lines, "%.*s is there, but no index knows it: run depmod %s\n",
                               SPAN_FMT(missing->file), missing->version);
        }
        return tn_buf_error(lines);
}

int tn_diagnose_link(struct span text, int err, struct tn_buf *lines)
{
        if (err != -ELOOP && err != -ENOENT)
                return 0;
        tn_escape_addf(lines, "it is a symbolic link to %.*s, which %s\n", SPAN_FMT(text),
                       err == -ELOOP ? "leads back to it" : "is not there");
        if (!tn_span_starts(text, SPAN("/")))
                tn_buf_add_str(lines, "a relative path in a link counts from the directory of the link: "
                                      "make it with ln -sr, or with an absolute path\n");
        return tn_buf_error(lines);
}
