/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_DEPMOD_INDEX_H
#define TN_DEPMOD_INDEX_H

#include "format/index_write.h"
#include "util/log.h"

/*
 * What depmod puts into a binary index, over the writer of the format: what the format cannot hold is logged and left
 * out, the rest goes on. Both return 0 or -ENOMEM.
 */
int tn_index_put(struct tn_index_writer *writer, struct span key, struct span value, uint32_t priority,
                 struct tn_log *log);

/*
 * The same with an alias as key, which is normalised; one with a bracket without partner is left out. room is memory that
 * calls may share.
 */
int tn_index_put_alias(struct tn_index_writer *writer, struct span alias, struct span value,
                       uint32_t priority, struct tn_log *log, struct tn_buf *room);

#endif
