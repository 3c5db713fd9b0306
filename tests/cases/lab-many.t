# Many modules, many programs at once, and the kernel's own requests among them.
where: lab

## 50 modprobes at once load a module once, and none complains
$ for i in $(seq 50); do modprobe vfat & echo $! >>pids; done; for p in $(cat pids); do wait $p || echo "status $?"; done
$ @LOADED@
> vfat
> fat

## the kernel has loaded each module of a chain once
engine: qemu
$ mkdir t && mount -t tracefs none t && echo >t/trace && echo 1 >t/events/module/module_load/enable
$ for i in $(seq 50); do modprobe bridge & echo $! >>pids; done; for p in $(cat pids); do wait $p || echo "status $?"; done
$ echo 0 >t/events/module/module_load/enable; grep -o 'module_load: [a-z]*' t/trace; umount t
> module_load: llc
> module_load: stp
> module_load: bridge

## modprobe -a of 40 modules, and -r of them
# euc and koi8-ru hold another one.
$ ls @MODS@/kernel/fs/nls | sed 's/\..*//' | grep -v -e euc -e koi8-ru | head -n 40 >names; modprobe -a $(cat names); @LOADED@ | wc -l
> 40
$ @LOADED@ | sort >got; tr - _ <names | sort | cmp - got
$ modprobe -r $(cat names) && @LOADED@

## modprobe -a of 40 modules by two at once
$ ls @MODS@/kernel/fs/nls | sed 's/\..*//' | grep -v -e euc -e koi8-ru | head -n 40 >names; modprobe -a $(cat names) & modprobe -a $(sort -r names) && wait $! && @LOADED@ | wc -l
> 40

## modprobe and modprobe -r at once leave a module that can be loaded and unloaded
$ for i in $(seq 20); do modprobe dummy 2>/dev/null & modprobe -r dummy 2>/dev/null & done; wait; modprobe dummy && modprobe -r dummy && @LOADED@

## the kernel's requests and modprobe at once
needs: command ip
$ for i in $(seq 10); do ip link add br$i type bridge & modprobe bridge & done; wait; ls -d /sys/class/net/br* | wc -l; @LOADED@
> 10
> bridge
> stp
> llc
$ for i in $(seq 10); do ip link del br$i; done

## mounting a file system loads it, and the device under it
needs: command mkfs.vfat
$ mkfs.vfat -C img 1024 >/dev/null && mkdir d && mount -t vfat -o loop img d && @LOADED@ | grep -x -e vfat -e fat -e loop | sort
> fat
> loop
> vfat
$ modprobe -r vfat
! modprobe: FATAL: Module vfat is in use.
? 1
$ umount d && await grep -q '^vfat [0-9]* 0 ' /proc/modules && modprobe -r vfat && @LOADED@ | grep -x -e vfat -e fat
? 1

## the modules for all devices of the bus, as udev asks for them
engine: qemu
$ modprobe -qab $(cat /sys/bus/pci/devices/*/modalias); @LOADED@ | grep -x -e ahci -e libahci -e i2c_i801 -e lpc_ich | sort
> ahci
> i2c_i801
> libahci
> lpc_ich
