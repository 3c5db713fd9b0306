# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash source=tests/consumers/common.sh
# dkms builds and installs two modules, one of which replaces a module of the kernel, and takes them away again.
# result: status each step ends in the same way
# result: said dkms prints the same
# result: installed the modules are found under their new paths, with the dependency between them
# result: info the kernel's own module and ours differ in version for dkms, too
# differs: info + build-id:.*: the distribution's kmod is older
# result: removed nothing is left when they are removed
# result: calls our tools are called in the same way
. /consumers/common.sh
record
depmod "$VER"
src=/usr/src/scenario-1.0
mkdir -p "$src"
cat >"$src/dkms.conf" <<'CONF'
PACKAGE_NAME=scenario
PACKAGE_VERSION=1.0
AUTOINSTALL=yes
MAKE="make -C $kernel_source_dir M=$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build modules"
CLEAN=true
BUILT_MODULE_NAME[0]=giver
BUILT_MODULE_NAME[1]=taker
BUILT_MODULE_NAME[2]=dummy
DEST_MODULE_LOCATION[0]=/updates/dkms
DEST_MODULE_LOCATION[1]=/updates/dkms
DEST_MODULE_LOCATION[2]=/updates/dkms
CONF
echo 'obj-m := giver.o taker.o dummy.o' >"$src/Makefile"

# module NAME VERSION TEXT
module() {
    printf '%s\n' '#include <linux/module.h>' "$3" 'MODULE_LICENSE("GPL");' 'MODULE_DESCRIPTION("a scenario");' "MODULE_VERSION(\"$2\");" >"$src/$1.c"
}

module giver 1.0 'int given(void); int given(void) { return 0; } EXPORT_SYMBOL_GPL(given);'
module taker 1.0 'int given(void); static int __init start(void) { return given(); } module_init(start); MODULE_ALIAS("scenario-taker");'
module dummy 2.5 'static int __init start(void) { return 0; } module_init(start);'

# step ARG...: one call of dkms.
step() {
    local status=0

    dkms "$@" >/tmp/said 2>&1 || status=$?
    echo "$1 $status" >>/out/status
    { echo "== $1" && sed -E 's/[0-9]+\.[0-9]+s/Ns/; s/\.+(\(.*\))?$/.../' /tmp/said; } >>/out/said
    ((status == 0)) || cat /tmp/said
}

# What of the indexes is about these modules.
about() {
    grep -E 'giver|taker|dummy' "/lib/modules/$VER/modules.dep"
    grep -E -h 'giver|taker' "/lib/modules/$VER"/modules.{alias,symbols} || true
    find "/lib/modules/$VER/" -name '*.ko' | grep -E 'giver|taker|dummy' | LC_ALL=C sort
}

step add scenario/1.0
step build scenario/1.0 -k "$VER" -j 2
step install scenario/1.0 -k "$VER"
step status
about >/out/installed
modprobe -S "$VER" -D scenario-taker >>/out/installed
modprobe -S "$VER" -D dummy >>/out/installed
modinfo -k "$VER" -F version dummy giver >/out/info
modinfo -k "$VER" giver | sed 's/^\(sig[a-z_]*\):.*/\1/; /^\t\t/d' >>/out/info
step install scenario/1.0 -k "$VER" --force
step remove scenario/1.0 --all
about >/out/removed
calls >/out/calls
