/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/bounds.h"
#include "depmod/input.h"
#include "util/file.h"

int tn_depmod_input(const struct tn_depmod *depmod, const char *name, struct tn_buf *text)
{
        int r = tn_dir_read(&depmod->source.dir, name, TN_BOUND_LIST, text);

        if (r >= 0 || r == -ENOMEM)
                return r;
        if (!tn_file_is_fault(r)) {
                tn_log(depmod->log, TN_LOG_ERR, "could not read %s at %s: %s", name, depmod->source.dir.path,
                       strerror(-r));
                return r;
        }
        tn_log(depmod->log, TN_LOG_WARNING, "could not open %s at %s: %s", name, depmod->source.dir.path,
               tn_dir_strerror(r));
        tn_buf_reset(text);
        return 0;
}
