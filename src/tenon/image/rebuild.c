/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tenon/image/rebuild.h"
#include "util/cleanup.h"

static const struct {
        const char *program; /* that is there */
        const char *command;
        bool release; /* it stands behind the command */
} tools[] = {
        { "/usr/sbin/update-initramfs", "update-initramfs -u -k ", true },
        { "/usr/bin/dracut", "dracut -f --kver ", true },
        { "/usr/bin/mkinitcpio", "mkinitcpio -P", false },
};

void tn_image_rebuild_command(const struct tn_dir *root, const char *release, struct tn_buf *command)
{
        struct stat st;

        for (size_t i = 0; i < ARRAY_SIZE(tools); i++) {
                if (tn_dir_stat(root, tools[i].program, &st) < 0)
                        continue;
                tn_buf_add_str(command, tools[i].command);
                if (tools[i].release)
                        tn_buf_add_str(command, release);
                return;
        }
}
