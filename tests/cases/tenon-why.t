# tenon why: what decides whether a module is loaded. tests/workbench/why.py holds it against what modprobe does.
where: host
tree: small
needs: workbench

## a module by its name
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> vfat would be loaded, with fat

## by an alias of the index
$ tenon why fs-vfat
> fs-vfat, asked for by a user: modprobe fs-vfat
>
> Leads to
>     vfat    alias fs_vfat of modules.alias
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> vfat would be loaded, with fat

## six lines that say different things of one request
conf a.conf: alias fs-vfat msdos
conf a.conf: install msdos /bin/echo one
conf a.conf: install ms* /bin/echo two
conf b.conf: blacklist fat
conf b.conf: options fs-msdos ignored=1
conf b.conf: options fs-vfat taken=1
conf b.conf: softdep msdos pre: loop
conf b.conf: blacklist fs-vfat
$ tenon why fs-vfat
> fs-vfat, asked for by a user: modprobe fs-vfat
>
> Leads to
>     msdos   alias fs_vfat (/etc/modprobe.d/a.conf:1)
>
> Order
>   1 fat     needed by msdos
>   2 msdos   asked for
>             a command in its place: /bin/echo one (/etc/modprobe.d/a.conf:2)
>             options taken=1 (/etc/modprobe.d/b.conf:3)
>
> Left out
>   - loop    softdep of msdos, before it (/etc/modprobe.d/b.conf:4)
>             the command stands for it, too (/etc/modprobe.d/a.conf:2)
>
> Does not count
>     blacklist fs_vfat (/etc/modprobe.d/b.conf:5)
>         a blacklist takes the names of modules, and this is an alias
>     alias fs_vfat vfat (modules.alias)
>         an alias line of the configuration comes first: /etc/modprobe.d/a.conf:1
>     blacklist fat (/etc/modprobe.d/b.conf:1)
>         a blacklist is for what is asked for, and fat is not
>     install ms* /bin/echo two (/etc/modprobe.d/a.conf:3)
>         for msdos the first line counts: /etc/modprobe.d/a.conf:2
>     options fs_msdos ignored=1 (/etc/modprobe.d/b.conf:2)
>         it is for who asks for msdos by that alias
>
> msdos: whether it is loaded is up to the command, which was not run
? 3
$ modprobe -n fs-vfat
> insmod @MODS@/kernel/fs/fat/fat.ko $
> install /bin/echo one taken=1 $

## a blacklisted alias
conf b.conf: blacklist vfat
$ tenon why fs-vfat
> fs-vfat, asked for by a user: modprobe fs-vfat
>
> Leads to
>     vfat    alias fs_vfat of modules.alias
>
> vfat would not be loaded
>
> error: vfat is not loaded: it is blacklisted by /etc/modprobe.d/b.conf line 1
>   [blacklisted]
>   next: load it by its own name without -b, or remove that line
? 1
$ modprobe -n fs-vfat

## a blacklist does not hold for the name, unless udev asks
conf b.conf: blacklist vfat
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> Does not count
>     blacklist vfat (/etc/modprobe.d/b.conf:1)
>         a blacklist is for aliases, and vfat is asked for by its name
>
> vfat would be loaded, with fat
$ tenon why --as udev vfat
> vfat, asked for by udev: kmod load vfat
>
> Leads to
>     vfat    its name in modules.dep
>
> vfat would not be loaded
>
> error: vfat is not loaded: it is blacklisted by /etc/modprobe.d/b.conf line 1
>   [blacklisted]
>   next: load it by its own name without -b, or remove that line
? 1
$ tenon why --as kernel vfat
> vfat, asked for by the kernel: modprobe -q -- vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> Does not count
>     blacklist vfat (/etc/modprobe.d/b.conf:1)
>         a blacklist is for aliases, and vfat is asked for by its name
>
> vfat would be loaded, with fat

