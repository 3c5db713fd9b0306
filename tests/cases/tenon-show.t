# tenon show
where: host
needs: workbench
tree: small

## a module of the tree
$ tenon show vfat | sed 's/[0-9a-f]\{40\}/ID/; s/\(size\|memory\) *[0-9]* /\1 N /; s/^\(  vermagic *\).*/\1/'
> vfat (installed)
>   file          @MODS@/kernel/fs/fat/vfat.ko
>   size N bytes
>   description   VFAT filesystem support
>   author        Gordon Chaffee
>   license       GPL
>   origin        in-tree
>   build id      ID
>   vermagic      $
>   memory N bytes, once it is loaded
>   signature     none
>   needs         fat
>   parameters    none
>   firmware      none
>   aliases       1
>     fs-vfat
>   asked for by  mount(2): needs a user namespace (fs-vfat)

## what is loaded is another build than the file
loaded: fat 86016 1 vfat
$ mkdir /sys/module/fat/notes /sys/module/fat/parameters; printf '\004\0\0\0\004\0\0\0\003\0\0\0GNU\0\001\002\003\004' >/sys/module/fat/notes/.note.gnu.build-id; echo 512 >/sys/module/fat/initsize
$ tenon show fat | grep -A 3 '^  loaded\|needed'
>   loaded        live, 86016 bytes and 512 of its init part, used by 1
>   held by       vfat
>   loaded build  01020304: it is not that of the file
>   signature     none
>   needed by     msdos, vfat
>   parameters    none
>   firmware      none

