/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/config.h"

void tn_config_dump(const struct tn_config *config, struct tn_buf *text)
{
        for (enum tn_conf_kind kind = 0; kind < TN_CONF_KINDS; kind++) {
                struct tn_config_iter iter = tn_config_each(config, kind);
                const struct tn_conf_record *record;

                while ((record = tn_config_next(&iter)))
                        tn_modprobe_conf_format(record, text);
        }
}
