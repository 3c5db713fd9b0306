/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kmod/modprobe_run.h"

int tn_modprobe_refuse(struct modprobe *mp, int err, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        tn_log_va(&mp->tool.log, mp->all ? TN_LOG_WARNING : TN_LOG_CRIT, fmt, ap);
        va_end(ap);
        mp->over = !mp->all && !mp->tool.quiet;
        return err;
}

int tn_modprobe_each(struct modprobe *mp, char **operands, int n,
                     int (*one)(struct modprobe *mp, const char *operand))
{
        int failure = 0;

        for (int i = 0; i < n && !mp->over; i++) {
                int r = one(mp, operands[i]);

                if (r < 0)
                        failure = r;
        }
        return failure;
}

struct tn_plan_request tn_modprobe_request(const struct modprobe *mp, const char *operand, const char *path,
                                           struct tn_live *live)
{
        return (struct tn_plan_request){
                .catalog = mp->world.catalog,
                .config = mp->world.config,
                .live = live,
                .subject = path ? tn_plan_of_file(path) : tn_plan_of_text(tn_span_of(operand)),
                .flags = mp->plan_flags,
                .blacklist = mp->blacklist,
                .underway = mp->underway,
                .spared = mp->spared.v,
        };
}
