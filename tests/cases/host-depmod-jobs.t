# depmod in several threads: nothing that is seen depends on their number.
where: host
tree: small

## --jobs makes the same files, whatever the number
$ depmod -n --jobs 1 >one; for n in 2 3 64 1000; do depmod -n --jobs $n | cmp - one; done; wc -l <one
> 90
$ depmod --jobs 3 && modprobe -n -v vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## many modules, many of them broken: the messages come in the same order
always: input that is broken
$ cd @MODS@/kernel && for i in $(seq 100 399); do if test $((i % 3)) = 0; then mkmod -o m$i.ko --name m$i --export s$i; else echo $i >m$i.ko; fi; done
$ for n in 1 2 8; do depmod -n --jobs $n >out.$n 2>said.$n; echo $?; done; cmp out.1 out.2; cmp out.1 out.8; cmp said.1 said.2; cmp said.1 said.8; wc -l <said.1
> 0
> 0
> 0
> 200

## a number of threads is a number, from 1
$ depmod --jobs 0
! depmod: ERROR: --jobs takes a number of threads, 1 or more: 0
? 1
$ depmod --jobs=-1
! depmod: ERROR: --jobs takes a number of threads, 1 or more: -1
? 1
$ depmod --jobs two
! depmod: ERROR: --jobs takes a number of threads, 1 or more: two
? 1
$ depmod --jobs=
! depmod: ERROR: --jobs takes a number of threads, 1 or more: $
? 1
$ depmod --jobs
! depmod: option '--jobs' requires an argument
? 1

## a thread is started for each job but one, and none where there is one
needs: command strace
$ for n in 1 4; do strace -f -qq -o trace -e trace=clone,clone3 depmod -n --jobs $n >out && grep -c CLONE_THREAD trace; done
> 0
> 3

## without any thread the work is done as well
needs: command strace
$ depmod -n >out && strace -f -qq -o trace -e trace=clone,clone3 -e inject=clone,clone3:error=EAGAIN depmod -n --jobs 4 | cmp - out; grep -c INJECTED trace
> 1