## a module that is denied
conf b.conf: install vfat /bin/false
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>
> Order
>   1 vfat    asked for
>             never loaded: install /bin/false (/etc/modprobe.d/b.conf:1)
>
> Left out
>   - fat     needed by vfat
>             the command stands for it, too (/etc/modprobe.d/b.conf:1)
>
> vfat would not be loaded
>
> error: /etc/modprobe.d/b.conf line 1 says that vfat is never loaded: install
>   /bin/false
>   [command-noop]
>   next: remove that line, or load it once with modprobe -i vfat
? 1

## a dependency that is denied
conf b.conf: install fat /bin/true
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>             never loaded: install /bin/true (/etc/modprobe.d/b.conf:1)
>   2 vfat    asked for
>
> vfat would not be loaded
>
> error: vfat needs fat, and that fails
>   [dependency]
> error: /etc/modprobe.d/b.conf line 1 says that fat is never loaded: install
>   /bin/true
>   [command-noop]
>   next: remove that line, or load it once with modprobe -i fat
? 1

## a command in the place of the module
conf b.conf: install vfat /sbin/modprobe -i vfat && logger vfat
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             a command in its place: /sbin/modprobe -i vfat && logger vfat
>             (/etc/modprobe.d/b.conf:1)
>
> vfat: whether it is loaded is up to the command, which was not run
? 3

## softdeps, before and after, known and unknown
conf b.conf: softdep vfat pre: nls-utf8 nosuch post: fs-msdos
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat      its name in modules.dep
>               kernel/fs/fat/vfat.ko
>
> Order
>   1 fat       needed by vfat, msdos
>   2 nls_utf8  softdep of vfat, before it: nls-utf8 (/etc/modprobe.d/b.conf:1)
>   3 vfat      asked for
>   4 msdos     softdep of vfat, after it: fs-msdos (/etc/modprobe.d/b.conf:1),
>               alias fs_msdos of modules.alias
>
> Left out
>   - nosuch    softdep of vfat, before it (/etc/modprobe.d/b.conf:1)
>               there is no such module
>
> vfat would be loaded, with 3 others

## options, from several places
conf b.conf: options vfat a=1 b="x y"
conf c.conf: options vfat c
cmdline: quiet vfat.d=4
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             options a=1 b="x y" (/etc/modprobe.d/b.conf:1)
>             options c (/etc/modprobe.d/c.conf:1)
>             options d=4 (/proc/cmdline)
>
> vfat would be loaded, with fat

## what is loaded
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
conf b.conf: options vfat a=1
conf b.conf: blacklist vfat
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>
> Does not count
>     blacklist vfat (/etc/modprobe.d/b.conf:2)
>         vfat is in the kernel already
>     options vfat a=1 (/etc/modprobe.d/b.conf:1)
>         vfat is in the kernel already
>
> vfat is in the kernel already: nothing would be done
$ tenon why msdos
> msdos, asked for by a user: modprobe msdos
>
> Leads to
>     msdos   its name in modules.dep
>             kernel/fs/fat/msdos.ko
>
> Order
>   1 fat     needed by msdos
>             in the kernel already
>   2 msdos   asked for
>
> msdos would be loaded

## what is built in
$ tenon why tcp-cubic
> tcp-cubic, asked for by a user: modprobe tcp-cubic
>
> Leads to
>     tcp_cubic  its name in modules.builtin
>
> tcp_cubic is built into the kernel: nothing would be done

## what only the kernel knows
loaded: mine 4096 0
$ tenon why mine
> mine, asked for by a user: modprobe mine
>
> Leads to
>     mine    the kernel has it, and no index
>
> mine is in the kernel already: nothing would be done

## a misspelt name
$ tenon why vfta
> vfta, asked for by a user: modprobe vfta
>
> no module has that name or alias: nothing would be loaded
>
> error: there is no vfta; the nearest name is vfat
>   [name-nearest]
>   next: try vfat
? 1

## an alias that nobody has
$ tenon why pci:v00001234d00005678
> pci:v00001234d00005678, asked for by a user: modprobe pci:v00001234d00005678
>
> no module has that name or alias: nothing would be loaded
>
> error: there is no pci:v00001234d00005678 in @MODS@
>   [name-unknown]
? 1

