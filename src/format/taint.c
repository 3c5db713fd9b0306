/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/taint.h"
#include "util/cleanup.h"

static const struct tn_taint taints[] = {
        { 'P', 0, "proprietary" },   { 'F', 1, "forced" },        { 'S', 2, "out-of-spec" },
        { 'R', 3, "forced-unload" }, { 'M', 4, "machine-check" }, { 'B', 5, "bad-page" },
        { 'U', 6, "user" },          { 'D', 7, "died" },          { 'A', 8, "acpi-override" },
        { 'W', 9, "warned" },        { 'C', 10, "staging" },      { 'I', 11, "firmware-workaround" },
        { 'O', 12, "out-of-tree" },  { 'E', 13, "unsigned" },     { 'L', 14, "soft-lockup" },
        { 'K', 15, "live-patched" }, { 'X', 16, "auxiliary" },    { 'T', 17, "struct-randomized" },
        { 'N', 18, "test" },         { 'J', 19, "fwctl" },
};

const struct tn_taint *tn_taint_by_letter(char letter)
{
        for (size_t i = 0; i < ARRAY_SIZE(taints); i++)
                if (taints[i].letter == letter)
                        return &taints[i];
        return NULL;
}

const struct tn_taint *tn_taint_by_bit(unsigned bit)
{
        return bit < ARRAY_SIZE(taints) ? &taints[bit] : NULL;
}
