/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DELETE_H
#define TN_CORE_DELETE_H

#include <limits.h>

#define TN_DELETE_FOREVER UINT_MAX

/*
 * Takes a module out of the running kernel. One that is in use is tried again, after pauses that double up to half a
 * second, for wait_ms milliseconds, or TN_DELETE_FOREVER. flags of tn_kernel_delete(). Returns 0; -EAGAIN for a module
 * that is in use all that time; -errno as the kernel gave it.
 */
int tn_delete_module(const char *name, unsigned flags, unsigned wait_ms);

#endif
