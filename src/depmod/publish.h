/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_PUBLISH_H
#define TN_DEPMOD_PUBLISH_H

#include "depmod/emit.h"
#include "depmod/lock.h"

/*
 * Keeps other runs out of the set's directory, waiting for one that is at work, and takes away what killed runs left
 * there. Where nothing can be written nobody is kept out, and the set is told so. Returns 0, or -errno after the reason
 * was logged.
 */
int tn_publish_begin(struct tn_fileset *set, struct tn_lock *lock);

/* Ends the set, and lets others in; also after a failure. */
void tn_publish_end(struct tn_fileset *set, struct tn_lock *lock);

/* Makes all files and puts them into the directory: all of them or none. Returns 0, or -errno after that was logged. */
int tn_publish_files(const struct tn_depmod *depmod, struct tn_fileset *set);

/* Writes the text files to fd, one after another. Returns 0, or -errno after the reason was logged. */
int tn_publish_show(const struct tn_depmod *depmod, int fd);

#endif
