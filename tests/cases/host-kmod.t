# kmod itself: its commands and names.
where: host
tree: none

## kmod's help names every command and every link
$ kmod help | sed -n 's/^  \([a-z-]*\)  *.*/\1/p' | tr '\n' ' '
>~ help list static-nodes depmod insmod lsmod *modprobe rmmod (no newline)
$ kmod --help | cmp - /proc/self/fd/3 3<<EOF
+ $(kmod help)
+ EOF
$ kmod -h list | head -n2; kmod help nix | head -n2
> Usage:
> 	kmod [options] command [command options]
> Usage:
> 	kmod [options] command [command options]

## kmod without a command, and with a wrong one
$ kmod | head -n2
> Usage:
> 	kmod [options] command [command options]
! missing command
$ kmod frob | head -n2
> Usage:
> 	kmod [options] command [command options]
! invalid command 'frob'
$ kmod >/dev/null
! missing command
? 1
$ kmod frob >/dev/null
! invalid command 'frob'
? 1
$ kmod modprobe >/dev/null
! invalid command 'modprobe'
? 1

## kmod's own options end at the command
loaded: dummy 20480 0
$ kmod list -V | head -n1; kmod -V list | head -n1; kmod -- list | tail -n1
> kmod version 34
> kmod version 34
> dummy                  20480  0
$ kmod --frob list
! kmod: unrecognized option '--frob'
? 1
$ kmod -s list
! kmod: invalid option -- 's'
? 1
$ kmod list --frob
! list: unrecognized option '--frob'
? 1

## --version of every name begins with kmod's two lines
$ for t in kmod modprobe insmod rmmod lsmod depmod; do $t -V; done | sed -n 's/ [0-9.]*$/ N/p' | sort | uniq -c | tr -s ' '
>  6 kmod version N
>  6 tenon version N
$ kmod --version | sed -n '2s/[+-]//gp'
> ZSTD XZ ZLIB OPENSSL MBEDTLS
# as the kernel's build and others parse it
$ depmod --version | cut -d' ' -f1 | head -n1; modprobe --version | cut -d' ' -f3 | head -n1
> kmod
> 34

## a name that is none
# kmod says nothing.
$ ln -s /usr/bin/kmod lsmod.static; ln -s /usr/bin/kmod modprobe2; ./lsmod.static; ./modprobe2 vfat
!~ lsmod.static: this program does not go by that name; it is kmod, reached as depmod, insmod, lsmod,* modprobe, rmmod or kmod
!~ modprobe2: this program does not go by that name; it is kmod, reached as depmod, insmod, lsmod,* modprobe, rmmod or kmod
? 1

## output that is lost
$ kmod help >/dev/full; kmod -V >/dev/full; lsmod -h >/dev/full; rmmod -V >/dev/full; insmod -h >/dev/full
! kmod: ERROR: could not write to standard output: No space left on device
! kmod: ERROR: could not write to standard output: No space left on device
! lsmod: ERROR: could not write to standard output: No space left on device
! rmmod: ERROR: could not write to standard output: No space left on device
! insmod: ERROR: could not write to standard output: No space left on device
? 1
