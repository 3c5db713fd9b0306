/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_BUILTIN_MODINFO_H
#define TN_FORMAT_BUILTIN_MODINFO_H

#include <stdbool.h>

#include "format/modinfo.h"
#include "util/span.h"

/* One entry of modules.builtin.modinfo, which the kernel's build makes: "module.key=value", NUL-terminated. */
struct tn_builtin_modinfo {
        struct span module; /* normalised, never empty */
        struct tn_modinfo info;
};

/*
 * Takes the next entry off the front; what names no module is passed over, the last may lack its NUL. The entries of
 * one module need not stand together. False at the end.
 */
bool tn_builtin_modinfo_next(struct span *text, struct tn_builtin_modinfo *ret_entry);

#endif
