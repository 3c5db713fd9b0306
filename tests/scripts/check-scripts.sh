#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-scripts.sh SCRIPTS-DIR: shows on small made trees that each check of scripts/ can fail, and does not when
# there is no reason to. Prints TAP.
set -euo pipefail

scripts=$(readlink -f "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
failed=0
c='/* SPDX-License-Identifier: LGPL-2.1-or-later */'
sh='# SPDX-License-Identifier: LGPL-2.1-or-later'

# tree: an empty tree to fill with put.
tree() {
    rm -rf "$tmp/tree"
    mkdir "$tmp/tree"
    cp "$scripts/../.clang-format" "$tmp/tree/"
}

# put FILE LINE...: a file of the tree.
put() {
    local file=$tmp/tree/$1
    shift
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "$@" >"$file"
}

ok() {
    n=$((n + 1))
    echo "ok $n - $1"
}

not_ok() {
    n=$((n + 1))
    failed=1
    echo "not ok $n - $1"
    sed 's/^/# /' "$tmp/out" "$tmp/err"
}

# run CHECK: leaves the status in $status.
run() {
    status=0
    "$scripts/check-$1.sh" "$tmp/tree" >"$tmp/out" 2>"$tmp/err" || status=$?
}

# refused CHECK LINE TITLE: one violation, this one, and status 1.
refused() {
    run "$1"
    if [[ $status -eq 1 && $(cat "$tmp/out") == "$2" ]]; then ok "$3"; else not_ok "$3"; fi
}

# needs TOOL CHECK LINE TITLE: the same where the tool is there.
needs() {
    run "$2"
    if [[ $status -eq 77 ]] && grep -qF "$1" "$tmp/err"; then
        n=$((n + 1))
        echo "ok $n - $4 # SKIP $1 is not installed"
    else
        shift
        refused "$@"
    fi
}

# passes CHECK TITLE: nothing printed, status 0 (77: on a machine that lacks a tool).
passes() {
    run "$1"
    if [[ ($status -eq 0 || $status -eq 77) && ! -s $tmp/out ]]; then ok "$2"; else not_ok "$2"; fi
}

layers() {
    tree
    put src/util/a.h "$c" '#include <stdio.h>' '#include <sys/stat.h>'
    put src/core/a.c "$c" '#include "core/b.h"' '#include "util/a.h"' '#include "format/f.h"' '#include "kernel/k.h"'
    put src/core/meson.build "$sh" "core_lib = static_library('tn_core', dependencies: [util_dep, format_dep])"
    put src/cli/c.c "$c" '#include "cli/b.h"' '#include "core/b.h"' '#include "kernel/k.h"'
    put src/kmod/k.c "$c" '#include "cli/b.h"' '#include "depmod/d.h"'
    put src/tenon/t.c "$c" '#include "depmod/d.h"' '#include "cli/b.h"'
    put src/libkmod/l.c "$c" '#include "libkmod.h"' '#include "core/b.h"'
    put tests/unit/core/a.c "$c" '#include "check.h"' '#include "core/b.h"'
    passes layers layers_allowed_arrows_pass

    tree; put src/util/a.c "$c" '' '#include "format/f.h"'
    refused layers 'src/util/a.c:3: util may not use format: "format/f.h"' layers_util_stands_alone
    tree; put src/format/a.c "$c" '#  include "core/f.h" /* why */'
    refused layers 'src/format/a.c:2: format may not use core: "core/f.h"' layers_see_includes_however_written
    tree; put src/depmod/a.c "$c" '#include <kernel/kernel.h>'
    refused layers 'src/depmod/a.c:2: depmod may not use kernel: <kernel/kernel.h>' layers_see_angle_brackets
    tree; put src/cli/a.c "$c" '#include "depmod/d.h"'
    refused layers 'src/cli/a.c:2: cli may not use depmod: "depmod/d.h"' layers_cli_knows_no_depmod
    tree; put src/libkmod/a.c "$c" '#include "cli/b.h"'
    refused layers 'src/libkmod/a.c:2: libkmod may not use cli: "cli/b.h"' layers_cli_is_for_programs
    tree; put src/kmod/sub/a.c "$c" '#include "tenon/why.h"'
    refused layers 'src/kmod/sub/a.c:2: kmod may not use tenon: "tenon/why.h"' layers_see_directories_below
    tree; put src/core/a.c "$c" '#include "b.h"'
    refused layers 'src/core/a.c:2: "b.h" is not of the form "LAYER/noun.h"' layers_bare_include_is_refused
    tree; put src/core/a.c "$c" '#include "../depmod/b.h"'
    refused layers 'src/core/a.c:2: "../depmod/b.h" is not of the form "LAYER/noun.h"' layers_dots_are_refused
    tree; put src/extra/a.c "$c"
    refused layers 'src/extra: there is no layer extra' layers_new_directory_is_refused
    tree; put src/core/meson.build "$sh" '' 'core_dep = declare_dependency(dependencies: [util_dep, depmod_dep])'
    refused layers 'src/core/meson.build:3: core may not link depmod' layers_link_list_is_held_too
    tree; put tests/unit/format/a.c "$c" '#include "core/plan.h"'
    refused layers 'tests/unit/format/a.c:2: format may not use core: "core/plan.h"' layers_tests_include_nothing_above
    tree; put tests/unit/format/meson.build "$sh" 'x = [core_dep]'
    refused layers 'tests/unit/format/meson.build:2: format may not link core' layers_tests_link_nothing_above
}

rooms() {
    local head='| directory | what is in it | may use |'
    tree; put src/util/a.h "$c"; put src/format/a.h "$c"
    put HACKING.md "$head" '| `src/util` | spans | |' '| `src/format` | bytes, and back | util |' '| `lab` | boots | |'
    passes layers rooms_of_the_same_layers_pass
    put HACKING.md "$head" '| `src/util` | spans | |' '| `src/format` | bytes | util core |'
    refused layers 'HACKING.md:3: format may use "util", not "util core"' rooms_have_the_arrows_of_the_check
    put HACKING.md "$head" '| `src/util` | spans | |'
    refused layers 'HACKING.md: no row for src/format' rooms_have_every_layer
}

# What stands between backquotes in a text of one line.
docs() {
    tree; put src/util/a.c "$c" 'int tn_a_find(void);' 'int tn_a_free(void);'; put tests/lib/b.py; put lab/README.md x
    put HACKING.md 'See `src/util/a.c`, `util/a`, `util/a.[ch]`, `src/util/NOUN.c`, `tn_a_find()`, `struct tn_<noun>`, [lab](lab/README.md#x).' \
        '' '    build/no/such/path `no/such/path`' 'Not ours: `/proc/modules`, `https://a/b`, `-b/x`, `NAME/VERSION`.'
    put tests/README.md '`lib/b.py` and `tests/lib/b.py --update`'
    passes docs docs_of_what_is_there_pass
    put HACKING.md '' 'See `util/b`.'
    refused docs 'HACKING.md:2: there is no util/b' docs_name_no_path_that_is_not_there
    put HACKING.md 'See `lib/b.py`.'
    refused docs 'HACKING.md:1: there is no lib/b.py' docs_name_paths_from_their_own_directory
    put HACKING.md 'See `src/core/NOUN.c`.'
    refused docs 'HACKING.md:1: there is no src/core/NOUN.c' docs_capitals_stand_for_something
    put HACKING.md 'See `tn_a_finds`.'
    refused docs 'HACKING.md:1: there is no tn_a_finds' docs_name_no_function_that_is_not_there
    put HACKING.md 'See [there](lab/README.txt).'
    refused docs 'HACKING.md:1: there is no ./lab/README.txt' docs_link_to_what_is_there
}

findings() {
    tree; put src/core/finding_table.c '        ROW(A_B, "a-b", ERROR, "text", NULL, NULL),' '        ROW(C,' '            "c", NOTE,'
    put man/tenon-findings.7.scd '*a-b*' '	Text.' '' '*c*' '	Text of *nix*.' '' '*d*(1)'
    passes findings findings_that_have_one_paragraph_each_pass
    put man/tenon-findings.7.scd '*a-b*' '	Text of *c*.'
    refused findings 'man/tenon-findings.7.scd: no paragraph *c*, which src/core/finding_table.c has' finding_without_paragraph
    put man/tenon-findings.7.scd '*a-b*' '*c*' '*old*'
    refused findings 'man/tenon-findings.7.scd: a paragraph *old*, which src/core/finding_table.c has not' paragraph_without_finding
    put man/tenon-findings.7.scd '*a-b*' '*c*' '*a-b*'
    refused findings 'man/tenon-findings.7.scd: *a-b* has two paragraphs' finding_with_two_paragraphs
}

licence() {
    tree; put src/util/a.c '/* no licence */'
    refused layers 'src/util/a.c: no SPDX-License-Identifier in the first three lines' licence_is_named_in_c
    tree; put lab/run '#!/bin/sh' 'true'; chmod +x "$tmp/tree/lab/run"
    refused layers 'lab/run: no SPDX-License-Identifier in the first three lines' licence_is_named_in_scripts
    tree; put a.c "$c"; put b.c '' '' '' "$c"; put c.c "$c"
    refused layers 'b.c: no SPDX-License-Identifier in the first three lines' licence_stands_at_the_top
    tree; put build-dev/a.c ''; put tests/cases/x.sh ''
    passes layers licence_is_not_asked_of_made_files_and_fixtures
}

format() {
    tree
    put a.c "$c" 'int x;'
    put a.md 'text in ${TMPDIR:-/var/tmp}, network/work/x, docs.debian.org'
    put a.sh '#!/bin/sh' "$sh" 'echo "$1"'
    put tests/cases/x 'trailing blanks are part of it  '
    put Makefile 'a:' $'\ttrue'
    : >"$tmp/tree/empty"
    passes format format_tidy_tree_passes

    tree; put a.c "$c" 'int  x;'
    needs 'clang-format 14' format 'a.c:2: not as clang-format writes it' format_is_that_of_clang_format
    tree; put a.c "$c" $'int x;\t/* y */'
    run format
    if [[ $status -eq 1 ]] && grep -qx 'a.c:2: a tab' "$tmp/out"; then ok format_tab_in_c; else not_ok format_tab_in_c; fi
    tree; put a.md 'one ' 'two'
    refused format 'a.md:1: a blank at the end of the line' format_blank_at_line_end
    tree; put a.md $'one\r'
    refused format 'a.md:1: a blank at the end of the line' format_carriage_return
    tree; put a.md one; put c.md two; printf 'no end' >"$tmp/tree/b.md"
    refused format 'b.md: no newline at the end' format_final_newline
    tree; put a.sh "$sh" 'if true; then'
    run format
    if [[ $status -eq 1 ]] && grep -q '^a.sh: bash -n: ' "$tmp/out"; then ok format_bash_n; else not_ok format_bash_n; fi
    tree; put a.sh '#!/bin/sh' "$sh" 'rm $1'
    needs shellcheck format \
        'a.sh:3: note: Double quote to prevent globbing and word splitting. [SC2086]' format_shellcheck
}

# What must not be written is put together here, so that this file does not hold it either.
traces() {
    local dots=.. dir=work var=var host=debian
    tree; put a.md "see $dots/shared/x"
    refused format 'a.md:1: refers to a directory outside the tree' traces_of_a_neighbour_directory
    tree; put a.c "$c" "/* /$dir/main */"
    refused format 'a.c:2: names a directory of a build machine' traces_of_a_build_directory
    tree; put tests/cases/x "a /$var/tmp/trees b"
    refused format 'tests/cases/x:1: names a directory of a build machine' traces_are_sought_in_cases_too
    tree; put a.ini "$sh" "http://deb.$host.org/"
    refused format 'a.ini:2: names a package archive' traces_of_a_package_archive
}

# The name is put together for the same reason.
deps() {
    local deps=scripts/deps
    deps+=.sh
    tree
    put "$deps" "$sh" 'declare -rA sets=(' "    [one]='gcc" "           g++'" "    [two]='x')"
    put Makefile 'a:' $'\t@'"$deps one two" $'\t@'"$deps one && true"
    put a.sh "$sh" "echo 'run: $deps two'"
    passes deps deps_sets_that_exist_pass
    put a.sh "$sh" "echo 'run: $deps one three, then go on'"
    refused deps "a.sh:2: there is no set three in $deps" deps_a_message_may_not_name_other_sets
    put a.sh "$sh"
    put Makefile 'a:' $'\t@'"$deps two gcc"
    refused deps "Makefile:2: there is no set gcc in $deps" deps_nor_may_a_program
}

# lines N: so many of them.
lines() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) print "        x();" }'; }

