# tenon config: what is in force, and what is wrong with it
where: host
tree: uml
needs: workbench

## every line that is in force, and where it is from
conf a.conf: blacklist pcspkr
conf a.conf: alias eth0 dummy
conf b.conf: options dummy numdummies=2
conf b.conf: install brd /bin/false
cmdline: dummy.numdummies=4 root=/dev/vda
$ rm -f @MODS@/modules.softdep; tenon config
> COMMAND   NAME   VALUE        FROM
> blacklist pcspkr              /etc/modprobe.d/a.conf line 1
> install   brd    /bin/false   /etc/modprobe.d/b.conf line 2
> alias     eth0   dummy        /etc/modprobe.d/a.conf line 2
> options   dummy  numdummies=2 /etc/modprobe.d/b.conf line 1
> options   dummy  numdummies=4 /proc/cmdline

## as a document
conf a.conf: softdep vfat  pre: fat
conf a.conf: blacklist pcspkr
$ rm -f @MODS@/modules.softdep; tenon config --json
> {
>   "schema": "tenon/1",
>   "verb": "config",
>   "kernel": "@VER@",
>   "root": "/",
>   "result": {
>     "checked": false,
>     "files": [
>       {
>         "path": "/etc/modprobe.d/a.conf",
>         "state": "read",
>         "shipped": false
>       },
>       {
>         "path": "@MODS@/modules.weakdep",
>         "state": "read",
>         "shipped": false
>       }
>     ],
>     "lines": [
>       {
>         "command": "blacklist",
>         "name": "pcspkr",
>         "value": null,
>         "file": "/etc/modprobe.d/a.conf",
>         "line": 2
>       },
>       {
>         "command": "softdep",
>         "name": "vfat",
>         "value": "pre: fat",
>         "file": "/etc/modprobe.d/a.conf",
>         "line": 1
>       }
>     ]
>   },
>   "findings": [
>   ],
>   "incomplete": [
>   ],
>   "status": 0
> }

## nothing is wrong
conf a.conf: options dummy numdummies=2
$ rm -f @MODS@/modules.softdep; tenon config --check
> 1 line in 2 files: nothing is wrong with them

## what is wrong, by file and line, each with its code
conf a.conf: blaklist pcspkr
conf a.conf: options dummy numdumies=2
conf a.conf: blacklist fat
conf b.conf: blacklist vfat.ko
conf c: blacklist vfat
$ rm -f @MODS@/modules.softdep; tenon config --check
> 3 lines in 3 files
>
> error: 'blaklist' is no command; the nearest is blacklist
>   [config-command] /etc/modprobe.d/a.conf:1
>   next: write blacklist
> warning: dummy has no parameter 'numdumies', so the kernel ignores it; the
>   nearest is 'numdummies'; it is from /etc/modprobe.d/a.conf line 2
>   [parameter-unknown]
>   next: change it in /etc/modprobe.d/a.conf line 2
> warning: fat is loaded all the same, along with msdos, which needs it
>   [config-name-only] /etc/modprobe.d/a.conf:3
>   next: write deny fat to keep out both
> warning: 'vfat.ko' is not the name of a module
>   [config-name-form] /etc/modprobe.d/b.conf:1
>   next: write vfat
> error: /etc/modprobe.d/c is not read: its name does not end in .conf
>   [config-suffix]
>   next: rename it: mv /etc/modprobe.d/c /etc/modprobe.d/c.conf
? 1

## warnings count with --strict
conf a.conf: options dummy numdumies=2
$ rm -f @MODS@/modules.softdep; tenon config -c >/dev/null
$ tenon config -c --strict >/dev/null
? 1

## a code can be ignored
conf a.conf: blaklist pcspkr
conf a.conf: blacklist vfat.ko
$ tenon config -c --ignore config-command --ignore config-name-form | grep -c config-
> 0
? 1

