/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/catalog/files.h"

const struct tn_catalog_files tn_catalog_files[TN_CATALOG_INDEXES] = {
        [TN_CATALOG_DEP] = { "modules.dep.bin", "modules.dep" },
        [TN_CATALOG_ALIAS] = { "modules.alias.bin", "modules.alias" },
        [TN_CATALOG_SYMBOLS] = { "modules.symbols.bin", "modules.symbols" },
        [TN_CATALOG_BUILTIN_ALIAS] = { "modules.builtin.alias.bin", "modules.builtin.modinfo" },
        [TN_CATALOG_BUILTIN] = { "modules.builtin.bin", "modules.builtin" },
};
