# kmod static-nodes on a made modules.devname.
where: host
tree: empty
file @MODS@/modules.devname: # Device nodes to trigger on-demand module loading.
file @MODS@/modules.devname: fuse fuse c10:229
file @MODS@/modules.devname: loop loop-control b10:237
file @MODS@/modules.devname: snd_timer snd/timer c116:33
file @MODS@/modules.devname: deep a/b/c c116:34

## static-nodes lists nodes for people
$ kmod static-nodes
> Module: fuse
> 	Device node: /dev/fuse
> 		Type: character device
> 		Major: 10
> 		Minor: 229
> Module: loop
> 	Device node: /dev/loop-control
> 		Type: block device
> 		Major: 10
> 		Minor: 237
> Module: snd_timer
> 	Device node: /dev/snd/timer
> 		Type: character device
> 		Major: 116
> 		Minor: 33
> Module: deep
> 	Device node: /dev/a/b/c
> 		Type: character device
> 		Major: 116
> 		Minor: 34

## static-nodes lists nodes for systemd-tmpfiles
$ kmod static-nodes --format=tmpfiles
> c! /dev/fuse 0600 - - - 10:229
> b! /dev/loop-control 0600 - - - 10:237
> d /dev/snd 0755 - - -
> c! /dev/snd/timer 0600 - - - 116:33
> d /dev/a/b 0755 - - -
> c! /dev/a/b/c 0600 - - - 116:34

## static-nodes lists nodes as depmod did
$ kmod static-nodes -f devname
> fuse fuse c10:229
> loop loop-control b10:237
> snd_timer snd/timer c116:33
> deep a/b/c c116:34

## static-nodes takes no notice of operands, and the last format
$ kmod static-nodes -f human --form devname x | wc -l
> 4

## static-nodes writes to a file and makes its directories
$ kmod static-nodes -f tmpfiles -o /run/a/b/c.conf; stat -c '%a %n' /run/a /run/a/b /run/a/b/c.conf; tail -n1 /run/a/b/c.conf
> 755 /run/a
> 755 /run/a/b
> 644 /run/a/b/c.conf
> c! /dev/a/b/c 0600 - - - 116:34
$ kmod static-nodes -f devname -o x; tail -n1 x
> deep a/b/c c116:34
$ ls -A /run/a/b /tmp
> /run/a/b:
> c.conf
>
> /tmp:
> x

## static-nodes writes to its own standard output by name
$ kmod static-nodes -f devname --output=/proc/self/fd/1 | head -n1
> fuse fuse c10:229
$ kmod static-nodes -f devname --output=/dev/stdout >x; wc -l <x
> 4

## static-nodes keeps the old file when the disk is full
$ echo old >/tmp/x; (ulimit -f 0; trap '' XFSZ; kmod static-nodes -o /tmp/x); cat /tmp/x; ls -A /tmp
> old
> x
! Error: could not create /tmp/x - File too large
$ kmod static-nodes -o /dev/full
! Error: could not create /dev/full - No space left on device
? 1
$ kmod static-nodes >/dev/full
! Error: could not write to standard output - No space left on device
? 1

## static-nodes cannot write
$ kmod static-nodes -o /tmp
! Error: could not create /tmp - Is a directory
? 1
$ : >f; kmod static-nodes -o f/y
! Error: could not create f/y - Not a directory
? 1
$ kmod static-nodes -o ''
! Error: could not create  - No such file or directory
? 1

## static-nodes of a kernel without nodes is no failure, and the file is not made
$ rm @MODS@/modules.devname; kmod static-nodes -o /tmp/x/y; ls /tmp
! Warning: @MODS@/modules.devname not found - ignoring
$ : >@MODS@/modules.devname; kmod static-nodes -o /tmp/y; cat y; kmod static-nodes
$ echo nonsense >@MODS@/modules.devname; kmod static-nodes -f tmpfiles
! Error: invalid devname entry: nonsense
? 1

## static-nodes of what cannot be read
$ rm @MODS@/modules.devname; mkdir @MODS@/modules.devname; kmod static-nodes
! Error: could not read @MODS@/modules.devname - Is a directory
? 1

## static-nodes tells of bad lines, lists the others, and fails
file @MODS@/modules.devname: fuse
file @MODS@/modules.devname: fuse fuse x10:229
file @MODS@/modules.devname: fuse fuse c10:229 x
file @MODS@/modules.devname: fuse fuse c99999999999:1
file @MODS@/modules.devname: fuse /etc/fuse c10:229
file @MODS@/modules.devname: fuse ../etc/fuse c10:229
file @MODS@/modules.devname: fuse %h c10:229
file @MODS@/modules.devname: cuse cuse c10:203
$ kmod static-nodes -f devname
> fuse fuse c10:229
> loop loop-control b10:237
> snd_timer snd/timer c116:33
> deep a/b/c c116:34
> cuse cuse c10:203
! Error: invalid devname entry: fuse
! Error: invalid devname entry: fuse fuse x10:229
! Error: invalid devname entry: fuse fuse c10:229 x
! Error: invalid devname entry: fuse fuse c99999999999:1
! Error: invalid devname entry: fuse /etc/fuse c10:229
! Error: invalid devname entry: fuse ../etc/fuse c10:229
! Error: invalid devname entry: fuse %h c10:229
? 1

## static-nodes of another kernel, and of an image
$ mkdir -p /lib/modules/1.2.3 /tmp/image/lib/modules/1.2.3 /tmp/image/lib/modules/@VER@; echo a a c1:1 >/lib/modules/1.2.3/modules.devname
$ echo b b c1:2 >image/lib/modules/1.2.3/modules.devname; echo c c c1:3 >image/lib/modules/@VER@/modules.devname
$ kmod static-nodes -f devname -S 1.2.3; kmod static-nodes -f devname --root image --set-version 1.2.3; kmod static-nodes -f devname --root=/tmp/image
> a a c1:1
> b b c1:2
> c c c1:3
$ kmod static-nodes -S 4.5.6
! Warning: /lib/modules/4.5.6/modules.devname not found - ignoring

## static-nodes of a wrong format
$ kmod static-nodes -f bad | sed -n 2p
> 	kmod static-nodes [options]
! Unknown format: 'bad'.
$ kmod static-nodes -f bad >/dev/null
! Unknown format: 'bad'.
? 1

## static-nodes of wrong options
$ kmod static-nodes --bogus
! static-nodes: unrecognized option '--bogus'
? 1
$ kmod static-nodes -o
! static-nodes: option requires an argument -- 'o'
? 1
$ kmod static-nodes -V
! static-nodes: invalid option -- 'V'
? 1
