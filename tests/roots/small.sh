# SPDX-License-Identifier: LGPL-2.1-or-later
# A tree of a few real modules, for cases that change the tree. Sourced with the tree as current directory and UML the
# directory of User Mode Linux's own tree.
for m in fs/fat/fat fs/fat/vfat fs/fat/msdos fs/nls/nls_utf8 drivers/net/dummy drivers/net/tun drivers/block/loop \
        net/bridge/bridge net/802/stp net/llc/llc net/mpls/mpls_gso net/mpls/mpls_iptunnel; do
        mkdir -p "kernel/${m%/*}" && cp "$UML/kernel/$m.ko" "kernel/$m.ko" || return
done
cp "$UML/modules.order" "$UML/modules.builtin" "$UML/modules.builtin.modinfo" .