## a code that is none
$ tenon.real config -c --ignore config-nope
! tenon: ERROR: there is no finding 'config-nope' (tenon-findings(7) has all)
? 2

## a file that is not installed yet
file /tmp/new.conf: options dummy numdumies=8
$ tenon config -c -C new.conf | grep parameter-
>   [parameter-unknown]
$ tenon config -c -C nowhere.conf
> 21 lines in 2 files
>
> not seen: nowhere.conf: No such file or directory
? 3

## the nearest name and the nearest parameter, which then are right
conf a.conf: options dumy numdummies=2
$ tenon config -c | grep nearest
> warning: there is no module dumy; the nearest name is dummy
>   [config-name-nearest] /etc/modprobe.d/a.conf:1
$ sed -i s/dumy/dummy/ /etc/modprobe.d/a.conf; tenon config -c | grep -c nearest
> 0
? 1

## a blacklist that a dependency gets round, and the line that holds
conf a.conf: blacklist fat
$ tenon config -c | grep -A 2 config-name-only
>   [config-name-only] /etc/modprobe.d/a.conf:1
>   next: write deny fat to keep out both
$ modprobe -nb vfat | grep -c fat.ko
> 2
$ echo 'install fat /bin/false' >>/etc/modprobe.d/a.conf; tenon config -c | grep -c name-only
> 0
? 1
$ modprobe -nv vfat
> install /bin/false $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## the first of two commands is the one that is run
conf a.conf: install brd /bin/false
conf b.conf: install brd echo second
$ tenon config -c | grep counts
> warning: the first install line for brd counts, which is /etc/modprobe.d/a.conf
$ modprobe -nv brd
> install /bin/false $

## an alias of an alias leads to nothing
conf a.conf: alias my-a my-b
conf a.conf: alias my-b vfat
$ tenon config -c | grep -A 2 'leads to'
> warning: my_a leads to my_b, which is no module but an alias of vfat
>   [config-alias-alias] /etc/modprobe.d/a.conf:1
>   next: write vfat
$ modprobe -qn my-a
$ modprobe -qn my-b
> insmod @MODS@/kernel/fs/fat/fat.ko $
> insmod @MODS@/kernel/fs/fat/vfat.ko $

## what a module says of a parameter that it does not have
conf a.conf: options dummy numdummies=many
$ tenon config -c
> 22 lines in 3 files
>
> error: 'many' is no value for parameter numdummies of dummy, which takes int
>   (-2147483648 to 2147483647); it is from /etc/modprobe.d/a.conf line 1
>   [parameter-value]
>   next: change it in /etc/modprobe.d/a.conf line 1; modinfo -p
>         @MODS@/kernel/drivers/net/dummy.ko shows the
>         parameters
? 1

