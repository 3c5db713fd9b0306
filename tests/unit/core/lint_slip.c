/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "core/lint/slip.h"

static bool is_slip(const char *a, const char *b)
{
        bool slip = tn_lint_is_slip(tn_span_of(a), tn_span_of(b));

        assert_int_equal(tn_lint_is_slip(tn_span_of(b), tn_span_of(a)), slip);
        return slip;
}

CHECK(slip_swaps_doubles_and_leaves_out)
{
        assert_true(is_slip("nouveua", "nouveau"));
        assert_true(is_slip("snd_had_intel", "snd_had_itnel"));
        assert_true(is_slip("dumy", "dummy"));
        assert_true(is_slip("loopp", "loop"));
        assert_true(is_slip("bluetoth", "bluetooth"));
        assert_true(is_slip("bluetooh", "bluetooth"));
        assert_true(is_slip("thumderbolt", "thunderbolt"));
        assert_true(is_slip("usbstorage", "usb_storage"));
        assert_true(is_slip("i_915", "i915"));
}

CHECK(slip_is_none_between_modules_that_there_are)
{
        static const char *const pairs[][2] = {
                { "sch_cbq", "sch_cbs" },
                { "nvme_core", "nvmem_core" },
                { "ixgb", "ixgbe" },
                { "nft_nat", "nf_nat" },
                { "virtio_rng", "virtio_ring" },
                { "virtio_pci", "virtio_scsi" },
                { "intel_pstate", "intel_cstate" },
                { "bcachefs", "bcache" },
                { "rtl8192c", "rtl8192d" },
                { "rational", "national" },
                { "r8168", "r8169" },
                { "tun", "tnu" },
                { "vfat", "xfat" },
                { "snd_intel8x0m", "snd_intel8x0" },
                { "hfs", "hfsplus" },
                { "amd_pmf", "amd_pmc" },
                { "e1000", "e1000e" },
                { "ata_generic", "aes_generic" },
                { "udf", "udl" },
        };

        for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
                assert_false(is_slip(pairs[i][0], pairs[i][1]));
}

CHECK(slip_needs_two_names)
{
        assert_false(is_slip("loop", "loop"));
        assert_false(is_slip("", "loop"));
        assert_false(is_slip("", ""));
        assert_false(is_slip("_", "a"));
        assert_false(is_slip("nouveua_a", "nouveau"));
        assert_false(is_slip("nouveua_ab", "nouveau_ba"));
}
