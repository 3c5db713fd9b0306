#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck disable=SC2317 # the functions that check is given
# lab-qemu.sh: what lab-run.sh shows of User Mode Linux, of QEMU: a boot takes some seconds here, so there are few, and
# each shows more. Needs no tool of ours. Prints TAP.
set -uo pipefail

# shellcheck source=tests/lab/lib.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib.sh"

for program in qemu-system-x86_64 cpio; do
    if ! command -v "$program" >/dev/null; then
        echo "1..0 # SKIP $program is not installed"
        exit 0
    fi
done
mkdir -- "$TENON_CACHE"
mkdir -p -- "$user_cache/trees"
ln -s "$(readlink -f -- "$user_cache")/trees" "$TENON_CACHE/trees" # not downloaded anew
if ! "$top/lab/kernels.sh" 6.1 6.12 >"$tmp/out" 2>"$tmp/err"; then
    echo "1..0 # SKIP $(tail -n 1 "$tmp/err")"
    exit 0
fi

# The file NAME of the directory that the guest had as --rw.
result_is() { diff -u <(printf '%s\n' "$2") <(sed -e "\$a\\" -- "$tmp/results, all/$1") >"$tmp/out" 2>"$tmp/err"; }

t_much_in_one_boot() {
    # shellcheck disable=SC2016 # as it is
    local args=('a b' "it's" '' '*' $'two\nlines' '$HOME' '--tools' "\\") i

    fake_tool <<'END'
#!/bin/sh
echo "${0##*/} $*" >>/tmp/calls
END
    for i in {0..255}; do printf '%b' "\\0$(printf %o "$i")"; done >"$tmp/bytes"
    for i in {1..9}; do cat "$tmp/bytes" "$tmp/bytes" >"$tmp/twice" && mv "$tmp/twice" "$tmp/bytes"; done
    printf 'end\r' >>"$tmp/bytes"
    printf 'err\r\n\t' | cat - "$tmp/bytes" >"$tmp/want"
    mkdir -p -- "$tmp/results, all" "$tmp/a dir/sub"
    echo one >"$tmp/a dir/sub/file"
    echo two >"$tmp/file"
    cat >"$tmp/script" <<'END'
#!/bin/sh
cat /data/bytes
printf 'err\r\n\t' >&2
cat /data/bytes >&2
cd /mnt/host
printf '<%s>' "$@" >args
(
    echo uid=$(id -u)
    env | grep -v -e ^_= -e ^OLDPWD= | sort
    cat
    ls -A /etc/modprobe.d /etc/depmod.d /lib/modprobe.d /lib/depmod.d /run /usr/local
    ls /lib/modules/$(uname -r)
    touch /lib/modules/$(uname -r)/new /usr/lib/new /usr/sbin/new || echo read-only
    for name in modprobe insmod rmmod lsmod depmod modinfo kmod; do command -v $name; done
    grep -q -w 'lab.test="a b"' /proc/cmdline && echo appended
) >guest 2>&1
{ cat /new/place/sub/file /usr/bin/expr; (echo three >/new/place/sub/file) 2>/dev/null || echo read-only; } >bind
mount -t labfs none /tmp 2>/dev/null
cat /tmp/calls >calls
nproc >processors
cat /sys/module/compression >compression
(true >/lab/host/etc/lab.test) 2>/dev/null || echo read-only >host
exit 7
END
    lab --engine qemu --kernel 6.12 --smp 2 --tools "$tmp/tools" --append 'lab.test="a b"' --rw "$tmp/results, all" \
        --bind "$tmp/bytes:/data/bytes" --bind "$tmp/a dir:/new/place" --bind "$tmp/file:/usr/bin/expr" \
        "$tmp/script" "${args[@]}"
    check 'the status is the script'"'"'s' status_is 7
    check 'standard output comes through to the byte' cmp "$tmp/bytes" "$tmp/out"
    check 'standard error comes through to the byte, and apart' cmp "$tmp/want" "$tmp/err"
    check 'arguments arrive as they are' result_is args "$(printf '<%s>' "${args[@]}")"
    check 'the guest has nothing of the host'"'"'s configuration, and no index' result_is guest \
        "$(printf '%s\n' uid=0 HOME=/root LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin PWD=/mnt/host)
$(printf '%s\n' '/etc/depmod.d:' '' '/etc/modprobe.d:' '' '/lib/depmod.d:' '' '/lib/modprobe.d:' '' '/run:' '' '/usr/local:')
$(printf '%s\n' kernel modules.builtin modules.builtin.modinfo modules.order)
$(printf '%s\n' /usr/sbin/{modprobe,insmod,rmmod,lsmod,depmod,modinfo} /usr/bin/kmod appended)"
    check '--bind shows directories and files, read-only' result_is bind $'one\ntwo\nread-only'
    check 'the kernel calls the tool that was given' result_is calls 'modprobe -q -- fs-labfs'
    check '--smp 2 gives two processors' result_is processors 2
    check 'a 6.12 kernel takes modules as .xz' result_is compression xz
    check 'the host cannot be written to' result_is host read-only
}