## a file that may not be read is not judged, but named
conf a.conf: blacklist fat
$ chmod 0 /etc/modprobe.d/a.conf; rm -f @MODS@/modules.softdep; setpriv --reuid=0 --inh-caps=-all --bounding-set=-all tenon.real config -c --json | grep -A 4 incomplete
>   "incomplete": [
>     {
>       "what": "/etc/modprobe.d/a.conf",
>       "reason": "Permission denied"
>     }

## where there are no modules, nothing is said of their names
conf a.conf: options dumy numdummies=2
conf a.conf: blaklist pcspkr
$ tenon config -c -k 1.2.3
> 1 line in 1 file
>
> error: 'blaklist' is no command; the nearest is blacklist
>   [config-command] /etc/modprobe.d/a.conf:2
>   next: write blacklist
>
> not seen: the names of modules: there are none in the module directory
? 1

## an argument that is none
$ tenon.real config dummy
! tenon: ERROR: config takes no object, so not 'dummy'
? 2

## softdeps that contradict each other: which comes first depends on which is asked for
conf a.conf: softdep brd pre: dummy
conf a.conf: softdep dummy pre: brd
$ tenon config -c | grep -B 2 config-softdep-loop
> warning: brd is to be loaded after dummy, and by other softdeps the other way
>   round
>   [config-softdep-loop] /etc/modprobe.d/a.conf:1
> warning: dummy is to be loaded after brd, and by other softdeps the other way
>   round
>   [config-softdep-loop] /etc/modprobe.d/a.conf:2
$ modprobe -n brd
> insmod @MODS@/kernel/drivers/net/dummy.ko $
> insmod @MODS@/kernel/drivers/block/brd.ko $
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/block/brd.ko $
> insmod @MODS@/kernel/drivers/net/dummy.ko $

## what stands behind a hash sign is given to the module
conf a.conf: options dummy numdummies=1 # two
$ tenon config -c | grep -A 3 'begins no comment'
> warning: '#' begins no comment: what follows is given to the module
>   [config-comment-text] /etc/modprobe.d/a.conf:1
>   next: put the comment into a line of its own
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=1 # two $

## a comment that ends in a backslash takes the next line with it
conf a.conf: # my dummies \
conf a.conf: options dummy numdummies=2
$ tenon config -c | grep -A 3 'belongs to'
> warning: 'options dummy' belongs to the comment before it, which ends in a
>   backslash
>   [config-comment-joined] /etc/modprobe.d/a.conf:2
>   next: take out the backslash
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko $
$ sed -i 's/ .$//' /etc/modprobe.d/a.conf; modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2 $

## a file that another of its name hides
file /usr/lib/modprobe.d/a.conf: options dummy numdummies=1
conf a.conf: options dummy numdummies=2
$ tenon config -c | grep -B 2 config-masked
> note: /usr/lib/modprobe.d/a.conf is not read: /etc/modprobe.d/a.conf has the
>   same name
>   [config-masked]
$ modprobe -n dummy
> insmod @MODS@/kernel/drivers/net/dummy.ko numdummies=2 $

## the lines of the policy, each module with its place
conf a.conf: deny brd loop-*
conf a.conf: allow vfat
conf b.conf: policy enforce
$ rm -f @MODS@/modules.softdep; tenon config
> COMMAND NAME    VALUE FROM
> deny    brd           /etc/modprobe.d/a.conf line 1
> deny    loop_*        /etc/modprobe.d/a.conf line 1
> allow   vfat          /etc/modprobe.d/a.conf line 2
> policy  enforce       /etc/modprobe.d/b.conf line 1

## what of the policy does nothing
conf a.conf: allow vfat brdd
conf a.conf: deny fs-vfat nosuchmodule
conf a.conf: policy Enforce
file /usr/lib/modprobe.d/z.conf: policy off
$ rm -f @MODS@/modules.softdep; tenon config --check
> 4 lines in 3 files
>
> note: there is no module brdd in @MODS@
>   [config-module-unknown] /etc/modprobe.d/a.conf:1
> warning: allow does nothing: no line says policy audit or policy enforce
>   [config-allow-idle] /etc/modprobe.d/a.conf:1
>   next: add a line policy audit, and later policy enforce
> warning: fs_vfat is an alias of vfat, and deny takes modules
>   [config-blacklist-alias] /etc/modprobe.d/a.conf:2
>   next: write vfat
> note: there is no module nosuchmodule in @MODS@
>   [config-module-unknown] /etc/modprobe.d/a.conf:2
> error: 'Enforce' is no mode of policy
>   [config-policy-mode] /etc/modprobe.d/a.conf:3
>   next: write off, audit or enforce
> error: ignoring 'policy off': only a file in /etc or /run switches the policy
>   [config-foreign] /usr/lib/modprobe.d/z.conf:1
? 1

## a policy that is right
conf a.conf: deny brd # why
conf a.conf: allow vfat
conf a.conf: policy audit
$ rm -f @MODS@/modules.softdep; tenon config --check
> 3 lines in 2 files: nothing is wrong with them
