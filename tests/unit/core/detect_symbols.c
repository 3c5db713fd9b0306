/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "found.h"

CHECK(detect_takes_another_release_from_what_the_kernel_says)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        info(&evidence, SPAN("vermagic"), SPAN("6.1.0-40-amd64 SMP preempt mod_unload modversions "));
        evidence.parts |= TN_EVIDENCE_KERNEL;
        say(&evidence, "m: disagrees about version of symbol module_layout");
        assert_found(&evidence,
                     "vermagic-release: m was built for kernel 6.1.0-40-amd64, and 6.1.0-56-amd64 is "
                     "running\n");
}

CHECK(detect_names_vermagics_that_differ_in_their_flags)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        info(&evidence, SPAN("vermagic"), SPAN("not asked"));
        evidence.parts |= TN_EVIDENCE_KERNEL;
        say(&evidence, "m: version magic '6.1 SMP preempt_rt ' should be '6.1 SMP preempt '");
        assert_found(&evidence,
                     "vermagic-flags: m was built with '6.1 SMP preempt_rt', and the kernel with '6.1 SMP "
                     "preempt': the module has preempt_rt and lacks preempt\n");
        evidence = evidence_of(-ENOEXEC);
        info(&evidence, SPAN("vermagic"), SPAN("not asked"));
        say(&evidence, "m: version magic '6.1 SMP ' should be '6.1 SMP preempt modversions '");
        assert_found(&evidence,
                     "vermagic-flags: m was built with '6.1 SMP', and the kernel with '6.1 SMP preempt "
                     "modversions': the module lacks preempt modversions\n");
}

CHECK(detect_does_not_blame_flags_where_only_the_release_of_the_kernel_is_known)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        info(&evidence, SPAN("vermagic"), SPAN("6.1.0-56-amd64 SMP "));
        say(&evidence, "m: disagrees about version of symbol module_layout");
        assert_found(&evidence,
                     "module-struct: m was built for a kernel of another configuration or version\n");
        evidence = evidence_of(-ENOEXEC);
        info(&evidence, SPAN("vermagic"), SPAN("6.1.0-40-amd64 SMP "));
        say(&evidence, "m: disagrees about version of symbol module_layout");
        assert_found(&evidence,
                     "vermagic-release: m was built for kernel 6.1.0-40-amd64, and 6.1.0-56-amd64 is "
                     "running\n");
}

/* The next step of the first cause. */
static void assert_next(struct tn_evidence *evidence, const char *expected)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_detect(evidence, &findings), 0);
        assert_true(findings.list.n > 0);
        tn_finding_next(&findings.list.v[0], &text);
        assert_string_equal(tn_buf_str(&text), expected);
        tn_evidence_fini(evidence);
}

/* What the files of the running kernel say; of an error the rest does not count. */
static void found(struct tn_evidence *evidence, struct span symbol, int err, struct tn_export export)
{
        const struct tn_evidence_export found = { symbol, err, export };

        assert_int_equal(tn_vec_add(&evidence->exports, found), 0);
        evidence->parts |= TN_EVIDENCE_EXPORTS;
}

static void version(struct tn_evidence *evidence, struct span symbol, const char *owner, uint32_t crc)
{
        found(evidence, symbol, 0, (struct tn_export){ .owner = owner, .crc = crc, .has_crc = crc != 0 });
}

static void want(struct tn_evidence *evidence, struct span symbol, uint64_t crc)
{
        const struct tn_modsym sym = { .name = symbol, .crc = crc };

        assert_int_equal(tn_vec_add(&evidence->facts.versions, sym), 0);
        evidence->parts |= TN_EVIDENCE_FACTS;
}

