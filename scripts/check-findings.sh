#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-findings.sh [ROOT]: tenon-findings(7) has one paragraph for each code of core/finding_table.c, and no other. Prints
# the file and the code per violation; status 1 if there is any.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=scripts/files.sh
source "$here/files.sh"
cd "${1:-$here/..}"

table=src/core/finding_table.c
page=man/tenon-findings.7.scd
if [[ ! -e $table && ! -e $page ]]; then exit 0; fi

# The id is the second part of a row, which may stand on the next line.
codes() {
    tr '\n' ' ' <$table | grep -oE 'ROW\([A-Z_]+, +"[^"]*"' | cut -d '"' -f 2 | sort
}

# A paragraph begins with the code, in bold, on a line of its own.
paragraphs() {
    sed -n 's/^\*\([a-z0-9-]*\)\*$/\1/p' $page | sort
}

while read -r code; do say $page "no paragraph *$code*, which $table has"; done < <(comm -23 <(codes) <(paragraphs | uniq))
while read -r code; do say $page "a paragraph *$code*, which $table has not"; done < <(comm -13 <(codes) <(paragraphs | uniq))
while read -r code; do say $page "*$code* has two paragraphs"; done < <(paragraphs | uniq -d)
exit "$bad"
