# What modprobe makes of a module directory that lacks something, or is broken.
where: host
always: input that is broken
tree: uml

## without modules.dep.bin, modules.dep is read
# kmod 30 finds nothing.
$ rm @MODS@/modules.dep.bin; modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; using modules.dep instead, which is slower; run depmod

## an empty modules.dep.bin is none
# kmod 30 finds nothing.
$ : >@MODS@/modules.dep.bin; modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: WARNING: modules.dep.bin is empty in @MODS@; using modules.dep instead, which is slower; run depmod

## a modules.dep.bin that is none
# kmod 30 finds nothing.
$ cp @MODS@/modules.alias @MODS@/modules.dep.bin; modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: WARNING: modules.dep.bin is corrupt in @MODS@; using modules.dep instead, which is slower; run depmod

## a cut modules.dep.bin
# kmod 30 finds nothing, or dies.
$ head -c 5000 @MODS@/modules.dep.bin >x; cp x @MODS@/modules.dep.bin; modprobe -nv vfat; modprobe -nv bridge | tail -n1
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> insmod @MODS@/kernel/net/bridge/bridge.ko $
! modprobe: WARNING: modules.dep.bin is corrupt in @MODS@; using modules.dep instead, which is slower; run depmod
! modprobe: WARNING: modules.dep.bin is corrupt in @MODS@; using modules.dep instead, which is slower; run depmod

## without any index, the texts are read, and it is said once
$ rm @MODS@/modules.*.bin; modprobe -nv fs-msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; using modules.dep instead, which is slower; run depmod
$ modprobe -nv ext4
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; using modules.dep instead, which is slower; run depmod
$ modprobe -R symbol:fat_scan
> fat
! modprobe: WARNING: modules.symbols.bin is missing in @MODS@; using modules.symbols instead, which is slower; run depmod
$ modprobe -nv fs-ext4
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; using modules.dep instead, which is slower; run depmod

## -q says nothing of it
$ rm @MODS@/modules.*.bin; modprobe -q -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## a corrupt modules.alias.bin
$ head -c 2000 @MODS@/modules.alias.bin >x; cp x @MODS@/modules.alias.bin; modprobe -nv fs-msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/msdos.ko $
! modprobe: WARNING: modules.alias.bin is corrupt in @MODS@; using modules.alias instead, which is slower; run depmod

## a corrupt modules.alias.bin without modules.alias does not keep names from being found
$ echo junk >@MODS@/modules.alias.bin; rm @MODS@/modules.alias; modprobe -nv vfat; modprobe -nv fs-msdos
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: WARNING: modules.alias.bin is corrupt in @MODS@; what it says is not known; run depmod
! modprobe: FATAL: could not plan to load 'fs-msdos': modules.alias.bin is corrupt
!   modules.alias.bin in @MODS@ is damaged
!   run depmod @VER@
? 1

## without any list, modules are found by their files
$ rm @MODS@/modules.*; modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod
$ modprobe -nv bridge 2>/dev/null
> insmod @MODS@/kernel/lib/crc-ccitt.ko $
> insmod @MODS@/kernel/net/ipv6/ipv6.ko $
> insmod @MODS@/kernel/net/llc/llc.ko $
> insmod @MODS@/kernel/net/802/stp.ko $
> insmod @MODS@/kernel/net/bridge/bridge.ko $
$ modprobe -nv nls-iso8859-1 2>/dev/null
> insmod @MODS@/kernel/fs/nls/nls_iso8859-1.ko $

## without any list there are no aliases
$ rm @MODS@/modules.*; modprobe -nv fs-msdos
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod
! modprobe: FATAL: Module fs-msdos not found in directory @MODS@
!   it may be that fs-msdos is an alias: there is no index of aliases in @MODS@
!   run depmod @VER@
? 1

## an empty version is not that of any kernel there is
kernel: insert=0
$ modprobe -S '' vfat; modprobe -S . vfat; modprobe -d / -vS '' vfat
! modprobe: FATAL: Module vfat not found in directory /lib/modules/
! modprobe: FATAL: Module vfat not found in directory /lib/modules/.
! modprobe: FATAL: Module vfat not found in directory //lib/modules/
!   vfat is there for @VER@ only
? 1
$ modinfo -n -k '' vfat; modinfo -n --root / -k '' vfat
! modinfo: ERROR: Module vfat not found.
! modinfo: ERROR: Module vfat not found.
? 1

## a pipe in the place of an index or a list is none
$ cd @MODS@ && rm modules.*; mkfifo modules.dep.bin modules.dep modules.alias.bin modules.alias; timeout 300 modprobe -nv vfat 2>/dev/null; timeout 300 modprobe -q fs-vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
? 1

