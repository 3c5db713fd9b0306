/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_UNIT_DEPMOD_TREE_H
#define TN_TESTS_UNIT_DEPMOD_TREE_H

#include "depmod/gather.h"
#include "format/facts.h"
#include "logged.h"

/* Modules in memory, as if read from files: add them one by one, say of each what it has, then link. */
struct tree {
        struct tn_depmod depmod;
        struct tn_gather gather;
        struct logged logged;
        struct tn_facts facts; /* of the module being made */
        bool needs_versions;   /* set before the first module is done */
};

void tree_init(struct tree *tree);
void tree_fini(struct tree *tree);

/* The next module, at kernel/NAME.ko. What follows is of this one. Strings are borrowed until the end. */
void tree_module(struct tree *tree, const char *name);
void tree_info(struct tree *tree, const char *key, const char *value);
void tree_export(struct tree *tree, const char *symbol);
void tree_need(struct tree *tree, const char *symbol);

/* The same with a version; bind as facts have it. */
void tree_export_crc(struct tree *tree, const char *symbol, uint64_t crc);
void tree_need_crc(struct tree *tree, const char *symbol, uint64_t crc, char bind);

/* All are there: makes the graph; needs as tn_depmod_link() has it. */
void tree_connect(struct tree *tree, struct tn_buf *needs);

/* Makes the graph and the order. */
void tree_link(struct tree *tree);

#endif