# A QEMU in $tmp/bin whose first N kernels die.
broken_qemu() {
    echo 0 >"$tmp/boots"
    cat >"$tmp/bin/qemu-system-x86_64" <<END
#!/bin/sh
read -r boots <"$tmp/boots"
boots=\$((boots + 1))
echo "\$boots" >"$tmp/boots"
[ "\$boots" -gt $1 ] && exec /usr/bin/qemu-system-x86_64 "\$@"
echo "Kernel panic - not syncing: Fatal exception in interrupt (boot \$boots)"
END
    chmod 755 "$tmp/bin/qemu-system-x86_64"
}

t_failures() {
    lab --engine qemu --tools none - <<<'echo before; sync; echo c >/proc/sysrq-trigger; sleep 6000'
    check 'a panic gives 125' status_is 125
    check 'with the panic'"'"'s reason' err_has 'Kernel panic'
    check 'and the output up to it' out_is before
    lab_cut_off 6.1.0 'uname -r | grep -o ^6.1.0' --engine qemu --tools none
    check 'a guest that does not end gives 125' status_is 125
    check 'with the time limit' err_has "still running after $limit s"
    check 'and the output up to it, after a time-out; 6.1 is what boots by default' out_is 6.1.0
    check 'nothing is left of guests that failed' nothing_left
    lab --engine qemu --kernel 1.2 --tools none - <<<':'
    check 'a kernel that does not exist gives 125' status_is 125
    check 'with the reason' err_has 'there is no kernel 1.2'
    mkdir -- "$tmp/bin"
    ln -s /usr/bin/* "$tmp/bin/"
    rm -- "$tmp/bin/qemu-system-x86_64"
    PATH=$tmp/bin lab --engine qemu --tools none - <<<':'
    check 'no QEMU gives 125' status_is 125
    check 'and names the package' err_has '(package qemu-system-x86)'
    broken_qemu 1
    PATH=$tmp/bin lab --engine qemu --tools none - <<<'echo up'
    check 'a kernel that dies while it boots is booted again' out_is up
    broken_qemu 9
    PATH=$tmp/bin lab --engine qemu --tools none - <<<'echo up'
    check 'one that always does gives 125' status_is 125
    check 'with its reason, after three boots' err_has 'Fatal exception in interrupt (boot 3)'
    lab --smp 2 - <<<':'
    check '--smp with User Mode Linux is a usage error' status_is 2
}

t_interrupted() {
    local pid

    : >"$tmp/out"
    "$top/lab/run" --timeout 900 --engine qemu --tools none --live - <<<'echo up; sleep 6000' >"$tmp/out" 2>"$tmp/err" &
    pid=$!
    up "$pid"
    check '--live shows output while the script runs' out_is up
    kill -s TERM "$pid"
    wait "$pid"
    status=$?
    check 'SIGTERM ends lab/run, with the usual status' status_is 143
    check 'SIGTERM leaves nothing' nothing_left
}

# A user without rights, a cache with blanks and a comma in its name.
t_user() {
    local cache="$tmp/the user's, cache" as=()

    mkdir -p -- "$cache"
    if ((EUID == 0)); then
        chmod 755 "$tmp"
        as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    fi
    # The trees as copies made of links: the user may not be able to enter the home that they are in.
    mkdir -- "$cache/trees"
    cp -al -- "$TENON_CACHE/trees"/linux-image-6.1.*[0-9]-amd64 "$cache/trees/" 2>/dev/null ||
        cp -a -- "$TENON_CACHE/trees"/linux-image-6.1.*[0-9]-amd64 "$cache/trees/"
    ((EUID != 0)) || chown 65534:65534 "$cache" "$cache/trees"
    TENON_CACHE=$cache "${as[@]}" "$top/lab/run" --timeout 900 --engine qemu --tools none - <<<'id -u; touch /mnt/x' >"$tmp/out" 2>"$tmp/err"
    status=$?
    check 'a normal user can run it, with blanks and a comma in the name of the cache' out_is 0
    check 'the only thing left in the cache is what can be used again' \
        [ "$(find "$cache/lab" -mindepth 1 -maxdepth 1 ! -name 'qemu-6.1.*' | wc -l)" -eq 0 ]
}

t_much_in_one_boot
t_failures
t_interrupted
t_user
check 'nothing is left at the end' nothing_left
echo "1..$n"
exit "$failed"
