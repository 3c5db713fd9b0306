/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_IMAGE_REBUILD_H
#define TN_TENON_IMAGE_REBUILD_H

#include "util/buf.h"
#include "util/dir.h"

/*
 * Appends the command that builds the initramfs of a kernel again, by the program that the system has for it; nothing where
 * it has none that is known. Failures stick to the buffer.
 */
void tn_image_rebuild_command(const struct tn_dir *root, const char *release, struct tn_buf *command);

#endif
