# tenon list beside a real kernel
where: lab
needs: workbench

## what is loaded, and what the kernel tells of it
$ modprobe vfat; tenon list -f 'name =~ fat' -o name,refcount,holders,state,origin,file | sed 's/fat\.ko.*/fat.ko/'
> NAME USED HOLDERS STATE ORIGIN  FILE
> vfat    0         live  in-tree @MODS@/kernel/fs/fat/vfat.ko
> fat     1 vfat    live  in-tree @MODS@/kernel/fs/fat/fat.ko

## the build id of what is loaded is that of its file
$ tenon list --all -f 'name = vfat' -o build_id >file; modprobe vfat; tenon list -f 'name = vfat' -o build_id | cmp - file && grep -c '[0-9a-f]\{40\}' file
> 1

## the tree is the one of the holders
$ modprobe vfat; tenon list --tree -o name -f 'name =~ fat'
> NAME
> fat
> └─vfat

## what lsmod lists
$ modprobe -a vfat loop dummy; tenon list -o name,size,refcount,holders | sed 1d | tr -s ' ' >ours; lsmod | sed 1d | tr -s ' ' | sed '/,/!b;s/,/ /g' | diff - ours

## many loads beside it, and no torn row
always: it runs beside something that changes what it reads
# An emulated processor takes a second for each list.
$ case @VER@ in *-amd64) loads=40 lists=4 ;; *) loads=200 lists=12 ;; esac; modprobe loop; plainmod dummy; printf '%s\n' 'import ctypes, os, sys' 'libc, n = ctypes.CDLL(None), 0' 'while n < int(sys.argv[1]) or not os.path.exists("enough"):' ' fd, n = os.open("dummy.ko", 0), n + 1' ' assert libc.syscall(313, fd, b"", 0) == 0 and libc.delete_module(b"dummy", os.O_NONBLOCK) == 0' ' os.close(fd)' >loads; python3 -IS loads $loads & n=0
+ while test $n -lt $lists; do tenon.real list -o name,size,state,build_id >rows || echo failed; grep -q '^loop ' rows || echo lost; awk '$3 == "live" && (NF != 4 || length($4) != 40)' rows; n=$((n + 1)); done; : >enough; wait $! && echo several
> several
