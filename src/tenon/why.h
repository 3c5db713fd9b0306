/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_WHY_H
#define TN_TENON_WHY_H

#include "core/loser.h"
#include "core/outcome.h"
#include "tenon/document.h"
#include "tenon/text.h"
#include "tenon/verb.h"

/* Who asks for a module. */
enum tn_why_asker {
        TN_WHY_USER,   /* modprobe TEXT */
        TN_WHY_KERNEL, /* modprobe -q -- TEXT, as the kernel calls it */
        TN_WHY_UDEV,   /* its builtin "kmod load TEXT", by libkmod */
};

/* All that tenon why knows of one request; borrowed. */
struct tn_why {
        enum tn_why_asker asker;
        const char *text; /* what is asked for */
        const char *dir;  /* the module directory */
        bool fresh;       /* the plan is for a kernel that has loaded nothing yet */
        const struct tn_plan *plan;
        const struct tn_losers *losers;
        const struct tn_outcome_facts *facts;
};

/* "user"; and back, -EINVAL for none of them. */
const char *tn_why_asker_name(enum tn_why_asker asker);
int tn_why_asker_by_name(const char *name, enum tn_why_asker *ret_asker);

/* Adds all of it to the result, and findings, and sets the document's status. */
void tn_why_add(const struct tn_why *why, struct tn_document *doc);

/*
 * Adds "image" to the result: the newest initramfs of the kernel, and what of its sources is newer; null when there is none. When it is to
 * be compared, also which modules of the plan it has, and findings about these and the configuration. Returns 0 or -ENOMEM.
 */
int tn_why_add_image(struct tn_run *run, const struct tn_plan *plan, bool compares, struct tn_document *doc);

/* The result of such a document as text. */
void tn_why_text(const struct json_object *root, struct tn_text *text);

#endif
