# What tenon check says of a module directory that is not in order is what modprobe then says: asked as in lab-check.t.
where: lab
needs: workbench

## no index, and indexes that are cut
$ mkdir keep && mv @MODS@/modules.dep @MODS@/modules.dep.bin keep && agrees dummy; rmmod dummy; cp keep/modules.dep @MODS@ && head -c 100 keep/modules.dep.bin >@MODS@/modules.dep.bin && agrees dummy; rmmod dummy
> loads
> loads
$ : >@MODS@/modules.dep; : >@MODS@/modules.dep.bin; agrees dummy; rmmod dummy
> loads
$ cp keep/* @MODS@; agrees dummy
> loads

## a module that only another kernel has
engine: uml
$ mkdir -p /lib/modules/9.9.9/kernel && mkmod -o /lib/modules/9.9.9/kernel/only_there.ko --name only_there && depmod 9.9.9 2>/dev/null; agrees only_there; rm -r /lib/modules/9.9.9
> other-kernel

## a file that came after depmod
engine: uml
$ mkdir -p @MODS@/updates && mkmod -o @MODS@/updates/newcomer.ko --name newcomer && agrees newcomer; rm -r @MODS@/updates
> index-stale