CHECK(detect_names_the_versions_of_a_symbol_as_far_as_they_are_known)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);
        const struct tn_evidence_owner b = { .symbol = SPAN("b_fn"), .module = "b", .loaded = true };

        say(&evidence, "m: disagrees about version of symbol k_fn");
        say(&evidence, "m: Unknown symbol k_fn (err -22)");
        assert_found(&evidence, "symbol-version: m was built against another version of k_fn\n");
        evidence = evidence_of(-EINVAL);
        evidence.parts = TN_EVIDENCE_OWNERS;
        assert_int_equal(tn_vec_add(&evidence.owners, b), 0);
        want(&evidence, SPAN("b_fn"), 0x12);
        want(&evidence, SPAN("k_fn"), 0x34);
        version(&evidence, SPAN("b_fn"), "b", 0xabcd1234);
        version(&evidence, SPAN("k_fn"), "vmlinux", 0x34);
        say(&evidence, "m: disagrees about version of symbol b_fn");
        say(&evidence, "m: disagrees about version of symbol k_fn");
        say(&evidence, "m: disagrees about version of symbol o_fn");
        assert_found(&evidence,
                     "symbol-version: m was built against another version of b_fn of b: it wants CRC "
                     "0x00000012, and there is 0xabcd1234\n"
                     "symbol-version: m was built against another version of k_fn of the kernel: it wants "
                     "CRC 0x00000034\n"
                     "symbol-version: m was built against another version of o_fn\n");
}

static void need(struct tn_evidence *evidence, struct tn_evidence_need need)
{
        assert_int_equal(tn_vec_add(&evidence->needs, need), 0);
        evidence->parts |= TN_EVIDENCE_FACTS | TN_EVIDENCE_NEEDS;
}

/* A version that differs, a namespace that is not imported, and three ways of not being found. */
static void need_what_does_not_fit(struct tn_evidence *evidence)
{
        const struct tn_export k = { .owner = "vmlinux", .crc = 0x99, .has_crc = true };
        const struct tn_export in_x = { .owner = "x", .has_rules = true, .space = SPAN("X") };
        const struct tn_export for_gpl = { .owner = "vmlinux", .has_rules = true, .gpl_only = true };
        const struct tn_export of_b = { .owner = "b" };

        info(evidence, SPAN("license"), SPAN("BSD"));
        need(evidence, (struct tn_evidence_need){ SPAN("k_fn"), .crc = 0x55, .there = true, .export = k });
        need(evidence, (struct tn_evidence_need){ SPAN("x_fn"), .there = true, .export = in_x });
        need(evidence, (struct tn_evidence_need){ SPAN("no_fn"), .err = -ENOENT });
        need(evidence, (struct tn_evidence_need){ SPAN("gpl_fn"), .there = true, .export = for_gpl });
        need(evidence, (struct tn_evidence_need){ SPAN("b_fn"), .export = of_b });
        need(evidence, (struct tn_evidence_need){ SPAN("unknown"), .err = -ENODATA });
}

CHECK(detect_guesses_at_symbols_that_explain_the_answer_where_the_kernel_cannot_be_heard)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        need_what_does_not_fit(&evidence);
        assert_found(&evidence,
                     "symbol-version?: it may be that m was built against another version of k_fn of the "
                     "kernel: it wants CRC 0x00000055, and there is 0x00000099\n"
                     "symbol-namespace?: it may be that m uses x_fn from namespace X, which it does not "
                     "import\n");
        evidence = evidence_of(-ENOENT);
        need_what_does_not_fit(&evidence);
        assert_found(&evidence,
                     "symbol-unexported?: it may be that m needs no_fn, which neither the kernel nor any "
                     "loaded module exports\n"
                     "symbol-gpl-only?: it may be that m needs gpl_fn, exported to GPL modules only, and its "
                     "license is 'BSD'\n"
                     "symbol-not-loaded?: it may be that m needs b_fn of b, which is not loaded\n");
}

CHECK(detect_does_not_guess_at_symbols_where_the_kernel_says_nothing_of_them)
{
        static const int answers[] = { -EINVAL, -ENOENT };

        for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
                struct tn_evidence evidence = evidence_of(answers[i]);

                need_what_does_not_fit(&evidence);
                evidence.parts |= TN_EVIDENCE_LOG;
                assert_found(&evidence, "kernel-silent: the kernel gave no reason\n");
        }
}

/* Kernels that only warn of it have no line that the symbol is unknown. */
CHECK(detect_blames_a_namespace_only_where_the_kernel_has_refused_the_symbol)
{
        static const char *const warning =
                "m: module uses symbol (f) from namespace X, but does not import it.";
        struct tn_evidence evidence = evidence_of(-EINVAL);

        say(&evidence, warning);
        say(&evidence, "m: Unknown symbol f (err -22)");
        assert_found(&evidence, "symbol-namespace: m uses f from namespace X, which it does not import\n");
        evidence = evidence_of(-EINVAL);
        say(&evidence, warning);
        say(&evidence, "m: Unknown symbol g (err -22)");
        assert_found(&evidence,
                     "kernel-said: the kernel says: m: module uses symbol (f) from namespace X, but "
                     "does not import it.\n"
                     "kernel-said: the kernel says: m: Unknown symbol g (err -22)\n");
        evidence = evidence_of(0);
        say(&evidence, warning);
        assert_found(&evidence, "");
}