## a modules.dep that grows without bounds when it is completed is not used
$ cd @MODS@ && rm modules.*.bin; for i in $(seq 0 2999); do echo "m$i.ko: m$((i+1)).ko m$((i+2)).ko m$((i+3)).ko m$((i+4)).ko m$((i+40)).ko"; done >modules.dep; modprobe -nv m0 2>said || tail -n1 said
> modprobe: FATAL: could not plan to load 'm0': modules.dep names too many dependencies

## a full disk's empty modules.dep is no list
$ rm @MODS@/modules.*; : >@MODS@/modules.dep; : >@MODS@/modules.dep.bin; modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
! modprobe: WARNING: modules.dep.bin is empty in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod

## a directory without modules has none, and says no more
$ mkdir -p /lib/modules/1.2.3; modprobe -S 1.2.3 vfat
! modprobe: FATAL: Module vfat not found in directory /lib/modules/1.2.3
? 1
$ modprobe -S 1.2.4 vfat
! modprobe: FATAL: Module vfat not found in directory /lib/modules/1.2.4
? 1

## -r works without any list
kernel: remove=0
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ rm @MODS@/modules.*; modprobe -rv vfat
> rmmod vfat
> rmmod fat
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod

## empty lists of built-in modules, as an older depmod makes them, are no fault
$ : >@MODS@/modules.builtin.bin; : >@MODS@/modules.builtin.alias.bin; rm @MODS@/modules.builtin @MODS@/modules.builtin.modinfo
$ modprobe -nv vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
$ modprobe -nv ext4
! modprobe: FATAL: Module ext4 not found in directory @MODS@
? 1

## no /proc and no /sys
kernel: insert=0
$ rm -rf /proc/modules /proc/cmdline /sys/module; modprobe vfat
$ modprobe -r vfat
$ modprobe -c >/dev/null

## without /sys, /proc/modules says what is loaded
kernel: remove=0
loaded: llc 16384 2 stp bridge
loaded: stp 16384 1 bridge
loaded: bridge 16384 0
loaded: lkm 16384 0
loaded: tun 16384 2
$ rm -r /sys/module; modprobe --first-time bridge
! modprobe: ERROR: could not insert 'bridge': Module already in kernel
? 1
$ modprobe -v lkm
!   lkm is in the kernel already; it is not found in directory @MODS@
$ modprobe -rv stp
! modprobe: FATAL: Module stp is in use.
!   stp is used by bridge
!   remove that first: modprobe -r bridge
? 1
$ modprobe -rv --remove-holders llc
> rmmod bridge
> rmmod stp
> rmmod llc
$ modprobe -rv lkm; modprobe -r dummy; rmmod lkm
> rmmod lkm
$ rmmod stp tun dummy
! rmmod: ERROR: Module stp is in use by: bridge
! rmmod: ERROR: Module tun is in use
! rmmod: ERROR: Module dummy is not currently loaded
? 1

## a kernel without modules
kernel: insert=ENOSYS remove=ENOSYS
$ rm -rf /proc/modules /sys/module; modprobe dummy
! modprobe: ERROR: could not insert 'dummy': Function not implemented
? 1
$ rmmod dummy
! rmmod: ERROR: Module dummy is not currently loaded
? 1
$ lsmod
! lsmod: ERROR: could not open /proc/modules: No such file or directory
! lsmod: ERROR: could not get list of modules: No such file or directory
? 1

## what the kernel has is there, whether or not the tree has it
# kmod says that it is not found.
loaded: lkm 16384 0
$ modprobe lkm; modprobe -av lkm vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
!   lkm is in the kernel already; it is not found in directory @MODS@
! modprobe: ERROR: could not insert 'vfat': Operation not permitted
!   vfat needs fat, and that fails
!   this process has not the capability CAP_SYS_MODULE: it is in a user namespace, as containers are
!   run it outside of that namespace
? 1
$ modprobe -q -- lkm; modprobe -v -S 1.2.3 lkm a=1; modprobe -nv -S 1.2.3 lkm
!   lkm is in the kernel already; it is not found in directory /lib/modules/1.2.3
!   lkm is in the kernel already: parameters given now have no effect
!   unload it first
!   lkm is in the kernel already; it is not found in directory /lib/modules/1.2.3
$ modprobe --first-time lkm
! modprobe: ERROR: could not insert 'lkm': Module already in kernel
? 1
$ modprobe -D lkm
! modprobe: FATAL: Module lkm not found in directory @MODS@
? 1
$ modprobe -R lkm
! modprobe: FATAL: Module lkm not found in directory @MODS@
? 1

