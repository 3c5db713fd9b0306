# tenon why beside a real kernel: what it says comes true.
where: lab
needs: workbench

## what is said is done, and then is there
$ tenon why --json fs-vfat | grep -A3 '^    "loads"'
>     "loads": [
>       "fat",
>       "vfat"
>     ],
$ modprobe fs-vfat && @LOADED@
> vfat
> fat
$ tenon why fs-vfat | tail -1
> vfat is in the kernel already: nothing would be done

## six lines of configuration that say different things
conf a.conf: alias six-* msdos
conf a.conf: alias six-one vfat
conf a.conf: blacklist msdos
conf b.conf: install vfat /sbin/modprobe -i vfat
conf b.conf: softdep vfat pre: dummy
conf b.conf: options six-one allow_utime=18
$ tenon why six-one
> six-one, asked for by a user: modprobe six-one
>
> Leads to each of
>     msdos   alias six_* (/etc/modprobe.d/a.conf:1)
>     vfat    alias six_one (/etc/modprobe.d/a.conf:2)
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             a command in its place: /sbin/modprobe -i vfat
>             (/etc/modprobe.d/b.conf:1)
>             options allow_utime=18 (/etc/modprobe.d/b.conf:3)
>
> Left out
>   - msdos   asked for
>             blacklisted (/etc/modprobe.d/a.conf:3)
>   - dummy   softdep of vfat, before it (/etc/modprobe.d/b.conf:2)
>             the command stands for it, too (/etc/modprobe.d/b.conf:1)
>
> vfat: whether it is loaded is up to the command, which was not run
? 3
$ modprobe -n six-one
> insmod @MODS@/kernel/fs/fat/fat.ko $
> install /sbin/modprobe -i vfat allow_utime=18 $
$ modprobe six-one; @LOADED@
> vfat
> fat

## what is refused stays away
conf a.conf: install fat /bin/false
$ tenon why vfat >/dev/null; echo $?; modprobe -q vfat; echo $?; @LOADED@
> 1
> 1

## the kernel's own call
conf a.conf: alias fs-nosuch loop
conf b.conf: blacklist loop
$ tenon why --as kernel fs-nosuch | sed -n '1p;$p'
> fs-nosuch, asked for by the kernel: modprobe -q -- fs-nosuch
>   next: load it by its own name without -b, or remove that line
$ modprobe -q -- fs-nosuch; @LOADED@

## an ordinary user sees the same
$ tenon why vfat >root; setpriv --reuid 65534 --regid 65534 --clear-groups tenon.real why vfat >user; cmp root user && tail -1 user
> vfat would be loaded, with fat

## a mount point stands for the module of its file system
$ tenon why /proc | sed -n '1p;$p'
> /proc, asked for by a user: modprobe fs-proc
> /proc is mounted, so the kernel has it; no module has the alias fs-proc

## what is built in
$ tenon why tcp_cubic | tail -1
> tcp_cubic is built into the kernel: nothing would be done