CHECK(detect_blames_the_layout_only_as_another_kernel)
{
        struct tn_evidence evidence = evidence_of(-EINVAL);

        say(&evidence, "m: disagrees about version of symbol module_layout");
        assert_found(&evidence, "kernel-said: the kernel says: m: disagrees about version of symbol "
                                "module_layout\n");
}

CHECK(detect_knows_a_symbol_that_no_index_has)
{
        struct tn_evidence evidence = evidence_of(-ENOENT);
        const struct tn_evidence_owner b = { .symbol = SPAN("b_fn"), .module = "b", .path = "/k/b.ko" };

        info(&evidence, SPAN("license"), SPAN("GPL"));
        evidence.parts |= TN_EVIDENCE_OWNERS;
        evidence.base = "--basedir=/r";
        assert_int_equal(tn_vec_add(&evidence.owners, b), 0);
        say(&evidence, "m: Unknown symbol b_fn (err -2)");
        assert_found(&evidence, "symbol-stale: m needs b_fn of /k/b.ko, and the indexes do not have it\n");
}

/* Kernels that do not list what they export, as those without CONFIG_KALLSYMS_ALL. */
CHECK(detect_tells_by_the_licence_and_other_modules_what_is_missing)
{
        static const struct {
                const char *license;
                enum { NOBODY_KNOWS, NEEDED, FOR_ALL, FOR_GPL, MISSING } files;
                const char *also;
                const char *expected;
        } rows[] = {
                { "GPL", NOBODY_KNOWS, NULL,
                  "symbol-unexported: m needs f, which neither the kernel nor any loaded module exports\n" },
                { "GPL", NEEDED, NULL, "kernel-said: the kernel says: m: Unknown symbol f (err -2)\n" },
                { "GPL", NOBODY_KNOWS,
                  "m: module uses symbols g from proprietary module p, inheriting taint.",
                  "kernel-said: the kernel says: m: module uses symbols g from proprietary module p, "
                  "inheriting taint.\n"
                  "kernel-said: the kernel says: m: Unknown symbol f (err -2)\n" },
                { "BSD", NEEDED, NULL,
                  "symbol-gpl-only: m needs f, exported to GPL modules only, and its license is 'BSD'\n" },
                { "BSD", NOBODY_KNOWS, NULL, "kernel-said: the kernel says: m: Unknown symbol f (err -2)\n" },
                { "BSD", FOR_ALL, NULL, "kernel-said: the kernel says: m: Unknown symbol f (err -2)\n" },
                { "BSD", FOR_GPL, NULL,
                  "symbol-gpl-only: m needs f, exported to GPL modules only, and its license is 'BSD'\n" },
                { "BSD", MISSING, NULL,
                  "symbol-unexported: m needs f, which neither the kernel nor any loaded module exports\n" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                struct tn_evidence evidence = evidence_of(-ENOENT);

                info(&evidence, SPAN("license"), tn_span_of(rows[i].license));
                evidence.parts |= TN_EVIDENCE_OWNERS;
                if (rows[i].files != NOBODY_KNOWS)
                        found(&evidence, SPAN("f"), rows[i].files == MISSING ? -ENOENT : 0,
                              (struct tn_export){ .owner = "vmlinux",
                                                  .has_rules = rows[i].files != NEEDED,
                                                  .gpl_only = rows[i].files == FOR_GPL });
                if (rows[i].also)
                        say(&evidence, rows[i].also);
                say(&evidence, "m: Unknown symbol f (err -2)");
                assert_found(&evidence, rows[i].expected);
        }
}

CHECK(detect_guesses_another_release_where_the_kernel_cannot_be_heard)
{
        struct tn_evidence evidence = evidence_of(-ENOEXEC);

        info(&evidence, SPAN("vermagic"), SPAN("6.1.0-40-amd64 SMP preempt mod_unload modversions "));
        evidence.parts |= TN_EVIDENCE_KERNEL;
        assert_found(&evidence,
                     "vermagic-release?: it may be that m was built for kernel 6.1.0-40-amd64, and "
                     "6.1.0-56-amd64 is running\n");
}

CHECK(detect_tells_symbols_apart_that_the_kernel_calls_unknown)
{
        struct tn_evidence evidence = evidence_of(-ENOENT);
        const struct tn_evidence_owner b = { SPAN("b_fn"), "b", false }, c = { SPAN("c_fn"), "c", true };

        info(&evidence, SPAN("license"), SPAN("BSD"));
        evidence.parts |= TN_EVIDENCE_OWNERS | TN_EVIDENCE_SYMBOLS;
        evidence.symbols = SPAN("printk\0gpl_fn\0gpl_fn2\0");
        assert_int_equal(tn_vec_add(&evidence.owners, b), 0);
        assert_int_equal(tn_vec_add(&evidence.owners, c), 0);
        say(&evidence, "m: Unknown symbol b_fn (err -2)");
        say(&evidence, "m: Unknown symbol c_fn (err -2)");
        say(&evidence, "m: Unknown symbol gpl_fn (err -2)");
        say(&evidence, "m: Unknown symbol no_fn (err -2)");
        say(&evidence, "m: Unknown symbol gpl_fn2 (err -2)");
        assert_found(
                &evidence,
                "symbol-not-loaded: m needs b_fn of b, which is not loaded\n"
                "symbol-gpl-only: m needs gpl_fn, gpl_fn2, exported to GPL modules only, and its license is "
                "'BSD'\n"
                "symbol-unexported: m needs no_fn, which neither the kernel nor any loaded module "
                "exports\n");
}

CHECK(detect_does_not_blame_the_licence_of_a_gpl_module)
{
        struct tn_evidence evidence = evidence_of(-ENOENT);

        info(&evidence, SPAN("license"), SPAN("GPL"));
        evidence.parts |= TN_EVIDENCE_OWNERS | TN_EVIDENCE_SYMBOLS;
        evidence.symbols = SPAN("gpl_fn\0");
        say(&evidence, "m: Unknown symbol gpl_fn (err -2)");
        assert_found(&evidence, "kernel-said: the kernel says: m: Unknown symbol gpl_fn (err -2)\n");
}

CHECK(detect_names_the_first_of_many_symbols)
{
        struct tn_evidence evidence = evidence_of(-ENOENT);
        static const char *const symbols[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

        evidence.parts |= TN_EVIDENCE_OWNERS | TN_EVIDENCE_FACTS;
        for (size_t i = 0; i < ARRAY_SIZE(symbols); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
                const struct tn_evidence_owner owner = { tn_span_of(symbols[i]), "x", false };

                tn_buf_addf(&line, "m: Unknown symbol %s (err -2)", symbols[i]);
                say(&evidence, tn_buf_str(&line));
                assert_int_equal(tn_vec_add(&evidence.owners, owner), 0);
        }
        assert_found(&evidence,
                     "symbol-not-loaded: m needs a, b, c, d, e, f and 2 more of x, which is not loaded\n");
}

CHECK(detect_says_nothing_of_symbols_where_nobody_knows_what_is_exported)
{
        struct tn_evidence evidence = evidence_of(-ENOENT);

        info(&evidence, SPAN("license"), SPAN("Proprietary"));
        evidence.parts |= TN_EVIDENCE_OWNERS;
        say(&evidence, "m: Unknown symbol x (err -2)");
        assert_found(&evidence, "kernel-said: the kernel says: m: Unknown symbol x (err -2)\n");
}

CHECK(detect_offers_to_boot_a_kernel_that_is_installed)
{
        for (int installed = 0; installed < 2; installed++) {
                struct tn_evidence evidence = evidence_of(-ENOEXEC);

                info(&evidence, SPAN("vermagic"), SPAN("6.1.0-40-amd64 SMP "));
                evidence.parts |= TN_EVIDENCE_RELEASE;
                evidence.release_installed = installed;
                say(&evidence, "m: disagrees about version of symbol module_layout");
                assert_next(&evidence,
                            installed ? "install or build m for 6.1.0-56-amd64, or boot 6.1.0-40-amd64"
                                      : "install or build m for 6.1.0-56-amd64");
        }
}
