/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/removal.h"
#include "fake_kernel.h"
#include "room.h"
#include "util/cleanup.h"

static struct tn_removal in_use(int64_t refcnt)
{
        return (struct tn_removal){
                .parts = TN_REMOVAL_USERS, .err = -EAGAIN, .name = "m", .refcnt = refcnt
        };
}

static void use(struct tn_removal *removal, struct tn_removal_user user)
{
        assert_int_equal(tn_vec_add(&removal->users, user), 0);
}

/* One line a finding: "id: sentence", "id?: ..." for a guess; below it the next step, if there is one. */
static void assert_found(struct tn_removal *removal, const char *expected)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_finding *finding;

        assert_int_equal(tn_removal_detect(removal, &findings), 0);
        tn_vec_each (finding, &findings.list) {
                size_t before;

                tn_buf_addf(&text, "%s%s: ", tn_finding_id(finding->code), finding->guess ? "?" : "");
                tn_finding_text(finding, &text);
                tn_buf_add_char(&text, '\n');
                before = text.len;
                tn_finding_next(finding, &text);
                if (text.len > before)
                        tn_buf_add_char(&text, '\n');
        }
        assert_string_equal(tn_buf_str(&text), expected);
        tn_removal_fini(removal);
}

CHECK(removal_names_the_modules_that_use_it)
{
        struct tn_removal removal = in_use(2);

        assert_int_equal(tn_vec_add(&removal.holders, "a"), 0);
        assert_int_equal(tn_vec_add(&removal.holders, "b"), 0);
        assert_found(&removal, "holder-module: m is used by a\nremove that first: modprobe -r a\n"
                               "holder-module: m is used by b\nremove that first: modprobe -r b\n");
}

CHECK(removal_names_a_mount_and_its_device)
{
        struct tn_removal removal = in_use(2);

        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_MOUNT, false, "/mnt", "mfs", "/dev/x1", 0 });
        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_MOUNT, false, "/none", "mfs", "none", 0 });
        assert_found(&removal, "holder-mount: m is used by the file system at /mnt, which is /dev/x1\n"
                               "unmount it: umount /mnt\n"
                               "holder-mount: m is used by the file system at /none\n"
                               "unmount it: umount /none\n");
}

CHECK(removal_quotes_a_path_for_the_shell)
{
        struct tn_removal removal = in_use(1);

        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_MOUNT, false, "/a b", "mfs", "none", 0 });
        assert_found(&removal, "holder-mount: m is used by the file system at /a b\n"
                               "unmount it: umount '/a b'\n");
}

CHECK(removal_names_a_process_once)
{
        struct tn_removal removal = in_use(2);

        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_PROCESS, false, "42", "cat", "/dev/m", 0 });
        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_PROCESS, false, "42", "cat", "/dev/m", 0 });
        assert_found(&removal, "holder-process: m is used by process 42 (cat), which has /dev/m open\n"
                               "end that process: kill 42\n");
}

CHECK(removal_names_swap_space_and_loop_devices)
{
        struct tn_removal removal = in_use(2);

        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_SWAP, false, "/dev/m0", NULL, NULL, 0 });
        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_LOOP, false, "/dev/loop0", "/disk", NULL, 0 });
        assert_found(&removal,
                     "holder-swap: m is used by swap space on /dev/m0\nswitch it off: swapoff /dev/m0\n"
                     "holder-loop: m is used by /dev/loop0, which stands for /disk\n"
                     "detach it: losetup -d /dev/loop0\n");
}

CHECK(removal_is_sure_of_an_interface_only_when_it_was_made_to_stay)
{
        struct tn_removal removal = in_use(1);

        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_INTERFACE, false, "eth0", "m", NULL, 0 });
        assert_found(&removal, "holder-interface?: it may be that m is used by network interface eth0\n"
                               "take it down: ip link set eth0 down\n");
        removal = in_use(1);
        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_INTERFACE, false, "eth0", "m", NULL, 0 });
        use(&removal,
            (struct tn_removal_user){ TN_KERNEL_USER_INTERFACE, false, "tap0", "tun", NULL, 0x802 });
        use(&removal,
            (struct tn_removal_user){ TN_KERNEL_USER_INTERFACE, false, "tun0", "tun", NULL, 0x801 });
        assert_found(&removal, "holder-tunnel: m is used by network interface tap0, which was made to stay\n"
                               "delete it: ip tuntap del dev tap0 mode tap\n"
                               "holder-tunnel: m is used by network interface tun0, which was made to stay\n"
                               "delete it: ip tuntap del dev tun0 mode tun\n");
}

