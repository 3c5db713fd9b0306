/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DKMS_H
#define TN_CORE_DKMS_H

#include "core/finding.h"
#include "util/dir.h"
#include "util/span.h"

/* Where DKMS keeps what it builds: NAME/VERSION/RELEASE/ARCHITECTURE/module (dkms(8)). */
#define TN_DKMS_TREE "/var/lib/dkms"

/*
 * Appends a finding for each module of DKMS that it has built for a kernel, and not for one of the releases, which are names
 * with blanks between. A dkms.conf that allows some kernels alone (BUILD_EXCLUSIVE_KERNEL) makes it a guess. root is the
 * system that is looked at. Returns 0, also where there is no DKMS; 1 when a directory could not be read; -ENOMEM.
 */
int tn_dkms_check(const struct tn_dir *root, struct span releases, struct tn_findings *findings);

#endif
