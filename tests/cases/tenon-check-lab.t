# tenon check without a module, beside real kernels. Their module directory is one of the case's own.
where: lab
needs: workbench
file /tmp/in: mount --bind /tmp/lib /lib/modules
file /tmp/in: "$@"

## the file was replaced, the configuration changed, the indexes are old: each is found, and gone after a reload
$ mkdir -p lib/@VER@/kernel && plainmod -u dummy brd && cp brd.ko lib/@VER@/kernel/ && touch lib/@VER@/modules.order lib/@VER@/modules.builtin lib/@VER@/modules.builtin.modinfo && unshare -m sh in depmod && unshare -m sh in modprobe brd rd_nr=1 && unshare -m sh in tenon check --ignore=kernel-tainted | grep -vc ^yes
> 0
? 1
$ echo 'options brd rd_nr=2' >/etc/modprobe.d/a.conf && unshare -m sh in tenon check --ignore=kernel-tainted | grep -A1 ^warning; cp dummy.ko lib/@VER@/kernel/brd.ko && cp dummy.ko lib/@VER@/kernel/ && unshare -m sh in tenon check --width=200 --ignore=kernel-tainted | grep -v ^yes
> warning: brd has rd_nr=1 now, and /etc/modprobe.d/a.conf line 1 says rd_nr=2
>   [parameter-differs]
> no   loaded modules are those of the disk, with the parameters of the configuration: 1 found
> no   the indexes are up to date, and no module is there twice: 1 found
>
> warning: brd in the kernel is not what @MODS@/kernel/brd.ko has: it was loaded from another file, or before an update
>   [loaded-differs]
>   next: unload brd and load it again, or reboot
> error: kernel/dummy.ko is there, and no index knows it
>   [index-stale]
>   next: run depmod @VER@
! tenon (tests/lib): what view prints differs:
! 8c8,9
! < warning: brd in the kernel is not what @MODS@/kernel/brd.ko has: it was loaded from another file, or before an update
! ---
! > warning: brd in the kernel is not what @MODS@/kernel/brd.ko has:
! >   it was loaded from another file, or before an update
$ cp brd.ko lib/@VER@/kernel/ && unshare -m sh in depmod && rmmod brd && unshare -m sh in modprobe brd && unshare -m sh in tenon check --ignore=kernel-tainted | grep -vc ^yes; cat /sys/module/brd/parameters/rd_nr
> 0
> 2

## a loaded module that the configuration denies since, and that is unloaded by the next step
$ modprobe dummy && echo 'install dummy /bin/false' >/etc/modprobe.d/a.conf && tenon.real check --ignore=kernel-tainted | grep -A3 ^warning
> warning: dummy is loaded, and /etc/modprobe.d/a.conf line 1 denies it
>   [denied-loaded]
>   next: unload it, with: modprobe -r dummy
$ tenon.real check --json | sed -n '/denied-loaded/,/argv/p' | grep -c argv; modprobe -r dummy && tenon.real check --ignore=kernel-tainted | grep -c ^warning
> 1
> 0
? 1

## denied modules are what the kernel does then
$ printf 'install dummy /bin/false\nblacklist brd\n' >/etc/modprobe.d/a.conf; tenon check --denied dummy brd nix; for m in dummy brd; do modprobe -q $m; echo $? $m; done; @LOADED@
> MODULE VERDICT             BECAUSE
> dummy  denied              /etc/modprobe.d/a.conf line 1
> brd    denied-as-name-only /etc/modprobe.d/a.conf line 2
> nix    absent
> 1 dummy
> 0 brd
> brd
