/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_PUBLISH_H
#define TN_DEPMOD_PUBLISH_H

#include "depmod/emit.h"

/*
 * Keeps other runs out of the set's directory for as long as its descriptor is open, waiting for one that is at work,
 * and takes away what killed runs left there. Returns 0, or -errno after the reason was logged.
 */
int tn_publish_begin(struct tn_fileset *set);

/* Makes all files and puts them into the directory: all of them or none. Returns 0, or -errno after that was logged. */
int tn_publish_files(const struct tn_depmod *depmod, struct tn_fileset *set);

/* Writes the text files to fd, one after another. Returns 0, or -errno after the reason was logged. */
int tn_publish_show(const struct tn_depmod *depmod, int fd);

#endif
