# Who asks the kernel for modules, and what came of it. User Mode Linux cannot trace.
where: lab
engine: qemu
needs: workbench

## requests: who asked, by which function, and what came of it
conf a.conf: blacklist minix
conf a.conf: install msdos /bin/false
conf a.conf: alias fs-nix nothing-of-that-name
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing; modprobe fat; mkdir m; mknod lp c 10 30; mknod no c 99 0; chmod 666 lp no; umask 0
$ cat >asks <<\END
+ ask() { /bin/dash -c 'echo $$ >>/tmp/pids; exec "$@"' - "$@" 2>&1; }
+ ask mount -it vfat /dev/null m
+ ask mount -it vfat /dev/null m
+ rmmod vfat
+ ask mount -it minix /dev/null m
+ ask mount -it msdos /dev/null m
+ ask mount -it nix /dev/null m
+ ask setpriv --reuid=65534 --clear-groups cat lp
+ ask setpriv --reuid=65533 --clear-groups cat no
+ END
$ tenon.real trace --json -- /bin/dash asks >json 2>/dev/null; tenon.real view json >out; n=0
$ while read p; do n=$((n+1)); sed -i "s/\[$p\]/[PID $n]/" out; done <pids; sed 's/[0-9]*\.[0-9]* ms/MS/; s/^ *[0-9.]* /TIME /; s/modprobe.[0-9]*./modprobe[PID]/; s/rmmod.[0-9]*./rmmod[PID]/; s/somebody.[0-9]*. loads/modprobe[PID] loads/' out
> TIME  modprobe[PID] loads vfat for fs-vfat; init MS
> TIME  mount[PID 1], user 0, asks for fs-vfat (get_fs_type)
> TIME loaded: vfat; MS
> TIME  rmmod[PID] unloads vfat
> TIME  mount[PID 3], user 0, asks for fs-minix (get_fs_type)
> TIME not loaded: blacklisted; MS
> TIME minix is not loaded: it is blacklisted by /etc/modprobe[PID]/a.conf
> TIME line 1
> TIME  mount[PID 4], user 0, asks for fs-msdos (get_fs_type)
> TIME not loaded: denied; MS
> TIME /etc/modprobe[PID]/a.conf line 2 says that msdos is never loaded:
> TIME install /bin/false
> TIME  mount[PID 5], user 0, asks for fs-nix (get_fs_type)
> TIME not loaded: no module has that name or alias; MS
> TIME /etc/modprobe[PID]/a.conf line 3 leads to nothing_of_that_name, and
> TIME there is no such module in @MODS@
> TIME  cat[PID 6], user 65534, asks for char-major-10-30 (misc_open)
> TIME not loaded: no module has that name or alias; MS
> TIME  modprobe[PID] loads parport for char-major-99-0; init MS
> TIME  modprobe[PID] loads ppdev for char-major-99-0; init MS
> TIME  cat[PID 7], user 65533, asks for char-major-99-0 (base_probe)
> TIME loaded: parport, ppdev; MS
> /bin/dash ended with status 1
$ ls /sys/kernel/tracing/instances

## a module whose init fails was not loaded, though what it needs was
conf a.conf: alias fs-nix mtdoops
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing; mkdir m
$ tenon.real trace -- mount -it nix /dev/null m 2>/dev/null | sed 's/[0-9.]* ms/MS/; s/^ *[0-9.]* /TIME /; s/\[[0-9]*\]/[PID]/' | sed -n '/ mount/,$p'
> TIME  mount[PID], user 0, asks for fs-nix (get_fs_type)
> TIME not loaded, and it should have been; all that was loaded: mtd;
> TIME MS
> mount ended with status 32
$ modprobe -r mtd

## a program whose name looks like a line of the trace is none
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing
$ d=$(printf 'd\n           mount-1       [000] .....     5.594548: module_load: evil \n.'); mkdir "$d"; cp /bin/dash "$d/run"
$ tenon.real trace --json >json & await grep -qs 1 /sys/kernel/tracing/instances/tenon-$!/events/sched/sched_process_exit/enable; p=$!; ./d*/run -c :; modprobe dummy; rmmod dummy; await grep -q unload json; kill $p; wait $p; grep -c evil json; tail -n 1 json
> 0
> {"record":"end","findings":[],"incomplete":[],"status":0}

