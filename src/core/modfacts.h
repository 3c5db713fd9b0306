/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_MODFACTS_H
#define TN_CORE_MODFACTS_H

#include "core/modfile.h"
#include "format/facts.h"

/*
 * Reads the facts of a module file, compressed or not: the parts that are asked for, any of enum tn_facts_part. Of a
 * large file no more than these parts take is held in memory, but all of it for TN_FACTS_SIGNATURE and TN_FACTS_LAYOUT. What has come
 * out of a pipe has no TN_FACTS_FILE. Returns 0; -ENOEXEC when it is no ELF file; -EINVAL when
 * it is a malformed one or does not decompress; -ENOSYS without the library for its compression; -EFBIG, -ENOMEM,
 * -errno.
 */
int tn_modfacts_read(struct tn_modfile *file, unsigned parts, struct tn_facts *ret_facts);

/* The same of a file that is to be opened; path as for tn_file_open(). */
int tn_modfacts_load(int dirfd, const char *path, unsigned parts, struct tn_facts *ret_facts);

/* The same of a regular file that is open already: fd is taken over, also when this fails. */
int tn_modfacts_load_take(int fd, unsigned parts, struct tn_facts *ret_facts);

/*
 * The same of a file in a room, but for TN_FACTS_FILE, and nothing is copied: see tn_facts_look(). The facts are there
 * until the file is closed.
 */
int tn_modfacts_look(struct tn_modfile *file, unsigned parts, const struct tn_facts **ret_facts);

#endif
