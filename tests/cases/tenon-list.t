# tenon list
where: host
needs: workbench
tree: small

## what is loaded
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ tenon list
> NAME  SIZE USED HOLDERS
> fat  86016    1 vfat
> vfat 20480    0

## where /proc/modules is missing, that is said
$ rm /proc/modules; tenon list
> not seen: the loaded modules (/proc/modules): No such file or directory
? 3

## nothing is loaded
$ tenon list

## other columns
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ tenon list -o name,state,origin,taints
> NAME STATE ORIGIN  TAINTS
> fat  live  in-tree
> vfat live  in-tree
$ tenon list -o +build-id,file | sed "s,$(uname -r),REL,"
> NAME  SIZE USED HOLDERS BUILD-ID FILE
> fat  86016    1 vfat             /lib/modules/REL/kernel/fs/fat/fat.ko
> vfat 20480    0                  /lib/modules/REL/kernel/fs/fat/vfat.ko
$ tenon list -o name,license,description
> NAME LICENSE DESCRIPTION
> fat  GPL
> vfat GPL     VFAT filesystem support

## an unknown column
$ tenon.real list -o name,nix
! tenon: ERROR: there is no column 'nix' (tenon list -h lists them)
? 2
$ tenon.real list -s -nix
! tenon: ERROR: there is no column 'nix' (tenon list -h lists them)
? 2
$ tenon.real list -o ''
! tenon: ERROR: -o takes at least one column
? 2

## sorted, by two columns, descending
loaded: a 10 1 b
loaded: b 20 0
loaded: c 10 0
$ tenon list -s size,-name
> NAME SIZE USED HOLDERS
> c      10    0
> a      10    1 b
> b      20    0
$ tenon list -s -size -o name
> NAME
> b
> a
> c
$ tenon list -s -file,name -o name
> NAME
> a
> b
> c

## only modules of which something holds
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
loaded: big 2097152 2
$ tenon list -f 'size > 64K and not holders'
> NAME    SIZE USED HOLDERS
> big  2097152    2
$ tenon list -f 'name =~ *fat' -o name
> NAME
> fat
> vfat
$ tenon list -f 'holders = vfat or refcount = 2' -o name,holders
> NAME HOLDERS
> fat  vfat
> big
$ tenon list -f '!(name =~ fat)' -o name
> NAME
> big

## what is wrong with a filter, and where
$ tenon.real list -f 'size > x'
! tenon: ERROR: the filter is wrong at byte 8, 'x': a number is expected, such as 4096, 64K or 2M
? 2
$ tenon.real list -f 'size > 1 nome'
! tenon: ERROR: the filter is wrong at byte 10, 'nome': 'and', 'or' or the end is expected
? 2
$ tenon.real list -f ''
! tenon: ERROR: the filter is wrong at byte 1, '': a column is expected
? 2
$ tenon.real list -f '(size'
! tenon: ERROR: the filter is wrong at byte 6, '': a ')' is expected
? 2

## unused ones
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
$ tenon list --unused
> NAME  SIZE USED HOLDERS
> vfat 20480    0
$ tenon list --unused -k 1.2.3; true
! tenon: ERROR: what is unused is known of the running kernel alone
$ tenon.real list --unused -k 1.2.3
! tenon: ERROR: what is unused is known of the running kernel alone
? 2

## foreign ones, by the letters of the taints
$ printf '%s\n' 'own 4096 0 - Live 0x0 (OE)' 'bad 4096 0 - Loading 0x0 (PZ+)' 'fat 86016 0 - Live 0x0' 'gone 4096 -1 - Unloading 0x0 (CO-)' >/proc/modules; mkdir /sys/module/own /sys/module/bad /sys/module/fat /sys/module/gone
$ tenon list --foreign
> NAME SIZE USED HOLDERS
> own  4096    0
> gone 4096
$ tenon list -o name,refcount,state,taints,origin
> NAME USED STATE     TAINTS               ORIGIN
> own     0 live      out-of-tree unsigned out-of-tree
> bad     0 loading   proprietary Z        in-tree
> fat     0 live                           in-tree
> gone      unloading staging out-of-tree  out-of-tree
$ tenon list -f 'taints = unsigned' --json
> {
>   "schema": "tenon/1",
>   "verb": "list",
>   "kernel": "@VER@",
>   "root": "/",
>   "result": {
>     "columns": [
>       "name",
>       "size",
>       "refcount",
>       "holders"
>     ],
>     "tree": false,
>     "modules": [
>       {
>         "name": "own",
>         "size": 4096,
>         "refcount": 0,
>         "holders": [
>         ],
>         "taints": [
>           "out-of-tree",
>           "unsigned"
>         ]
>       }
>     ]
>   },
>   "findings": [
>   ],
>   "incomplete": [
>   ],
>   "status": 0
> }