CHECK(removal_guesses_where_nothing_is_sure)
{
        struct tn_removal removal = in_use(1);

        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_SWAP, true, "/dev/m0", NULL, NULL, 0 });
        assert_found(&removal, "holder-swap?: it may be that m is used by swap space on /dev/m0\n"
                               "switch it off: swapoff /dev/m0\n");
}

CHECK(removal_says_that_what_holds_a_module_is_not_known)
{
        struct tn_removal removal = in_use(2);

        assert_int_equal(tn_vec_add(&removal.holders, "a"), 0);
        assert_found(&removal, "holder-module: m is used by a\nremove that first: modprobe -r a\n"
                               "holder-unknown: something holds m, and the kernel does not say what\n");
        removal = in_use(1);
        removal.hidden = true;
        assert_found(&removal,
                     "holder-unknown: something holds m, and the kernel does not say what: this user may "
                     "not look at all processes\n");
}

CHECK(removal_tells_states_apart)
{
        struct tn_removal removal = { .parts = TN_REMOVAL_STATE, .err = -EBUSY, .name = "m" };

        removal.state = TN_KERNEL_LIVE;
        assert_found(&removal, "no-exit: m has no exit function, so it stays until the next boot\n");
        removal = (struct tn_removal){ .parts = TN_REMOVAL_STATE, .err = -EBUSY, .name = "m" };
        removal.state = TN_KERNEL_GOING;
        assert_found(&removal,
                     "module-going: m is being removed by another process\nwait until that has ended\n");
        removal = (struct tn_removal){ .parts = TN_REMOVAL_STATE, .err = -EBUSY, .name = "m" };
        removal.state = TN_KERNEL_COMING;
        assert_found(&removal,
                     "module-coming: m is being loaded by another process\nwait until that has ended\n");
}

/* The kernel holds a module until its init function has ended: nobody else is looked for. */
CHECK(removal_does_not_look_for_who_uses_a_module_that_is_underway)
{
        struct tn_removal removal = in_use(1);

        removal.parts |= TN_REMOVAL_STATE;
        removal.state = TN_KERNEL_COMING;
        use(&removal, (struct tn_removal_user){ TN_KERNEL_USER_INTERFACE, false, "eth0", "m", NULL, 0 });
        assert_found(&removal,
                     "module-coming: m is being loaded by another process\nwait until that has ended\n");
        removal = in_use(1);
        removal.parts |= TN_REMOVAL_STATE;
        removal.state = TN_KERNEL_LIVE;
        assert_found(&removal, "holder-unknown: something holds m, and the kernel does not say what\n");
}

static void assert_nearest(const char *name, struct span loaded, const char *expected)
{
        struct tn_removal removal = { .parts = TN_REMOVAL_LOADED, .err = -ENOENT, .name = name };

        removal.loaded = loaded;
        assert_found(&removal, expected);
}

CHECK(removal_knows_a_loaded_module_of_nearly_that_name)
{
        assert_nearest("dumy", SPAN("vfat\0dummy\0"),
                       "loaded-nearest: dumy is not loaded; of the modules that are, dummy has the nearest "
                       "name\ntry dummy\n");
        assert_nearest("VFAT", SPAN("vfat\0dummy\0"),
                       "loaded-nearest: VFAT is not loaded; of the modules that are, vfat has the nearest "
                       "name\ntry vfat\n");
        assert_nearest("loop", SPAN("vfat\0dummy\0"), "");
        assert_nearest("loop", SPAN(""), "");
}

CHECK(removal_has_the_names_of_what_is_loaded)
{
        struct room room = room_new(NULL, NULL, NULL, NULL);
        struct tn_removal removal = { 0 };

        fake_kernel_add("dummy", 0, "");
        assert_int_equal(tn_removal_load("dumy", -ENOENT, room.catalog, &removal), 0);
        assert_int_equal(removal.parts, TN_REMOVAL_LOADED);
        assert_found(&removal, "loaded-nearest: dumy is not loaded; of the modules that are, dummy has the "
                               "nearest name\ntry dummy\n");
        room_fini(&room);
}

