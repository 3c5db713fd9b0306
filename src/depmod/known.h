/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_KNOWN_H
#define TN_DEPMOD_KNOWN_H

#include "depmod/symtab.h"
#include "util/log.h"

/*
 * Makes known what the kernel itself exports, before the first module: from the Module.symvers or the System.map of
 * its build, and a few names that are there in every kernel. Bad lines are logged and passed over. Returns 0, -ENOMEM,
 * or -errno after the reason why the file cannot be read was logged.
 */
int tn_known_load_symvers(const char *path, struct tn_symtab *tab, struct tn_log *log);
int tn_known_load_map(const char *path, struct tn_symtab *tab, struct tn_log *log);

#endif
