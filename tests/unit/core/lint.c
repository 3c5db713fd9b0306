/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "lint_room.h"
#include "util/cleanup.h"

#define A       "etc/modprobe.d/a.conf"
#define B       "etc/modprobe.d/b.conf"
#define SHIPPED "usr/lib/modprobe.d/c.conf"

CHECK(lint_of_nothing_says_nothing)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        assert_lint(&dir, "");
}

CHECK(lint_says_what_is_wrong_in_sentences)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A,
                     "blaklist vfat\nalias eth0\nsoftdep vfat pre:msdos\nblacklist nouveua\noptions loop "
                     "max_lopp=1\noptions loop on=maybe\noptions ext4 a=1 b=2\nblacklist fat\ninstall ext4 "
                     "/bin/false\nalias my-a zzyzx\nblacklist vfat.ko\n");
        assert_lint_full(
                &dir,
                "/" A " 1 config-command: 'blaklist' is no command; the nearest is blacklist\n/" A
                " 2 config-argument-missing: alias eth0 lacks the name of the module\n/" A
                " 3 config-softdep-blank: 'pre:msdos' has no blank behind pre:\n/" A
                " 4 config-name-nearest: there is no module nouveua; the nearest name is nouveau\n/" A
                " 5 parameter-unknown: it may be that loop has no parameter 'max_lopp', so the kernel "
                "ignores it; the "
                "nearest is 'max_loop'; it is from /" A " line 5\n/" A
                " 6 parameter-value: 'maybe' is no value for parameter on of loop, which takes bool (y "
                "or n); it is from /" A " line 6\n/" A " 7 config-builtin-options: ext4 is built into "
                "the kernel, and takes no options from here\n/" A
                " 8 config-name-only: fat is loaded all the same, along with msdos, which needs it\n/" A
                " 9 config-denied-builtin: ext4 is built into the kernel, and install does not keep it "
                "out\n/" A " 10 config-module-unknown: there is no module zzyzx in /lib/modules/1, so "
                "my_a leads to nothing\n/" A " 11 config-name-form: 'vfat.ko' is not the name of a module\n");
}

CHECK(lint_leaves_names_in_files_of_packages_alone)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, SHIPPED,
                     "options zzyzx a=1\noptions loop bogus=1\noptions ext4 a=1\nblacklist "
                     "nouveua\nblacklist fat\nblacklist ext4\nalias my-a zzyzx\nalias vfat msdos\nsoftdep "
                     "vfat pre: zzyzx\nblaklist vfat\nblacklist vfat.ko\n");
        assert_lint(&dir, "/" SHIPPED " 10 config-command\n/" SHIPPED " 11 config-name-form\n");
}

CHECK(lint_says_which_files_are_not_read)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "blacklist nouveau\n");
        tmpdir_write(&dir, "usr/lib/modprobe.d/a.conf", "blacklist msdos\n");
        tmpdir_write(&dir, "run/modprobe.d/dir.conf/x", "");
        tmpdir_write(&dir, "etc/modprobe.d/local", "# mine\nblacklist nouveau\n");
        tmpdir_write(&dir, "etc/modprobe.d/README", "Files here end in .conf.\n");
        tmpdir_write(&dir, "etc/modprobe.d/old.conf.bak", "blacklist nouveau\n");
        tmpdir_write(&dir, "etc/modprobe.d/empty", "# nothing\n");
        tmpdir_write(&dir, "etc/modprobe.d/nvidia.cfg", "blacklist nouveau\n");
        tmpdir_write(&dir, "etc/modprobe.d/off.disabled", "blacklist nouveau\n");
        assert_int_equal(symlinkat("nowhere", dir.fd, "etc/modprobe.d/gone.conf"), 0);
        assert_int_equal(symlinkat("/dev/null", dir.fd, "etc/modprobe.d/null.conf"), 0);
        assert_int_equal(symlinkat("/" A, dir.fd, "run/modprobe.d/a.conf"), 0);
        assert_int_equal(mkfifoat(dir.fd, "etc/modprobe.d/fifo.conf", 0600), 0);
        assert_lint_full(
                &dir,
                "/etc/modprobe.d/fifo.conf file-unreadable: /etc/modprobe.d/fifo.conf cannot be read: not a "
                "regular file\n"
                "/etc/modprobe.d/gone.conf link-broken: /etc/modprobe.d/gone.conf is a symbolic link to "
                "nowhere, which is not there\n"
                "/etc/modprobe.d/local config-suffix: /etc/modprobe.d/local is not read: its name does not "
                "end in .conf\n"
                "/etc/modprobe.d/nvidia.cfg config-suffix: /etc/modprobe.d/nvidia.cfg is not read: its name "
                "does not end in .conf\n"
                "/run/modprobe.d/dir.conf config-directory: /run/modprobe.d/dir.conf is a directory, and is "
                "not read\n"
                "/usr/lib/modprobe.d/a.conf config-masked: /usr/lib/modprobe.d/a.conf is not read: /" A
                " has the same name\n");
}

CHECK(lint_of_a_file_that_is_no_text)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write_bytes(&dir, A, "\xff\xfe\0b\0l", 6);
        tmpdir_write_bytes(&dir, B, "blacklist nouveau\0 x\n", 21);
        assert_lint(&dir, "/" A " config-encoding\n/" B " 1 config-nul\n");
}

