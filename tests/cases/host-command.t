# install and remove commands.
where: host
tree: uml

## a command runs in the module's place, its dependencies are loaded before
kernel: insert=0
conf a.conf: install vfat echo in place of $MODPROBE_MODULE
$ modprobe vfat
> in place of vfat
$ modprobe -v vfat x=1
> insmod @MODS@/kernel/fs/fat/fat.ko $
> install echo in place of $MODPROBE_MODULE x=1
> in place of vfat

## what is printed before a command comes before what the command prints
# kmod 30 prints its own lines when it ends.
kernel: insert=0
conf a.conf: install fat echo from the command; echo and its errors >&2
$ modprobe -v vfat 2>&1 | cat
> install echo from the command; echo and its errors >&2 $
> from the command
> and its errors
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## -n prints a command and does not run it
conf a.conf: install dummy echo $CMDLINE_OPTS
conf a.conf: options dummy a="b c"
$ modprobe -n dummy d=e
> install echo $CMDLINE_OPTS a="b c" d=e
$ modprobe -nv dummy 'd=e  f'
> install echo $CMDLINE_OPTS a="b c" d="e  f"

## a command that fails
conf a.conf: install dummy exit 3
conf a.conf: install ifb /bin/false
conf a.conf: install loop /no/such/thing
$ modprobe dummy
! modprobe: ERROR: Error running install command 'exit 3' for module dummy: retcode 3
! modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1
$ modprobe ifb
! modprobe: ERROR: Error running install command '/bin/false' for module ifb: retcode 1
! modprobe: ERROR: could not insert 'ifb': Invalid argument
? 1
$ modprobe loop
! sh: 1: /no/such/thing: not found
! modprobe: ERROR: Error running install command '/no/such/thing' for module loop: retcode 127
! modprobe: ERROR: could not insert 'loop': Invalid argument
? 1

## a command that is killed fails
# kmod 30 says nothing, with status 0.
conf a.conf: install dummy kill -TERM $$; :
conf a.conf: remove dummy kill -KILL $$; :
$ modprobe dummy
! modprobe: ERROR: Error running install command 'kill -TERM $$; :' for module dummy: retcode 143
! modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1
$ modprobe -r dummy
! modprobe: FATAL: Error running remove command for dummy
? 1

## -q says nothing of a command that fails, the status stays
conf a.conf: install dummy exit 3
conf a.conf: remove dummy exit 3
$ modprobe -q dummy
? 1
$ modprobe -r -q dummy
? 1

## a dependency's command that fails fails the whole
conf a.conf: install fat exit 4
$ modprobe vfat
! modprobe: ERROR: Error running install command 'exit 4' for module fat: retcode 4
! modprobe: ERROR: could not insert 'vfat': Invalid argument
? 1

## a softdep's command that fails is told and ignored
kernel: insert=0
conf a.conf: install dummy exit 4
conf a.conf: softdep loop pre: dummy
$ modprobe -v loop
> install exit 4 $
> insmod @MODS@/kernel/drivers/block/loop.ko $
! modprobe: ERROR: Error running install command 'exit 4' for module dummy: retcode 4

## a command is run also for a module with softdeps
conf a.conf: install dummy echo command
conf a.conf: softdep dummy pre: loop
$ modprobe dummy
> command

## -i loads the module named without its command
kernel: insert=0
conf a.conf: install dummy echo dummy
conf a.conf: install fat echo fat
$ modprobe -v -i dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ modprobe -v --ignore-install vfat
> install echo fat $
> fat
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## the classic command loads the module itself, with all options
kernel: insert=0
conf a.conf: install dummy echo first; /sbin/modprobe -v --ignore-install dummy $CMDLINE_OPTS
conf a.conf: options dummy a=1
$ modprobe dummy b=2
> first
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1 a=1 b=2
!   dummy has no parameter 'a', so the kernel ignores it; it is from /etc/modprobe.d/a.conf line 2
!   dummy has no parameter 'b', so the kernel ignores it
!   change it in /etc/modprobe.d/a.conf line 2

## a word of the options is a word of the command
conf a.conf: install dummy printf '<%s>\\n' -i dummy $CMDLINE_OPTS
conf a.conf: options dummy x=1  y="a b"
$ modprobe dummy a=1 'b=c d' "e='f  g'" h
> <-i>
> <dummy>
> <x=1>
> <y=a b>
> <a=1>
> <b=c d>
> <e=f  g>
> <h>

