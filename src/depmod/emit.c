/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "depmod/emit.h"
#include "util/cleanup.h"

const struct tn_emitter tn_emitters[] = {
        { "modules.dep", true, tn_emit_dep },
        { "modules.alias", true, tn_emit_alias },
        { "modules.alias.bin", false, tn_emit_alias_bin },
        { "modules.softdep", true, tn_emit_softdep },
        { "modules.weakdep", true, tn_emit_weakdep },
        { "modules.symbols", true, tn_emit_symbols },
        { "modules.symbols.bin", false, tn_emit_symbols_bin },
        { "modules.builtin.bin", false, tn_emit_builtin_bin },
        { "modules.builtin.alias.bin", false, tn_emit_builtin_alias_bin },
        { "modules.devname", true, tn_emit_devname },
        { "modules.dep.bin", false, tn_emit_dep_bin },
};

const size_t tn_n_emitters = ARRAY_SIZE(tn_emitters);
