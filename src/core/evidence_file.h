/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_FILE_H
#define TN_CORE_EVIDENCE_FILE_H

#include "core/catalog.h"
#include "core/evidence.h"

/*
 * Adds what a module file is: its beginning, its size and its facts, or why they cannot be had. path as for
 * tn_catalog_open_file(); facts are the parts that are wanted, to which those are added that show whether it can be read
 * at all. Returns 0 or -ENOMEM.
 */
int tn_evidence_file_add(const struct tn_catalog *catalog, const char *path, unsigned facts,
                         struct tn_evidence *evidence);

/* The same of a file alone, in evidence that knows nothing else; to be ended with tn_evidence_fini(). */
int tn_evidence_file_load(const struct tn_catalog *catalog, const char *name, const char *path,
                          struct tn_evidence *ret_evidence);

/* Reads a symbolic link; its text belongs to the arena. What is none has no text. Returns 0 or -ENOMEM. */
int tn_evidence_link_read(const char *path, struct tn_arena *arena, struct tn_evidence_link *ret_link);

#endif