## parameters: their values now, and the lines that configure them
conf a.conf: options loop max-loop=8 hw_queue_depth="4 5"
conf b.conf: options loop max_loop=16 max_part
cmdline: loop.max_part=3
loaded: loop 4096 0
$ mkdir /sys/module/loop/parameters; echo 16 >/sys/module/loop/parameters/max_loop; echo Y >/sys/module/loop/parameters/own; : >/sys/module/loop/parameters/max_part; chmod 444 /sys/module/loop/parameters/own
$ tenon show --params loop
> loop (loaded)
>   parameters    4
>     hw_queue_depth: Queue depth for each hardware queue. Default: 128
>         configured: hw_queue_depth=4 5 (/etc/modprobe.d/a.conf:1)
>     max_part= (int, writable) Maximum number of partitions per loop device
>         configured: max_part (/etc/modprobe.d/b.conf:1)
>         configured: max_part=3 (/proc/cmdline)
>     max_loop=16 (writable) Maximum number of loop devices
>         configured: max_loop=8 (/etc/modprobe.d/a.conf:1)
>         configured: max_loop=16 (/etc/modprobe.d/b.conf:1)
>     own=Y
$ tenon show --params loop --json | grep -B 4 -A 22 '"max_loop"'
>               }
>             ]
>           },
>           {
>             "name": "max_loop",
>             "type": null,
>             "description": "Maximum number of loop devices",
>             "writable": true,
>             "current": "16",
>             "configured": [
>               {
>                 "value": "8",
>                 "file": "/etc/modprobe.d/a.conf",
>                 "line": 1
>               },
>               {
>                 "value": "16",
>                 "file": "/etc/modprobe.d/b.conf",
>                 "line": 1
>               }
>             ]
>           },
>           {
>             "name": "own",
>             "type": null,
>             "description": null,
>             "writable": false,

## values that may not be read are said
loaded: loop 4096 0
$ mkdir /sys/module/loop/parameters; echo 16 >/sys/module/loop/parameters/max_loop; chmod 0 /sys/module/loop/parameters/max_loop; setpriv --bounding-set -all --inh-caps -all tenon.real show --params loop 2>&1 | tail -n 2
>
> not seen: the value of a parameter of loop: Permission denied

## firmware, found or missing
$ mkdir -p /r/lib/modules/1.2.3/kernel /r/lib/firmware/updates/sub && cd /r/lib/modules/1.2.3/kernel && mkmod -o fw.ko --name fw --info firmware=one.bin --info firmware=sub/two.bin --info firmware=three.bin --info 'firmware=any*.bin' && depmod -b /r 1.2.3 2>/dev/null; : >/r/lib/firmware/one.bin; : >/r/lib/firmware/updates/sub/two.bin.xz
$ tenon show --root /r -k 1.2.3 --firmware fw
> fw (installed)
>   firmware      4 files, 1 missing
>     one.bin: /r/lib/firmware/one.bin
>     sub/two.bin: /r/lib/firmware/updates/sub/two.bin.xz
>     three.bin: missing
>     any*.bin: a pattern
$ tenon show --root /r -k 1.2.3 fw | grep -A 5 firmware
>   firmware      4 files, 1 missing
>     three.bin: missing

## firmware where firmware_class.path= says
$ mkdir -p own d /sys/module/firmware_class/parameters && : >d/one.bin && mkmod -o own.ko --name own --info firmware=one.bin --info firmware=two.bin && tenon show --firmware ./own.ko; echo /tmp/d >/sys/module/firmware_class/parameters/path; tenon show --firmware ./own.ko
> own (installed)
>   firmware      2 files, 2 missing
>     one.bin: missing
>     two.bin: missing
> own (installed)
>   firmware      2 files, 1 missing
>     one.bin: /tmp/d/one.bin
>     two.bin: missing

## a file that the indexes do not have
$ mkmod -o own.ko --name own --info depends=fat,vfat --info alias=a --info 'alias=b*' --info author=A --info author=B --info license=GPL; tenon show ./own.ko
> own (installed)
>   file          ./own.ko
>   size          712 bytes
>   author        A, B
>   license       GPL
>   origin        out-of-tree
>   memory        0 bytes, once it is loaded
>   signature     none
>   needs         fat, vfat
>   parameters    none
>   firmware      none
>   aliases       2
>     a
>     b*
$ echo junk >bad.ko; tenon show ./bad.ko ./none.ko
> error: ./bad.ko is no module but text
>   [file-not-elf]
>   next: install or build it again
> error: ./none.ko cannot be read: No such file or directory
>   [file-unreadable]
? 1

## an alias, several modules, and a word that is nothing
conf a.conf: alias two fat
conf a.conf: alias two stp
$ tenon show two nix | grep -v '^ *[msbv][eiu]'
> fat (installed)
>   file          @MODS@/kernel/fs/fat/fat.ko
>   license       GPL
>   origin        in-tree
>   needed by     msdos, vfat
>   parameters    none
>   firmware      none
>
> stp (installed)
>   file          @MODS@/kernel/net/802/stp.ko
>   license       GPL
>   origin        in-tree
>   needs         llc
>   needed by     bridge
>   parameters    none
>   firmware      none
>
> error: there is no nix in @MODS@
>   [name-unknown]

## softdeps and weakdeps, in both directions
conf a.conf: softdep fat pre: tun post: dummy
conf a.conf: weakdep vfat dummy
$ tenon show fat dummy | grep '(installed)\|soft\|need\|weak\|after'
> fat (installed)
>   soft, before  tun
>   soft, after   dummy
>   needed by     msdos, vfat
> dummy (installed)
>   after         fat
>   weak for      vfat
>   asked for by  a new network interface: needs a user namespace

## a built-in module
$ tenon show ext4 | head -n 8
> ext4 (builtin)
>   description   Fourth Extended Filesystem
>   author        Remy Card, Stephen Tweedie, Andrew Morton, Andreas Dilger,
>                 Theodore Ts'o and others
>   license       GPL
>   parameters    none
>   firmware      none
>   aliases       3

## a module that only the kernel has
loaded: strange 4096 -1
$ tenon show strange
> strange (loaded)
>   loaded        live, 4096 bytes
>   parameters    none

## an object that is needed, and a file of the configuration
conf a.conf: blacklist fat
$ tenon.real show
! tenon: ERROR: show takes a module, a file or an alias
? 2
$ tenon.real show /etc/modprobe.d/a.conf
! tenon: ERROR: /etc/modprobe.d/a.conf is a file of the configuration, which tenon config checks
? 2

## a document that is not what it should be
$ printf '%s' '{"schema":"tenon/1","verb":"show","result":{"modules":[1,{"name":"a\u001b","parameters":[7,{"name":"p","configured":[{}]}],"firmware":[[],{"name":"f"},{"name":"g","path":null}],"aliases":"x","loaded":{"is_file":false},"needs":[{"kind":"needs"}]}]},"status":0}' | tenon.real view -
>  ()
>
> a\x1b ()
>   loaded        , 0 bytes
>   loaded build  : it is not that of the file
>   parameters    2
>     $
>     p
>         configured: p ()
>   firmware      3 files, 1 missing
>     : a pattern
>     f: a pattern
>     g: missing
