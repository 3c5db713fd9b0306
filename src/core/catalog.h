/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_H
#define TN_CORE_CATALOG_H

#include <stdbool.h>

#include "core/catalog/files.h"
#include "format/depline.h"
#include "format/index_read.h"
#include "util/buf.h"
#include "util/dir.h"
#include "util/log.h"
#include "util/span.h"

/*
 * A module directory (/lib/modules/VERSION) as a catalog of what is in it: its binary indexes, each opened when it is
 * first asked. An index that is missing, empty or corrupt is made anew in memory from its text file, and the
 * dependencies that the text leaves out are completed (core/deporder.h). Without modules.dep as well, the tree is
 * searched for module files (core/claims.h), whose own "depends" says what they need. A directory that is not there is
 * an empty catalog.
 */
struct tn_catalog;

/*
 * Opens no file yet. dir is copied but for its root, which is borrowed until close; messages and plans name dir->path.
 * Returns 0 or -ENOMEM.
 */
int tn_catalog_open(const struct tn_dir *dir, struct tn_catalog **ret_cat);
void tn_catalog_close(struct tn_catalog *cat);
void tn_catalog_closep(struct tn_catalog **cat);

/*
 * Sets the log that gets the warnings: what is wrong with an index, what is used instead, and how depmod can help. All
 * indexes that are missing make one warning, each that is corrupt makes one. The log is borrowed until close; without
 * one nothing is logged.
 */
void tn_catalog_set_log(struct tn_catalog *cat, struct tn_log *log);

/*
 * Spares the price of knowing later whether it is stale, and of giving back memory when it is closed, after which the
 * process ends: is_stale answers that it is not. Before the first question.
 */
void tn_catalog_set_brief(struct tn_catalog *cat);

const char *tn_catalog_dir(const struct tn_catalog *cat);

/* Where what is in it is opened; borrowed. */
const struct tn_dir *tn_catalog_where(const struct tn_catalog *cat);

/*
 * For who keeps a catalog while depmod may run. load opens every index now; it fails with the first error of one that
 * must be there, which all but the built-in aliases must, though modules.builtin.bin may be empty, as older depmods
 * leave it. unload closes all: what was borrowed from the catalog is gone, and the next question opens anew. Whether an
 * index that was opened, or looked for, is another by now, or the text that was taken in its place, is_stale tells at the
 * price of a stat() each; in a root it never does. A tree that was walked for want of both is not walked again before
 * unload.
 */
int tn_catalog_load(struct tn_catalog *cat);
void tn_catalog_unload(struct tn_catalog *cat);
bool tn_catalog_is_stale(const struct tn_catalog *cat);

/*
 * The name of the index file, or of the text in its place, that the last answer with an error was due to, if that error was
 * err (-EINVAL: it is corrupt); else NULL.
 */
const char *tn_catalog_blame(const struct tn_catalog *cat, int err);

/*
 * An index, for questions of index_read.h. Returns 0; -ENOENT when the file is missing, -EINVAL when it is corrupt, and
 * no text stands in for it; -errno. The answer is remembered. What was asked of it stays valid until close, but for the
 * index itself later questions to the catalog may have another.
 */
int tn_catalog_get_index(struct tn_catalog *cat, enum tn_catalog_index which,
                         const struct tn_index **ret_index);

/*
 * The line of modules.dep for a module by its normalised name, borrowed from the catalog. Returns 0, -ENOENT when
 * the module or the whole index is not there, -EINVAL when the index or the line is corrupt, -EFBIG when the lines that
 * were asked for are too long together, once completed.
 */
int tn_catalog_find_dep(struct tn_catalog *cat, struct span name, struct tn_depline *ret_dep);

/*
 * Appends a path that a line of modules.dep has: a relative one below the catalog's directory, an absolute one below its
 * root, if there is one.
 */
void tn_catalog_add_path(const struct tn_catalog *cat, struct span path, struct tn_buf *out);

/*
 * The system that the directory belongs to: "/r" for "/r/usr/lib/modules/6.1", empty for the running one; in a root it is
 * inside of that. A path of the system is a name for tn_dir_open() at tn_catalog_where(). Borrowed. False when the
 * directory is at none of the usual places.
 */
bool tn_catalog_find_system(const struct tn_catalog *cat, struct span *ret_system);

/*
 * Opens the module file of such a path. In a root, a path below the root is resolved inside it; any other path is not
 * the catalog's, and is opened as it is. Returns the descriptor of a regular file, or -errno as tn_dir_open_regular().
 */
int tn_catalog_open_file(const struct tn_catalog *cat, const char *path);

/*
 * Appends where the file of a module is, by its normalised name: an absolute path, or one below the catalog's
 * directory. Returns the same errors, or -ENOMEM.
 */
int tn_catalog_find_path(struct tn_catalog *cat, struct span name, struct tn_buf *path);

/* Whether a module of that normalised name is built into the kernel the directory is for. */
bool tn_catalog_is_builtin(struct tn_catalog *cat, struct span name);

/*
 * All values of an index whose keys match a normalised text, appended; the keys are copied to the arena. A missing index
 * has none. Returns 0, -EINVAL, -ENOMEM.
 */
int tn_catalog_match(struct tn_catalog *cat, enum tn_catalog_index which, struct span text,
                     struct tn_arena *arena, struct tn_index_hits *hits);

/*
 * Appends an index as lines "KEY VALUE", those of modules and symbols "alias KEY VALUE", in the order of tn_index_each. A missing index has none. Returns 0,
 * -EINVAL when the index is corrupt (what came before is there), -ENOMEM.
 */
int tn_catalog_dump(struct tn_catalog *cat, enum tn_catalog_index which, struct tn_buf *text);

#endif
