/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gate.h"

CHECK(gate_lets_a_good_module_through)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("_printk"));
        gate_need(&evidence, SPAN("module_layout"));
        assert_found(&evidence, "");
}

CHECK(gate_names_symbols_that_nobody_exports)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("gone"))->err = -ENOENT;
        gate_need(&evidence, SPAN("lost"))->err = -ENOENT;
        gate_need(&evidence, SPAN("untold"))->err = -ENODATA;
        gate_need(&evidence, SPAN("_GLOBAL_OFFSET_TABLE_"))->err = -ENOENT;
        gate_need(&evidence, SPAN(".TOC."))->err = -ENOENT;
        assert_found(&evidence, "symbol-unexported: m needs gone, lost, which neither the kernel nor any "
                                "loaded module exports\n");
}

CHECK(gate_does_without_weak_symbols)
{
        struct tn_evidence evidence = gate_of();
        struct tn_evidence_need *need;

        info(&evidence, SPAN("license"), SPAN("Proprietary"));
        need = gate_need(&evidence, SPAN("gone"));
        need->err = -ENOENT;
        need->weak = true;
        need = gate_need(&evidence, SPAN("elsewhere"));
        need->there = false;
        need->weak = true;
        evidence.facts.info.v[1].value = SPAN("Proprietary");
        need = gate_need(&evidence, SPAN("hidden"));
        need->export.gpl_only = true;
        need->weak = true;
        assert_found(&evidence, "");
}

CHECK(gate_names_a_weak_symbol_of_another_version)
{
        struct tn_evidence evidence = gate_of();
        struct tn_evidence_need *need = gate_need(&evidence, SPAN("changed"));

        need->weak = true;
        need->crc = 0x12;
        assert_found(&evidence, "symbol-version: m was built against another version of changed of the "
                                "kernel: it wants CRC 0x00000012, and there is 0x00000011\n");
}

CHECK(gate_names_symbols_of_another_version_by_their_owner)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("one"))->crc = 0x12;
        gate_need(&evidence, SPAN("two"))->crc = 0x13;
        gate_need(&evidence, SPAN("three"))->crc = 0x14;
        evidence.needs.v[2].export.owner = "fat";
        gate_need(&evidence, SPAN("four"))->crc = 0;
        gate_need(&evidence, SPAN("five"))->crc = 0x15;
        evidence.needs.v[4].export.has_crc = false;
        assert_found(&evidence,
                     "symbol-version: m was built against another version of one, two of the kernel\n"
                     "symbol-version: m was built against another version of three of fat: it wants CRC "
                     "0x00000014, and there is 0x00000011\n");
}

CHECK(gate_names_what_is_for_the_gpl_only)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("free"))->export.gpl_only = true;
        assert_found(&evidence, "");
        evidence = gate_of();
        evidence.facts.info.v[1].value = SPAN("Proprietary");
        gate_need(&evidence, SPAN("hidden"))->export.gpl_only = true;
        gate_need(&evidence, SPAN("open"));
        gate_need(&evidence, SPAN("untold"))->export.has_rules = false;
        assert_found(&evidence, "symbol-gpl-only: m needs hidden, exported to GPL modules only, and its "
                                "license is 'Proprietary'\n");
}

CHECK(gate_names_a_namespace_that_is_not_imported)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("a"))->export.space = SPAN("MINE");
        gate_need(&evidence, SPAN("b"))->export.space = SPAN("YOURS");
        gate_need(&evidence, SPAN("c"))->export.space = SPAN("YOURS");
        info(&evidence, SPAN("import_ns"), SPAN("MINE"));
        assert_found(&evidence,
                     "symbol-namespace: m uses b, c from namespace YOURS, which it does not import\n");
}

CHECK(gate_knows_symbols_that_are_for_some_modules_alone)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("a"))->export.space = SPAN("module:m");
        gate_need(&evidence, SPAN("b"))->export.space = SPAN("module:kvm,m*");
        gate_need(&evidence, SPAN("c"))->export.space = SPAN("module:mm,kvm");
        assert_found(&evidence,
                     "symbol-namespace: m uses c from namespace module:mm,kvm, which it does not import\n");
        evidence = gate_of();
        info(&evidence, SPAN("name"), SPAN("inside"));
        gate_need(&evidence, SPAN("a"))->export.space = SPAN("module:inside");
        assert_found(&evidence, "");
}

CHECK(gate_names_the_module_that_has_to_be_loaded_first)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("fat_scan"))->there = false;
        evidence.needs.v[0].export.owner = "fat";
        assert_found(&evidence, "symbol-not-loaded: m needs fat_scan of fat, which is not loaded\n");
}

CHECK(gate_names_the_file_that_no_index_knows)
{
        struct tn_evidence evidence = gate_of();

        gate_need(&evidence, SPAN("new"))->err = -ENOENT;
        assert_int_equal(tn_vec_add(&evidence.owners,
                                    ((struct tn_evidence_owner){ SPAN("new"), "n", false, "/mods/n.ko" })),
                         0);
        assert_found(&evidence, "symbol-stale: m needs new of /mods/n.ko, and the indexes do not have it\n");
}
