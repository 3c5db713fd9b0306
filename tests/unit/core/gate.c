/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gate.h"

CHECK(gate_knows_a_module_of_another_release_without_module_versions)
{
        struct tn_evidence evidence = gate_of();

        evidence.facts.info.v[0].value = SPAN("6.1.0-40-amd64 SMP preempt mod_unload modversions ");
        assert_found(&evidence, "");
        evidence = gate_of();
        evidence.facts.info.v[0].value = SPAN("6.1.0-40-amd64 SMP preempt mod_unload modversions ");
        evidence.facts.versions.n = 0;
        assert_found(&evidence, "vermagic-release: m was built for kernel 6.1.0-40-amd64, and "
                                "6.1.0-56-amd64 is running\n");
        evidence = gate_of();
        evidence.facts.info.v[0].value = SPAN("6.1.0-40 SMP ");
        evidence.vermagic = "6.1.0-56 SMP ";
        assert_found(&evidence, "vermagic-release: m was built for kernel 6.1.0-40, and 6.1.0-56 is "
                                "running\n");
}

CHECK(gate_knows_a_module_of_other_flags)
{
        struct tn_evidence evidence = gate_of();

        evidence.facts.info.v[0].value = SPAN("6.1.0-56-amd64 SMP mod_unload modversions ");
        assert_found(&evidence, "vermagic-flags: m was built with '6.1.0-56-amd64 SMP mod_unload "
                                "modversions', and the kernel with '6.1.0-56-amd64 SMP preempt mod_unload "
                                "modversions': the module lacks preempt\n");
}

CHECK(gate_knows_a_module_with_another_layout)
{
        struct tn_evidence evidence = gate_of();

        evidence.facts.layout.module_struct = 900;
        assert_found(&evidence, "module-struct: m was built for a kernel of another configuration or "
                                "version\n");
        evidence = gate_of();
        evidence.module_struct = 0;
        evidence.facts.layout.module_struct = 900;
        assert_found(&evidence, "");
        evidence = gate_of();
        gate_need(&evidence, SPAN("module_layout"))->crc = 0x12;
        evidence.facts.info.v[0].value = SPAN("6.1.0-40-amd64 SMP preempt mod_unload modversions ");
        assert_found(&evidence, "vermagic-release: m was built for kernel 6.1.0-40-amd64, and "
                                "6.1.0-56-amd64 is running\n");
}

CHECK(gate_names_another_machine_alone)
{
        struct tn_evidence evidence = gate_of();

        evidence.facts.elf.machine = EM_AARCH64;
        evidence.facts.info.v[0].value = SPAN("6.1.0-40-arm64 SMP aarch64 ");
        assert_found(&evidence, "elf-machine: /m.ko is for ARM64, and the kernel for x86-64\n");
        evidence = gate_of();
        evidence.facts.elf.is64 = false;
        evidence.facts.info.v[0].value = SPAN("6.1.0-40 SMP ");
        assert_found(&evidence, "elf-class: /m.ko is a 32-bit module, and the kernel is a 64-bit one\n");
}

/* What cannot be read has no facts. */
static struct tn_evidence unread(int file_err, int facts_err)
{
        struct tn_evidence evidence = gate_of();

        evidence.parts &= ~(unsigned)TN_EVIDENCE_FACTS;
        evidence.file_err = file_err;
        evidence.facts_err = facts_err;
        return evidence;
}

CHECK(gate_tells_what_a_file_is_that_is_no_module)
{
        struct tn_evidence evidence = unread(0, -EINVAL);

        assert_found(&evidence, "file-truncated: /m.ko is cut off or damaged\n");
        evidence = unread(0, -EINVAL);
        evidence.file_size = 0;
        assert_found(&evidence, "file-empty: /m.ko is empty\n");
        evidence = unread(0, -ENOEXEC);
        evidence.head = SPAN("<html>");
        assert_found(&evidence, "file-not-elf: /m.ko is no module but an HTML page\n");
        evidence = unread(0, -ENOEXEC);
        evidence.head = SPAN("\xfd"
                             "7zXZ\0");
        assert_found(&evidence, "file-not-elf: /m.ko is no module but something else, compressed with xz\n");
        evidence = unread(-ENOENT, -ENOENT);
        assert_found(&evidence, "file-missing: /m.ko is not there, although the index has it\n");
}

