/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "format/klog.h"
#include "util/cleanup.h"

static struct tn_klog_record parse(struct span record)
{
        struct tn_klog_record parsed;

        assert_int_equal(tn_klog_parse(record, &parsed), 0);
        return parsed;
}

static const char *const kinds[TN_KLOG_KINDS] = {
        [TN_KLOG_UNKNOWN_SYMBOL] = "unknown-symbol",
        [TN_KLOG_SYMBOL_VERSION] = "symbol-version",
        [TN_KLOG_NO_SYMBOL_VERSION] = "no-symbol-version",
        [TN_KLOG_DUPLICATE_SYMBOL] = "duplicate-symbol",
        [TN_KLOG_NAMESPACE] = "namespace",
        [TN_KLOG_PROPRIETARY] = "proprietary",
        [TN_KLOG_VERMAGIC] = "vermagic",
        [TN_KLOG_MODULE_STRUCT] = "module-struct",
        [TN_KLOG_ELF] = "elf",
        [TN_KLOG_UNKNOWN_PARAMETER] = "unknown-parameter",
        [TN_KLOG_BAD_VALUE] = "bad-value",
        [TN_KLOG_LONG_VALUE] = "long-value",
        [TN_KLOG_ARRAY_LENGTH] = "array-length",
        [TN_KLOG_UNSIGNED] = "unsigned",
        [TN_KLOG_UNAVAILABLE_KEY] = "unavailable-key",
        [TN_KLOG_UNSUPPORTED_CRYPTO] = "unsupported-crypto",
        [TN_KLOG_UNVERIFIED] = "unverified",
        [TN_KLOG_LOCKDOWN] = "lockdown",
        [TN_KLOG_BLACKLISTED] = "blacklisted",
        [TN_KLOG_LICENSE] = "license",
        [TN_KLOG_OUT_OF_TREE] = "out-of-tree",
        [TN_KLOG_FIRMWARE] = "firmware",
        [TN_KLOG_MEMORY] = "memory",
        [TN_KLOG_INIT_POSITIVE] = "init-positive",
        [TN_KLOG_REQUEST_LOOP] = "request-loop",
};

/* What a line of the log is taken for: "kind module|subject|other|err". */
static void assert_event(const char *text, const char *expected)
{
        _cleanup_(tn_buf_fini) struct tn_buf got = { 0 };
        struct tn_klog_event event;

        if (tn_klog_match(tn_span_of(text), &event))
                tn_buf_addf(&got, "%s %.*s|%.*s|%.*s|%d", kinds[event.kind], SPAN_FMT(event.module),
                            SPAN_FMT(event.subject), SPAN_FMT(event.other), event.err);
        assert_string_equal(tn_buf_str(&got), expected);
}

CHECK(klog_record_has_level_number_time_and_text)
{
        struct tn_klog_record record =
                parse(SPAN("4,357,62024621,-;lab_a: Unknown symbol lab_b_fn (err -2)\n"));

        assert_int_equal(record.level, 4);
        assert_int_equal(record.seq, 357);
        assert_int_equal(record.time_us, 62024621);
        assert_span(record.text, "lab_a: Unknown symbol lab_b_fn (err -2)");
}

CHECK(klog_level_is_without_the_facility)
{
        assert_int_equal(parse(SPAN("30,1,2,-;x")).level, 6);
        assert_int_equal(parse(SPAN("8,1,2,-;x")).level, 0);
}

CHECK(klog_record_may_have_more_fields_and_a_dictionary)
{
        struct tn_klog_record record = parse(SPAN("6,1,2,c,caller=T1;a;b\n SUBSYSTEM=pci\n DEVICE=+pci:0\n"));

        assert_span(record.text, "a;b");
}

CHECK(klog_record_of_another_form_is_rejected)
{
        static const char *const bad[] = {
                "",           "4,357,62024621,-", ";text",        "4;text",       "4,1;text",
                "4,1,2;text", "x,1,2,-;text",     "4,x,2,-;text", "4,1,x,-;text", "-1,1,2,-;text",
        };
        struct tn_klog_record record;

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_int_equal(tn_klog_parse(tn_span_of(bad[i]), &record), -EINVAL);
}

