/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "found.h"

CHECK(detect_shows_the_log_of_what_nobody_knows)
{
        struct tn_evidence evidence = evidence_of(-EIO);

        say(&evidence, "usb 1-1: nothing of ours");
        say(&evidence, "m: the chip does not answer");
        assert_found(&evidence, "kernel-said: the kernel says: usb 1-1: nothing of ours\n"
                                "kernel-said: the kernel says: m: the chip does not answer\n");
}

CHECK(detect_takes_no_taint_for_a_reason)
{
        struct tn_evidence evidence = evidence_of(-EIO);

        say(&evidence, "m: loading out-of-tree module taints kernel.");
        say(&evidence, "m: module verification failed: signature and/or required key missing - tainting "
                       "kernel");
        assert_found(&evidence, "kernel-silent: the kernel gave no reason\n");
}

CHECK(detect_says_that_the_kernel_is_silent_only_where_it_could_be_heard)
{
        struct tn_evidence evidence = evidence_of(-EIO);

        evidence.parts = TN_EVIDENCE_LOG;
        assert_found(&evidence, "kernel-silent: the kernel gave no reason\n");
        evidence = evidence_of(-EIO);
        assert_found(&evidence,
                     "kernel-unheard: the kernel's log may say why, and this process may not read it\n");
}

CHECK(detect_of_a_success_finds_warnings_alone)
{
        struct tn_evidence evidence = evidence_of(0);

        say(&evidence, "m: unknown parameter 'max_sped' ignored");
        say(&evidence, "m: something else");
        assert_found(&evidence,
                     "parameter-unknown: m has no parameter 'max_sped', so the kernel ignores it\n");
}

CHECK(detect_does_not_blame_another_release_that_the_kernel_does_not_mind)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        info(&evidence, SPAN("vermagic"), SPAN("6.1.0-40-amd64 SMP preempt mod_unload modversions "));
        evidence.parts |= TN_EVIDENCE_KERNEL | TN_EVIDENCE_LOG;
        assert_found(&evidence, "kernel-silent: the kernel gave no reason\n");
}

CHECK(detect_knows_what_a_file_is_that_is_no_module)
{
        static const struct {
                struct span head;
                int facts_err;
                const char *expected;
        } rows[] = {
                { SPAN("<!DOCTYPE html>\n"), -ENOEXEC,
                  "file-not-elf: /m.ko is no module but an HTML page\n" },
                { SPAN("just words\n\x01"), -ENOEXEC, "file-not-elf: /m.ko is no module but text\n" },
                { SPAN("\x01\x02\x03"), -ENOEXEC, "file-not-elf: /m.ko is no module but something else\n" },
                { SPAN("BZh9"), -ENOEXEC,
                  "compression-unknown: /m.ko is compressed with bzip2, which neither the kernel nor this "
                  "program can "
                  "decompress\n" },
                { SPAN("\x7f"
                       "ELF"),
                  -EINVAL, "file-truncated: /m.ko is cut off or damaged\n" },
                { SPAN("\x28\xb5\x2f\xfd"), -EINVAL, "file-truncated: /m.ko is cut off or damaged\n" },
                { SPAN("\x28\xb5\x2f\xfd"), -ENOSYS,
                  "compression-library: /m.ko is compressed with zstd, and its library libzstd.so.1 cannot "
                  "be opened\n" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct tn_evidence evidence = evidence_of(-ENOEXEC);

                evidence.parts = TN_EVIDENCE_FILE;
                evidence.head = rows[i].head;
                evidence.facts_err = rows[i].facts_err;
                assert_found(&evidence, rows[i].expected);
        }
}

CHECK(detect_knows_what_is_compressed_and_no_module)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        evidence.parts = TN_EVIDENCE_FILE;
        evidence.head = SPAN("\x28\xb5\x2f\xfd");
        evidence.facts_err = -ENOEXEC;
        assert_found(&evidence,
                     "file-not-elf: /m.ko is no module but something else, compressed with zstd\n");
}

CHECK(detect_knows_what_is_no_file)
{
        struct tn_evidence evidence = evidence_of(-EISDIR);

        evidence.parts = TN_EVIDENCE_FILE;
        evidence.head = SPAN("");
        evidence.file_size = 0;
        evidence.file_err = -EISDIR;
        assert_found(&evidence, "file-not-elf: /m.ko is no module but a directory\n");
        evidence = evidence_of(-EINVAL);
        evidence.parts = TN_EVIDENCE_FILE;
        evidence.head = SPAN("");
        evidence.file_size = 0;
        evidence.file_err = -EINVAL;
        assert_found(&evidence, "file-not-elf: /m.ko is no module but a pipe, a socket or a device\n");
}