## an alias to nothing
conf a.conf: alias foo nowhere
$ tenon why foo
> foo, asked for by a user: modprobe foo
>
> Leads to
>     nowhere  alias foo (/etc/modprobe.d/a.conf:1)
>
> Order
>   1 nowhere  asked for
>              there is no such module
>
> nowhere would not be loaded
>
> error: /etc/modprobe.d/a.conf line 1 leads to nowhere, and there is no such
>   module in @MODS@
>   [alias-target]
? 1

## an alias for what is no name
conf a.conf: alias foo a/b
$ tenon why foo
> foo, asked for by a user: modprobe foo
>
> Does not count
>     alias foo a/b (/etc/modprobe.d/a.conf:1)
>         no module can have that name
>
> no module has that name or alias: nothing would be loaded
>
> error: there is no foo in @MODS@
>   [name-unknown]
? 1

## several modules behind an alias
conf a.conf: alias both vfat
conf a.conf: alias both msdos
conf a.conf: blacklist vfat
$ tenon why both
> both, asked for by a user: modprobe both
>
> Leads to each of
>     vfat    alias both (/etc/modprobe.d/a.conf:1)
>     msdos   alias both (/etc/modprobe.d/a.conf:2)
>             kernel/fs/fat/msdos.ko
>
> Order
>   1 fat     needed by msdos
>   2 msdos   asked for
>
> Left out
>   - vfat    asked for
>             blacklisted (/etc/modprobe.d/a.conf:3)
>
> msdos would be loaded, with fat

## all of several modules are left out
conf a.conf: alias both vfat
conf a.conf: alias both msdos
conf a.conf: blacklist vfat
conf a.conf: blacklist msdos
$ tenon why both
> both, asked for by a user: modprobe both
>
> Leads to each of
>     vfat    alias both (/etc/modprobe.d/a.conf:1)
>     msdos   alias both (/etc/modprobe.d/a.conf:2)
>
> Left out
>   - vfat    asked for
>             blacklisted (/etc/modprobe.d/a.conf:3)
>   - msdos   asked for
>             blacklisted (/etc/modprobe.d/a.conf:4)
>
> vfat would not be loaded
>
> error: vfat is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 3
>   [blacklisted]
>   next: load it by its own name without -b, or remove that line
> error: msdos is not loaded: it is blacklisted by /etc/modprobe.d/a.conf line 4
>   [blacklisted]
>   next: load it by its own name without -b, or remove that line
? 1

## the kernel refuses it
file /sys/module/kernel/parameters/module_blacklist: loop,fat
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>             the kernel refuses it: module_blacklist=
>   2 vfat    asked for
>
> vfat would not be loaded
>
> error: vfat needs fat, and that fails
>   [dependency]
> error: the kernel refuses fat: module_blacklist= on its command line names it
>   [kernel-blacklist]
>   next: remove it there and reboot
? 1
$ tenon why loop
> loop, asked for by a user: modprobe loop
>
> Leads to
>     loop    its name in modules.dep
>             kernel/drivers/block/loop.ko
>
> Order
>   1 loop    asked for
>             the kernel refuses it: module_blacklist=
>
> loop would not be loaded
>
> error: the kernel refuses loop: module_blacklist= on its command line names it
>   [kernel-blacklist]
>   next: remove it there and reboot
? 1

## a file that cannot be read may say anything
$ ln -s loop.conf /etc/modprobe.d/loop.conf; tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> vfat would be loaded, with fat
>
> not seen: the configuration: could not read configuration file /etc/modprobe.d/loop.conf: Too many levels of symbolic links
? 3

## lines that are wrong are not told of
conf a.conf: nonsense vfat
$ tenon why fat
> fat, asked for by a user: modprobe fat
>
> Leads to
>     fat     its name in modules.dep
>             kernel/fs/fat/fat.ko
>
> Order
>   1 fat     asked for
>
> fat would be loaded

## the kernel does not refuse what is only wished for
file /sys/module/kernel/parameters/module_blacklist: loop
conf a.conf: softdep vfat pre: loop
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 loop    softdep of vfat, before it (/etc/modprobe.d/a.conf:1)
>             the kernel refuses it: module_blacklist=
>   3 vfat    asked for
>
> vfat would be loaded, with fat