size() {
    tree
    { echo "$c"; lines 599; } >"$tmp/tree/a.c"
    { echo "$c"; printf 'static int f(void)\n{\n'; lines 60; echo '}'; } >"$tmp/tree/b.c"
    passes size size_limits_are_inclusive
    lines 1 >>"$tmp/tree/a.c"
    { echo "$c"; printf 'static int *grow(int a,\n            int b)\n{\n'; lines 61; echo '}'; } >"$tmp/tree/b.c"
    run size
    if [[ $status -eq 0 && $(cat "$tmp/out") == $'a.c: 601 lines\nb.c:4: grow has 61 lines' ]]; then
        ok size_reports_and_does_not_fail
    else
        not_ok size_reports_and_does_not_fail
    fi
    tree
    { echo "$c"; lines 399; } >"$tmp/tree/a.c"
    put src/core/a.c "$c"; lines 399 >>"$tmp/tree/src/core/a.c"
    put src/core/b.c "$c" 'static int f(void)' '{'; { lines 40; echo '}'; } >>"$tmp/tree/src/core/b.c"
    passes size size_limits_of_the_product_are_inclusive
    lines 1 >>"$tmp/tree/src/core/a.c"
    put src/core/b.c "$c" 'static int f(void)' '{'; { lines 41; echo '}'; } >>"$tmp/tree/src/core/b.c"
    run size
    if [[ $status -eq 0 && $(cat "$tmp/out") == $'src/core/a.c: 401 lines\nsrc/core/b.c:3: f has 41 lines' ]]; then
        ok size_limits_of_the_product_are_lower
    else
        not_ok size_limits_of_the_product_are_lower
    fi
}

