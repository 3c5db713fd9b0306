#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What tests/vm/switch runs in the system: /t has our packages, /t/kmod the distribution's. Prints TAP from test 2 on.
# shellcheck disable=SC2317 # what check() is given to run is reached
set -u
cd /t || exit 1
tests=1 failed=0 started=0
paths=(/bin/kmod /bin/lsmod /sbin/{depmod,insmod,lsmod,modinfo,modprobe,rmmod} /usr/sbin/modprobe)
library=$(echo /usr/lib/*/libkmod.so.2)

check() {
    local title=$1 ok=
    shift
    tests=$((tests + 1))
    "$@" >out 2>&1 || ok='not ' failed=$((failed + 1))
    printf '%sok %d - %s\n' "$ok" "$tests" "$title"
    [[ -z $ok ]] || sed 's/^/# /' out
}

# Looks without a pause until /t/stop is there; leaves how often it looked and how often something was missing.
watch_names() {
    local n=0 missed=0 path
    while [[ ! -e stop ]]; do
        for path in "${paths[@]}"; do [[ -x $path ]] || missed=$((missed + 1)); done
        [[ -e $library ]] || missed=$((missed + 1))
        n=$((n + 1))
    done
    echo "$n $missed" >names
}

watch_runs() {
    local n=0 missed=0
    while [[ ! -e stop ]]; do
        /sbin/modprobe --version >/dev/null 2>&1 || missed=$((missed + 1))
        udevadm --version >/dev/null 2>&1 || missed=$((missed + 1))
        n=$((n + 1))
    done
    echo "$n $missed" >runs
}

# watched COMMAND...: succeeds, and meanwhile the programs were there at every look.
watched() {
    local status n missed file
    local -A least=([names]=20 [runs]=0)
    rm -f stop
    watch_names &
    watch_runs &
    "$@"
    status=$?
    touch stop
    wait
    for file in names runs; do
        read -r n missed <"$file"
        echo "$file: looked $n times, missing $missed times"
        # How often programs can be started meanwhile is up to the machine; the files are looked at thousands of times.
        ((n > ${least[$file]} && missed == 0)) || status=1
    done
    started=$((started + 2 * n)) # of runs, the last one, which starts two at a look
    return "$status"
}

whose() { [[ $(/sbin/modprobe --version) == *"$1"* ]]; }
is_ours() { whose 'tenon version'; }
is_theirs() { ! is_ours && whose 'kmod version'; }
state() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1") == "$2" ]]; }
sound() { apt-get check && [[ -z $(dpkg --audit) ]]; }
intact() { [[ -z $(dpkg --verify "$@") ]] || { dpkg --verify "$@" && false; }; }
# A kernel, an initramfs generator and udev want kmod: none of them may want the other one back.
satisfies() {
    local plan
    plan=$(apt-get -s install linux-image-amd64 initramfs-tools udev dkms) && [[ $plan != *'Inst kmod'* && $plan != *'Remv'* ]]
}
builds() {
    local plan
    plan=$(apt-get -s satisfy 'libkmod-dev (>= 30)') && [[ $plan != *Inst* && $plan != *Remv* ]]
}
# Without the hold apt would take ours out, which shows that there is something to refuse.
held() {
    local free status
    free=$(apt-get -s install libkmod-dev)
    apt-mark hold "${names[@]}" >/dev/null
    apt-get -s -y install libkmod-dev
    status=$?
    apt-mark unhold "${names[@]}" >/dev/null
    [[ $free == *'Remv libtenon-kmod2'* ]] && ((status != 0))
}
there() {
    local path status=0
    while read -r path; do
        [[ -e $path ]] || { echo "$path is gone" && status=1; }
    done
    return "$status"
}
executable() { [[ -x /etc/init.d/kmod && -e $(echo /etc/rcS.d/S*kmod) ]]; }
names=(tenon libtenon-kmod2)
ours=(/t/tenon_*.deb /t/libtenon-kmod2_*.deb)
theirs=(/t/kmod/kmod_*.deb /t/kmod/libkmod2_*.deb)
udev_loads() { ldd /bin/udevadm | grep -q "libkmod.so.2 => /" && [[ $(readlink -f "$library") == *.2."$1".* ]]; }
# But for the documentation, of which each has its own.
dpkg -L kmod | grep -vE '^/usr/share/(doc|man/fr)' >kmod.list

check 'kmod is there at the beginning' is_theirs
check 'our packages install over kmod, and modprobe is never missing' watched dpkg -i "${ours[@]}"
check 'then the tools are ours' is_ours
check 'kmod is no longer installed' state kmod config-files
check 'no dependency is broken' sound
check 'packages that want kmod are content' satisfies
check 'every file of kmod has a successor' there <kmod.list
check 'its files are as packed' intact "${names[@]}"
check 'the init script can be run' executable
check 'udev runs with our library' udev_loads 5
check 'the package to build with installs' dpkg -i /t/libtenon-kmod-dev_*.deb
check 'what wants libkmod-dev is content with it' builds
check 'and goes' dpkg --purge libtenon-kmod-dev
check 'on hold, ours are not replaced when libkmod-dev is asked for' held
check 'our packages install over themselves' watched dpkg -i "${ours[@]}"
check 'kmod can be purged' dpkg --purge kmod
check 'which takes nothing of ours away' intact "${names[@]}"
echo '# my own line' >>/etc/init.d/kmod
mark=$(sha256sum </etc/init.d/kmod)
keeps() { [[ $(sha256sum </etc/init.d/kmod) == "$mark" ]]; }
for name in "${names[@]}"; do echo "$name deinstall"; done | dpkg --set-selections
check 'kmod installs back, and modprobe is never missing' watched dpkg --force-confold -i "${theirs[@]}"
enough_started() { echo "$started" && ((started > 60)); }
check 'in all three, programs were started more than 60 times' enough_started
check 'then the tools are kmod'"'"'s' is_theirs
check 'and the library' udev_loads 4
check 'a changed init script was kept' keeps
check 'and can be run' executable
check 'no dependency is broken after that' sound
check 'every file of kmod is there again' there <kmod.list
check 'what is left of our packages can be purged' dpkg --purge "${names[@]}"
check 'which takes nothing of kmod away' there <kmod.list
check 'nor its init script from the boot' executable
left() { find / -xdev -path /t -prune -o -path /proc -prune -o -name '*tenon*' -print | grep .; }
none_left() { ! left; }
check 'nothing is left' none_left
echo "1..$tests"
((failed == 0))