## a file
$ cp @MODS@/kernel/fs/fat/vfat.ko . && tenon why ./vfat.ko
> ./vfat.ko, asked for by a user: modprobe ./vfat.ko
>
> Leads to
>     vfat    the file itself
>             ./vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> vfat would be loaded, with fat
$ tenon why --as kernel ./vfat.ko
! tenon: ERROR: only a user asks for a file, so not --as kernel for ./vfat.ko
? 2
$ tenon why ./nosuch.ko
> ./nosuch.ko, asked for by a user: modprobe ./nosuch.ko
>
> nothing would be loaded
>
> error: ./nosuch.ko cannot be read: No such file or directory
>   [file-unreadable]
? 1

## another system
conf a.conf: options vfat ours=1
$ mkdir -p root/etc/modprobe.d root/lib && cp -a /lib/modules root/lib && echo 'options vfat theirs=1' >root/etc/modprobe.d/x.conf
$ tenon why --root root vfat
> vfat, asked for by a user: modprobe vfat
> as if @VER@ had been booted and nothing were loaded
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             options theirs=1 (root/etc/modprobe.d/x.conf:1)
>
> vfat would be loaded, with fat
$ tenon why --root root tcp_cubic
> tcp_cubic, asked for by a user: modprobe tcp_cubic
> as if @VER@ had been booted and nothing were loaded
>
> Leads to
>     tcp_cubic  its name in modules.builtin
>
> tcp_cubic is built into the kernel: nothing would be done

## another kernel, with nothing of it loaded
loaded: fat 86016 0
$ cp -a @MODS@ /lib/modules/9.9 && tenon why -k 9.9 vfat
> vfat, asked for by a user: modprobe vfat
> as if 9.9 had been booted and nothing were loaded
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> vfat would be loaded, with fat

## no such kernel
$ tenon why -k 9.8 vfat
> vfat, asked for by a user: modprobe vfat
> as if 9.8 had been booted and nothing were loaded
>
> no module has that name or alias: nothing would be loaded
>
> error: there are no modules for 9.8; there are for @VER@
>   [version-missing]
>   next: use -k @VER@
? 1

## an initramfs that is older than the configuration
conf a.conf: options vfat a=1
$ mkdir -p /boot && touch -d 2020-01-01 /boot/initrd.img-@VER@ && tenon why fat
> fat, asked for by a user: modprobe fat
>
> Leads to
>     fat     its name in modules.dep
>             kernel/fs/fat/fat.ko
>
> Order
>   1 fat     asked for
>
> fat would be loaded
>
> initramfs /boot/initrd.img-@VER@ is older than /etc/modprobe.d/a.conf

## what the initramfs has of it
conf a.conf: options vfat a=1
$ mkdir -p /boot i@MODS@ && cp --parents @MODS@/kernel/fs/fat/fat.ko i && cd i && find . | cpio -oH newc --quiet >/boot/initrd.img-@VER@ && tenon why --initramfs vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             options a=1 (/etc/modprobe.d/a.conf:1)
>
> vfat would be loaded, with fat
>
> initramfs /boot/initrd.img-@VER@ has fat, has no vfat
>
> warning: the initramfs does not have /etc/modprobe.d/a.conf
>   [initramfs-lacks]
>   next: build the initramfs again
$ mkdir i/etc && cp -a /etc/modprobe.d i/etc && cd i && cp --parents @MODS@/kernel/fs/fat/vfat.ko . && find . | cpio -oH newc --quiet >/boot/initrd.img-@VER@ && tenon why --initramfs vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             options a=1 (/etc/modprobe.d/a.conf:1)
>
> vfat would be loaded, with fat
>
> initramfs /boot/initrd.img-@VER@ has fat, has vfat
$ echo nonsense >/boot/initrd.img-@VER@; tenon why --initramfs vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>             options a=1 (/etc/modprobe.d/a.conf:1)
>
> vfat would be loaded, with fat
>
> not seen: /boot/initrd.img-@VER@: it is no initramfs