CHECK(klog_escapes_are_undone)
{
        static const struct {
                const char *text, *plain;
        } rows[] = {
                { "a\\x0ab\\x5cx", "a\nb\\x" },
                { "\\x41", "A" },
                { "none", "none" },
                { "\\x4", "\\x4" },
                { "\\xzz", "\\xzz" },
                { "end\\", "end\\" },
                { "\\\\x41", "\\A" },
                { "", "" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

                tn_klog_unescape(tn_span_of(rows[i].text), &out);
                assert_string_equal(tn_buf_str(&out), rows[i].plain);
        }
}

CHECK(klog_knows_what_is_said_of_symbols)
{
        assert_event("lab_a: Unknown symbol lab_b_fn (err -2)", "unknown-symbol lab_a|lab_b_fn||-2");
        assert_event("minix: disagrees about version of symbol module_layout",
                     "symbol-version minix|module_layout||0");
        assert_event("a: no symbol version for b", "no-symbol-version a|b||0");
        assert_event("a: exports duplicate symbol f (owned by kernel)", "duplicate-symbol a|f|kernel|0");
        assert_event(
                "lab_nsuser: module uses symbol (lab_ns_fn) from namespace LABNS, but does not import it.",
                "namespace lab_nsuser|lab_ns_fn|LABNS|0");
        assert_event("m: module using GPL-only symbols uses symbols f from proprietary module p.",
                     "proprietary m|f|p|0");
        assert_event("m: module uses symbols f from proprietary module p, inheriting taint.",
                     "proprietary m|f|p|0");
}

CHECK(klog_knows_what_is_said_of_the_file)
{
        assert_event(
                "lab_hello: version magic '6.1.0-56-amd64 SMP preempt_rt mod_unload ' should be "
                "'6.1.0-56-amd64 SMP preempt mod_unload '",
                "vermagic lab_hello|6.1.0-56-amd64 SMP preempt_rt mod_unload |6.1.0-56-amd64 SMP preempt "
                "mod_unload |0");
        assert_event(
                "module minix: .gnu.linkonce.this_module section size must match the kernel's built struct "
                "module size at run time",
                "module-struct minix|||0");
        assert_event("Invalid ELF header magic: != \x7f"
                     "ELF",
                     "elf |header magic: != \x7f"
                     "ELF||0");
        assert_event("Invalid ELF section header overflow", "elf |section header overflow||0");
        assert_event("Invalid architecture in ELF header: 3", "elf |header: 3||0");
}

CHECK(klog_knows_what_is_said_of_parameters)
{
        assert_event("lab_par: unknown parameter 'max_sped' ignored",
                     "unknown-parameter lab_par|max_sped||0");
        assert_event("lab_par: `fast' invalid for parameter `max_speed'",
                     "bad-value lab_par|max_speed|fast|0");
        assert_event("lab_par: `' invalid for parameter `max_speed'", "bad-value lab_par|max_speed||0");
        assert_event("lab_par: `abc' too large for parameter `name'", "long-value lab_par|name|abc|0");
        assert_event("arr: can only take 2 arguments", "array-length |arr|2|0");
}

CHECK(klog_takes_the_parameter_that_the_kernel_names_not_one_in_the_value)
{
        assert_event("m: `a' invalid for parameter `b' invalid for parameter `c'",
                     "bad-value m|c|a' invalid for parameter `b|0");
}

CHECK(klog_knows_what_is_said_of_trust)
{
        assert_event("Loading of unsigned module is rejected", "unsigned |||0");
        assert_event("Loading of module with unavailable key is rejected", "unavailable-key |||0");
        assert_event("Loading of module with unsupported crypto is rejected", "unsupported-crypto |||0");
        assert_event(
                "lab_hello: module verification failed: signature and/or required key missing - tainting "
                "kernel",
                "unverified lab_hello|||0");
        assert_event("Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7",
                     "lockdown |modprobe|unsigned module loading|0");
        assert_event("Module lab_stuck is blacklisted", "blacklisted lab_stuck|||0");
}

CHECK(klog_knows_what_taints)
{
        assert_event("lab_gpl: module license 'BSD' taints kernel.", "license lab_gpl|BSD||0");
        assert_event("lab_gpl: module license taints kernel.", "license lab_gpl|||0");
        assert_event("lab_gpl: loading out-of-tree module taints kernel.", "out-of-tree lab_gpl|||0");
}

CHECK(klog_knows_what_else_goes_wrong)
{
        assert_event("platform lab_fw_dev: firmware: failed to load lab/widget.bin (-2)",
                     "firmware platform lab_fw_dev|lab/widget.bin||-2");
        assert_event("platform lab_fw_dev: Direct firmware load for lab/widget.bin failed with error -2",
                     "firmware platform lab_fw_dev|lab/widget.bin||-2");
        assert_event("modprobe: vmalloc error: size 734019584, exceeds total pages, mode:0xcc0(GFP_KERNEL), "
                     "nodemask=(null)",
                     "memory |734019584||0");
        assert_event("execmem: unable to allocate memory", "memory |||0");
        assert_event("do_init_module: 'odd'->init suspiciously returned 1, it should follow 0/-E convention",
                     "init-positive odd|||1");
        assert_event(
                "request_module: modprobe net-pf-38 cannot be processed, kmod busy with 50 threads for more "
                "than 5 seconds now",
                "request-loop |net-pf-38||0");
        assert_event("request_module: runaway loop modprobe binfmt-464c", "request-loop |binfmt-464c||0");
}

CHECK(klog_does_not_know_other_lines)
{
        assert_event("usb 1-1: new high-speed USB device number 2", "");
        assert_event("lab_a: Unknown symbol lab_b_fn (err two)", "");
        assert_event("lab_a: Unknown symbol lab_b_fn (err -2) and more", "");
        assert_event("lab_a: Unknown symbol  (err -2", "");
        assert_event(": Unknown symbol x (err -2)", "");
        assert_event("Module  is blacklisted", "");
        assert_event("a: firmware: failed to load b (99999999999)", "");
        assert_event("", "");
}
