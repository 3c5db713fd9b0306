# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
#
# Sourced: whole Debian systems as layers in the cache. A layer is the directory of what one recipe, a shell function,
# changed in the system below it. It is made once; another text of the recipe, or of one below it, makes another layer.
# Whoever sources this must be root, in a mount namespace of its own, and have $work, a directory that goes away.
# $suite is the release of Debian, 12 unless it is set otherwise.

cache=${TENON_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME or TENON_CACHE must be set}/.cache}/tenon}/debian
suite=${suite:-bookworm}
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

# lacking: prints why no system can be made on this machine, or nothing.
lacking() {
    if ! command -v debootstrap >/dev/null; then
        echo 'no debootstrap; run: scripts/deps.sh packages'
    elif ! can_overlay; then
        echo 'no overlay file system can be mounted in the cache'
    elif [[ -z $(apt_sources) ]]; then
        echo "apt on this machine has no source of Debian's $suite"
    fi
}

# shellcheck disable=SC2154 # who sources this has it
can_overlay() {
    mkdir -p "$work/try/"{lower,up,work,at} &&
        mount -t overlay overlay -o "lowerdir=$work/try/lower,upperdir=$work/try/up,workdir=$work/try/work" "$work/try/at" \
            2>/dev/null && umount "$work/try/at"
}

# The machine's own sources of the suite, as lines of a sources.list: the main one first. Where it has none, those of its own
# release with the other name: the archives keep several.
apt_sources() {
    # shellcheck disable=SC2016 # it is for apt
    apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$suite" '$1 == "Debian" && $5 == "main" {
            name = $2
            sub(/-.*/, "", name)
            sub("^" name, suite, $4)
            print name != suite, length($2), "deb", $3, $4, $5 }' | sort -k 1,1n -k 2,2n |
        awk 'NR == 1 { own = $1 } $1 == own { sub(/^[^ ]* [^ ]* /, ""); print }' | uniq
}

# The layers, lowest first, as a lowerdir.
stack() {
    local layer below=''
    for layer; do below=$layer${below:+:$below}; done
    echo "$below"
}

# After a layer failed: ends the test, with a skip where the archive is out of reach.
no_layer() {
    local mirror
    mirror=$(apt_sources | awk 'NR == 1 { print $2 }')
    if /usr/lib/apt/apt-helper -q download-file "$mirror/dists/$suite/Release" "$work/Release" >/dev/null 2>&1; then
        printf '1..1\nnot ok 1 - the system is made\n'
        exit 1
    fi
    echo '1..0 # SKIP the archive cannot be reached'
    exit 0
}

# mount_root DIR LAYER...: the system that the layers make, the lowest first, at DIR; what is changed goes to DIR.up.
mount_root() {
    local dir=$1
    shift
    mkdir -p "$dir" "$dir.up" "$dir.work"
    mount -t overlay overlay -o "lowerdir=$(stack "$@"),upperdir=$dir.up,workdir=$dir.work" "$dir"
}

# inside ROOT COMMAND...: runs it there, in namespaces of its own: nothing is left mounted or running.
inside() {
    local root=$1
    shift
    # shellcheck disable=SC2016 # it is for the shell that is called
    unshare -m -p -f --kill-child bash -c '
        mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/run" && mount --rbind /dev "$0/dev" &&
        exec chroot "$0" "$@"' "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C TERM=dumb \
        DEBIAN_FRONTEND=noninteractive http_proxy="${http_proxy-}" https_proxy="${https_proxy-}" "$@" </dev/null
}

# apt_in ROOT ARG...: apt-get there, quiet, as far as it has the archive.
apt_in() {
    local root=$1
    shift
    cp --remove-destination -L /etc/resolv.conf "$root/etc/resolv.conf"
    inside "$root" apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@"
}

# layer RECIPE [PARENT...]: sets layer_dir to the layer of the recipe upon its parents, lowest first. The recipe is called
# with the root. Status 1 when it fails; then its output is shown.
layer() {
    local recipe=$1 name root=$work/layer
    shift
    name=$suite-$recipe-$({ declare -f "$recipe" && printf '%s\n' "$@"; } | sha256sum | cut -c 1-12)
    layer_dir=$cache/$name
    mkdir -p "$cache" || return 1
    exec {lock}>"$cache/$name.lock" && flock "$lock" || return 1
    if [[ ! -d $layer_dir ]]; then
        rm -rf "$layer_dir.new" && mkdir -p "$layer_dir.new/up" "$layer_dir.new/work" "$root" || return 1
        if (($#)); then
            mount -t overlay overlay -o "lowerdir=$(stack "$@"),upperdir=$layer_dir.new/up,workdir=$layer_dir.new/work" \
                "$root" || return 1
        else
            mount --bind "$layer_dir.new/up" "$root" || return 1
        fi
        # not as a condition: there, set -e has no effect
        (set -e && "$recipe" "$root") >"$work/layer.log" 2>&1 &
        if ! wait $!; then
            umount "$root"
            tail -n 40 "$work/layer.log" >&2
            rm -rf "$layer_dir.new"
            return 1
        fi
        umount "$root" && mv "$layer_dir.new/up" "$layer_dir" && rm -rf "$layer_dir.new" || return 1
    fi
    exec {lock}>&-
}
