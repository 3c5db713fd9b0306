/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/audit.h"
#include "check.h"
#include "fake_kernel.h"
#include "tmpdir.h"
#include "util/cleanup.h"

static const struct tn_conf_record line = { .kind = TN_CONF_DENY, .file = "/etc/a\n.conf", .line = 3 };

static void audit(const char *dir, const char *name, enum tn_step_kind kind, enum tn_spared spared)
{
        const struct tn_step step = { .kind = kind, .spared = spared, .name = name, .denial = &line };

        tn_audit_step(&step, dir);
}

CHECK(audit_writes_of_each_module_once)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *marks = tmpdir_path(&dir, "tenon/audited");

        fake_kernel_reset();
        audit(marks, "loop", TN_STEP_INSERT, TN_SPARED_AUDIT);
        audit(marks, "loop", TN_STEP_INSERT, TN_SPARED_AUDIT);
        audit(marks, "sctp", TN_STEP_INSTALL, TN_SPARED_AUDIT);
        audit(marks, "brd", TN_STEP_LOADED, TN_SPARED_AUDIT);
        audit(marks, "fat", TN_STEP_INSERT, TN_SPARED_NONE);
        assert_string_equal(fake_kernel_written(),
                            "tenon: module loop would be denied by /etc/a\\n.conf line 3\n"
                            "tenon: module sctp would be denied by /etc/a\\n.conf line 3\n");
}

CHECK(audit_writes_always_of_what_was_asked_for_in_spite_of_it)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(freep) char *marks = tmpdir_path(&dir, "audited");
        const char *written;

        fake_kernel_reset();
        audit(marks, "loop", TN_STEP_INSERT, TN_SPARED_ASKED);
        audit(marks, "loop", TN_STEP_INSERT, TN_SPARED_ASKED);
        written = fake_kernel_written();
        assert_true(strncmp(written, "tenon: module loop is denied by /etc/a\\n.conf line 3, and loaded by",
                            67) == 0);
        assert_int_equal(tn_span_chr(tn_span_of(written), '\n') * 2 + 2, strlen(written));
}

CHECK(audit_that_cannot_mark_writes_again)
{
        fake_kernel_reset();
        audit("/dev/null/x", "loop", TN_STEP_INSERT, TN_SPARED_AUDIT);
        audit("/dev/null/x", "loop", TN_STEP_INSERT, TN_SPARED_AUDIT);
        assert_string_equal(fake_kernel_written(),
                            "tenon: module loop would be denied by /etc/a\\n.conf line 3\n"
                            "tenon: module loop would be denied by /etc/a\\n.conf line 3\n");
}
