/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/evidence_firmware.h"
#include "found.h"

static struct tn_evidence heard(int err, const char *const *lines)
{
        struct tn_evidence evidence = evidence_of(err);

        for (; *lines; lines++)
                say(&evidence, *lines);
        return evidence;
}

static void assert_asked(int err, struct span firmware, const char *const *lines, const char *expected)
{
        struct tn_evidence evidence = heard(err, lines);

        if (firmware.len)
                info(&evidence, SPAN("firmware"), firmware);
        assert_int_equal(tn_evidence_find_firmware(&evidence), 0);
        assert_found(&evidence, expected);
}

CHECK(detect_names_one_file_of_firmware_once)
{
        static const char *const lines[] = {
                "m 0000:00:01.0: firmware: failed to load nix/f.bin (-2)",
                "m 0000:00:01.0: Direct firmware load for nix/f.bin failed with error -2",
                "m 0000:00:01.0: Direct firmware load for nix/g.bin failed with error -2",
                NULL,
        };

        assert_asked(0, SPAN(""), lines,
                     "firmware-missing: m asks for firmware nix/f.bin, which is not in /lib/firmware\n"
                     "firmware-missing: m asks for firmware nix/g.bin, which is not in /lib/firmware\n");
}

CHECK(detect_is_sure_of_firmware_that_the_module_names_or_its_driver_asked_for)
{
        static const char *const platform[] = {
                "platform d.0: Direct firmware load for nix/f.bin failed with error -2", NULL
        };
        static const char *const other[] = {
                "loop d.0: Direct firmware load for nix/f.bin failed with error -2", NULL
        };

        assert_asked(0, SPAN("nix/f.bin"), platform,
                     "firmware-missing: m asks for firmware nix/f.bin, which is not in /lib/firmware\n");
        assert_asked(0, SPAN("nix/g.bin"), platform,
                     "firmware-missing?: it may be that m asks for firmware nix/f.bin, which is not in "
                     "/lib/firmware\n");
        assert_asked(0, SPAN(""), other, "");
        assert_asked(-EIO, SPAN(""), other,
                     "kernel-said: the kernel says: loop d.0: Direct firmware load for nix/f.bin failed with "
                     "error -2\n");
}

CHECK(detect_of_a_failure_with_firmware_missing_says_no_more_than_the_driver)
{
        static const char *const silent[] = {
                "platform d: firmware: failed to load nix/f.bin (-2)",
                "platform d: Direct firmware load for nix/f.bin failed with error -2",
                NULL,
        };
        static const char *const loud[] = { "m d: Direct firmware load for nix/f.bin failed with error -2",
                                            "m: giving up", NULL };

        assert_asked(-ENOENT, SPAN("nix/f.bin"), silent,
                     "firmware-missing: m asks for firmware nix/f.bin, which is not in /lib/firmware\n");
        assert_asked(-EIO, SPAN(""), loud,
                     "firmware-missing: m asks for firmware nix/f.bin, which is not in /lib/firmware\n"
                     "kernel-said: the kernel says: m: giving up\n");
}

CHECK(detect_does_not_call_firmware_missing_that_is_there)
{
        struct tn_evidence evidence = evidence_of(0);
        struct tn_evidence_asked asked = {
                .file = "f.bin",
                .path = "/lib/firmware/f.bin.zst",
                .asker = TN_EVIDENCE_ASKER_OWN,
                .err = -EINVAL,
                .log = "m d: Direct firmware load for f.bin failed with error -22",
        };

        evidence.parts = TN_EVIDENCE_LOG | TN_EVIDENCE_ASKED;
        assert_int_equal(tn_vec_add(&evidence.asked, asked), 0);
        assert_found(&evidence,
                     "firmware-failed: m asks for firmware f.bin, and the kernel could not load it: "
                     "Invalid argument; now there is /lib/firmware/f.bin.zst\n");
}

CHECK(detect_guesses_at_firmware_where_the_kernel_cannot_be_heard)
{
        struct tn_evidence evidence = evidence_of(-ENOENT);

        info(&evidence, SPAN("firmware"), SPAN("nix/f.bin"));
        info(&evidence, SPAN("firmware"), SPAN("nix/g.bin"));
        assert_int_equal(tn_evidence_find_firmware(&evidence), 0);
        assert_found(&evidence,
                     "firmware-missing?: it may be that m asks for firmware nix/f.bin, which is not "
                     "in /lib/firmware\n"
                     "kernel-unheard: the kernel's log may say why, and this process may not read "
                     "it\n");
}
