/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODFORCE_H
#define TN_FORMAT_MODFORCE_H

#include <stddef.h>

/*
 * What forced loading does to a module's image when it goes to the kernel by init_module(2), which has no flags. The
 * image is the caller's own copy and is changed in place; a signature behind it no longer fits. Both return -ENOEXEC or
 * -EINVAL as tn_elf_parse() does, and then nothing is changed.
 */

/* Hides the versions of the symbols that it needs: the kernel takes no notice of sections without SHF_ALLOC. Returns 0. */
int tn_modforce_versions(char *image, size_t len);

/* Blots out the vermagic entries of .modinfo. Returns 0, or -ENODATA when there are none. */
int tn_modforce_vermagic(char *image, size_t len);

#endif
