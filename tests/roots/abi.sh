# SPDX-License-Identifier: LGPL-2.1-or-later
# A tree of made modules for the tests of the library: three that need one another, soft and weak dependencies, aliases of
# every kind, one built-in. It also holds real ones, because what a module file says is read from them.
mkdir -p kernel/made && cd kernel/made || return
mk() { name=$1 && shift && mkmod -o "$name.ko" --name "$name" --info license=GPL "$@"; }
mk base --info 'description=at the bottom' --info alias=base-alias --info 'alias=pci:v00001111d*sv*sd*bc*sc*i*' \
        --info 'alias=usb:v[0-3]p*' --info parm=depth:how_deep --info parmtype=depth:int --info 'empty=' --info 'eq=a=b' \
        --export base_one=11111111 --export base_two=22222222 || return
mk mid --info depends=base --need base_one=11111111 --export mid_one=33333333 || return
mk top --info depends=mid,base --need mid_one=33333333 --need base_one=11111111 --weak base_two=22222222 || return
for name in before1 before2 deeper after1 lone weak1 weak2; do mk $name || return; done
mk soft --info 'softdep=pre: before1 before2 post: after1' || return
mk chain --info 'softdep=pre: soft' || return
mk loop_a --info 'softdep=pre: loop_b' && mk loop_b --info 'softdep=post: loop_a' || return
mk weak --info 'weakdep=weak1 weak2' || return
mk twin_a --info alias=twin && mk twin_b --info alias=twin || return
mk with-dash --info 'alias=dash-alias-*' || return
printf 'no module at all\n' >broken.ko
cd ../..
printf 'kernel/made/built.ko\nkernel/made/built-too.ko\n' >modules.builtin
printf '%s\0' 'built.license=GPL' 'built.alias=pci:v00002222d*' 'built.description=part of the kernel' 'built_too.license=MIT' >modules.builtin.modinfo
for m in fs/fat/fat fs/fat/vfat drivers/block/loop net/llc/llc net/802/stp net/bridge/bridge; do
        mkdir -p "kernel/${m%/*}" && cp "$UML/kernel/$m.ko" "kernel/$m.ko" || return
done
find kernel -name '*.ko' | sort >modules.order