## the tree of holders
$ printf '%s\n' 'a 10 2 b,c, Live 0x0' 'b 10 1 d, Live 0x0' 'c 10 1 d, Live 0x0' 'd 10 1 e, Live 0x0' 'e 10 0 - Live 0x0' 'z 10 0 - Live 0x0' >/proc/modules
$ tenon list --tree
> NAME          SIZE USED
> a               10    2
> ├─b             10    1
> │ └─d           10    1
> │   └─e         10    0
> └─c             10    1
>   └─d (above)   10    1
> z               10    0
$ tenon list --tree -o size
> SIZE
> 10
> ├─10
> │ └─10
> │   └─10
> └─10
>   └─10 (above)
> 10
$ tenon list --tree -f 'name != b'
> NAME    SIZE USED
> a         10    2
> └─c       10    1
>   └─d     10    1
>     └─e   10    0
> z         10    0

## a document with a circle
$ echo '{"schema":"tenon/1","verb":"list","result":{"columns":["name","new"],"tree":true,"modules":[{"name":"a","holders":["b"],"new":[1,"x"]},{"name":"b","holders":["a","nix"],"new":true}]},"status":0}' | tenon.real view -
> NAME          new
> a              x
> └─b
>   └─a (above)  x

## a module twice, since one went while it was read
$ printf '%s\n' 'a 10 0 - Live 0x0' 'b 10 0 - Live 0x0' 'b 10 0 - Live 0x0' 'c 10' '' 'd' >/proc/modules
$ tenon list
> NAME SIZE USED HOLDERS
> a      10    0
> b      10    0
> c      10

## a module that goes while its files are read is left out
loaded: fat 86016 0
$ printf '%s\n' 'gone 10 0 - Live 0x0' >>/proc/modules; tenon list -o name,version
> NAME VERSION
> fat

## all that could be loaded
loaded: fat 86016 0
$ tenon list --all -o name,state,origin -f 'not name =~ [a-eg-km-tx-z_]*'
> NAME           STATE     ORIGIN
> fat            live      in-tree
> vfat           installed in-tree
> loop           installed in-tree
> llc            installed in-tree
> ff_memless     builtin   in-tree
> firmware_class builtin   in-tree
> libaes         builtin   in-tree
> libblake2s     builtin   in-tree
> libcrc32c      builtin   in-tree
> libcryptoutils builtin   in-tree
> libps2         builtin   in-tree
> libsha1        builtin   in-tree
> libsha256      builtin   in-tree
> lz4_decompress builtin   in-tree
> lzo            builtin   in-tree
> lzo_compress   builtin   in-tree
> lzo_decompress builtin   in-tree
> lzo_rle        builtin   in-tree
> unix           builtin   in-tree
> virtio         builtin   in-tree
> virtio_ring    builtin   in-tree
> virtio_uml     builtin   in-tree
> vivaldi_fmap   builtin   in-tree
> watchdog       builtin   in-tree

## of another system
$ mkdir -p /r/lib/modules/1.2.3/kernel && cd /r/lib/modules/1.2.3/kernel && mkmod -o own.ko --name own --info license=GPL && mkmod -o tree.ko --name tree --info intree=Y --info version=2.0 && depmod -b /r 1.2.3
! depmod: WARNING: could not open modules.order at /r/lib/modules/1.2.3: No such file or directory
! depmod: WARNING: could not open modules.builtin at /r/lib/modules/1.2.3: No such file or directory
! depmod: WARNING: could not open modules.builtin.modinfo at /r/lib/modules/1.2.3: No such file or directory
$ tenon list --root /r -k 1.2.3 -o +origin,version,file
> NAME STATE     SIZE USED HOLDERS ORIGIN      VERSION FILE
> tree installed                   in-tree     2.0     /r/lib/modules/1.2.3/kernel/tree.ko
> own  installed                   out-of-tree         /r/lib/modules/1.2.3/kernel/own.ko
$ tenon list --root /r -k 1.2.3 --foreign -o name
> NAME
> own
$ tenon list --root /r -k 1.2.4
> not seen: /r/lib/modules/1.2.4: No such file or directory
? 3

## a file that cannot be read is said
loaded: fat 86016 0
$ tenon list -o name,license; mv @MODS@/kernel/fs/fat/fat.ko @MODS@/x; tenon list -o name,license
> NAME LICENSE
> fat  GPL
> NAME LICENSE
> fat
>
> not seen: @MODS@/kernel/fs/fat/fat.ko: No such file or directory

## nothing to sort
$ tenon list -s -size
