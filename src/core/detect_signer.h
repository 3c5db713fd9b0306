/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DETECT_SIGNER_H
#define TN_CORE_DETECT_SIGNER_H

#include "util/span.h"

/* What the text of /proc/keys tells of who signed a module. */
enum tn_signer {
        TN_SIGNER_UNTOLD,   /* nothing: no key of that kind can be seen, or the signer is not named */
        TN_SIGNER_STRANGER, /* no key has that name */
        TN_SIGNER_NAMESAKE, /* one has; it need not be the one that signed */
};

enum tn_signer tn_detect_signer(struct span keys, struct span signer);

#endif