# abi FROM TO FILE: a tree of the real header, script and list, with one text of a file replaced.
abi() {
    local top=$scripts/..
    tree
    mkdir -p "$tmp/tree/include" "$tmp/tree/src/libkmod"
    cp "$top/include/libkmod.h" "$tmp/tree/include/"
    cp "$top/src/libkmod/libkmod."{abi,sym} "$tmp/tree/src/libkmod/"
    [[ $# -eq 0 ]] || sed -i "s/$1/$2/" "$tmp/tree/$3"
}

abis() {
    abi
    passes abi abi_of_the_list_passes
    abi 'LIBKMOD_30;' 'LIBKMOD_22;' src/libkmod/libkmod.sym
    run abi
    if [[ $status -eq 1 && $(cat "$tmp/out") == *'lacks node LIBKMOD_33 LIBKMOD_30'* ]]; then
        ok abi_nodes_inherit_all_before_them
    else
        not_ok abi_nodes_inherit_all_before_them
    fi
    abi '^        kmod_new;' '' src/libkmod/libkmod.sym
    refused abi 'src/libkmod/libkmod.sym: lacks function LIBKMOD_5 kmod_new' abi_functions_stay
    abi 'kmod_module_get_size(' 'kmod_module_get_length(' include/libkmod.h
    run abi
    if [[ $status -eq 1 && $(cat "$tmp/out") == *'lacks function kmod_module_get_size'* ]]; then
        ok abi_header_has_every_function
    else
        not_ok abi_header_has_every_function
    fi
    abi 'KMOD_PROBE_DRY_RUN = 0x00010' 'KMOD_PROBE_DRY_RUN = 0x00040' include/libkmod.h
    run abi
    if [[ $status -eq 1 && $(cat "$tmp/out") == *'as C99: size of array'*'value_of_KMOD_PROBE_DRY_RUN'* ]]; then
        ok abi_values_stay
    else
        not_ok abi_values_stay
    fi
    abi 'bool kmod_config_iter_next(' 'bool kmod_config_iter_next(bool class, ' include/libkmod.h
    run abi
    if [[ $status -eq 1 && $(cat "$tmp/out") == *'libkmod.h: as C++'* ]]; then
        ok abi_header_is_for_cpp_too
    else
        not_ok abi_header_is_for_cpp_too
    fi
}

layers
rooms
docs
findings
licence
abis
format
traces
deps
size
echo "1..$n"
exit "$failed"