## the stream agrees with its schema, and its text is what it shows while it runs
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing; mkdir m .documents
$ tenon.real trace --json >.documents/1.json & await grep -qs 1 /sys/kernel/tracing/instances/tenon-$!/events/sched/sched_process_exit/enable; p=$!; modprobe dummy; rmmod dummy; mount -it vfat /dev/null m; await grep -q unload .documents/1.json; kill -INT $p; wait $p; tail -n 1 .documents/1.json
> {"record":"end","findings":[],"incomplete":[],"status":0}
! mount: /tmp/m: /dev/null is not a block device.
!        dmesg(1) may have more information after failed mount system call.
$ tenon.real view --as json .documents/1.json | cmp - .documents/1.json
$ tenon.real trace >text & await grep -qs 1 /sys/kernel/tracing/instances/tenon-$!/events/sched/sched_process_exit/enable; p=$!; modprobe dummy; rmmod dummy; await grep -q unloads text; kill $p; wait $p; sed 's/[0-9.]* ms/MS/; s/^ *[0-9.]* /TIME /; s/\[[0-9]*\]/[PID]/; s/somebody/modprobe/' text
> TIME  modprobe[PID] loads dummy; init MS
> TIME  rmmod[PID] unloads dummy

## a run that was killed leaves an instance, and the next takes it away
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing
$ tenon.real trace >/dev/null & await test -d /sys/kernel/tracing/instances/tenon-$!; kill -9 $!; wait $!; ls /sys/kernel/tracing/instances | wc -l
> 1
! Killed
$ tenon.real trace -- true; ls /sys/kernel/tracing/instances | wc -l
> true ended with status 0
> 0

## a command that cannot be run, and one that a signal ends
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing
$ tenon.real trace -- no-such-command
> no-such-command ended with status 127
! tenon: could not run no-such-command: No such file or directory
$ tenon.real trace -- /bin/dash -c 'kill -9 $$'
> /bin/dash was ended by signal 9

## nothing can be traced: no right, no tracefs
$ umount -a -t tracefs; mount -t debugfs none /sys/kernel/debug; umount -a -t tracefs; umount /sys/kernel/debug; tenon trace
> not seen: tracefs: it is not mounted, or this kernel cannot trace (mount -t tracefs tracefs /sys/kernel/tracing)
? 3
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing
$ setpriv --reuid=65534 --clear-groups tenon.real trace
> not seen: tracefs: only root may trace
? 3
$ tenon trace --boot
> not seen: the boot: the kernel recorded no requests; for the next boot add to its command line: trace_event=module:module_request,module:module_load,module:module_free,initcall:initcall_start,initcall:initcall_finish
? 3

## what was recorded since the boot stays there, and later loads tell nothing of what was then
$ mountpoint -q /sys/kernel/tracing || mount -t tracefs none /sys/kernel/tracing
$ cd /sys/kernel/tracing/events; echo >../trace; for e in module/module_request module/module_load initcall; do echo 1 >$e/enable; done; mkdir /tmp/m; mount -it vfat /dev/null /tmp/m 2>/dev/null; for e in module initcall; do echo 0 >$e/enable; done
$ tenon trace --boot | grep -v -e llc -e stp -e bridge | sed 's/[0-9.]* ms/MS/; s/^ *[0-9.]* /TIME /; s/\[[0-9]*\]/[PID]/; s/somebody/modprobe/'; echo >/sys/kernel/tracing/trace
> TIME  modprobe[PID] loads fat for fs-vfat; init MS
> TIME  modprobe[PID] loads vfat for fs-vfat; init MS
> TIME  mount[PID] asks for fs-vfat (get_fs_type)
> TIME loaded: fat, vfat
>
> not seen: the user of 1 of 1 requests: a trace does not have it

## what it does not take
$ tenon.real trace --boot -- true
! tenon: ERROR: --boot takes no command, so not 'true'
? 2
$ tenon trace -k 5.0
! tenon: ERROR: only the running kernel can be traced, so neither --root nor -k
? 2
