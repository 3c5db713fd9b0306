/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CATALOG_FILES_H
#define TN_CORE_CATALOG_FILES_H

enum tn_catalog_index {
        TN_CATALOG_DEP,           /* modules.dep.bin: module name to its line of modules.dep */
        TN_CATALOG_ALIAS,         /* modules.alias.bin: pattern to module name */
        TN_CATALOG_SYMBOLS,       /* modules.symbols.bin: symbol:NAME to module name */
        TN_CATALOG_BUILTIN_ALIAS, /* modules.builtin.alias.bin: pattern to built-in module name */
        TN_CATALOG_BUILTIN,       /* modules.builtin.bin: built-in module name to nothing */
        TN_CATALOG_INDEXES        /* how many */
};

/* The file that is an index, and the text file that says the same: "modules.dep.bin" and "modules.dep". */
struct tn_catalog_files {
        const char *index;
        const char *text;
};

extern const struct tn_catalog_files tn_catalog_files[TN_CATALOG_INDEXES];

#endif
