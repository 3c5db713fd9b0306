/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_STRAY_H
#define TN_CORE_EVIDENCE_STRAY_H

#include "util/buf.h"

/*
 * Appends the path of a file in the directories of the configuration that is not read, because its name lacks ".conf",
 * and that says what the alias is. Files with another suffix are left alone: somebody meant it. dirs ends in NULL.
 * Returns 0, also when there is none; -ENOMEM.
 */
int tn_evidence_stray_find(const char *const *dirs, const char *alias, struct tn_buf *path);

/* The directories of the running system. */
extern const char *const tn_evidence_stray_dirs[];

#endif
