# tenon show beside a real kernel
where: lab
needs: workbench

## what is loaded is what is on disk
$ modprobe vfat; tenon show fat | grep -v '^  *\(file\|size\|description\|srcversion\|build id\|vermagic\|memory\|key\|signer\|signature\) ' | sed 's/live, [0-9]* bytes/live, N bytes/'
> fat (loaded)
>   license       GPL
>   origin        in-tree
>   loaded        live, N bytes, used by 1
>   held by       vfat
>   needed by     msdos, vfat
>   parameters    none
>   firmware      none
$ tenon show fat --json | grep -c '"is_file": true'
> 1

## parameters as they are
conf a.conf: options dummy numdummies=3
$ modprobe dummy; tenon show --params dummy
> dummy (loaded)
>   parameters    1
>     numdummies (int) Number of dummy pseudo devices
>         configured: numdummies=3 (/etc/modprobe.d/a.conf:1)

## an ordinary user is told what he does not see
engine: qemu
$ chmod 755 /tmp; setpriv --reuid 1000 --regid 1000 --clear-groups tenon.real show fat | tail -n 1
> not seen: the keys that the kernel knows (/proc/keys): none can be seen
