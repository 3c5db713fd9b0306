/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/detect.h"
#include "core/detect_name.h"
#include "format/modname.h"
#include "util/cleanup.h"

/* What people put between names. */
#define SEPARATORS " \t\n,"

#define NAME(code_, ...)                                                                                     \
        ((struct tn_finding){ .code = TN_FINDING_##code_, .name = evidence->asked, __VA_ARGS__ })

typedef int detect_fn(const struct tn_evidence_name *evidence, struct tn_findings *findings);

static bool is_known(const struct tn_evidence_name *evidence, struct span name)
{
        return name.len && tn_detect_like_known(evidence->names, name);
}

static bool is_running(const struct tn_evidence_name *evidence)
{
        return !evidence->base && strcmp(evidence->version, evidence->release) == 0;
}

static struct span one_of(struct span words)
{
        return words.len && tn_span_chr(words, ' ') == words.len ? words : SPAN("");
}

/* Dashes and quotes that word processors put in the place of those of the keyboard, in UTF-8. */
static const struct {
        struct span sign;
        const char *what, *plain;
} signs[] = {
        { SPAN("\xe2\x80\x90"), "dash", "-" }, { SPAN("\xe2\x80\x91"), "dash", "-" },
        { SPAN("\xe2\x80\x92"), "dash", "-" }, { SPAN("\xe2\x80\x93"), "dash", "-" },
        { SPAN("\xe2\x80\x94"), "dash", "-" }, { SPAN("\xe2\x80\x95"), "dash", "-" },
        { SPAN("\xe2\x88\x92"), "dash", "-" }, { SPAN("\xe2\x80\x98"), "quote", "" },
        { SPAN("\xe2\x80\x99"), "quote", "" }, { SPAN("\xe2\x80\x9c"), "quote", "" },
        { SPAN("\xe2\x80\x9d"), "quote", "" },
};

static int detect_typographic(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf plain = { 0 };
        struct span rest = tn_span_of(evidence->asked);
        const char *what = NULL;

        while (rest.len) {
                size_t i = 0;

                while (i < ARRAY_SIZE(signs) && !tn_span_starts(rest, signs[i].sign))
                        i++;
                if (i == ARRAY_SIZE(signs)) {
                        tn_buf_add_char(&plain, rest.ptr[0]);
                        rest = tn_span_skip(rest, 1);
                        continue;
                }
                what = what ? what : signs[i].what;
                tn_buf_add_str(&plain, signs[i].plain);
                rest = tn_span_skip(rest, signs[i].sign.len);
        }
        if (!what)
                return 0;
        if (!tn_buf_str(&plain))
                return -ENOMEM;
        return tn_findings_add(findings, NAME(NAME_TYPOGRAPHIC, .subject = plain.ptr, .value = what));
}

static int detect_file_here(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        return evidence->here ? tn_findings_add(findings, NAME(NAME_IS_FILE, .path = evidence->here)) : 0;
}

static int detect_no_base(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        if (evidence->twice)
                return tn_findings_add(findings,
                                       NAME(BASE_TWICE, .path = evidence->base, .subject = evidence->twice,
                                            .other = evidence->tool->base, .value = evidence->tool->name));
        if (!evidence->base_there)
                return tn_findings_add(findings, NAME(BASE_MISSING, .path = evidence->base));
        return 0;
}

static int detect_no_dir(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf use = { 0 };
        struct span one = one_of(evidence->others);
        const char *others = evidence->others.len ? evidence->others.ptr : NULL;

        if (evidence->dir_there)
                return 0;
        if (is_running(evidence))
                return tn_findings_add(findings,
                                       NAME(TREE_MISSING, .subject = evidence->version, .other = others));
        tn_buf_addf(&use, "%s %.*s", evidence->tool->version, SPAN_FMT(one));
        if (!tn_buf_str(&use))
                return -ENOMEM;
        return tn_findings_add(findings, NAME(VERSION_MISSING, .subject = evidence->version, .other = others,
                                              .value = one.len ? use.ptr : NULL));
}

static int detect_no_modules(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        if (evidence->tree.has_files)
                return 0;
        return tn_findings_add(findings,
                               NAME(TREE_EMPTY, .path = evidence->dir, .subject = evidence->version));
}

/* Why the file of that name is in no index, also after depmod; NULL: nothing keeps it out. */
static const char *left_out(const struct tn_evidence_name *evidence)
{
        if (!tn_modname_is_found(tn_span_of(evidence->name)))
                return "no module can be asked for by its name";
        if (evidence->tree.excluded)
                return "its configuration excludes it";
        return evidence->tree.is_odd ? "its name is not that of a module" : NULL;
}

/* What it is comes first: depmod leaves out a link that leads nowhere, and takes what is no module. */
static int detect_no_index(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        const struct tn_evidence_tree *tree = &evidence->tree;
        const char *why = left_out(evidence);
        size_t before = findings->list.n;
        int r = 0;

        if (!tree->file || !*evidence->version || is_known(evidence, tn_span_of(evidence->name)))
                return 0;
        if (!why || (tree->is_odd && !tree->excluded))
                r = tn_detect_unread(&tree->contents, findings);
        if (r < 0 || findings->list.n > before)
                return r;
        if (why)
                return tn_findings_add(findings, NAME(FILE_LEFT_OUT, .path = tree->file, .value = why,
                                                      .subject = tree->excluded, .file = tree->conf,
                                                      .line = tree->line));
        return tn_findings_add(findings, NAME(INDEX_STALE, .path = tree->file, .subject = evidence->version,
                                              .value = evidence->base));
}

static int detect_stray(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        return evidence->stray ? tn_findings_add(findings, NAME(CONFIG_SUFFIX, .path = evidence->stray)) : 0;
}

/* "dummy numdummies=2" has a module and a parameter; other words are names, and what has more of them is left alone. */
static int join(const struct tn_evidence_name *evidence, const char *name, struct span second,
                struct tn_findings *findings)
{
        bool is_parameter = tn_span_chr(second, '=') < second.len;
        _cleanup_(tn_buf_fini) struct tn_buf other = { 0 };

        if (is_parameter)
                tn_buf_add_span(&other, second);
        else
                tn_modname_from_text(second, &other);
        if (!tn_buf_str(&other))
                return -ENOMEM;
        if (!is_parameter && !is_known(evidence, tn_buf_span(&other)))
                return 0;
        return tn_findings_add(findings, NAME(NAME_JOINED, .subject = name, .other = other.ptr,
                                              .value = is_parameter ? "modprobe" : evidence->tool->several,
                                              .path = is_parameter ? NULL : "-a"));
}

/* What was given as one word, with a blank or a comma between two, or around one. */
static int detect_two_words(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        struct span rest = tn_span_of(evidence->asked);
        struct span a = tn_span_word(&rest, SEPARATORS), b = tn_span_word(&rest, SEPARATORS);

        tn_modname_from_text(a, &name);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        if (a.len == strlen(evidence->asked) || !is_known(evidence, tn_buf_span(&name)))
                return 0;
        if (tn_span_word(&rest, SEPARATORS).len)
                return 0;
        return b.len ? join(evidence, name.ptr, b, findings)
                     : tn_findings_add(findings, NAME(NAME_NEAREST, .subject = name.ptr));
}

/* "dummy.ko", or the path of a module that is not there. */
static int detect_suffix(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        if (!strstr(evidence->asked, ".ko") && !strchr(evidence->asked, '/'))
                return 0;
        tn_modname_from_path(tn_span_of(evidence->asked), &name);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        return is_known(evidence, tn_buf_span(&name))
                       ? tn_findings_add(findings, NAME(NAME_SUFFIX, .subject = name.ptr))
                       : 0;
}

static int detect_case(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        const char *like = tn_detect_like_case(evidence->names, tn_span_of(evidence->name));

        return like && strcmp(like, evidence->name) != 0
                       ? tn_findings_add(findings, NAME(NAME_CASE, .subject = like))
                       : 0;
}

static int detect_elsewhere(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        if (evidence->elsewhere.len == 0)
                return 0;
        return tn_findings_add(findings, NAME(OTHER_KERNEL, .subject = evidence->elsewhere.ptr,
                                              .other = is_running(evidence) ? evidence->version : NULL));
}

static int detect_nearest(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        const char *like = tn_detect_like_nearest(evidence->names, tn_span_of(evidence->name));

        return like ? tn_findings_add(findings, NAME(NAME_NEAREST, .subject = like)) : 0;
}

static int detect_no_aliases(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        bool is_seen = evidence->names.len || !evidence->tree.is_partial;
        int err = evidence->aliases_err;
        struct tn_finding finding = NAME(INDEX_MISSING, .guess = true, .path = evidence->dir,
                                         .subject = evidence->version, .value = evidence->base);

        if (err == -EINVAL)
                finding.code = TN_FINDING_INDEX_DAMAGED;
        else if (err == -EACCES || err == -EPERM)
                finding.code = TN_FINDING_INDEX_UNREADABLE;
        if (err == -ENOENT && !is_seen)
                return 0;
        return err == -ENOENT || finding.code != TN_FINDING_INDEX_MISSING ? tn_findings_add(findings, finding)
                                                                          : 0;
}

/* In this order; what is certain and near comes first. */
static const struct {
        unsigned parts;
        detect_fn *detect;
} table[] = {
        { 0, detect_typographic },
        { TN_EVIDENCE_NAME_HERE, detect_file_here },
        { TN_EVIDENCE_NAME_DIR, detect_no_base },
        { TN_EVIDENCE_NAME_DIR | TN_EVIDENCE_NAME_OTHERS, detect_no_dir },
        { TN_EVIDENCE_NAME_NAMES, detect_suffix },
        { TN_EVIDENCE_NAME_NAMES, detect_two_words },
        { TN_EVIDENCE_NAME_TREE | TN_EVIDENCE_NAME_NAMES, detect_no_index },
        { TN_EVIDENCE_NAME_TREE, detect_no_modules },
        { TN_EVIDENCE_NAME_STRAY, detect_stray },
        { TN_EVIDENCE_NAME_NAMES, detect_case },
        { TN_EVIDENCE_NAME_OTHERS, detect_elsewhere },
        { TN_EVIDENCE_NAME_NAMES, detect_nearest },
        { TN_EVIDENCE_NAME_TREE | TN_EVIDENCE_NAME_NAMES, detect_no_aliases },
};

int tn_detect_index(const struct tn_evidence_name *evidence, const char *index, int err,
                    struct tn_findings *findings)
{
        struct tn_finding finding = {
                .code = TN_FINDING_INDEX_DAMAGED,
                .path = evidence->dir,
                .other = index,
                .subject = evidence->version,
                .value = evidence->base,
        };

        if (err != -EINVAL && err != -EACCES && err != -EPERM)
                return 0;
        if (err != -EINVAL)
                finding.code = TN_FINDING_INDEX_UNREADABLE;
        return tn_findings_add(findings, finding);
}

int tn_detect_directory(const struct tn_evidence_name *evidence, struct tn_findings *findings)
{
        size_t before = findings->list.n;
        int r = detect_no_base(evidence, findings);

        return r < 0 || findings->list.n > before ? r : detect_no_dir(evidence, findings);
}

int tn_detect_name(const struct tn_evidence_name *evidence, struct tn_findings *findings, unsigned *ret_wants)
{
        size_t before = findings->list.n;

        *ret_wants = 0;
        for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
                int r;

                *ret_wants = table[i].parts & ~evidence->parts;
                if (*ret_wants)
                        return 0;
                r = table[i].detect(evidence, findings);
                if (r < 0 || findings->list.n > before)
                        return r;
        }
        return 0;
}
