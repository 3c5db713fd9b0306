/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "format/mountinfo.h"
#include "util/cleanup.h"

CHECK(mountinfo_has_device_point_type_and_source)
{
        struct span text =
                SPAN("36 35 98:7 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n");
        struct tn_mount mount;

        assert_true(tn_mount_next(&text, &mount));
        assert_int_equal(mount.major, 98);
        assert_int_equal(mount.minor, 7);
        assert_span(mount.point, "/mnt2");
        assert_span(mount.type, "ext3");
        assert_span(mount.source, "/dev/root");
        assert_false(tn_mount_next(&text, &mount));
}

CHECK(mountinfo_passes_over_what_is_no_mount)
{
        struct span text =
                SPAN("\n1 2 3 / / rw - ext4 a rw\n1 2 3:x / / rw - ext4 a rw\n1 2 3:4294967296 / / rw - ext4 "
                     "a rw\n"
                     "1 2 3:4 / / rw ext4 a rw\n1 2 3:4 / / rw -\n1 2 3:4 / /last rw - proc none rw");
        struct tn_mount mount;

        assert_true(tn_mount_next(&text, &mount));
        assert_span(mount.point, "/last");
        assert_span(mount.source, "none");
        assert_false(tn_mount_next(&text, &mount));
}

CHECK(mountinfo_takes_several_optional_fields_or_none)
{
        struct span text = SPAN(
                "1 2 3:4 / /a rw shared:1 master:2 unbindable - proc p rw\n1 2 3:4 / /b rw - sysfs s rw\n");
        struct tn_mount mount;

        assert_true(tn_mount_next(&text, &mount));
        assert_span(mount.type, "proc");
        assert_true(tn_mount_next(&text, &mount));
        assert_span(mount.type, "sysfs");
}

CHECK(mountinfo_unescapes_octal_numbers_alone)
{
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

        tn_mount_unescape(SPAN("/a\\040b\\134\\011c\\9\\777\\04"), &out);
        assert_string_equal(tn_buf_str(&out), "/a b\\\tc\\9\\777\\04");
}
