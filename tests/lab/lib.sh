# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced by the tests of the lab: a directory of their own, and checks that print TAP.

top=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd -P)
tmp=$(mktemp -d)
trap 'rm -rf -- "$tmp"' EXIT
# shellcheck disable=SC2034 # for who sources this
user_cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:-$tmp}/.cache}/tenon}
export TENON_CACHE=$tmp/cache
n=0
failed=0

# check NAME COMMAND...: one test, passed when COMMAND says so.
check() {
    local name=$1
    shift
    n=$((n + 1))
    if "$@"; then
        echo "ok $n - $name"
    else
        # shellcheck disable=SC2034
        failed=1
        echo "not ok $n - $name"
        printf 'not so: %s\nstatus %s\n' "$*" "${status-}" | sed 's/^/# /'
        sed 's/^/# out: /' <(tail -c 2000 "$tmp/out" | cat -v)
        sed 's/^/# err: /' <(tail -c 4000 "$tmp/err" | cat -v)
    fi
}

# lab ARG...: lab/run with its result in $status, out and err. The script comes on standard input.
lab() {
    "$top/lab/run" --timeout 900 "$@" >"$tmp/out" 2>"$tmp/err"
    status=$?
}

# lab_cut_off TEXT COMMAND ARG...: a guest that does not end, given longer and longer until COMMAND has printed TEXT.
lab_cut_off() {
    local text=$1 command=$2
    shift 2
    for limit in 4 16 64 256 900; do
        lab "$@" --timeout "$limit" - <<<"$command; sleep 6000"
        if out_is "$text" || ((status != 125)); then return; fi
    done
}

# up PID: waits until the guest of this lab/run says something.
up() { until [[ -s $tmp/out ]] || ! kill -0 "$1" 2>/dev/null; do sleep 0.1; done; }

out_is() { [[ $(<"$tmp/out") == "$1" ]]; }
err_is() { [[ $(<"$tmp/err") == "$1" ]]; }
err_has() { grep -qF -- "$1" "$tmp/err"; }
status_is() { [[ $status -eq $1 ]]; }

# Nothing of any guest is left: no directory of a run, no process.
nothing_left() {
    local tries pid

    ! compgen -G "$TENON_CACHE/lab/run.*" >/dev/null || return 1
    # The killed are gone when init has taken note.
    for tries in {1..3000}; do
        pid=$(grep -lzF "$TENON_CACHE/lab/run." /proc/[0-9]*/cmdline 2>/dev/null) || return 0
        sleep 0.1
    done
    printf '# still there after %d looks: %s\n' "$tries" "$pid"
    return 1
}

# A tool directory whose kmod is the shell script on standard input.
fake_tool() {
    rm -rf -- "$tmp/tools"
    mkdir -- "$tmp/tools"
    cat >"$tmp/tools/kmod"
    chmod 755 "$tmp/tools/kmod"
}
