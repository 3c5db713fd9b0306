#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# try.sh CKSUM COLOUR: runs in the guest. Shows the tools at work on a real
# kernel, step by step, and checks what each step did: any surprise ends it
# with status 1. CKSUM is cksum's word on the tool that was built.

sum=$1
bold='' dim='' red='' off=''
if [ "$2" = yes ]; then
    bold=$(printf '\033[1m') dim=$(printf '\033[2m') red=$(printf '\033[31m') off=$(printf '\033[0m')
fi
number=0
release=$(uname -r)

step() {
    number=$((number + 1))
    printf '\n%s%d. %s%s\n' "$bold" "$number" "$1" "$off"
}

# A failed check is the end.
broken() {
    printf '\n%sFAILED in step %d: %s%s\n' "$red" "$number" "$1" "$off"
    exit 1
}

# show STATUS COMMAND...: prints the command and what it prints; leaves its
# output in $shown. Any other status than STATUS is a failure.
show() {
    want=$1
    shift
    printf '   %s$ %s%s\n' "$dim" "$*" "$off"
    shown=$("$@" 2>&1)
    status=$?
    [ -z "$shown" ] || printf '%s\n' "$shown" | sed 's/^/   /'
    [ "$status" -eq "$want" ] || broken "$1 ended with status $status, not $want"
}

loaded() {
    grep -q "^$1 " /proc/modules
}

must_be_loaded() {
    for module; do
        loaded "$module" || broken "$module is not in /proc/modules"
    done
}

must_be_gone() {
    for module; do
        ! loaded "$module" || broken "$module is still in /proc/modules"
    done
}

step_kernel() {
    step "A Linux kernel, $release, without a single module; the tools are the ones just built."
    show 0 modprobe --version
    [ "$(cksum </sbin/modprobe)" = "$sum" ] || broken '/sbin/modprobe is not the tool that was built'
    [ "$(cat /proc/sys/kernel/modprobe)" = /sbin/modprobe ] || broken 'the kernel would not call /sbin/modprobe'
    [ ! -s /proc/modules ] || broken 'there are modules already'
}

step_depmod() {
    step 'depmod reads every module there is and writes down who needs whom.'
    show 0 depmod -a
    cd "/lib/modules/$release" || broken 'no module tree'
    for file in dep dep.bin alias alias.bin symbols symbols.bin softdep devname builtin.bin; do
        [ -e "modules.$file" ] || broken "depmod wrote no modules.$file"
    done
    show 0 wc -l modules.dep modules.alias modules.symbols
    show 0 grep /vfat.ko: modules.dep
    [ "$shown" = 'kernel/fs/fat/vfat.ko: kernel/fs/fat/fat.ko' ] || broken 'modules.dep is wrong about vfat'
    [ "$(wc -l <modules.dep)" -eq "$(wc -l <modules.order)" ] || broken 'modules.dep lacks modules'
    cd /tmp || broken 'no /tmp'
}

step_modprobe() {
    step 'modprobe loads vfat, and before it fat, which vfat needs.'
    show 0 modprobe -v vfat
    dir=/lib/modules/$release/kernel/fs/fat
    [ "$shown" = "$(printf 'insmod %s \n' "$dir/fat.ko" "$dir/vfat.ko")" ] ||
        broken 'these are not the two insmod lines, fat before vfat'
    must_be_loaded fat vfat
}

step_lsmod() {
    step 'lsmod shows what the kernel has now: fat is in use, by vfat.'
    show 0 lsmod
    printf '%s\n' "$shown" | grep -Eq '^fat +[0-9]+  1 vfat$' || broken 'lsmod does not say that vfat uses fat'
    printf '%s\n' "$shown" | grep -Eq '^vfat +[0-9]+  0$' || broken 'lsmod does not say that vfat is unused'
}

step_explain() {
    step 'A load that fails says why. On a terminal, or with -v or --explain, as here.'
    show 1 modprobe --explain loop max_loop=many
    case $shown in
    "modprobe: ERROR: could not insert 'loop': Invalid argument
  'many' is no value for parameter max_loop of loop"*) ;;
    *) broken 'modprobe does not say which value is wrong' ;;
    esac
    must_be_gone loop
    show 1 insmod --explain "/lib/modules/$release/kernel/net/802/stp.ko"
    case $shown in
    *' of llc, which is not loaded
  load llc first') ;;
    *) broken 'insmod does not say which module stp needs' ;;
    esac
    must_be_gone stp
    show 0 modprobe llc
    show 0 insmod --explain "/lib/modules/$release/kernel/net/802/stp.ko"
    must_be_loaded llc stp
    show 0 modprobe -r stp
    must_be_gone stp llc
}

step_kernel_asks() {
    step 'Now nobody calls modprobe. We mount a diskette image, and the kernel asks for what it lacks.'
    mkdir a || broken 'cannot make a directory'
    show 0 mkfs.msdos -C diskette 1440
    show 0 mount -t msdos -o loop diskette a
    must_be_loaded loop msdos
    show 0 lsmod
    printf '%s\n' "$shown" | grep -Eq '^fat +[0-9]+  2 .*msdos' || broken 'msdos does not use fat'
    echo 'Hello from a diskette.' >a/hello.txt || broken 'cannot write to the diskette'
    show 0 cat a/hello.txt
}

step_in_use() {
    step 'What is in use stays, and modprobe says so.'
    show 1 modprobe -r msdos
    case $shown in
    *'Module msdos is in use.'*) ;;
    *) broken 'modprobe does not say that msdos is in use' ;;
    esac
    must_be_loaded msdos fat
}

step_remove() {
    step 'Unmounted, msdos goes. fat stays as long as vfat needs it, then goes with it.'
    show 0 umount a
    show 0 modprobe -rv msdos
    must_be_gone msdos
    must_be_loaded fat vfat
    show 0 modprobe -rv vfat
    [ "$shown" = 'rmmod vfat
rmmod fat' ] || broken 'these are not the two rmmod lines, vfat before fat'
    must_be_gone vfat fat
}

step_end() {
    step 'The rest of what the kernel had asked for goes too: the end is as the beginning.'
    # shellcheck disable=SC2046 # names without blanks
    show 0 modprobe -ra $(cut -d ' ' -f 1 /proc/modules)
    show 0 lsmod
    [ ! -s /proc/modules ] || broken 'there are modules left'
}

# Three questions to the workbench.
step_tenon() {
    step 'tenon asks before anything is done: what would the kernel get for a diskette, and why?'
    show 0 tenon why fs-msdos
    case $shown in
    *'alias fs_msdos of modules.alias'*'msdos would be loaded'*) ;;
    *) broken 'tenon why does not say what fs-msdos leads to' ;;
    esac
    step 'Would this file load? It was cut off while it was copied.'
    head -c 9000 "/lib/modules/$release/kernel/drivers/block/loop.ko" >loop.ko
    show 1 tenon check ./loop.ko
    case $shown in
    *'[file-truncated]'*) ;;
    *) broken 'tenon check does not say that the file is cut off' ;;
    esac
    step 'And is this machine in order?'
    show 0 tenon check
    must_be_gone msdos fat loop
}

step_kernel
step_depmod
step_modprobe
step_lsmod
step_explain
step_kernel_asks
step_in_use
step_remove
step_end
step_tenon