## a directory in /sys/module is a built-in module where no list says which are built in
# kmod says that it is not found.
file /sys/module/ext4/parameters/x: 1
file /sys/module/printk/parameters/time: N
$ modprobe -S 1.2.3 ext4; modprobe -v -S 1.2.3 ext4
!   ext4 is in the kernel already; it is not found in directory /lib/modules/1.2.3
$ modprobe -S 1.2.3 --first-time ext4
! modprobe: ERROR: could not insert 'ext4': Module already in kernel
? 1
$ modprobe -S 1.2.3 -D ext4
! modprobe: FATAL: Module ext4 not found in directory /lib/modules/1.2.3
? 1
$ modprobe -S 1.2.3 -r ext4
! modprobe: FATAL: Module ext4 not found.
? 1
$ modprobe printk
! modprobe: FATAL: Module printk not found in directory @MODS@
? 1

## a module that goes while the kernel is asked for its state is gone
loaded: dummy 16384 0
needs: command strace
$ ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -P /sys/module/dummy/initstate -e inject=openat:error=ENODEV modprobe -nv dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -P /sys/module/dummy/initstate -e inject=openat:error=ENODEV modprobe -r dummy
$ ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -P /sys/module/dummy/initstate -e inject=openat:error=ENODEV rmmod dummy
! rmmod: ERROR: Module dummy is not currently loaded
? 1

## a state that nobody knows is no corrupt index
# kmod goes on.
loaded: dummy 16384 0
$ echo unknown >/sys/module/dummy/initstate; modprobe dummy; modprobe -r dummy
! modprobe: FATAL: could not plan to load 'dummy': the state of dummy cannot be read: Input/output error
! modprobe: FATAL: could not plan to remove 'dummy': the state of dummy cannot be read: Input/output error
? 1

