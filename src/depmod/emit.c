/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "depmod/emit.h"
#include "util/cleanup.h"

const struct tn_emitter tn_emitters[] = {
        { TN_FILESET_NAME("modules.dep"), true, tn_emit_dep },
        { TN_FILESET_NAME("modules.alias"), true, tn_emit_alias },
        { TN_FILESET_NAME("modules.alias.bin"), false, tn_emit_alias_bin },
        { TN_FILESET_NAME("modules.softdep"), true, tn_emit_softdep },
        { TN_FILESET_NAME("modules.weakdep"), true, tn_emit_weakdep },
        { TN_FILESET_NAME("modules.symbols"), true, tn_emit_symbols },
        { TN_FILESET_NAME("modules.symbols.bin"), false, tn_emit_symbols_bin },
        { TN_FILESET_NAME("modules.builtin.bin"), false, tn_emit_builtin_bin },
        { TN_FILESET_NAME("modules.builtin.alias.bin"), false, tn_emit_builtin_alias_bin },
        { TN_FILESET_NAME("modules.devname"), true, tn_emit_devname },
        { TN_FILESET_NAME("modules.dep.bin"), false, tn_emit_dep_bin },
};

const size_t tn_n_emitters = ARRAY_SIZE(tn_emitters);
