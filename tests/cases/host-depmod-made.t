# depmod on modules that say what a case wants (mkmod).
where: host
tree: empty

## a chain, in the order in which it must be loaded
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export a_1 && mkmod -o b.ko --name b --export b_1 --need a_1 && mkmod -o c.ko --name c --need b_1
$ depmod && cat @MODS@/modules.dep @MODS@/modules.symbols
> kernel/c.ko: kernel/b.ko kernel/a.ko
> kernel/b.ko: kernel/a.ko
> kernel/a.ko:
> # Aliases for symbols, used by symbol_request().
> alias symbol:a_1 a
> alias symbol:b_1 b
$ modprobe -nv c
> insmod @MODS@/kernel/a.ko $
> insmod @MODS@/kernel/b.ko $
> insmod @MODS@/kernel/c.ko $

## two modules that need each other are a cycle; nothing is written
$ cd @MODS@/kernel && mkmod -o a.ko --name a --export a_1 --need b_1 && mkmod -o b.ko --name b --export b_1 --need a_1 && mkmod -o c.ko --name c
$ cp -r @MODS@ /tmp/old && depmod
! depmod: ERROR: Cycle detected: b -> a -> b
! depmod: ERROR: Found 2 modules in dependency cycles!
? 1
$ diff -r /tmp/old @MODS@

## modules.order decides the order of several modules of one alias
$ cd @MODS@/kernel && for m in x y z; do mkmod -o $m.ko --name $m --info alias=dev-1:*; done; printf 'kernel/%s.ko\n' z x y >../modules.order
$ depmod && modprobe -R dev-1:7
> z
> x
> y
$ cat @MODS@/modules.dep @MODS@/modules.alias
> kernel/z.ko:
> kernel/x.ko:
> kernel/y.ko:
> # Aliases extracted from modules themselves.
> alias dev-1:* z
> alias dev-1:* x
> alias dev-1:* y

## a module of 32 bits, the most significant byte first
$ cd @MODS@/kernel && mkmod -o a.ko --class 32 --big --name a --export a_1 --info alias=pci:x && mkmod -o b.ko --class 32 --big --name b --need a_1
$ depmod && cat @MODS@/modules.dep @MODS@/modules.alias
> kernel/b.ko: kernel/a.ko
> kernel/a.ko:
> # Aliases extracted from modules themselves.
> alias pci:x a

## softdep and weakdep entries, all of them
# kmod 30 knows no weakdep.
$ cd @MODS@/kernel && mkmod -o a-b.ko --name a_b --info 'softdep=pre: c d' --info 'weakdep=e' --info 'weakdep=f g' --info 'softdep=post: h'
$ depmod && cat @MODS@/modules.softdep @MODS@/modules.weakdep
> # Soft dependencies extracted from modules themselves.
> softdep a_b pre: c d
> softdep a_b post: h
> # Weak dependencies extracted from modules themselves.
> weakdep a_b e
> weakdep a_b f g

## a device node without numbers
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info alias=devname:foo && mkmod -o b.ko --name b --info alias=devname:bar/x --info alias=char-major-10-77
$ depmod
! depmod: ERROR: Module 'a' has devname (foo) but lacks major and minor information. Ignoring.
$ cat @MODS@/modules.devname
> # Device nodes to trigger on-demand module loading.
> b bar/x c10:77

## an unmatched bracket in an alias
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info 'alias=x-[1' --info alias=y-1
$ depmod
! depmod: WARNING: Unmatched bracket in x-[1
$ modprobe -R y_1
> a

## - and _ in a file's name
$ cd @MODS@/kernel && mkmod -o a-b_c.ko --name a_b_c --export x && mkmod -o d.ko --name d --need x
$ depmod && cat @MODS@/modules.dep @MODS@/modules.symbols
> kernel/d.ko: kernel/a-b_c.ko
> kernel/a-b_c.ko:
> # Aliases for symbols, used by symbol_request().
> alias symbol:x a_b_c
$ modprobe -nv a_b-c
> insmod @MODS@/kernel/a-b_c.ko $

## a symbol that nobody exports needs nothing
$ cd @MODS@/kernel && mkmod -o a.ko --name a --need printk --weak nix
$ depmod && cat @MODS@/modules.dep
> kernel/a.ko:

## built-in modules
$ cd @MODS@/kernel && echo kernel/fs/x-y.ko >../modules.builtin && printf 'x_y.alias=fs-xy\0x_y.license=GPL\0' >../modules.builtin.modinfo
$ depmod && modprobe -nv x-y && modprobe -nv fs-xy && modprobe -R fs-xy
> x_y

## an empty tree
$ depmod && cat @MODS@/modules.dep @MODS@/modules.alias
> # Aliases extracted from modules themselves.

## a module outside the tree that a link leads to
$ mkdir @MODS@/extra /tmp/o && mkmod -o /tmp/o/a.ko --name a --info alias=x && ln -s /tmp/o/a.ko @MODS@/extra/a.ko
$ depmod && cat @MODS@/modules.dep && modprobe -nv x
> extra/a.ko:
> insmod @MODS@/extra/a.ko $

## build and source are not searched
$ mkdir @MODS@/build @MODS@/source && mkmod -o @MODS@/build/a.ko --name a && cp @MODS@/build/a.ko @MODS@/source
$ depmod && cat @MODS@/modules.dep

## the files have the mode of new ones, whatever mode they had, and whether or not they change
$ mkmod -o @MODS@/kernel/a.ko --name a; umask 077; depmod; stat -c %a @MODS@/modules.dep @MODS@/modules.dep.bin
> 600
> 600
$ umask 022; depmod; stat -c %a @MODS@/modules.dep @MODS@/modules.dep.bin
> 644
> 644
$ umask 027; depmod; stat -c %a @MODS@/modules.dep @MODS@/modules.dep.bin
> 640
> 640
$ umask 0; depmod; stat -c %a @MODS@/modules.dep @MODS@/modules.dep.bin
> 644
> 644
$ chmod 4755 @MODS@/modules.dep; umask 022; depmod; stat -c %a @MODS@/modules.dep
> 644
