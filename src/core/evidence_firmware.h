/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_FIRMWARE_H
#define TN_CORE_EVIDENCE_FIRMWARE_H

#include "core/evidence.h"

/*
 * Files of firmware that the log names, or where there is no log, those that the module's facts name: whether this module
 * asked for them, and whether they are there. Lines about firmware of another module are not known any more. Returns 0 or
 * -ENOMEM.
 */
int tn_evidence_find_firmware(struct tn_evidence *evidence);

#endif
