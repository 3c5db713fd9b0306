/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/config_file.h"

const char *tn_config_foreign(const struct tn_conf_record *record)
{
        if (record->kind != TN_CONF_SOFTDEP && record->kind != TN_CONF_WEAKDEP)
                return "only softdep and weakdep count in this file";
        return tn_span_has_any(record->key, "*?[") ? "a pattern does not count in this file" : NULL;
}

const char tn_config_no_policy[] = "only a file in /etc or /run switches the policy";
