/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_DEPLINE_H
#define TN_FORMAT_DEPLINE_H

#include <stdbool.h>

#include "util/span.h"

/* One line of modules.dep: "path: dep dep ...". All spans borrow from the line. */
struct tn_depline {
        struct span path; /* the module, relative to the catalog, or absolute */
        struct span
                deps; /* its dependencies, direct and indirect, separated by blanks or tabs, users before used */
};

/* Returns 0, or -EINVAL when there is no ':' or nothing before it. A newline at the end is not part of it. */
int tn_depline_parse(struct span line, struct tn_depline *ret_dep);

/* Takes the last dependency, the next in load order, off *deps; false when there is none. */
bool tn_depline_pop(struct span *deps, struct span *ret_path);

#endif
