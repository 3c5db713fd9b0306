#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# page.sh SCDOC FILE: prints FILE as a manual page. The first line of one with tables tells who shows it that they want
# tbl; scdoc leaves that out, and then readers other than man-db show the tables as they are written.
set -eu
page=$("$1" <"$2")
case $page in
*'
.TS'*) printf '%s\n' "'\\\" t" ;;
esac
printf '%s\n' "$page"
