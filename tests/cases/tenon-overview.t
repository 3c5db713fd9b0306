# tenon alone: the machine on one screen.
where: host
needs: workbench

## a machine without modules
$ tenon
> kernel     @VER@
> modules    0 loaded
> tree       0 modules in @MODS@, 0 built in
> trust      the kernel does not say whether it checks signatures
> policy     0 blacklisted, 0 refused by install lines
>
> not seen: what taints the kernel: No such file or directory

## what is loaded, denied and installed
loaded: fat 86016 1 vfat
loaded: vfat 20480 0
conf a.conf: blacklist floppy
conf a.conf: blacklist pcspkr
conf b.conf: install sctp /bin/false
conf b.conf: install snd /usr/bin/play
file /proc/sys/kernel/tainted: 12289
file /proc/sys/kernel/modprobe: /sbin/modprobe
file /sys/module/module/parameters/sig_enforce: Y
file /sys/module/kernel/parameters/module_blacklist: vivid,dccp
file /sys/kernel/security/lockdown: none [integrity] confidentiality
$ mkdir -p @MODS@/kernel && cd @MODS@/kernel && mkmod -o fat.ko --name fat && echo kernel/ext4.ko >../modules.builtin && depmod 2>/dev/null && cd /tmp && tenon
> kernel     @VER@
> taints     proprietary, out-of-tree, unsigned
> modules    2 loaded, 1 of them in use, 104 KiB in all
> tree       1 module in @MODS@, 1 built in
> trust      signed modules only; lockdown: integrity
> policy     2 blacklisted, 1 refused by install lines, 1 install command; the
>            kernel itself refuses vivid, dccp; the kernel calls /sbin/modprobe

## a newer kernel is installed, an older one does not matter
$ mkdir -p @MODS@/kernel /lib/modules/999.1/kernel /lib/modules/1.0/kernel && mkmod -o /lib/modules/999.1/kernel/a.ko --name a && mkmod -o /lib/modules/1.0/kernel/a.ko --name a && tenon | grep installed
> kernel     @VER@; 999.1 is installed, too

## the numbers for Prometheus
loaded: fat 86016 0
file /proc/sys/kernel/tainted: 4096
$ tenon --prom
> # HELP tenon_modules_loaded Modules that are loaded.
> # TYPE tenon_modules_loaded gauge
> tenon_modules_loaded 1
> # HELP tenon_modules_used Loaded modules that something uses.
> # TYPE tenon_modules_used gauge
> tenon_modules_used 0
> # HELP tenon_modules_size_bytes Memory of the loaded modules.
> # TYPE tenon_modules_size_bytes gauge
> tenon_modules_size_bytes 86016
> # HELP tenon_tree_modules Modules in the tree of the kernel.
> # TYPE tenon_tree_modules gauge
> tenon_tree_modules 0
> # HELP tenon_tree_builtin Modules that are built into the kernel.
> # TYPE tenon_tree_builtin gauge
> tenon_tree_builtin 0
> # HELP tenon_policy_blacklisted Lines that blacklist a module.
> # TYPE tenon_policy_blacklisted gauge
> tenon_policy_blacklisted 0
> # HELP tenon_policy_refused Install lines that refuse a module.
> # TYPE tenon_policy_refused gauge
> tenon_policy_refused 0
> # HELP tenon_policy_commands Install lines with another command.
> # TYPE tenon_policy_commands gauge
> tenon_policy_commands 0
> # HELP tenon_kernel_taint What taints the kernel.
> # TYPE tenon_kernel_taint gauge
> tenon_kernel_taint{taint="out-of-tree"} 1

## a root has no state
$ mkdir -p root/lib/modules/1.0/kernel root/etc/modprobe.d && echo 'blacklist x' >root/etc/modprobe.d/a.conf && mkmod -o root/lib/modules/1.0/kernel/a.ko --name a && depmod -b root 1.0 2>/dev/null && tenon --root root -k 1.0
> kernel     1.0, which is not running
> tree       1 module in /tmp/root/lib/modules/1.0, 0 built in
> policy     1 blacklisted, 0 refused by install lines

## an initramfs that is older than the configuration
file /boot/initrd.img-@VER@: x
conf a.conf: options loop max_loop=8
$ touch -d '2020-01-01' /boot/initrd.img-@VER@; tenon | grep initramfs
> initramfs  /boot/initrd.img-@VER@, older than /etc/modprobe.d/a.conf

## an option of no verb in front of one
$ tenon.real --prom list
! tenon: list: an option in front of it is for no verb (tenon -h lists the verbs)
? 2
