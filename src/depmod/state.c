/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "depmod/state.h"

void tn_depmod_fini(struct tn_depmod *depmod)
{
        tn_depmod_modules_fini(&depmod->modules);
        tn_symtab_fini(&depmod->symtab);
        tn_graph_fini(&depmod->graph);
        tn_topo_fini(&depmod->topo);
        free(depmod->bare);
}

struct tn_dir tn_depmod_dir(const struct tn_depmod *depmod, struct span path)
{
        bool in_root = depmod->inside || tn_span_starts(path, SPAN("/"));

        return (struct tn_dir){
                .path = depmod->dir,
                .fd = depmod->dirfd,
                .root = in_root ? depmod->root : NULL,
                .inside = depmod->inside,
        };
}

/* Those of modules outside the directory are absolute, as they are seen from its root. */
void tn_depmod_add_path(const struct tn_depmod *depmod, uint32_t i, struct tn_buf *out)
{
        struct span path = depmod->modules.v[i].path;

        if (tn_span_starts(path, SPAN("/"))) {
                tn_buf_add_str(out, depmod->root ? depmod->root->dir : "");
        } else {
                tn_buf_add_str(out, depmod->dir);
                tn_buf_add_char(out, '/');
        }
        tn_buf_add_span(out, path);
}
