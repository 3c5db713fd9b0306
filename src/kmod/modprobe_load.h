/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_LOAD_H
#define TN_KMOD_MODPROBE_LOAD_H

#include "kmod/modprobe_run.h"

/* Loads the first operand with the others as its parameters; with -a, loads each. Returns 0 or -errno, reported. */
int tn_modprobe_load(struct modprobe *mp, char **operands, int n);

#endif
