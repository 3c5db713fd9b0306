/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_PARAMETERS_H
#define TN_CORE_DETECT_PARAMETERS_H

#include "core/evidence.h"
#include "core/finding.h"

/* For detectors of parameters. A name is as the module, the kernel or the user has it. */

/* Says in the finding which line gave the parameter, with the value unless that is empty. Returns 0 or -ENOMEM. */
int tn_detect_parameter_origin(const struct tn_evidence *evidence, struct span name, struct span value,
                               struct tn_finding *finding);

/* What it takes, for people; empty where the module does not tell. */
struct span tn_detect_parameter_type(const struct tn_evidence *evidence, struct span name);

/* The module's parameter that is most like it; empty: none is. */
struct span tn_detect_parameter_nearest(const struct tn_evidence *evidence, struct span name);

#endif
