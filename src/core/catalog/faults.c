/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "core/catalog/faults.h"

static const char unreadable[] = "not readable";

/* What is wrong with an index, from what opening it returned. Older depmods leave built-in ones empty or out. */
static const char *fault_of(struct tn_catalog_faults *faults, enum tn_catalog_index which, int err)
{
        if (err == -ENODATA)
                return which == TN_CATALOG_BUILTIN || which == TN_CATALOG_BUILTIN_ALIAS ? NULL : "empty";
        if (err != -ENOENT && err != -ENOTDIR)
                return err == -EINVAL ? "corrupt" : unreadable;
        if (faults->is_missing_said || which == TN_CATALOG_BUILTIN_ALIAS)
                return NULL;
        faults->is_missing_said = true;
        return "missing";
}

/* depmod gives all files the mode of new ones; it cannot help where the directory is closed. */
static const char *advice_for(const struct tn_dir *dir, enum tn_catalog_index which, int err)
{
        struct stat st;

        if (!tn_catalog_faults_is_denied(err))
                return "run depmod";
        if (tn_dir_stat(dir, tn_catalog_files[which].index, &st) < 0)
                return "this user may not look into the directory";
        return "run depmod as root, with umask 022";
}

void tn_catalog_faults_say(struct tn_catalog_faults *faults, enum tn_catalog_index which, int err,
                           const char *instead)
{
        const char *fault = fault_of(faults, which, err);
        bool is_reason = fault && strcmp(fault, unreadable) == 0;

        if (fault)
                tn_log(faults->log, TN_LOG_WARNING, "%s is %s in %s%s%s; %s; %s",
                       tn_catalog_files[which].index, fault, faults->dir->path, is_reason ? ": " : "",
                       is_reason ? strerror(-err) : "", instead, advice_for(faults->dir, which, err));
}
