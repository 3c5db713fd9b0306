/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_INFO_H
#define TN_CORE_INFO_H

#include "core/modfile.h"
#include "format/facts.h"
#include "format/modinfo.h"
#include "util/arena.h"
#include "util/dir.h"
#include "util/span.h"

/*
 * What can be told of a module, as key and value: the entries of its .modinfo in file order; then, if it has one,
 * "build-id"; then, if it has a signature, "sig_id", "signer", "sig_key", "sig_hashalgo" and "signature". Keys repeat.
 * Bytes are written as upper-case hexadecimal with ':' between them, 20 in a line, and further lines begin with two
 * tabs. Keys and values are NUL-terminated and point into the arena: the file is not needed any more.
 */
struct tn_info {
        struct tn_arena arena;
        struct tn_modinfos entries;
};

/*
 * Of a module file, compressed or not; path as for tn_file_open(). Returns 0; -ENOEXEC when it is no ELF file, -EINVAL
 * when it is a malformed one or does not decompress, -ENODATA without .modinfo, -ENOSYS without the library for its
 * compression, -EFBIG, -ENOMEM, -errno. A signature that needs OpenSSL where there is none has no signer and no key.
 */
int tn_info_load(int dirfd, const char *path, struct tn_info *ret_info);

/* Which parts of the facts tell what a key has, in whatever case it is written; NULL: all keys. */
#define TN_INFO_FACTS (TN_FACTS_INFO | TN_FACTS_BUILD_ID | TN_FACTS_SIGNATURE)
unsigned tn_info_parts(const char *key);

/* Of an open module file, as far as these parts tell; the same errors. */
int tn_info_read(struct tn_modfile *file, unsigned parts, struct tn_info *ret_info);

/*
 * Of a module's facts, TN_FACTS_INFO among them, as far as they were read; they are taken over, also when this fails.
 * Returns 0, -ENODATA, -EFBIG or -ENOMEM.
 */
int tn_info_take(struct tn_facts *facts, struct tn_info *ret_info);

/*
 * Of a module that is built into the kernel, by its normalised name: what modules.builtin.modinfo of the module directory
 * dir has of it, in file order; nothing when that does not know it. Returns 0; -ENOENT when the file is missing, as it is
 * for kernels before 5.2; -ENOMEM, -errno.
 */
int tn_info_load_builtin(const struct tn_dir *dir, struct span name, struct tn_info *ret_info);

void tn_info_fini(struct tn_info *info);

#endif
