/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_FINDINGS_H
#define TN_TENON_IMAGE_FINDINGS_H

#include "core/finding.h"
#include "tenon/image/differ.h"

/* What verbs say of an image. */

/* tn_image_copies_load() and tn_image_differ(), which show how far they are when they take long. */
int tn_image_findings_load(int fd, struct tn_image_copies *ret_copies);
int tn_image_findings_differ(const struct tn_image_copies *copies, const struct tn_image_disk *disk,
                             struct tn_image_differences *ret_differences);

/* Why it could not be read; r is what tn_image_copies_load() or opening it returned. */
const char *tn_image_findings_strerror(int r);

/* Appends a difference; rebuild is the command that helps, or NULL. Returns 0 or -ENOMEM. */
int tn_image_findings_add(const struct tn_image_difference *difference, const char *rebuild,
                          struct tn_findings *findings);

/* Whether the image has a module of that name, normalised, of that release. */
bool tn_image_findings_has_module(const struct tn_image_copies *copies, const char *release,
                                  const char *name);

#endif
