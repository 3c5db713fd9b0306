/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_BOUNDS_H
#define TN_CORE_BOUNDS_H

#include <stddef.h>

/*
 * What is read of a file at most, in bytes. Each is far above what real files have, and small enough that a hostile
 * one, sparse or endless, costs neither memory nor time: a regular file that is larger is not read at all.
 *
 *   CONFIG    a file of modprobe.d or depmod.d; modules.softdep, modules.weakdep. Real: below 100 kB
 *   LIST      a line or some a module: modules.order, modules.builtin, modules.builtin.modinfo, modules.devname.
 *             Real: 170 kB; 500 bytes for each module of the largest tree
 *   SYMBOLS   the kernel's symbols: System.map, Module.symvers. Real: 10 MB
 *   INDEX     a text file that stands in for a binary index, which cannot be larger. Real: 1.4 MB
 *   WHOLE     all lines of a text modules.dep, completed: what each module needs, directly or not. Real: 1.4 MB
 *   MODULE    a module, decompressed; or a quarter of the machine's memory (tn_modfile_max). Real: 30 MB, with debug
 *             information some hundreds
 */
#define TN_BOUND_CONFIG  ((size_t)16 << 20)
#define TN_BOUND_LIST    ((size_t)32 << 20)
#define TN_BOUND_SYMBOLS ((size_t)128 << 20)
#define TN_BOUND_INDEX   ((size_t)256 << 20)
#define TN_BOUND_WHOLE   ((size_t)8 << 20)
#define TN_BOUND_MODULE  ((size_t)1 << 30)

#endif
