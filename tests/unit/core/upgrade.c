/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"
#include "core/upgrade.h"
#include "room.h"
#include "util/cleanup.h"

#define FROM_DEPS                                                                                            \
        "k/ahci.ko:\nk/e1000e.ko:\nk/nvme.ko: "                                                              \
        "k/nvme_core.ko\nk/nvme_core.ko:\nk/crc32c.ko:\nk/old.ko:\nu/own.ko:\n"
#define FROM_ALIASES                                                                                         \
        "pci:v00008086d* e1000e\nnvme:1 nvme\ncrypto_crc32c crc32c\nahci:1 ahci\nfs_old old\nusb:v1p2* "     \
        "own\npci:v00008086d* old\n"
#define TO_DEPS     "k/nvme.ko: k/nvme_core.ko k/nvme_auth.ko\nk/nvme_core.ko:\nk/nvme_auth.ko:\n"
#define TO_BUILTINS "crc32c_generic\nahci\n"

struct rooms {
        struct room from, to;
        struct tn_upgrade upgrade;
};

static struct rooms rooms_new(struct span devices)
{
        struct rooms rooms = {
                .from = room_new(FROM_DEPS, FROM_ALIASES, NULL, NULL),
                .to = room_new(TO_DEPS, "nvme:1 nvme\ncrypto_crc32c nvme_core\n", TO_BUILTINS, NULL),
        };

        rooms.upgrade = (struct tn_upgrade){ .from = rooms.from.catalog,
                                             .to = rooms.to.catalog,
                                             .running = "6.1",
                                             .release = "6.12",
                                             .devices = devices };
        return rooms;
}

static void rooms_fini(struct rooms *rooms)
{
        room_fini(&rooms->from);
        room_fini(&rooms->to);
}

static bool all_loaded(void *data, const char *name)
{
        (void)data;
        return strcmp(name, "old") != 0;
}

static void assert_texts(struct tn_findings *findings, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list) {
                tn_finding_text(finding, &text);
                tn_buf_add_char(&text, '\n');
        }
        assert_string_equal(tn_buf_str(&text), expected);
        tn_findings_fini(findings);
}

CHECK(upgrade_finds_devices_that_nothing_serves_any_more)
{
        _cleanup_(rooms_fini) struct rooms rooms =
                rooms_new(SPAN("pci:v00008086d1\0pci:v00008086d2\0nvme:1\0ahci:1\0acpi:x\0"));
        struct tn_findings findings = { 0 };

        assert_int_equal(tn_upgrade_devices(&rooms.upgrade, all_loaded, NULL, &findings), 0);
        assert_texts(
                &findings,
                "it may be that 6.12 has nothing for a device that e1000e serves here: pci:v00008086d1\n");
}

CHECK(upgrade_knows_how_the_other_kernel_has_a_module)
{
        _cleanup_(rooms_fini) struct rooms rooms = rooms_new(SPAN(""));
        enum tn_upgrade_how how;

        assert_int_equal(tn_upgrade_find(&rooms.upgrade, SPAN("nvme"), &how), 0);
        assert_int_equal(how, TN_UPGRADE_FILE);
        assert_int_equal(tn_upgrade_find(&rooms.upgrade, SPAN("crc32c_generic"), &how), 0);
        assert_int_equal(how, TN_UPGRADE_BUILTIN);
        assert_int_equal(tn_upgrade_find(&rooms.upgrade, SPAN("old"), &how), 0);
        assert_int_equal(how, TN_UPGRADE_GONE);
}

static void assert_missed(const struct tn_upgrade *upgrade, struct tn_upgrade_gone gone, const char *expected)
{
        struct tn_findings findings = { 0 };

        assert_int_equal(tn_upgrade_missed(upgrade, &gone, &findings), 0);
        assert_texts(&findings, expected);
}

CHECK(upgrade_misses_a_module_only_where_something_does)
{
        _cleanup_(rooms_fini) struct rooms rooms = rooms_new(SPAN(""));

        assert_missed(&rooms.upgrade,
                      (struct tn_upgrade_gone){ .name = "own", .foreign = true, .held = true },
                      "6.12 has no module own\n");
        assert_missed(&rooms.upgrade, (struct tn_upgrade_gone){ .name = "old", .aliases = SPAN("fs-old\0") },
                      "6.12 has no module old: nothing there has the alias fs-old\n");
        assert_missed(&rooms.upgrade,
                      (struct tn_upgrade_gone){ .name = "old", .held = true, .aliases = SPAN("fs-old\0") },
                      "");
        assert_missed(&rooms.upgrade,
                      (struct tn_upgrade_gone){ .name = "crc32c", .aliases = SPAN("crypto-crc32c\0") }, "");
        assert_missed(&rooms.upgrade, (struct tn_upgrade_gone){ .name = "x", .aliases = SPAN("pci:v1d*\0") },
                      "");
}
