/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/bounds.h"
#include "depmod/input.h"
#include "util/file.h"

static int read_input(const struct tn_depmod *depmod, const char *name, struct tn_buf *text)
{
        struct tn_dir dir = tn_depmod_dir(depmod, SPAN(""));

        return tn_dir_read(&dir, name, TN_BOUND_LIST, text);
}

int tn_depmod_input(const struct tn_depmod *depmod, const char *name, struct tn_buf *text)
{
        int r = read_input(depmod, name, text);

        if (r >= 0 || r == -ENOMEM)
                return r;
        if (!tn_file_is_fault(r)) {
                tn_log(depmod->log, TN_LOG_ERR, "could not read %s at %s: %s", name, depmod->dir,
                       strerror(-r));
                return r;
        }
        tn_log(depmod->log, TN_LOG_WARNING, "could not open %s at %s: %s", name, depmod->dir,
               tn_dir_strerror(r));
        tn_buf_reset(text);
        return 0;
}
