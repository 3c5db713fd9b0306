/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_MODPROBE_SHOW_H
#define TN_KMOD_MODPROBE_SHOW_H

#include "kmod/modprobe_run.h"

/* What only prints. All return 0 or -errno, reported. */

/* The names of the modules that the first operand stands for; with -a, of each. */
int tn_modprobe_show_alias(struct modprobe *mp, char **operands, int n);

/* The configuration, so that it can be read back, and the indexes. */
int tn_modprobe_show_config(struct modprobe *mp, char **operands, int n);

/* The symbols that modules export, or need with their versions, by the action. An operand is a name or a file. */
int tn_modprobe_show_symbols(struct modprobe *mp, char **operands, int n);

/* The paths of the module files that match the first operand, a shell pattern; without one, of all. */
int tn_modprobe_list(struct modprobe *mp, char **operands, int n);

#endif