CHECK(detect_knows_what_is_left_of_a_signed_file)
{
        struct tn_evidence evidence = evidence_of(-EBADMSG);

        evidence.parts = TN_EVIDENCE_FILE;
        evidence.head = SPAN("\x01\x02");
        evidence.signed_end = true;
        assert_found(&evidence, "file-not-elf: /m.ko is no module but the end of a signed module\n");
}

CHECK(detect_knows_an_empty_file)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        evidence.parts = TN_EVIDENCE_FILE;
        evidence.head = SPAN("");
        evidence.file_size = 0;
        assert_found(&evidence, "file-empty: /m.ko is empty\n");
}

CHECK(detect_knows_another_machine_and_another_class)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        evidence.parts = TN_EVIDENCE_FACTS | TN_EVIDENCE_KERNEL;
        evidence.facts.elf.machine = EM_AARCH64;
        assert_found(&evidence, "elf-machine: /m.ko is for ARM64, and the kernel for x86-64\n");
        evidence = evidence_of(-ENOEXEC);
        evidence.parts = TN_EVIDENCE_FACTS | TN_EVIDENCE_KERNEL;
        evidence.facts.elf.is64 = false;
        assert_found(&evidence, "elf-class: /m.ko is a 32-bit module, and the kernel is a 64-bit one\n");
}

static struct tn_evidence signed_by_somebody(void)
{
        struct tn_evidence evidence = evidence_of(-EKEYREJECTED);

        evidence.parts = TN_EVIDENCE_FACTS | TN_EVIDENCE_LOG;
        evidence.facts.signature = (struct tn_modsig){ .id = SPAN("PKCS#7"), .signer = SPAN("Somebody") };
        return evidence;
}

CHECK(detect_tells_signatures_apart)
{
        struct tn_evidence evidence = evidence_of(-EKEYREJECTED);

        evidence.parts = TN_EVIDENCE_FACTS | TN_EVIDENCE_POLICY;
        evidence.policy.signatures = TN_KERNEL_ENFORCES;
        assert_found(&evidence,
                     "signature-missing: m has no signature, and the kernel takes signed modules only\n");
        evidence = signed_by_somebody();
        say(&evidence, "Loading of module with unavailable key is rejected");
        assert_found(&evidence,
                     "signature-key: m is signed by 'Somebody', and the kernel does not know that key\n");
        evidence = signed_by_somebody();
        say(&evidence, "Loading of module with unsupported crypto is rejected");
        assert_found(&evidence,
                     "kernel-said: the kernel says: Loading of module with unsupported crypto is rejected\n");
        evidence = signed_by_somebody();
        assert_found(&evidence,
                     "signature-mismatch?: it may be that the signature of /m.ko does not fit its contents: "
                     "the file was changed after it was signed\n");
        evidence = signed_by_somebody();
        evidence.parts = TN_EVIDENCE_FACTS;
        assert_found(&evidence,
                     "kernel-unheard: the kernel's log may say why, and this process may not read it\n");
        evidence = signed_by_somebody();
        evidence.parts = TN_EVIDENCE_FACTS;
        evidence.log_err = -ENOENT;
        assert_found(&evidence,
                     "kernel-logless: the kernel's log may say why, and there is no /dev/kmsg here to read "
                     "it from\n");
}

/* The kernel names a module only after it has looked at the signature. */
CHECK(detect_knows_an_init_function_that_answers_like_a_signature)
{
        struct tn_evidence evidence = signed_by_somebody();

        say(&evidence, "m: module verification failed: signature and/or required key missing - tainting "
                       "kernel");
        assert_found(&evidence, "init-failed: the init function of m failed: Key was rejected by service\n");
        evidence = signed_by_somebody();
        say(&evidence, "m: the chip has another key");
        assert_found(&evidence, "init-failed: the init function of m failed: Key was rejected by service\n"
                                "kernel-said: the kernel says: m: the chip has another key\n");
        evidence = signed_by_somebody();
        evidence.name = "file_of_m";
        evidence.inside = "m";
        say(&evidence, "m: loading out-of-tree module taints kernel.");
        assert_found(&evidence,
                     "init-failed: the init function of file_of_m failed: Key was rejected by service\n");
        evidence = signed_by_somebody();
        say(&evidence, "mm: another one");
        assert_found(&evidence,
                     "signature-mismatch?: it may be that the signature of /m.ko does not fit its contents: "
                     "the file was changed after it was signed\n"
                     "kernel-said: the kernel says: mm: another one\n");
}

