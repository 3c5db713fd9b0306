# Where depmod keeps what it has read, and for whom. What a cache may not change is tried in tests/edits. The kernel's own
# modules are on hostfs, which no cache trusts; a few of them are copied.
where: lab
tree: uml

## root's second run reads no module and writes nothing; --no-cache reads them
$ mkdir -p /var/cache /lib/modules/6.0.1 && cd /lib/modules/6.0.1 && cp -r @MODS@/kernel/fs/fat . && touch modules.order modules.builtin modules.builtin.modinfo
$ cd /lib/modules/6.0.1 && until [ $(($(date +%s) - $(stat -c %Z fat/vfat.ko))) -gt 3 ]; do sleep 0.1; done; depmod 6.0.1 && stat -c '%a %U' /var/cache/tenon /var/cache/tenon/depmod-*
> 755 root
> 600 root
$ cd /lib/modules/6.0.1 && stat -c %z modules.* >/tmp/before; strace -f -o /tmp/trace depmod 6.0.1; grep -c 'open.*fat/vfat.ko' /tmp/trace; stat -c %z modules.* | cmp - /tmp/before
> 0
$ rm -r /var/cache/tenon && strace -f -o /tmp/trace depmod --no-cache 6.0.1 && grep -c 'open.*fat/vfat.ko' /tmp/trace; ls /var/cache
> 1

## damage of an index file is mended
$ cd /lib/modules/6.0.1 && depmod 6.0.1 && cp modules.dep.bin /tmp && echo x >>modules.dep.bin && depmod 6.0.1 && cmp modules.dep.bin /tmp/modules.dep.bin

## what nobody may believe is read again: modules of a file system that may not note changes
$ depmod && strace -f -o /tmp/trace depmod && grep -c 'open.*fat/vfat.ko' /tmp/trace
> 1

## and has no directory made for a tree of them
$ mkdir /lib/modules/6.0.2 && mount -t ramfs none /lib/modules/6.0.2 && cp -r /lib/modules/6.0.1/. /lib/modules/6.0.2
$ rm -rf /var/cache/tenon && depmod 6.0.2 && ls /var/cache; umount /lib/modules/6.0.2 && rmdir /lib/modules/6.0.2

## no image gets one, unless it is asked for
$ rm -rf /var/cache/* && mkdir /tmp/cache && depmod -b / && SOURCE_DATE_EPOCH=1 depmod && depmod -e 2>/dev/null; ls /var/cache
$ mkdir /tmp/root && for d in bin etc lab lib lib64 proc sbin usr var; do if [ -L /$d ]; then cp -a /$d /tmp/root; elif [ -d /$d ]; then mkdir /tmp/root/$d && mount --rbind /$d /tmp/root/$d; fi; done
$ chroot /tmp/root depmod && ls /var/cache
$ depmod -b / --cache /tmp/cache && ls /tmp/cache | wc -l
> 1

## nor a place that others can write to
$ mkdir /var/cache/tenon && chmod 777 /var/cache/tenon && depmod && ls /var/cache/tenon
$ chmod 755 /var/cache/tenon && chmod 777 /var/cache && depmod && ls /var/cache/tenon; chmod 755 /var/cache
$ mv /var/cache/tenon /tmp/elsewhere && ln -s /tmp/elsewhere /var/cache/tenon && depmod && ls /tmp/elsewhere; rm /var/cache/tenon

## the cache of a kernel that is gone goes with the next run
$ depmod 6.0.1 && depmod && ls /var/cache/tenon | wc -l
> 2
$ rm -r /lib/modules/6.0.1 && depmod && ls /var/cache/tenon | wc -l
> 1
