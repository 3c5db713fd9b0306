/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_RECOVER_H
#define TN_DEPMOD_RECOVER_H

#include "util/log.h"

/*
 * Finishes what a run that died has left in a directory, dirfd, which messages call dir: if its journal is whole, the
 * files that it names and that are as it says take their names. Then what has hidden names of runs is removed, whatever
 * it is. Only names of depmod's own files are ever touched. The directory must be locked. When nothing was left nothing
 * is written.
 *
 * Returns the first set of hidden names (struct tn_fileset's slot) that is free now; what cannot be removed is logged.
 * Or -errno after the reason was logged; the next call goes on from there.
 */
int tn_recover(int dirfd, const char *dir, struct tn_log *log);

#endif
