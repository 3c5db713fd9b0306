/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a module's image. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/modforce.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        char *image = malloc(size + 1);

        if (!image)
                abort();
        memcpy(image, data, size);
        /* bits are only taken away */
        tn_modforce_versions(image, size);
        tn_modforce_vermagic(image, size);
        for (size_t i = 0; i < size; i++)
                if ((uint8_t)image[i] & ~data[i])
                        abort();
        free(image);
        return 0;
}
