/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_REMOVE_H
#define TN_KMOD_MODPROBE_REMOVE_H

#include "kmod/modprobe_run.h"

/* Removes each operand, until the run is over. Returns 0 or -errno, reported. */
int tn_modprobe_remove(struct modprobe *mp, char **operands, int n);

#endif
