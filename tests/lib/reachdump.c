/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prints the forms of requests, a line each: prefix, what it needs, the function of the kernel that asks; tabs between. */
#include <stdio.h>

#include "core/reach.h"

int main(void)
{
        for (size_t i = 0; i < tn_n_reach_forms; i++)
                printf("%.*s\t%s\t%s\n", SPAN_FMT(tn_reach_forms[i].prefix),
                       tn_reach_id(tn_reach_forms[i].needs), tn_reach_forms[i].function);
        return 0;
}