## a word of the options is no option of the program
kernel: insert=0
conf a.conf: install vfat /sbin/modprobe -v -i vfat $CMDLINE_OPTS
file /tmp/evil.conf: install fat echo evil
$ modprobe vfat -- -C/tmp/evil.conf -a --all dummy
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko "-C/tmp/evil.conf" "-a" "--all" dummy
!   vfat has no parameter 'dummy', so the kernel ignores it

## no byte of the options means anything to the shell
# kmod 30 runs what stands in $( ), in ` ` and behind ;.
conf a.conf: install dummy printf '<%s>\\n' $CMDLINE_OPTS
conf a.conf: install ifb sh -c 'printf "<%s>\\n" $CMDLINE_OPTS'
conf a.conf: install loop sh -c "printf '<%s>\\n' $CMDLINE_OPTS"
$ modprobe dummy 'a=$(echo pwned)' 'b=`echo pwned`' 'c=;echo pwned' 'd=it'\''s' 'e=$HOME' 'f=*' 'g=a|b&c>d<e'
> <a=$(echo pwned)>
> <b=`echo pwned`>
> <c=;echo pwned>
> <d=it's>
> <e=$HOME>
> <f=*>
> <g=a|b&c>d<e>
$ modprobe ifb 'a=$(echo pwned)' 'b=`echo pwned`' 'c=;echo pwned' 'd=it'\''s' 'e=$HOME' 'f=*' 'g=a|b&c>d<e'
> <a=$(echo pwned)>
> <b=`echo pwned`>
> <c=;echo pwned>
> <d=it's>
> <e=$HOME>
> <f=*>
> <g=a|b&c>d<e>
$ modprobe loop 'a=$(echo pwned)' 'b=`echo pwned`' 'c=;echo pwned' 'd=it'\''s' 'e=$HOME' 'f=*' 'g=a|b&c>d<e'
> <a=$(echo pwned)>
> <b=`echo pwned`>
> <c=;echo pwned>
> <d=it's>
> <e=$HOME>
> <f=*>
> <g=a|b&c>d<e>

## in double quotes the options are one text
conf a.conf: install dummy printf '<%s>\\n' "with $CMDLINE_OPTS."
$ modprobe dummy a=1 b=2
> <with a=1 b=2.>
$ modprobe dummy
> <with .>

## a command without the variable goes without options
conf a.conf: install dummy echo plain
$ modprobe dummy a=1
> plain

## the command is shown with its options when it fails
conf a.conf: install dummy false $CMDLINE_OPTS
$ modprobe dummy a=1 'b=c d'
! modprobe: ERROR: Error running install command 'false a=1 b="c d"' for module dummy: retcode 1
! modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1

## a command that loads its module without -i does not run itself again
# kmod 30 starts itself for ever.
kernel: insert=0
conf a.conf: install dummy echo once; modprobe -v dummy $CMDLINE_OPTS
$ modprobe dummy a=1
> once
> insmod @MODS@/kernel/drivers/net/dummy.ko a=1
!   dummy has no parameter 'a', so the kernel ignores it

## two commands that load each other end
kernel: insert=0
conf a.conf: install dummy echo dummy; modprobe -v ifb
conf a.conf: install ifb echo ifb; modprobe -v dummy
$ modprobe dummy
> dummy
> install echo ifb; modprobe -v dummy $
> ifb
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## a command is not under way for what it leaves behind
conf a.conf: install dummy echo command; (await test -e ended; modprobe -n dummy >late; : >done) &
$ modprobe dummy; : >ended; await test -e done; cat late
> command
> install echo command; (await test -e ended; modprobe -n dummy >late; : >done) & $

## a command under way is one for its own module alone
conf a.conf: install dummy modprobe ifb
conf a.conf: install ifb echo $MODPROBE_MODULE
$ modprobe dummy
> ifb

## the environment of a command
conf a.conf: install dummy echo $MODPROBE_MODULE; MODPROBE_MODULE=x modprobe ifb; echo $MODPROBE_MODULE
conf a.conf: install ifb echo $MODPROBE_MODULE; env | grep outer; :
$ CMDLINE_OPTS_1=outer modprobe dummy a=1
> dummy
> ifb
> dummy