CHECK(detect_names_the_one_policy_that_the_kernel_has_acted_on)
{
        struct tn_evidence evidence = evidence_of(-EPERM);

        evidence.parts = TN_EVIDENCE_POLICY;
        evidence.policy = (struct tn_kernel_policy){ .no_right = true, .disabled = true };
        assert_found(&evidence,
                     "no-capability: this process has not the capability CAP_SYS_MODULE: it is not "
                     "root's\n");
        evidence = evidence_of(-EPERM);
        evidence.parts = TN_EVIDENCE_POLICY;
        evidence.policy = (struct tn_kernel_policy){ .disabled = true };
        assert_found(&evidence,
                     "modules-disabled: kernel.modules_disabled is 1: no module can be loaded or unloaded "
                     "before the next boot\n");
        evidence = evidence_of(-EPERM);
        evidence.parts = TN_EVIDENCE_POLICY;
        evidence.blacklist = SPAN("x,m");
        assert_found(&evidence,
                     "kernel-blacklist: the kernel refuses m: module_blacklist= on its command line names "
                     "it\n");
        evidence = evidence_of(-EPERM);
        evidence.parts = TN_EVIDENCE_POLICY;
        evidence.blacklist = SPAN("mm,xm");
        say(&evidence,
            "Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7");
        assert_found(&evidence, "lockdown: the kernel is locked down and takes no module without a valid "
                                "signature\n");
}

static void assert_policy(struct tn_kernel_policy policy, unsigned parts, const char *expected)
{
        struct tn_evidence evidence = evidence_of(-EPERM);

        evidence.parts = TN_EVIDENCE_POLICY | parts;
        evidence.policy = policy;
        assert_found(&evidence, expected);
}

CHECK(detect_says_why_there_is_no_right)
{
        assert_policy((struct tn_kernel_policy){ .no_right = true, .root = true, .seccomp = true }, 0,
                      "no-capability: this process has not the capability CAP_SYS_MODULE: it was taken from "
                      "root, as in a container\n");
        assert_policy((struct tn_kernel_policy){ .no_right = true, .root = true, .in_namespace = true }, 0,
                      "no-capability: this process has not the capability CAP_SYS_MODULE: it is in a user "
                      "namespace, as containers are\n");
}

CHECK(detect_blames_seccomp_where_nothing_else_can_be_it)
{
        struct tn_evidence evidence = evidence_of(-EPERM);

        assert_policy((struct tn_kernel_policy){ .seccomp = true }, TN_EVIDENCE_LOG,
                      "seccomp: a seccomp filter forbids this process to load modules\n");
        assert_policy((struct tn_kernel_policy){ .seccomp = true }, 0,
                      "seccomp?: it may be that a seccomp filter forbids this process to load modules\n");
        assert_policy((struct tn_kernel_policy){ .seccomp = true, .disabled = true }, TN_EVIDENCE_LOG,
                      "modules-disabled: kernel.modules_disabled is 1: no module can be loaded or unloaded "
                      "before the next boot\n");
        evidence.parts = TN_EVIDENCE_POLICY;
        evidence.policy = (struct tn_kernel_policy){ .seccomp = true, .lockdown = "integrity" };
        say(&evidence,
            "Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7");
        assert_found(&evidence, "lockdown: the kernel is locked down (integrity) and takes no module without "
                                "a valid signature\n");
}

CHECK(detect_knows_a_lockdown_without_the_log)
{
        struct tn_kernel_policy policy = { .lockdown = "integrity" };
        struct tn_evidence evidence = evidence_of(-EPERM);

        assert_policy(policy, TN_EVIDENCE_FACTS,
                      "lockdown: the kernel is locked down (integrity) and takes no module without a valid "
                      "signature\n");
        assert_policy(policy, TN_EVIDENCE_FACTS | TN_EVIDENCE_LOG,
                      "kernel-silent: the kernel gave no reason\n");
        evidence.parts = TN_EVIDENCE_POLICY | TN_EVIDENCE_FACTS;
        evidence.policy = policy;
        evidence.facts.signature.id = SPAN("PKCS#7");
        assert_found(&evidence,
                     "kernel-unheard: the kernel's log may say why, and this process may not read it\n");
}

static void assert_unheard(struct span signer, int signatures, const char *keys, const char *expected)
{
        struct tn_evidence evidence = evidence_of(-EKEYREJECTED);

        evidence.parts = TN_EVIDENCE_FACTS | TN_EVIDENCE_POLICY | TN_EVIDENCE_KEYS;
        evidence.facts.signature.id = SPAN("PKCS#7");
        evidence.facts.signature.signer = signer;
        evidence.policy.signatures = signatures;
        evidence.keys = tn_span_of(keys);
        assert_found(&evidence, expected);
}

