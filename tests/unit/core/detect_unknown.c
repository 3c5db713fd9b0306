/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "check.h"
#include "core/detect.h"
#include "util/cleanup.h"

/* Failures whose cause nobody knows: what is said of them is what the kernel has said, and nothing that was guessed. */

#define VERMAGIC "6.1.0-56-amd64 SMP preempt mod_unload modversions "
#define PARTS                                                                                                \
        (TN_EVIDENCE_FILE | TN_EVIDENCE_FACTS | TN_EVIDENCE_POLICY | TN_EVIDENCE_OWNERS |                    \
         TN_EVIDENCE_KERNEL | TN_EVIDENCE_SYMBOLS)
#define LINES_MAX 3

struct unknown {
        const char *what;
        int err;
        const char *lines[LINES_MAX + 1];
};

/* A module "m" in the file of another name, with nothing wrong in it, that the kernel would take. */
static struct tn_evidence sound_module(int err)
{
        struct tn_evidence evidence = {
                .parts = PARTS,
                .err = err,
                .name = "file_of_m",
                .inside = "m",
                .path = "/file-of-m.ko",
                .options = "speed=3 arr=1,2",
                .release = "6.1.0-56-amd64",
                .vermagic = VERMAGIC,
                .kernel_elf = { .is64 = true, .machine = EM_X86_64 },
                .facts.elf = { .is64 = true, .machine = EM_X86_64 },
                .facts.signature = { .id = SPAN("PKCS#7"), .signer = SPAN("Somebody") },
                .head = SPAN("\x7f"
                             "ELF"),
                .file_size = 4096,
                .symbols = SPAN("printk\0there\0"),
        };
        static const struct tn_modinfo info[] = {
                { SPAN("license"), SPAN("GPL") },
                { SPAN("vermagic"), SPAN(VERMAGIC) },
                { SPAN("parmtype"), SPAN("speed:int") },
                { SPAN("parmtype"), SPAN("arr:array of int") },
        };

        for (size_t i = 0; i < ARRAY_SIZE(info); i++)
                assert_int_equal(tn_vec_add(&evidence.facts.info, info[i]), 0);
        return evidence;
}

static void take_lines(struct tn_evidence *evidence, const char *const *lines)
{
        _cleanup_(tn_buf_fini) struct tn_buf records = { 0 };

        for (; *lines; lines++) {
                tn_buf_addf(&records, "4,1,2,-;%s", *lines);
                tn_buf_add_char(&records, '\0');
        }
        assert_int_equal(tn_evidence_take_log(evidence, tn_buf_span(&records)), 0);
        tn_evidence_drop_others(evidence);
}

static void assert_unknown(const struct tn_evidence *evidence, const struct unknown *row)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf found = { 0 }, expected = { 0 };
        const struct tn_finding *finding;

        tn_buf_addf(&expected, "%s:\n", row->what);
        for (const char *const *line = row->lines; *line; line++)
                tn_buf_addf(&expected, "kernel-said: the kernel says: %s\n", *line);
        if (!row->lines[0])
                tn_buf_addf(&expected, "kernel-silent: the kernel gave no reason\n");
        assert_int_equal(tn_detect(evidence, &findings), 0);
        tn_buf_addf(&found, "%s:\n", row->what);
        tn_vec_each (finding, &findings.list) {
                tn_buf_addf(&found, "%s%s: ", tn_finding_id(finding->code), finding->guess ? "?" : "");
                tn_finding_text(finding, &found);
                tn_buf_add_char(&found, '\n');
        }
        assert_string_equal(tn_buf_str(&found), tn_buf_str(&expected));
}