## a remove command runs in the place of the removal
loaded: dummy 20480 0
conf a.conf: remove dummy echo remove $MODPROBE_MODULE $CMDLINE_OPTS.
$ modprobe -r dummy
> remove dummy .
$ modprobe -rv dummy
> remove echo remove $MODPROBE_MODULE .
> remove dummy .
$ modprobe -rn dummy
> remove echo remove $MODPROBE_MODULE .

## a remove command runs also when the module is not loaded
conf a.conf: remove dummy echo removed
$ modprobe -r dummy
> removed

## a remove command that fails
loaded: dummy 20480 0
conf a.conf: remove dummy exit 7
$ modprobe -r dummy
! modprobe: FATAL: Error running remove command for dummy
? 1

## a softdep's remove command that fails ends it
kernel: remove=0
loaded: dummy 20480 0
loaded: loop 20480 0
conf a.conf: remove dummy exit 7
conf a.conf: softdep loop post: dummy
$ modprobe -rv loop
> remove exit 7
! modprobe: FATAL: Error running remove command for dummy
? 1

## a remove command that removes its module without -i does not run itself again
kernel: remove=0
loaded: dummy 20480 0
conf a.conf: remove dummy echo once; modprobe -rv dummy
$ modprobe -r dummy
> once
> rmmod dummy

## a machine without a shell
conf a.conf: install dummy echo hello
conf a.conf: install ifb /bin/true
$ rm /bin; mkdir /bin; modprobe ifb && modprobe dummy
! modprobe: ERROR: Error running install command 'echo hello' for module dummy: retcode 127
! modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1

## the end of a command is known also to whom children do not matter
# kmod 30 could not run it: No child processes.
needs: command perl
conf a.conf: install dummy exit 3
$ perl -e '$SIG{CHLD}="IGNORE"; exec "modprobe", "dummy"'
! modprobe: ERROR: Error running install command 'exit 3' for module dummy: retcode 3
! modprobe: ERROR: could not insert 'dummy': Invalid argument
? 1

## a loaded module's command is not run
loaded: dummy 20480 0
conf a.conf: install dummy echo again
$ modprobe dummy
$ modprobe --first-time dummy
! modprobe: ERROR: could not insert 'dummy': Module already in kernel
? 1

## nothing is loaded for a module whose command does nothing
# kmod loads what it depends on.
kernel: insert=0
conf a.conf: install sctp /usr/bin/false
conf a.conf: install vfat exec /bin/false # why
conf a.conf: install bridge  :
conf a.conf: install msdos /bin/true # never
$ modprobe -v sctp
> install /usr/bin/false $
! modprobe: ERROR: Error running install command '/usr/bin/false' for module sctp: retcode 1
! modprobe: ERROR: could not insert 'sctp': Invalid argument
!   /etc/modprobe.d/a.conf line 1 says that sctp is never loaded: install /usr/bin/false
!   remove that line, or load it once with modprobe -i sctp
? 1
$ modprobe -v vfat
> install exec /bin/false # why $
! modprobe: ERROR: Error running install command 'exec /bin/false # why' for module vfat: retcode 1
! modprobe: ERROR: could not insert 'vfat': Invalid argument
!   /etc/modprobe.d/a.conf line 2 says that vfat is never loaded: install exec /bin/false # why
!   remove that line, or load it once with modprobe -i vfat
? 1
$ modprobe -v bridge; modprobe -v msdos; modprobe -D msdos
> install  : $
> install /bin/true # never $
> install /bin/true # never $
!   /etc/modprobe.d/a.conf line 3 says that bridge is never loaded: install  :
!   remove that line, or load it once with modprobe -i bridge
!   /etc/modprobe.d/a.conf line 4 says that msdos is never loaded: install /bin/true # never
!   remove that line, or load it once with modprobe -i msdos

## nothing is removed for a module whose remove command does nothing
kernel: remove=0
loaded: llc 16384 1 stp
loaded: stp 16384 0
loaded: dummy 16384 0
conf a.conf: remove stp /usr/bin/false
conf a.conf: softdep stp post: dummy
$ modprobe -rv stp
> remove /usr/bin/false
! modprobe: FATAL: Error running remove command for stp
? 1
$ modprobe -rv -i stp
> rmmod stp
> rmmod llc
