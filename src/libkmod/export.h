/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_LIBKMOD_EXPORT_H
#define TN_LIBKMOD_EXPORT_H

/* Before each function of the public ABI, and before nothing else; libkmod.sym has its version. */
#define KMOD_EXPORT __attribute__((visibility("default")))

#endif