CHECK(gate_compares_memory)
{
        struct tn_evidence evidence = gate_of();

        evidence.facts.layout.memory = (1 << 20) + 1;
        assert_found(&evidence, "memory?: it may be that the kernel has not enough memory for m: it takes "
                                "1048577 bytes, and 1048576 can be made free\n");
        evidence = gate_of();
        evidence.facts.layout.memory = (1 << 30) + 1;
        assert_found(&evidence, "memory: the kernel has not enough memory for m: it takes 1073741825 bytes, "
                                "and 1048576 can be made free\n");
}

CHECK(gate_lists_firmware_that_may_be_missed)
{
        struct tn_evidence evidence = gate_of();

        evidence.firmware = SPAN("a.bin\0b.bin\0");
        assert_found(&evidence, "firmware-missing?: it may be that m asks for firmware a.bin, b.bin, which "
                                "is not in /lib/firmware\n");
        evidence = gate_of();
        evidence.firmware = SPAN("a\0b\0c\0d\0e\0f\0");
        assert_found(&evidence, "firmware-missing?: it may be that m asks for firmware a, b, c, d and 2 "
                                "more, which is not in /lib/firmware\n");
}

CHECK(gate_knows_who_may_load)
{
        struct tn_evidence evidence = gate_of();

        evidence.policy.no_right = true;
        assert_found(&evidence, "");
        evidence = gate_of();
        evidence.policy.no_right = evidence.policy.root = true;
        evidence.policy.disabled = true;
        assert_found(&evidence,
                     "no-capability: this process has not the capability CAP_SYS_MODULE: it was taken from "
                     "root, as in a container\n"
                     "modules-disabled: kernel.modules_disabled is 1: no module can be loaded or unloaded "
                     "before the next boot\n");
        evidence = gate_of();
        evidence.policy.no_right = evidence.policy.root = evidence.policy.in_namespace = true;
        evidence.policy.disabled = true;
        assert_found(&evidence,
                     "modules-disabled: kernel.modules_disabled is 1: no module can be loaded or unloaded "
                     "before the next boot\n"
                     "no-capability: this process has not the capability CAP_SYS_MODULE: it is in a user "
                     "namespace, as containers are\n");
        evidence = gate_of();
        evidence.policy.no_modules = true;
        assert_found(&evidence, "no-module-support: the running kernel, 6.1.0-56-amd64, was built without "
                                "support for modules\n");
}

CHECK(gate_knows_what_the_kernel_refuses_by_name)
{
        struct tn_evidence evidence = gate_of();

        evidence.blacklist = SPAN("a,m,b");
        assert_found(&evidence, "kernel-blacklist: the kernel refuses m: module_blacklist= on its command "
                                "line names it\n");
        evidence = gate_of();
        evidence.blacklist = SPAN("a,m,b");
        info(&evidence, SPAN("name"), SPAN("inside"));
        assert_found(&evidence, "");
}

#define KEYS                                                                                                 \
        SPAN("14262f16 I------     1 perm 1f030000     0     0 asymmetri Build time key: 8963f707: "         \
             "X509.rsa 1 []\n")

static struct tn_evidence signed_by(struct span signer)
{
        struct tn_evidence evidence = gate_of();

        evidence.facts.signature.id = signer.len ? SPAN("PKCS#7") : SPAN("");
        evidence.facts.signature.signer = signer;
        evidence.keys = KEYS;
        evidence.parts |= TN_EVIDENCE_KEYS;
        return evidence;
}

