#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck disable=SC2317 # the functions that check is given
# lab-run.sh: shows that lab/run does what lab/README.md says. Needs no tool of ours. Prints TAP.
set -uo pipefail

# shellcheck source=tests/lab/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

if ! command -v linux.uml >/dev/null; then
    echo '1..0 # SKIP linux.uml is not installed (package user-mode-linux)'
    exit 0
fi

t_status() {
    lab --tools none - <<<'exit 7'
    check 'the status is the script'"'"'s' status_is 7
    lab --tools none - <<<'kill -TERM $$'
    check 'a script that a signal ends has the shell'"'"'s status for it' status_is 143
}

# Enough to need more than one write, with every byte there is, no newline at the end.
t_bytes() {
    local i

    for i in {0..255}; do printf '%b' "\\0$(printf %o "$i")"; done >"$tmp/bytes"
    for i in {1..9}; do cat "$tmp/bytes" "$tmp/bytes" >"$tmp/twice" && mv "$tmp/twice" "$tmp/bytes"; done
    printf 'end\r' >>"$tmp/bytes"
    lab --tools none --bind "$tmp/bytes:/data/bytes" - <<<'cat /data/bytes; printf "err\r\n\t" >&2; cat /data/bytes >&2'
    printf 'err\r\n\t' | cat - "$tmp/bytes" >"$tmp/want"
    check 'standard output comes through to the byte' cmp "$tmp/bytes" "$tmp/out"
    check 'standard error comes through to the byte, and apart' cmp "$tmp/want" "$tmp/err"
    lab --tools none --live --bind "$tmp/bytes:/data/bytes" - <<<'cat /data/bytes; printf "err\r\n\t" >&2; cat /data/bytes >&2'
    check 'the same with --live: output' cmp "$tmp/bytes" "$tmp/out"
    check 'the same with --live: error' cmp "$tmp/want" "$tmp/err"
}

t_arguments() {
    # shellcheck disable=SC2016 # as it is
    local args=('a b' "it's" '' '*' $'two\nlines' '$HOME' '--tools' "\\")

    # shellcheck disable=SC2016 # for the guest
    printf '%s\n' '#!/bin/sh' 'printf "<%s>" "$@"' >"$tmp/script"
    lab --tools none "$tmp/script" "${args[@]}"
    check 'arguments arrive as they are' out_is "$(printf '<%s>' "${args[@]}")"
}

t_guest() {
    # shellcheck disable=SC2016 # for the guest
    lab --tools none --append 'lab.test=1' - <<'END'
echo uid=$(id -u) pwd=$(pwd)
env | grep -v '^_=' | sort
cat
ls -A /etc/modprobe.d /etc/depmod.d /lib/modprobe.d /lib/depmod.d /run /usr/local
ls /lib/modules/$(uname -r)
touch /lib/modules/$(uname -r)/new /usr/lib/new /usr/sbin/new || echo read-only
command -v modprobe insmod rmmod lsmod depmod modinfo kmod
grep -q -w lab.test=1 /proc/cmdline && echo appended
cat /proc/modules
END
    check 'the guest has nothing of the host'"'"'s configuration, no index, and no tool but what it is given' out_is \
        "$(printf '%s\n' 'uid=0 pwd=/tmp' HOME=/root LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin PWD=/tmp)
$(printf '%s\n' '/etc/depmod.d:' '' '/etc/modprobe.d:' '' '/lib/depmod.d:' '' '/lib/modprobe.d:' '' '/run:' '' '/usr/local:')
$(printf '%s\n' kernel modules.builtin modules.builtin.modinfo modules.order appended)"
    check 'and says nothing on standard error' err_is ''
}

t_bind() {
    mkdir -p -- "$tmp/a dir/sub"
    echo one >"$tmp/a dir/sub/file"
    echo two >"$tmp/file"
    lab --tools none --bind "$tmp/a dir:/new/place" --bind "$tmp/file:/usr/sbin/lsmod" --bind "$tmp/file:/usr/bin/expr" - <<'END'
cat /new/place/sub/file /usr/sbin/lsmod /usr/bin/expr
echo three 2>/dev/null >/new/place/sub/file || echo read-only
END
    check '--bind shows directories and files, at new places and over old ones, read-only' out_is $'one\ntwo\ntwo\nread-only'
    lab --tools none --bind "$tmp/none:/x" - <<<':'
    check '--bind of what is not there is an error' status_is 2
    lab --tools none --bind "$tmp/file:/usr/share/no/such" - <<<':'
    check '--bind to where nothing can be put fails before the script runs' status_is 125
    check 'and says what it could not bind' err_has "cannot bind $tmp/file to /usr/share/no/such"
}