## what cannot be known is no module that is not found
# kmod goes on, or says that the module is not found.
$ mkdir -p /sys/module/dummy/initstate; modprobe dummy
! modprobe: FATAL: could not plan to load 'dummy': the state of dummy cannot be read: Is a directory
? 1
$ modprobe -q dummy
? 1
$ modprobe -a dummy
! modprobe: WARNING: could not plan to load 'dummy': the state of dummy cannot be read: Is a directory
? 1
$ modprobe -r dummy
! modprobe: FATAL: could not plan to remove 'dummy': the state of dummy cannot be read: Is a directory
? 1
$ modprobe -D dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -R dummy
> dummy
$ mkdir -p t/lib/modules/1.2.3; cd t/lib/modules/1.2.3; echo junk >modules.dep.bin; ln -s . modules.alias.bin; modprobe -d /tmp/t -S 1.2.3 dummy
! modprobe: FATAL: could not plan to load 'dummy': modules.dep.bin is corrupt
? 1
$ cd t/lib/modules/1.2.3; echo junk >modules.dep.bin; rm -r /sys/module/dummy; modprobe -d /tmp/t -S 1.2.3 -D dummy
! modprobe: FATAL: could not plan to load 'dummy': modules.dep.bin is corrupt
? 1
$ modprobe -d /tmp/t -S 1.2.3 -r dummy
! modprobe: FATAL: could not plan to remove 'dummy': modules.dep.bin is corrupt
? 1
$ modprobe -d /tmp/t -S 1.2.3 -R dummy
! modprobe: FATAL: could not look up 'dummy': modules.dep.bin is corrupt
? 1
$ modprobe -d /tmp/t -S 1.2.3 --show-modversions dummy
! modprobe: FATAL: could not look up 'dummy': modules.dep.bin is corrupt
? 1
$ modprobe -d /tmp/t -S 1.2.3 'a[b'
! modprobe: FATAL: Module a[b not found in directory /tmp/t/lib/modules/1.2.3
? 1

## a modules.dep of another depmod leads to what the index leads to
# Direct dependencies alone, or lists in another order. Each module comes after all that it needs.
$ cat >direct <<'E'
+ { name = $1; sub(/:$/, "", name); deps[name] = ""; for (i = 2; i <= NF; i++) { below[name, $i]; deps[name] = deps[name] " " $i } }
+ END { for (m in deps) { printf "%s:", m; n = split(deps[m], d); for (i = n; i > 0; i--) { mine = 1; for (j = 1; j <= n; j++) if ((d[j], d[i]) in below) mine = 0; if (mine) printf "\t%s", d[i] } print "" } }
+ E
+ cat >reverse <<'E'
+ { printf "%s", $1; for (i = NF; i > 1; i--) printf " %s", $i; print "" }
+ E
+ cat >order <<'E'
+ FNR == NR { sub(/:$/, "", $1); needs[$1] = $0; sub(/^[^ ]* ?/, "", needs[$1]); next }
+ { n = split(needs[$2], need); for (i = 1; i <= n; i++) if (!(need[i] in seen)) print "too early: " $2; seen[$2] }
+ $2 ~ /\/(nfsd|cifs|sctp|bridge|dm-thin-pool|ip_vs_ftp|nft_masq|brd).ko$/ { split("", seen) }
+ E
+ plans() { modprobe -q -D -a nfsd cifs sctp bridge dm-thin-pool ip_vs_ftp nft_masq brd | sed 's,@MODS@/,,'; }
+ cp @MODS@/modules.dep old; plans >index; rm @MODS@/modules.dep.bin; plans | cmp - index
+ for how in direct reverse; do awk -f $how old | sort -r >@MODS@/modules.dep; plans >got; grep -c . got; awk -f order old got; sort got >a; sort index | cmp - a; done
> 45
> 45

## an index that this user may not read is not missing
# Root without its capabilities is an ordinary user who owns the files.
needs: command setpriv
$ chmod 0 @MODS@/modules.dep.bin @MODS@/modules.alias.bin; user() { setpriv --bounding-set=-all --inh-caps=-all "$@"; }; user modprobe -nv vfat; user modprobe -R fs-msdos; user modinfo -n vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $
> msdos
> @MODS@/kernel/fs/fat/vfat.ko
! modprobe: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; using modules.dep instead, which is slower; run depmod as root, with umask 022
! modprobe: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; using modules.dep instead, which is slower; run depmod as root, with umask 022
! modprobe: WARNING: modules.alias.bin is not readable in @MODS@: Permission denied; using modules.alias instead, which is slower; run depmod as root, with umask 022
! modinfo: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; using modules.dep instead, which is slower; run depmod as root, with umask 022
$ chmod 0 @MODS@/modules.dep @MODS@/modules.alias; user() { setpriv --bounding-set=-all --inh-caps=-all "$@"; }; user modprobe -nv fat; user modprobe -nv fs-msdos; rm -f @MODS@/modules.dep.bin; user modprobe -nv fat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
! modprobe: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; modules.dep is not readable, so modules are found by the names of their files, and no aliases; run depmod as root, with umask 022
! modprobe: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; modules.dep is not readable, so modules are found by the names of their files, and no aliases; run depmod as root, with umask 022
! modprobe: WARNING: modules.alias.bin is not readable in @MODS@: Permission denied; what it says is not known; run depmod as root, with umask 022
! modprobe: FATAL: could not plan to load 'fs-msdos': modules.alias.bin: Permission denied
!   this user may not read modules.alias.bin in @MODS@
!   run depmod as root, with umask 022
! modprobe: WARNING: modules.dep.bin is missing in @MODS@; modules.dep is not readable, so modules are found by the names of their files, and no aliases; run depmod

## configuration that this user may not read is reported, too
needs: command setpriv
conf a.conf: blacklist x
$ mkdir /tmp/d && echo 'options fat x=1' >/tmp/d/a.conf && chmod 0 /etc/modprobe.d/a.conf @MODS@/modules.softdep /tmp/d; user() { setpriv --bounding-set=-all --inh-caps=-all "$@"; }; user modprobe -nv fat; user modprobe -qn fat; user modprobe -nv -C /tmp/d fat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/fat.ko $
! libkmod: WARNING: kmod_config_parse: could not read /etc/modprobe.d/a.conf: Permission denied
! libkmod: WARNING: kmod_config_parse: could not read @MODS@/modules.softdep: Permission denied
! libkmod: ERROR: conf_files_filter_out: could not read configuration directory /tmp/d: Permission denied
! libkmod: WARNING: kmod_config_parse: could not read @MODS@/modules.softdep: Permission denied

## nor is what is in a directory that this user may not read
needs: command setpriv
$ chmod 0 @MODS@; user() { setpriv --bounding-set=-all --inh-caps=-all "$@"; }; user modprobe -nv vfat; user modinfo -n vfat
! modprobe: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; what it says is not known; this user may not look into the directory
! modprobe: FATAL: could not plan to load 'vfat': modules.dep.bin: Permission denied
! modinfo: WARNING: modules.dep.bin is not readable in @MODS@: Permission denied; what it says is not known; this user may not look into the directory
! modinfo: ERROR: Module alias vfat not found.
? 1

## a chain of softdeps that is too long is named
$ cd @MODS@ && rm modules.*.bin; for i in $(seq 1001); do echo "m$i.ko:"; done >modules.dep; for i in $(seq 1000); do echo "softdep m$i pre: m$((i+1))"; done >/etc/modprobe.d/a.conf; modprobe -n m1 2>said; tail -n 1 said; modprobe -n m2 2>said | wc -l
> modprobe: FATAL: could not plan to load 'm1': the softdep chain of m1 is longer than 1000 modules
> 1000
