/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_FINDINGS_H
#define TN_TENON_IMAGE_FINDINGS_H

#include "core/finding.h"
#include "tenon/image/differ.h"

/* What verbs say of an image. */

/* Why it could not be read; r is what tn_image_copies_load() or opening it returned. */
const char *tn_image_findings_strerror(int r);

/* Appends a difference; rebuild is the command that helps, or NULL. Returns 0 or -ENOMEM. */
int tn_image_findings_add(const struct tn_image_difference *difference, const char *rebuild,
                          struct tn_findings *findings);

/* Whether the image has a module of that name, normalised, of that release. */
bool tn_image_findings_has_module(const struct tn_image_copies *copies, const char *release,
                                  const char *name);

#endif
