# What kmod static-nodes says leads to device nodes, and they to modules.
where: lab
# 6.12 has fuse built in.
engine: uml qemu-6.1
tree: uml

## systemd-tmpfiles makes the nodes of static-nodes in a root directory
needs: command systemd-tmpfiles
$ kmod static-nodes --format=tmpfiles --output=/run/tmpfiles.d/static-nodes.conf; echo deep a/b/c b7:200 >>@MODS@/modules.devname; kmod static-nodes -f tmpfiles -o nodes.conf
$ mkdir -p root/dev; systemd-tmpfiles --root=/tmp/root --create --boot /tmp/nodes.conf; stat -c '%a %A %Hr:%Lr %n' root/dev/fuse root/dev/a root/dev/a/b root/dev/a/b/c
> 600 crw------- 10:229 root/dev/fuse
> 755 drwxr-xr-x 0:0 root/dev/a
> 755 drwxr-xr-x 0:0 root/dev/a/b
> 600 brw------- 7:200 root/dev/a/b/c
$ systemd-tmpfiles --root=/tmp/root --create --boot /run/tmpfiles.d/static-nodes.conf; sed -n 's/^c! *\([^ ]*\).*/\1/p' /run/tmpfiles.d/static-nodes.conf | while read -r n; do test -c "root$n" || echo "no $n"; done
$ : <root/dev/fuse; @LOADED@
> fuse