CHECK(removal_asks_for_the_right_before_modules_disabled)
{
        struct tn_removal removal = { .parts = TN_REMOVAL_POLICY, .err = -EPERM, .name = "m" };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };

        assert_int_equal(tn_removal_detect(&removal, &findings), 0);
        assert_int_equal(findings.list.n, 0);
        removal.policy.disabled = true;
        assert_int_equal(tn_removal_detect(&removal, &findings), 0);
        assert_int_equal(findings.list.v[0].code, TN_FINDING_MODULES_DISABLED);
        removal.policy.no_right = true;
        assert_int_equal(tn_removal_detect(&removal, &findings), 0);
        assert_int_equal(findings.list.v[1].code, TN_FINDING_NO_CAPABILITY);
        assert_string_equal(findings.list.v[1].other, "as root");
        tn_removal_fini(&removal);
}

/* What is found of a user while the module, which something holds, stays. */
static void assert_gathered(const char *aliases, const char *module, const struct tn_kernel_user *user,
                            const char *expected)
{
        struct room room = room_new(NULL, aliases, NULL, NULL);
        struct tn_removal removal = { 0 };

        fake_kernel_add(module, 1, "");
        fake_kernel_set_user(user);
        assert_int_equal(tn_removal_load(module, -EAGAIN, room.catalog, &removal), 0);
        assert_int_equal(removal.parts, TN_REMOVAL_STATE | TN_REMOVAL_USERS);
        assert_found(&removal, expected);
        room_fini(&room);
}

CHECK(removal_finds_a_file_system_by_its_name_or_its_alias)
{
        const struct tn_kernel_user user = {
                TN_KERNEL_USER_MOUNT, { true, 0, 30 }, "/a", "my-fs", "none", 0
        };
        static const char found[] =
                "holder-mount: %s is used by the file system at /a\nunmount it: umount /a\n";
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 }, alias = { 0 };

        tn_buf_addf(&name, found, "my_fs");
        tn_buf_addf(&alias, found, "other");
        assert_gathered(NULL, "my_fs", &user, tn_buf_str(&name));
        assert_gathered("fs_my_fs other\n", "other", &user, tn_buf_str(&alias));
        assert_gathered("fs_my_fs other\n", "third", &user,
                        "holder-unknown: something holds third, and the kernel does not say what\n");
}

CHECK(removal_finds_a_device_by_its_alias_or_by_the_name_of_its_major)
{
        const struct tn_kernel_user user = {
                TN_KERNEL_USER_LOOP, { true, 7, 0 }, "/dev/loop0", "/disk", NULL, 0
        };

        assert_gathered("block_major_7_* my_loop\n", "my_loop", &user,
                        "holder-loop: my_loop is used by /dev/loop0, which stands for /disk\n"
                        "detach it: losetup -d /dev/loop0\n");
        assert_gathered(NULL, "loop", &user,
                        "holder-loop?: it may be that loop is used by /dev/loop0, which stands for /disk\n"
                        "detach it: losetup -d /dev/loop0\n");
        assert_gathered("block_major_8_* my_loop\nchar_major_7_* my_loop\n", "my_loop", &user,
                        "holder-unknown: something holds my_loop, and the kernel does not say what\n");
}

CHECK(removal_gathers_no_more_than_is_asked_for)
{
        struct room room = room_new(NULL, NULL, NULL, NULL);
        struct tn_removal removal = { 0 };

        fake_kernel_add("m", 1, "");
        fake_kernel_set_user(&(struct tn_kernel_user){ TN_KERNEL_USER_MOUNT, { 0 }, "/a", "m", "none", 0 });
        assert_int_equal(tn_removal_load("m", -EBUSY, room.catalog, &removal), 0);
        assert_int_equal(removal.parts, TN_REMOVAL_STATE);
        assert_int_equal(removal.users.n, 0);
        tn_removal_fini(&removal);
        assert_int_equal(tn_removal_load("m", -EIO, room.catalog, &removal), 0);
        assert_int_equal(removal.parts, 0);
        tn_removal_fini(&removal);
        room_fini(&room);
}

CHECK(removal_looks_for_no_more_than_hold_the_module)
{
        struct room room = room_new(NULL, NULL, NULL, NULL);
        struct tn_removal removal = { 0 };

        fake_kernel_add("a", 0, "");
        fake_kernel_add("m", 1, "a");
        fake_kernel_set_user(&(struct tn_kernel_user){ TN_KERNEL_USER_MOUNT, { 0 }, "/a", "m", "none", 0 });
        assert_int_equal(tn_removal_load("m", -EAGAIN, room.catalog, &removal), 0);
        assert_int_equal(removal.users.n, 0);
        assert_found(&removal, "holder-module: m is used by a\nremove that first: modprobe -r a\n");
        room_fini(&room);
}