## an initramfs that is not there
$ tenon why --initramfs fat
> fat, asked for by a user: modprobe fat
>
> Leads to
>     fat     its name in modules.dep
>             kernel/fs/fat/fat.ko
>
> Order
>   1 fat     asked for
>
> fat would be loaded
>
> not seen: the initramfs: none was found

## the document
conf a.conf: options vfat a=1
$ tenon why --json fs-vfat
> {
>   "schema": "tenon/1",
>   "verb": "why",
>   "kernel": "@VER@",
>   "root": "/",
>   "result": {
>     "object": {
>       "kind": "alias",
>       "name": "fs-vfat",
>       "path": null,
>       "word": "fs-vfat",
>       "also": [
>       ]
>     },
>     "as": "user",
>     "call": [
>       "modprobe",
>       "fs-vfat"
>     ],
>     "directory": "@MODS@",
>     "fresh": false,
>     "targets": [
>       {
>         "module": "vfat",
>         "match": {
>           "rule": "alias",
>           "pattern": "fs_vfat",
>           "where": {
>             "file": "@MODS@/modules.alias",
>             "line": 0
>           }
>         },
>         "outcome": "loads",
>         "decided_by": null,
>         "steps": [
>           {
>             "module": "fat",
>             "kind": "insert",
>             "required": true,
>             "path": "@MODS@/kernel/fs/fat/fat.ko",
>             "command": null,
>             "where": null,
>             "skip": null,
>             "kernel_refuses": false,
>             "options": [
>             ],
>             "causes": [
>               {
>                 "reason": "dependency",
>                 "by": "vfat",
>                 "word": null,
>                 "where": null,
>                 "match": {
>                   "rule": "name",
>                   "pattern": null,
>                   "where": {
>                     "file": "@MODS@/modules.dep",
>                     "line": 0
>                   }
>                 }
>               }
>             ],
>             "needs": [
>             ]
>           },
>           {
>             "module": "vfat",
>             "kind": "insert",
>             "required": true,
>             "path": "@MODS@/kernel/fs/fat/vfat.ko",
>             "command": null,
>             "where": null,
>             "skip": null,
>             "kernel_refuses": false,
>             "options": [
>               {
>                 "text": "a=1",
>                 "where": {
>                   "file": "/etc/modprobe.d/a.conf",
>                   "line": 1
>                 }
>               }
>             ],
>             "causes": [
>               {
>                 "reason": "requested",
>                 "by": null,
>                 "word": null,
>                 "where": null,
>                 "match": {
>                   "rule": "alias",
>                   "pattern": "fs_vfat",
>                   "where": {
>                     "file": "@MODS@/modules.alias",
>                     "line": 0
>                   }
>                 }
>               }
>             ],
>             "needs": [
>               "fat"
>             ]
>           }
>         ]
>       }
>     ],
>     "loads": [
>       "fat",
>       "vfat"
>     ],
>     "losers": [
>     ],
>     "outcome": "loads",
>     "image": null
>   },
>   "findings": [
>   ],
>   "incomplete": [
>   ],
>   "status": 0
> }

## a foreign document whose members are not what they should be
$ echo '{"schema":"tenon/1","verb":"why","result":{"targets":[7,{"steps":[1,{"causes":[0,{}],"options":[{},3]}]},{"match":[]}],"losers":[{},5],"call":{},"image":{"modules":[1]},"outcome":4},"status":0}' | tenon.real view -
> , asked for by :
>
> Leads to each of
>             $
>             $
>             $
>
> Order
>   1         $
>   2         $
>             options
>
> Does not count
>     $
>         $
>     $
>         $
>
>  would not be loaded
>
> initramfs has no
$ echo '{"schema":"tenon/1","verb":"why","result":{}}' | tenon.real view -
> , asked for by :
>
>  would not be loaded

## what is wrong with the command line
$ tenon why
! tenon: ERROR: why takes one object
? 2
$ tenon why vfat fat
! tenon: ERROR: why takes one object
? 2
$ tenon why --as me vfat
! tenon: ERROR: --as takes user, kernel or udev, and not 'me'
? 2
$ tenon why /etc/modprobe.d/a.conf
! tenon: ERROR: /etc/modprobe.d/a.conf is a file of the configuration, which tenon config checks
? 2

