/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_CONFIG_ADD_H
#define TN_CORE_CONFIG_ADD_H

#include "core/config.h"
#include "util/arena.h"

/* For whoever fills a configuration: tn_config_load(), and tests that want one without files. */

/* An empty configuration, freed by tn_config_free(). Returns 0 or -ENOMEM. */
int tn_config_new(struct tn_config **ret_config);

/* Says that nobody will ask whether it is stale. */
void tn_config_set_brief(struct tn_config *config);

/* The memory that lives as long as the configuration, for the texts of its records. */
struct tn_arena *tn_config_arena(struct tn_config *config);

/* Remembers how a path looks now, which is to be before it is read; it is copied. Not of a brief one. Returns 0 or -ENOMEM. */
int tn_config_watch(struct tn_config *config, const char *path);

/* Appends a record; its texts must live as long as the configuration. Returns 0 or -ENOMEM. */
int tn_config_add(struct tn_config *config, const struct tn_conf_record *record);

#endif
