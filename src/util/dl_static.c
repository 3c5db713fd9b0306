/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "util/dl.h"

/* Any thread may do it, at any time: the same addresses come to the same slots. */
int tn_dl_bind(struct tn_dl *dl)
{
        for (size_t i = 0; i < dl->n_symbols; i++)
                memcpy(dl->symbols[i].slot, &dl->symbols[i].linked, sizeof(dl->symbols[i].linked));
        return 0;
}