CHECK(lint_of_what_depmod_has_written)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, "lib/modules/1/modules.softdep",
                     "softdep zzyzx pre: nobody\ninstall vfat /bin/true\nsoftdep v* pre: msdos\n");
        assert_lint(&dir, "/lib/modules/1/modules.softdep 2 config-foreign\n/lib/modules/1/modules.softdep 3 "
                          "config-foreign\n");
}

CHECK(lint_of_modprobe_conf)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, "etc/modprobe.conf",
                     "alias net-pf-10 off\npath=/lib\ninclude nowhere\ninclude\ninclude more\n");
        tmpdir_write(&dir, "etc/more", "blaklist vfat\n");
        assert_lint(
                &dir,
                "/etc/modprobe.conf config-classic\n/etc/modprobe.conf 2 config-modutils\n/etc/modprobe.conf "
                "3 config-include\n/etc/modprobe.conf 4 config-name-missing\n/etc/more 1 config-command\n");
}

CHECK(lint_says_which_of_several_commands_counts)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "install nouveau /bin/false\nremove loop echo a\ninstall v* echo v\n");
        tmpdir_write(&dir, B,
                     "install nouveau /bin/true\nremove loop echo b\ninstall vfat echo w\ninstall nouveau "
                     "/usr/bin/false\n");
        tmpdir_write(&dir, SHIPPED, "install nouveau echo c\n");
        assert_lint_full(
                &dir,
                "/" B " 1 config-command-hidden: the first install line for nouveau counts, which is /" A
                " line 1\n/" B " 2 config-command-hidden: the first remove line for loop counts, which is /" A
                " line 2\n/" B
                " 3 config-command-hidden: the first install line for vfat counts, which is /" A " line 3\n");
}

CHECK(lint_says_what_is_said_twice)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "blacklist nouveau\noptions loop max_loop=1 on=1\n");
        tmpdir_write(&dir, B,
                     "blacklist nouveau # again\noptions loop max-loop=2 on=1\noptions loop "
                     "dyndbg=+p\noptions loop dyndbg=-p\n");
        assert_lint_full(&dir, "/" A " 2 config-option-twice: /" B
                               " line 2 sets max-loop of loop again, and that counts\n/" B
                               " 1 config-duplicate: /" A " line 1 says the same: blacklist nouveau\n");
}

CHECK(lint_lets_the_administrator_change_what_a_package_says)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, "usr/lib/modprobe.d/a.conf", "blacklist nouveau\noptions loop max_loop=1\n");
        tmpdir_write(&dir, B, "blacklist nouveau\noptions loop max_loop=2\n");
        assert_lint(&dir, "");
}

CHECK(lint_of_a_denial_that_holds)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "blacklist fat\ninstall fat /bin/false\n");
        assert_lint(&dir, "");
        tmpdir_write(&dir, A, "blacklist fat\nblacklist vfat\ninstall msdos /bin/false\n");
        assert_lint(&dir, "/" A " 1 config-blacklist-idle\n");
        tmpdir_write(&dir, A, "blacklist brd\nalias my-brd brd\n");
        assert_lint(&dir, "");
        tmpdir_write(&dir, A, "blacklist brd\nalias my-lonely lonely\n");
        assert_lint(&dir, "/" A " 1 config-name-only\n");
}

CHECK(lint_of_a_name_that_is_near_to_one_with_a_line_of_its_own)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "blacklist nouveau\nblacklist nouveaux\n");
        assert_lint(&dir, "");
}

CHECK(lint_of_aliases_that_lead_in_a_circle)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "alias a b\nalias b c\nalias c a\nalias d a\nalias e f\nalias f vfat\n");
        assert_lint(&dir, "/" A " 1 config-alias-loop\n/" A " 2 config-alias-loop\n/" A
                          " 3 config-alias-loop\n/" A " 4 config-alias-alias\n/" A " 5 config-alias-alias\n");
}

CHECK(lint_of_softdeps_that_contradict_each_other)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = lint_room_new();

        tmpdir_write(&dir, A, "softdep vfat pre: msdos\nsoftdep msdos post: vfat\nsoftdep brd pre: vfat\n");
        assert_lint(&dir, "");
        tmpdir_write(&dir, A, "softdep vfat pre: msdos loop\nsoftdep msdos pre: fat\n");
        tmpdir_write(&dir, "lib/modules/1/modules.softdep", "softdep vfat post: fat\nsoftdep fat pre: brd\n");
        assert_lint_full(
                &dir,
                "/" A " 1 config-softdep-loop: vfat is to be loaded after msdos, and by other softdeps the "
                "other way round\n/" A
                " 2 config-softdep-loop: msdos is to be loaded after fat, and by other softdeps the "
                "other way round\n");
}

CHECK(lint_without_modules_says_nothing_of_names)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();

        tmpdir_write(&dir, A, "blacklist nouveua\noptions zzyzx a=1\nalias my-a zzyzx\nblaklist x\n");
        assert_int_equal(symlinkat("nowhere", dir.fd, "etc/modprobe.d/gone.conf"), 0);
        assert_lint(&dir, "/" A " 4 config-command\n/etc/modprobe.d/gone.conf link-broken\n");
}