## a module that the policy denies, and lines that count no more
conf a.conf: deny fat
conf a.conf: deny fa*
conf a.conf: install fat /bin/true
$ tenon why fat
> fat, asked for by a user: modprobe fat
>
> Leads to
>     fat     its name in modules.dep
>
> Left out
>   - fat     asked for
>             denied by the policy (/etc/modprobe.d/a.conf:1)
>
> Does not count
>     install fat /bin/true (/etc/modprobe.d/a.conf:3)
>         fat is denied: /etc/modprobe.d/a.conf:1
>     deny fa* (/etc/modprobe.d/a.conf:2)
>         for fat the first line counts: /etc/modprobe.d/a.conf:1
>
> fat would not be loaded
>
> error: /etc/modprobe.d/a.conf line 1 denies fat
>   [denied]
>   next: change that line, or load it once with modprobe --ignore-deny=fat fat
? 1
$ tenon why --json fat | grep -A12 '"steps"'
>         "steps": [
>           {
>             "module": "fat",
>             "kind": "denied",
>             "required": true,
>             "path": null,
>             "command": null,
>             "where": {
>               "file": "/etc/modprobe.d/a.conf",
>               "line": 1
>             },
>             "skip": null,
>             "kernel_refuses": false,

## a dependency that the policy denies
conf a.conf: deny fat
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>
> Left out
>   - fat     needed by vfat
>             denied by the policy (/etc/modprobe.d/a.conf:1)
>   - vfat    asked for
>             left out with what is denied (/etc/modprobe.d/a.conf:1)
>
> vfat would not be loaded
>
> error: vfat needs fat, and that fails
>   [dependency]
> error: /etc/modprobe.d/a.conf line 1 denies fat
>   [denied]
>   next: change that line, or load it once with modprobe --ignore-deny=fat vfat
? 1

## a module that no allow line lets in
conf a.conf: allow fat
conf b.conf: policy enforce
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>
> Left out
>   - fat     needed by vfat
>             left out with what is denied (/etc/modprobe.d/b.conf:1)
>   - vfat    asked for
>             denied by the policy (/etc/modprobe.d/b.conf:1)
>
> vfat would not be loaded
>
> error: no allow line lets vfat in, by name or for another module, and
>   /etc/modprobe.d/b.conf line 1 enforces them
>   [not-allowed]
>   next: add a line allow vfat, or load it once with modprobe --ignore-deny=vfat
>         vfat
? 1
$ tenon why fat
> fat, asked for by a user: modprobe fat
>
> Leads to
>     fat     its name in modules.dep
>             kernel/fs/fat/fat.ko
>
> Order
>   1 fat     asked for
>
> fat would be loaded

## a softdep that the policy denies
conf a.conf: deny fat
conf a.conf: softdep dummy pre: vfat
$ tenon why dummy
> dummy, asked for by a user: modprobe dummy
>
> Leads to
>     dummy   its name in modules.dep
>             kernel/drivers/net/dummy.ko
>
> Order
>   1 dummy   asked for
>
> Left out
>   - fat     needed by vfat
>             denied by the policy (/etc/modprobe.d/a.conf:1)
>   - vfat    softdep of dummy, before it (/etc/modprobe.d/a.conf:2)
>             left out with what is denied (/etc/modprobe.d/a.conf:1)
>
> dummy would be loaded

## a policy that is not enforced
conf a.conf: deny fat
conf b.conf: policy audit
$ tenon why vfat
> vfat, asked for by a user: modprobe vfat
>
> Leads to
>     vfat    its name in modules.dep
>             kernel/fs/fat/vfat.ko
>
> Order
>   1 fat     needed by vfat
>   2 vfat    asked for
>
> Does not count
>     deny fat (/etc/modprobe.d/a.conf:1)
>         the policy does not enforce it: /etc/modprobe.d/b.conf:1
>
> vfat would be loaded, with fat