CHECK(gate_asks_for_a_signature_where_the_kernel_does)
{
        struct tn_evidence evidence = signed_by(SPAN(""));

        assert_found(&evidence, "");
        evidence = signed_by(SPAN(""));
        evidence.policy.signatures = TN_KERNEL_LENIENT;
        assert_found(&evidence, "");
        evidence = signed_by(SPAN(""));
        evidence.policy.signatures = TN_KERNEL_ENFORCES;
        assert_found(&evidence,
                     "signature-missing: m has no signature, and the kernel takes signed modules only\n");
        evidence = signed_by(SPAN(""));
        strcpy(evidence.policy.lockdown, "integrity");
        assert_found(&evidence, "lockdown: the kernel is locked down (integrity) and takes no module without "
                                "a valid signature\n");
}

CHECK(gate_knows_who_signed)
{
        struct tn_evidence evidence = signed_by(SPAN("Build time key"));

        evidence.policy.signatures = TN_KERNEL_ENFORCES;
        assert_found(&evidence, "");
        evidence = signed_by(SPAN("A stranger"));
        evidence.policy.signatures = TN_KERNEL_ENFORCES;
        assert_found(&evidence, "signature-key: m is signed by 'A stranger', and the kernel does not know "
                                "that key\n");
        evidence = signed_by(SPAN("A stranger"));
        evidence.policy.signatures = TN_KERNEL_LENIENT;
        assert_found(&evidence, "");
        evidence = signed_by(SPAN("A stranger"));
        strcpy(evidence.policy.lockdown, "integrity");
        assert_found(&evidence, "lockdown: the kernel is locked down (integrity) and takes no module without "
                                "a valid signature\n");
        evidence = signed_by(SPAN("A stranger"));
        evidence.policy.signatures = TN_KERNEL_ENFORCES;
        evidence.parts &= ~(unsigned)TN_EVIDENCE_KEYS;
        assert_found(&evidence, "");
}

static struct tn_evidence given(const char *options)
{
        struct tn_evidence evidence = gate_of();

        evidence.options = options;
        info(&evidence, SPAN("parmtype"), SPAN("max_loop:int"));
        info(&evidence, SPAN("parm"), SPAN("max_loop:how many"));
        info(&evidence, SPAN("parmtype"), SPAN("odd:int"));
        evidence.facts.layout.parameters = 2;
        assert_int_equal(tn_vec_add(&evidence.facts.needs,
                                    ((struct tn_modsym){ .name = SPAN("param_ops_int"), .bind = 'U' })),
                         0);
        return evidence;
}

CHECK(gate_judges_values_of_parameters)
{
        struct tn_evidence evidence = given("max-loop=8 dyndbg=+p odd=0x7");

        assert_found(&evidence, "");
        evidence = given("odd=1 max_loop=many");
        assert_found(&evidence, "parameter-value: 'many' is no value for parameter max_loop of m, which "
                                "takes int (-2147483648 to 2147483647)\n");
        evidence = given("max_loop");
        assert_found(&evidence, "parameter-value: '' is no value for parameter max_loop of m, which takes "
                                "int (-2147483648 to 2147483647)\n");
        evidence = given("max_loop=\"1 2\"");
        assert_found(&evidence, "parameter-value: '1 2' is no value for parameter max_loop of m, which takes "
                                "int (-2147483648 to 2147483647)\n");
        evidence = given("-- max_loop=x");
        assert_found(&evidence, "");
        evidence = given("max_loop=many");
        evidence.facts.needs.n = 0;
        assert_found(&evidence, "");
}

CHECK(gate_names_parameters_that_there_are_not)
{
        struct tn_evidence evidence = given("max_lop=8");

        assert_found(&evidence, "parameter-unknown: m has no parameter 'max_lop', so the kernel ignores it; "
                                "the nearest is 'max_loop'\n");
        evidence = given("nix");
        evidence.facts.layout.parameters = 3;
        assert_found(&evidence, "parameter-unknown?: it may be that m has no parameter 'nix', so the kernel "
                                "ignores it\n");
}
