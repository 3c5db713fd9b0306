/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "util/dl.h"

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

int tn_dl_bind(struct tn_dl *dl)
{
        static pthread_mutex_t binding = PTHREAD_MUTEX_INITIALIZER;

        if (dl->bound)
                return dl->err;
        pthread_mutex_lock(&binding);
        if (!dl->bound) {
                dl->err = bind_all(dl);
                dl->bound = true;
        }
        pthread_mutex_unlock(&binding);
        return dl->err;
}
