/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_FACTSPACK_H
#define TN_TESTS_FACTSPACK_H

#include "format/facts.h"
#include "util/buf.h"

/* Appends facts as bytes, for tests to compare them: all that was read of a module, and nothing else. Returns 0 or -ENOMEM. */
int factspack(const struct tn_facts *facts, struct tn_buf *out);

#endif
