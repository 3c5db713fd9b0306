/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "util/dl.h"

/* call_once takes no argument; the library being bound is passed through this, per thread. */
static thread_local struct tn_dl *binding;

static int bind_all(struct tn_dl *dl)
{
        void *handle = dlopen(dl->soname, RTLD_NOW | RTLD_LOCAL);

        if (!handle)
                return -ENOSYS;
        for (size_t i = 0; i < dl->n_symbols; i++) {
                if (!dlsym(handle, dl->symbols[i].name)) {
                        dlclose(handle);
                        return -ENOSYS;
                }
        }
        for (size_t i = 0; i < dl->n_symbols; i++) {
                void *addr = dlsym(handle, dl->symbols[i].name);

                memcpy(dl->symbols[i].slot, &addr, sizeof(addr));
        }
        return 0;
}

static void bind_once(void)
{
        binding->err = bind_all(binding);
}

int tn_dl_bind(struct tn_dl *dl)
{
        binding = dl;
        call_once(&dl->once, bind_once);
        return dl->err;
}
