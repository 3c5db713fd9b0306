/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "lint_room.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* One line each, and the ids of what is wrong with it, a blank between. */
static const struct {
        const char *line, *ids;
} lines[] = {
        { "blaklist vfat", "config-command" },
        { "Blacklist vfat", "config-command" },
        { "vfat", "config-command" },
        { "blacklist=vfat", "config-command" },
        { "install\tvfat", "config-argument-missing" },
        { "  # blacklist vfat", "config-comment" },
        { "include /etc/other", "config-gone" },
        { "config x", "config-gone" },
        { "blacklist", "config-name-missing" },
        { "options", "config-name-missing" },
        { "alias", "config-name-missing" },
        { "softdep \t", "config-name-missing" },
        { "alias eth0", "config-argument-missing" },
        { "options loop", "config-argument-missing" },
        { "softdep vfat", "config-argument-missing" },
        { "weakdep vfat", "config-argument-missing" },
        { "remove vfat ", "config-argument-missing" },
        { "alias usb:v[0-9 vfat", "config-bracket" },
        { "blacklist v]fat", "config-bracket" },
        { "alias x v[fat", "config-bracket" },
        { "deny vfat v]fat", "config-bracket" },
        { "policy", "config-name-missing" },
        { "policy strict", "config-policy-mode" },
        { "deny vfat msdos.ko", "config-name-form" },
        { "policy audit off", "config-word-extra" },
        { "blacklist vfat.ko", "config-name-form" },
        { "blacklist /lib/vfat.ko.xz", "config-name-form" },
        { "options \"loop\" max_loop=1", "config-name-form" },
        { "alias my-a vfat.ko", "config-name-form" },
        { "install 'vfat' /bin/false", "config-name-form" },
        { "softdep vfat pre: fat,msdos", "config-name-form" },
        { "blacklist vfat nouveau", "config-word-extra" },
        { "alias my-a vfat msdos", "config-word-extra" },
        { "blacklist snd*", "config-pattern" },
        { "alias my-a v*", "config-pattern" },
        { "softdep vfat msdos", "config-softdep-part" },
        { "softdep vfat msdos pre: nouveau", "config-softdep-part" },
        { "softdep vfat pre:msdos", "config-softdep-blank" },
        { "softdep vfat pre: loop post:msdos", "config-softdep-blank" },
        { "weakdep vfat pre: msdos", "config-weakdep-part" },
        { "options loop max_loop=1 # many", "config-comment-text" },
        { "softdep vfat pre: msdos # first", "config-comment-text" },
        { "# why \\\nblacklist vfat", "config-comment-joined" },
        { "blacklist vfat\\", "config-backslash" },

        { "blacklist nouveua", "config-name-nearest" },
        { "install nouveua /bin/false", "config-name-nearest" },
        { "options nouveua max_loop=1", "config-name-nearest" },
        { "options etx4 a=1", "config-name-nearest" },
        { "alias my-a nouveua", "config-name-nearest" },
        { "softdep vfat pre: nouveua", "config-name-nearest" },
        { "softdep nouveua pre: vfat", "config-name-nearest" },
        { "weakdep vfat nouveua", "config-name-nearest" },
        { "options zzyzx a=1", "config-module-unknown" },
        { "alias my-a zzyzx", "config-module-unknown" },
        { "softdep zzyzx pre: vfat", "config-module-unknown" },
        { "weakdep vfat zzyzx", "config-module-unknown" },

        { "options loop max_lopp=1", "parameter-unknown" },
        { "options loop max_loop=1 bogus", "parameter-unknown" },
        { "options loop max_loop=many", "parameter-value" },
        { "options loop max_loop=2147483648", "parameter-value" },
        { "options loop max_loop", "parameter-value" },
        { "options loop max_loop=", "parameter-value" },
        { "options loop on=maybe", "parameter-value" },
        { "options loop ports=1,65536", "parameter-value" },
        { "options loop ports=1,", "parameter-value" },
        { "options ext4 a=1", "config-builtin-options" },

        { "blacklist ext4", "config-denied-builtin" },
        { "install ext4 /bin/true", "config-denied-builtin" },
        { "blacklist fat", "config-name-only" },
        { "blacklist lonely", "config-blacklist-idle" },
        { "blacklist fs-vfat", "config-blacklist-alias" },
        { "blacklist block-major-7-1", "config-blacklist-alias" },

        { "deny fs-vfat", "config-blacklist-alias" },
        { "deny nouveua", "config-name-nearest" },
        { "deny vfat zzyzx", "config-module-unknown" },
        { "deny zz*", "config-module-unknown" },
        { "deny ext4", "config-denied-builtin" },
        { "allow vfat", "config-allow-idle" },
        { "allow vfat msdos", "config-allow-idle" },
        { "policy enforce\nallow zzyzx", "config-module-unknown" },
        { "alias my-a fs-vfat", "config-alias-alias" },
        { "alias my-a my-a", "config-alias-loop" },
        { "alias vfat msdos", "config-alias-hides" },
        { "alias v* msdos", "config-alias-hides" },
        { "softdep vfat pre: vfat", "config-softdep-loop" },

        /* these are right */
        { "install vfat modprobe msdos && modprobe -i vfat", NULL },
        { "install vfat modprobe vfat", NULL },
        { "install vfat modprobe --ignore-install vfat $CMDLINE_OPTS", NULL },
        { "install vfat modprobe msdos", NULL },
        { "install zzyzx modprobe vfat", NULL },
        { "install nouveau /bin/false", NULL },
        { "install zzyzx /bin/false", NULL },
        { "blacklist zzyzx", NULL },
        { "blacklist nouveau", NULL },
        { "blacklist nouveau # why", NULL },
        { "deny fat v* # why", NULL },
        { "deny fat\nblacklist fat", NULL },
        { "allow vf*\npolicy off", NULL },
        { "alias eth0 vfat", NULL },
        { "alias pci:v00001234d*sv*sd*bc*sc*i* vfat", NULL },
        { "alias net-pf-10 off", NULL },
        { "alias vfat off", NULL },
        { "alias vfat vfat", NULL },
        { "options loop max_loop=0x10 on=y ports=1,2 name=\"a b\"", NULL },
        { "options loop max_loop=-1 on", NULL },
        { "options loop max-loop=1 undescribed=1 dyndbg=+p", NULL },
        { "options loop mode=auto", NULL },
        { "options loop max_loop=1 -- other", NULL },
        { "softdep vfat pre: fs-msdos post: loop", NULL },
        { "softdep v* pre: msdos", NULL },
        { "weakdep vfat msdos", NULL },
        { "allow_unsupported_modules 1", NULL },
        { "#\\\n# more", NULL },
};

CHECK(lint_knows_what_is_wrong_with_a_line)
{
        for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf conf = { 0 }, said = { 0 }, expected = { 0 };
                bool joined = tn_span_ends(tn_span_of(lines[i].line), SPAN("\\"));

                tn_buf_addf(&conf, "# a comment\n%s%s", lines[i].line, joined ? "" : "\n");
                tn_buf_addf(&said, "%s\n", lines[i].line);
                tn_buf_add_span(&expected, tn_buf_span(&said));
                lint_add_lines(tn_buf_str(&conf), &said);
                if (lines[i].ids)
                        tn_buf_addf(&expected, "%d %s\n", strchr(lines[i].line, '\n') ? 3 : 2, lines[i].ids);
                assert_string_equal(tn_buf_str(&said), tn_buf_str(&expected));
        }
}