static const struct unknown unknown[] = {
        { "no line, an answer of a driver", -EIO, { 0 } },
        { "no line, an answer that says much", -EINVAL, { 0 } },
        { "no line, the format", -ENOEXEC, { 0 } },
        { "no line, a symbol", -ENOENT, { 0 } },
        { "no line, a right", -EPERM, { 0 } },
        { "no line, memory", -ENOMEM, { 0 } },
        { "no line, a deadline", -ETIMEDOUT, { 0 } },
        { "an answer without a name", -524, { 0 } },
        { "an answer that is no errno", -4000, { "m: firmware handshake failed" } },
        { "the driver's own line", -EIO, { "m 0000:00:1f.3: probe with driver m failed" } },
        { "three of them", -EBUSY, { "m: one", "m: two", "m: three" } },
        { "bytes that are escaped", -EIO, { "m: caf\xc3\xa9 failed" } },
        { "a symbol, and no number", -ENOENT, { "m: Unknown symbol nix" } },
        { "a symbol, and the number of another failure", -EINVAL, { "m: Unknown symbol nix (err -22)" } },
        { "a symbol that is there", -ENOENT, { "m: Unknown symbol there (err -2)" } },
        { "a symbol of another module",
          -ENOENT,
          { "other: Unknown symbol nix (err -2)", "other: Unknown symbol nix2 (err -2)" } },
        { "the version of another module's symbol",
          -EINVAL,
          { "other: disagrees about version of symbol printk", "other: Unknown symbol printk (err -22)" } },
        { "the layout of another module",
          -ENOEXEC,
          { "other: disagrees about version of symbol module_layout" } },
        { "the vermagic of another module",
          -ENOEXEC,
          { "other: version magic '6.1 SMP ' should be '6.1 SMP preempt '" } },
        { "a symbol that another module has twice",
          -ENOEXEC,
          { "other: exports duplicate symbol f (owned by b)" } },
        { "a namespace of another module",
          -EINVAL,
          { "other: module uses symbol (f) from namespace NS, but does not import it." } },
        { "a value of another module", -EINVAL, { "other: `x' invalid for parameter `speed'" } },
        { "a long value of another module", -ENOSPC, { "other: `xyz' too large for parameter `arr'" } },
        { "an array that was not given", -EINVAL, { "arrow: can only take 2 arguments" } },
        { "words like those of an array", -EINVAL, { "arr: can only take 2 dogs" } },
        { "a name that begins alike", -EINVAL, { "mm: `x' invalid for parameter `speed'" } },
        { "a name that is longer by one", -EPERM, { "Module m2 is blacklisted" } },
        { "a lockdown of somebody else",
          -EPERM,
          { "Lockdown: dd: /dev/mem,kmem,port is restricted; see man kernel_lockdown.7" } },
        { "a lockdown, and a failure that it does not make",
          -ENODEV,
          { "Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7" } },
        { "a parameter that a lockdown keeps from being set",
          -EPERM,
          { "Lockdown: modprobe: unsafe module parameters is restricted; see man kernel_lockdown.7",
            "m: `3' invalid for parameter `speed'" } },
        { "memory that somebody else lacks",
          -EINVAL,
          { "tar: vmalloc error: size 4096, page order 0, failed to allocate pages, mode:0xcc0" } },
        { "memory of the kernel's own", -ENODEV, { "execmem: unable to allocate memory" } },
        { "a signature, and a failure that it does not make",
          -ENODEV,
          { "Loading of unsigned module is rejected" } },
        { "a key, and the kernel takes what is not signed", -ENOKEY, { 0 } },
        { "other parts of the kernel",
          -EIO,
          { "usb 1-1: device descriptor read/64, error -71", "audit: type=1400 apparmor=\"DENIED\"" } },
        { "a user who writes into the log", -EPERM, { "Module m is blacklisted, says somebody" } },
        { "one who quotes a line", -EINVAL, { "note: m: `x' invalid for parameter `speed'" } },
};

CHECK(detect_shows_what_the_kernel_says_and_guesses_nothing)
{
        for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
                struct tn_evidence evidence = sound_module(unknown[i].err);

                take_lines(&evidence, unknown[i].lines);
                assert_unknown(&evidence, &unknown[i]);
                tn_evidence_fini(&evidence);
        }
}

/* An init function can return what the kernel answers to an unsigned module. */
CHECK(detect_does_not_miss_a_signature_that_the_kernel_does_not_miss)
{
        static const struct unknown rows[] = {
                { "nothing is enforced", -EKEYREJECTED, { 0 } },
                { "the driver's own words", -EKEYREJECTED, { "m: the firmware has no valid signature" } },
                { "without a key", -ENOKEY, { 0 } },
        };

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct tn_evidence evidence = sound_module(rows[i].err);

                evidence.facts.signature = (struct tn_modsig){ 0 };
                evidence.policy.signatures = TN_KERNEL_LENIENT;
                take_lines(&evidence, rows[i].lines);
                assert_unknown(&evidence, &rows[i]);
                tn_evidence_fini(&evidence);
        }
}

/* A note on a success; where the module was refused, it is no reason. */
CHECK(detect_tells_of_a_license_that_taints_only_when_the_module_is_loaded)
{
        static const char *const lines[] = { "m: module license 'BSD' taints kernel.", NULL };
        static const struct unknown refused = { "a license", -EIO, { 0 } };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_evidence evidence = sound_module(refused.err);

        take_lines(&evidence, lines);
        assert_unknown(&evidence, &refused);
        evidence.err = 0;
        assert_int_equal(tn_detect(&evidence, &findings), 0);
        assert_int_equal(findings.list.n, 1);
        tn_finding_text(&findings.list.v[0], &text);
        assert_string_equal(tn_buf_str(&text), "file_of_m taints the kernel: its license is 'BSD'");
        assert_string_equal(tn_finding_id(findings.list.v[0].code), "taint");
        tn_evidence_fini(&evidence);
}
