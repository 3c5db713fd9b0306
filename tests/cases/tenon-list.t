# tenon list
where: host
needs: workbench

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