CHECK(detect_judges_a_signature_without_the_log)
{
        static const char keys[] = "1c43 I------     1 perm 1f0b0000     0     0 keyring   .machine: empty\n"
                                   "3497 I------     1 perm 1f030000     0     0 asymmetri A key: 8963f7: "
                                   "X509.rsa 371a5bb8 []\n";
        static const char mismatch[] =
                "signature-mismatch?: it may be that the signature of /m.ko does not fit its contents: "
                "the file was changed after it was signed\n",
                          init[] = "init-failed?: it may be that the init function of m failed: Key was "
                                   "rejected by service\n",
                          unheard[] =
                                  "kernel-unheard: the kernel's log may say why, and this process may not "
                                  "read it\n";

        assert_unheard(SPAN("A key"), TN_KERNEL_ENFORCES, keys, mismatch);
        assert_unheard(SPAN("A"), TN_KERNEL_ENFORCES, keys,
                       "signature-key?: it may be that m is signed by 'A', and the kernel does not know "
                       "that key\n");
        assert_unheard(SPAN("A key"), TN_KERNEL_LENIENT, keys, mismatch);
        assert_unheard(SPAN("B"), TN_KERNEL_LENIENT, keys, init);
        assert_unheard(SPAN("B"), TN_KERNEL_LENIENT, "", mismatch);
        assert_unheard(SPAN("B"), TN_KERNEL_ENFORCES, "", unheard);
        assert_unheard(SPAN(""), TN_KERNEL_ENFORCES, keys, unheard);
        assert_unheard(SPAN("B"), TN_KERNEL_UNTOLD, keys, unheard);
}

CHECK(detect_knows_a_module_on_its_way)
{
        struct tn_evidence evidence = evidence_of(-EBUSY);

        evidence.parts = TN_EVIDENCE_STATE;
        evidence.state = TN_KERNEL_COMING;
        assert_found(&evidence, "module-coming: m is being loaded by another process\n");
        evidence = evidence_of(-EBUSY);
        evidence.parts = TN_EVIDENCE_STATE;
        evidence.state = TN_KERNEL_GOING;
        assert_found(&evidence, "module-going: m is being removed by another process\n");
        evidence = evidence_of(-EBUSY);
        evidence.parts = TN_EVIDENCE_STATE | TN_EVIDENCE_LOG;
        evidence.state = TN_KERNEL_ABSENT;
        assert_found(&evidence, "kernel-silent: the kernel gave no reason\n");
        evidence = evidence_of(-EBUSY);
        evidence.parts = TN_EVIDENCE_STATE | TN_EVIDENCE_LOG;
        evidence.before = TN_KERNEL_COMING;
        assert_found(&evidence, "module-meanwhile: m was being loaded by another process at the same time\n");
        evidence = evidence_of(-EBUSY);
        evidence.parts = TN_EVIDENCE_STATE | TN_EVIDENCE_LOG;
        evidence.before = TN_KERNEL_GOING;
        assert_found(&evidence,
                     "module-meanwhile: m was being removed by another process at the same time\n");
        evidence = evidence_of(-EEXIST);
        evidence.parts = TN_EVIDENCE_STATE;
        evidence.state = TN_KERNEL_ABSENT;
        assert_found(&evidence,
                     "init-exists: m is not loaded: its init function answered that what it does is "
                     "there already\n");
}

CHECK(detect_wants_nothing_but_what_its_rows_read)
{
        unsigned facts;

        assert_int_equal(tn_detect_wants(0, &facts), TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_ASKED);
        assert_int_equal(facts, TN_FACTS_INFO | TN_FACTS_LAYOUT);
        assert_int_equal(tn_detect_wants(-EPERM, &facts),
                         TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_POLICY | TN_EVIDENCE_ASKED);
        assert_true(tn_detect_wants(-ENOENT, &facts) & TN_EVIDENCE_OWNERS);
        assert_true(facts & TN_FACTS_NEEDS);
}

static void assert_memory(uint64_t wants, const char *line, const char *expected)
{
        struct tn_evidence evidence = evidence_of(-ENOMEM);

        evidence.parts = TN_EVIDENCE_LOG | TN_EVIDENCE_FACTS | TN_EVIDENCE_MEMORY;
        evidence.memory = 1000;
        evidence.memory_free = 500;
        evidence.facts.layout.memory = wants;
        if (line)
                say(&evidence, line);
        assert_found(&evidence, expected);
}

CHECK(detect_says_how_much_memory_there_is)
{
        static const char line[] = "execmem: unable to allocate memory";

        assert_memory(2000, NULL,
                      "memory: the kernel has not enough memory for m: it takes 2000 bytes, and 500 "
                      "can be made free\n");
        assert_memory(700, NULL,
                      "memory?: it may be that the kernel has not enough memory for m: it takes 700 "
                      "bytes, and 500 can be made free\n");
        assert_memory(700, line,
                      "memory: the kernel has not enough memory for m: it takes 700 bytes, and 500 "
                      "can be made free\n");
        assert_memory(300, line, "memory: the kernel has not enough memory for m: it asked for 300 bytes\n");
        assert_memory(0, line, "memory: the kernel has not enough memory for m\n");
        assert_memory(300, NULL, "kernel-silent: the kernel gave no reason\n");
}
