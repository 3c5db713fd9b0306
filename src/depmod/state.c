/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "depmod/state.h"

void tn_depmod_fini(struct tn_depmod *depmod)
{
        tn_source_close(&depmod->source);
        tn_depmod_modules_fini(&depmod->modules);
        tn_symtab_fini(&depmod->symtab);
        tn_graph_fini(&depmod->graph);
        tn_topo_fini(&depmod->topo);
        free(depmod->bare);
}

const char *tn_depmod_path(const struct tn_depmod *depmod, uint32_t i, struct tn_buf *room)
{
        struct span path = depmod->modules.v[i].path;
        const char *str;

        tn_buf_reset(room);
        tn_source_add_path(&depmod->source, path, room);
        str = tn_buf_str(room);
        return str ? str : path.ptr;
}
