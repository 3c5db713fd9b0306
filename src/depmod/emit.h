/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_EMIT_H
#define TN_DEPMOD_EMIT_H

#include <stdbool.h>

#include "depmod/fileset.h"
#include "depmod/state.h"

/* One file of the directory. */
struct tn_emitter {
        struct tn_fileset_name name;
        bool is_text;
        /* Appends the file's bytes. Returns 0 or -errno, after which the run fails. */
        int (*emit)(const struct tn_depmod *depmod, struct tn_buf *out);
};

/* In the order in which they take their names: the one that modprobe cannot do without is the last. */
extern const struct tn_emitter tn_emitters[];
extern const size_t tn_n_emitters;

/* One line of modules.dep without newline, appended; memory is kept between calls. Returns 0 or -ENOMEM. */
int tn_emit_depline(const struct tn_depmod *depmod, uint32_t i, struct tn_reach *reach, struct tn_buf *out);

int tn_emit_dep(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_alias(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_softdep(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_weakdep(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_symbols(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_devname(const struct tn_depmod *depmod, struct tn_buf *out);

int tn_emit_dep_bin(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_alias_bin(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_symbols_bin(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_builtin_bin(const struct tn_depmod *depmod, struct tn_buf *out);
int tn_emit_builtin_alias_bin(const struct tn_depmod *depmod, struct tn_buf *out);

#endif
