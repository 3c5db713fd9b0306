/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_FAULT_TREE_H
#define TN_TESTS_FAULT_TREE_H

#include "tmpdir.h"

/* Makes a module directory with a bit of everything that depmod reads; external: a directory that its depmod.d names. */
void fault_tree_make(const struct tmpdir *dir, const struct tmpdir *external);

#endif