t_rw() {
    mkdir -p -- "$tmp/results, all"
    lab --tools none --rw "$tmp/results, all" - <<<'echo kept >/mnt/host/file'
    check '--rw keeps what the guest writes' grep -qx kept "$tmp/results, all/file"
}

# The kernel itself calls /sbin/modprobe: it must find the tool that was given.
t_kernel_calls() {
    fake_tool <<'END'
#!/bin/sh
echo "${0##*/} $*" >>/tmp/calls
END
    lab --tools "$tmp/tools" - <<'END'
for name in modprobe insmod rmmod lsmod depmod modinfo; do /sbin/$name x; /usr/sbin/$name y; done
/bin/lsmod z; kmod list
mount -t labfs none /mnt 2>/dev/null
cat /tmp/calls
END
    check 'the tools have all their names, and the kernel calls them too' out_is "$(
        for name in modprobe insmod rmmod lsmod depmod modinfo; do printf '%s\n' "$name x" "$name y"; done
        printf '%s\n' 'lsmod z' 'kmod list' 'modprobe -q -- fs-labfs'
    )"
}

t_failures() {
    lab --tools none - <<<'echo before; sync; echo c >/proc/sysrq-trigger; sleep 6000'
    check 'a panic gives 125' status_is 125
    check 'with the panic'"'"'s reason' err_has 'Kernel panic'
    check 'and the output up to it' out_is before
    lab_cut_off before "echo before" --tools none
    check 'a guest that does not end gives 125' status_is 125
    check 'with the time limit' err_has "still running after $limit s"
    check 'and the output up to it, after a time-out' out_is before
    check 'nothing is left of guests that failed' nothing_left
    lab --tools none --memory 8 - <<<'echo no'
    check 'a guest that cannot boot gives 125' status_is 125
    lab --tools "$tmp/none" - <<<':'
    check 'no tool gives 125' status_is 125
    mkdir -- "$tmp/bin"
    ln -s /usr/bin/* "$tmp/bin/"
    rm -- "$tmp/bin/linux.uml"
    PATH=$tmp/bin lab --tools none - <<<':'
    check 'no linux.uml gives 125' status_is 125
    check 'and names the package' err_has user-mode-linux
}

# Its first process fails before there is a /proc to power it off by, or a directory for its message.
t_early_end() {
    mkdir -p -- "$tmp/copy/lab"
    cp -- "$top/lab/"* "$tmp/copy/lab"
    sed -i 's,^lab_make_root() {$,&\n    lab_out=/proc lab_die "no way",' "$tmp/copy/lab/guest-init.sh"
    "$tmp/copy/lab/run" --tools none - <<<'echo no' >"$tmp/out" 2>"$tmp/err"
    status=$?
    check 'a guest that can do nothing ends all the same' err_has 'the guest ended before the script did'
    check 'with its reason' err_has 'lab: no way'
}

t_sanitizer() {
    printf 'int main(void) { return 0; }\n' >"$tmp/main.c"
    mkdir -- "$tmp/asan"
    if ! cc -fsanitize=address -o "$tmp/asan/kmod" "$tmp/main.c" 2>"$tmp/err"; then
        n=$((n + 1))
        echo "ok $n - a sanitizer build is refused # SKIP no compiler with ASan"
        return
    fi
    lab --tools "$tmp/asan" - <<<'echo ran'
    check 'a sanitizer build is refused' status_is 125
    check 'with the reason' err_has 'sanitizer build'
}

t_usage() {
    lab
    check 'no script is a usage error' status_is 2
    lab --frobnicate x
    check 'an unknown option is a usage error' status_is 2
    lab --timeout ten - <<<':'
    check 'a limit that is no number is a usage error' status_is 2
    lab --engine none - <<<':'
    check 'an unknown engine is a usage error' status_is 2
    lab "$tmp/no-such-script"
    check 'a script that is not there is a usage error' status_is 2
    lab --help
    check '--help is not an error' status_is 0
}

t_two_at_once() {
    local first second

    # Each waits until the other is there.
    mkdir -- "$tmp/meet"
    "$top/lab/run" --timeout 900 --tools none --rw "$tmp/meet" - >"$tmp/first" 2>&1 <<'END' &
>/mnt/host/first; until [ -e /mnt/host/second ]; do sleep 0.1; done; cat /proc/sys/kernel/random/boot_id; exit 3
END
    first=$!
    "$top/lab/run" --timeout 900 --tools none --rw "$tmp/meet" - >"$tmp/second" 2>&1 <<'END' &
>/mnt/host/second; until [ -e /mnt/host/first ]; do sleep 0.1; done; cat /proc/sys/kernel/random/boot_id; exit 4
END
    second=$!
    wait "$first"
    first=$?
    wait "$second"
    second=$?
    check 'two guests run side by side' [ "$first $second" = '3 4' ]
    # shellcheck disable=SC2016 # for the inner shell
    check 'each with a kernel of its own' bash -c '[[ -s $1 && -s $2 ]] && ! cmp -s "$1" "$2"' - "$tmp/first" "$tmp/second"
}

t_live() {
    : >"$tmp/out"
    mkdir -- "$tmp/live"
    lab --tools none --live --rw "$tmp/live" - < <(printf 'echo early; until [ -e /mnt/host/seen ]; do sleep 0.1; done') &
    up $!
    check '--live shows output while the script runs' out_is early
    : >"$tmp/live/seen"
    wait
}

t_interrupted() {
    local signal pid

    for signal in TERM HUP INT; do
        : >"$tmp/out"
        # In the background a shell ignores INT from the start, as nohup does HUP; what is ignored cannot be trapped.
        env --default-signal=INT,HUP \
            "$top/lab/run" --timeout 900 --tools none --live - <<<'echo up; sleep 6000' >"$tmp/out" 2>"$tmp/err" &
        pid=$!
        up "$pid"
        kill -s "$signal" "$pid"
        wait "$pid"
        status=$?
        check "SIG$signal ends lab/run, with the usual status" status_is $((128 + $(kill -l "$signal")))
        check "SIG$signal leaves nothing" nothing_left
    done
}

# A user without rights, a home with blanks in its name, a /dev/shm as containers have it.
t_user() {
    local home="$tmp/a home"

    if ((EUID != 0)); then
        mkdir -- "$home"
        env -u TENON_CACHE -u XDG_CACHE_HOME HOME="$home" "$top/lab/run" --timeout 900 --tools none - <<<'id -u' >"$tmp/out" 2>"$tmp/err"
        status=$?
    else
        chmod 755 "$tmp"
        mkdir -- "$home"
        chown 65534:65534 "$home"
        # shellcheck disable=SC2016 # for the inner shell
        env -u TENON_CACHE -u XDG_CACHE_HOME HOME="$home" unshare -m sh -c '
            mount -t tmpfs -o size=64m,noexec none /dev/shm &&
            exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"' - "$top/lab/run" --timeout 900 --tools none - \
            <<<'id -u' >"$tmp/out" 2>"$tmp/err"
        status=$?
    fi
    check 'a normal user can run it, with blanks in HOME' out_is 0
    check 'the only thing left in the cache is what can be used again' \
        [ -z "$(cd "$home" && find . -type f ! -path './.cache/tenon/lab/uml-xstate-*.so')" ]
}

# make try is a test as well: it must notice a tool that does nothing.
t_try_notices() {
    fake_tool <<<'#!/bin/sh'
    mkdir "$tmp/tenon" && cp "$tmp/tools/kmod" "$tmp/tenon/tenon"
    TENON_TOOLS=$tmp/tools "$top/scripts/try.sh" >"$tmp/out" 2>"$tmp/err"
    status=$?
    check 'try.sh fails when the tools do nothing' status_is 1
    check 'and says in which step' grep -q '^FAILED in step 2: depmod wrote no' "$tmp/out"
    fake_tool <<<'#!/bin/sh
    exec sleep 600'
    TIMEOUT=1 TENON_TOOLS=$tmp/tools "$top/scripts/try.sh" >"$tmp/out" 2>"$tmp/err"
    status=$?
    check 'it fails when the tools do not end' status_is 1
    check 'and says how to give it more time' err_has ': make try TIMEOUT=4'
}

t_status
t_bytes
t_arguments
t_guest
t_bind
t_rw
t_kernel_calls
t_failures
t_early_end
t_sanitizer
t_usage
t_two_at_once
t_live
t_interrupted
t_user
t_try_notices
check 'nothing is left at the end' nothing_left
echo "1..$n"
exit "$failed"
