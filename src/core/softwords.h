/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_SOFTWORDS_H
#define TN_CORE_SOFTWORDS_H

#include <stdbool.h>

#include "core/config.h"
#include "format/softdep.h"

/* One word of a module's softdeps, and the line that it stands in. Borrows from the configuration. */
struct tn_softword {
        struct span name; /* as it is written: a module or an alias */
        const struct tn_conf_record *record;
};

/* A walk over one part of all softdep lines of a module, in configuration order. */
struct tn_softwords {
        struct tn_config_iter records;
        const struct tn_conf_record *record;
        struct tn_softdep softdep; /* what is left of the record */
        enum tn_softdep_part part;
};

/* Begins one; part is TN_SOFTDEP_PRE or TN_SOFTDEP_POST. The module's name is borrowed until the walk ends. */
struct tn_softwords tn_softwords_of(const struct tn_config *config, const char *module,
                                    enum tn_softdep_part part);

/* False at the end. */
bool tn_softwords_next(struct tn_softwords *words, struct tn_softword *ret_word);

#endif
