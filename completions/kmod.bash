# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Completion for bash of modprobe, insmod, rmmod, lsmod, depmod, modinfo and kmod. Needs nothing but bash.
#
# Module names come from `modprobe -l`, which reads one file, never from a module; names for removal from /proc/modules;
# only for the parameters of a module is that one module read, by modinfo.

# Sets opts: the options of a tool, and after a colon what the argument of an option is.
_kmod_options() {
    case $1 in
    depmod)
        opts='-a --all -A --quick -n --dry-run -v --verbose -q --quiet -w --warn --explain -V --version -h --help
            -b:base --basedir:base --root:base -m:dir --moduledir:dir -o:dir --outdir:dir -C:path --config:path
            --cache:dir --no-cache --no-sync --jobs:text -e --errsyms -E:path --symvers:path -F:path --filesyms:path -P:text
            --symbol-prefix:text'
        ;;
    insmod)
        opts='-f --force --force-modversion --force-vermagic -s --syslog -v --verbose --explain -V --version -h --help'
        ;;
    lsmod | 'kmod list')
        opts='-s --syslog -v --verbose --explain -V --version -h --help'
        ;;
    modinfo)
        opts='-a --author -d --description -l --license -p --parameters -n --filename -F:field --field:field -0 --null
            -m --modname -k:version --set-version:version -b:base --basedir:base --root:base
            --explain -V --version -h --help'
        ;;
    modprobe)
        opts='-a --all -r --remove --remove-holders -R --show-alias -D --show-depends -c --show-config
            --show-modversions --show-exports -l --list -t:text --type:text -n --dry-run --first-time
            -i --ignore-install --ignore-deny:text -b --use-blacklist -f --force --force-modversion --force-vermagic -w:text --wait:text
            -C:path --config:path -d:base --dirname:base --root:base -S:version --set-version:version
            -s --syslog -q --quiet -v --verbose --explain -V --version -h --help'
        ;;
    rmmod)
        opts='-f --force -w --wait -s --syslog -v --verbose --explain -V --version -h --help'
        ;;
    kmod)
        opts='-V --version -h --help'
        ;;
    'kmod static-nodes')
        opts='-f:format --format:format -o:path --output:path --root:base -S:version --set-version:version -h --help'
        ;;
    esac
}

# Sets kind: what the argument of an option is, empty when it takes none.
_kmod_kind() {
    local all=" ${opts//[[:space:]]/ } "
    kind=
    [[ $all == *" $1:"* ]] || return 0
    kind=${all#*" $1:"}
    kind=${kind%% *}
}

# Remembers what an option that was given says of the module tree.
_kmod_note() {
    case $2 in
    base) base=${3/#\~\//$HOME/} ;;
    version) version=$3 ;;
    esac
    flags+=" $1"
}

# A word like -rqS6.1: each letter is an option, up to one that takes the rest, or the next word, as its argument.
_kmod_shorts() {
    local i
    for ((i = 1; i < ${#1}; i++)); do
        _kmod_kind "-${1:i:1}"
        name=-${1:i:1}
        [[ -z $kind ]] || break
        _kmod_note "$name"
    done
    [[ -z $kind || -z ${1:i+1} ]] && return
    _kmod_note "$name" "$kind" "${1:i+1}"
    kind=
}

# Goes through the words before the one to be completed. Sets operands, flags, base, version; kind and name when the
# last of them is an option that wants an argument.
_kmod_parse() {
    local word ended=
    kind='' name='' flags='' base='' version='' operands=()
    for word; do
        if [[ $kind ]]; then
            _kmod_note "$name" "$kind" "$word"
            kind=
        elif [[ $ended || $word == - || $word != -* ]]; then
            operands+=("$word")
        elif [[ $word == -- ]]; then
            ended=1
        elif [[ $word == --*=* ]]; then
            _kmod_kind "${word%%=*}"
            _kmod_note "${word%%=*}" "$kind" "${word#*=}"
            kind=
        elif [[ $word == --* ]]; then
            name=$word
            _kmod_kind "$word"
            [[ $kind ]] || _kmod_note "$word"
        else
            _kmod_shorts "$word"
        fi
    done
    [[ -z $ended ]] || flags+=' --'
}

_kmod_has() {
    local flag
    for flag; do
        [[ "$flags " == *" $flag "* ]] && return
    done
    return 1
}

# Whether a word, which may come from anybody's module, is not for a command line: bash inserts it without quotes.
_kmod_odd() {
    [[ $1 == *[^[:alnum:]_.,:=@%+~-]* ]]
}

# Answers with those of the words that go on from cur.
_kmod_reply() {
    local word
    for word; do
        [[ $word != "$cur"* ]] || _kmod_odd "$word" || COMPREPLY+=("$word")
    done
}

# The same for names of modules, where - and _ are one; what was typed stays as it is.
_kmod_reply_names() {
    local word typed=${cur//-/_} len=${#cur}
    for word; do
        word=${word//-/_}
        [[ $word != "$typed"* ]] || _kmod_odd "$word" || COMPREPLY+=("$cur${word:len}")
    done
}

_kmod_modules() {
    local files
    [[ $cur != *[\\*?[]* ]] || return 0 # no name has these, and to modprobe they are a pattern
    mapfile -t files < <(modprobe ${base:+-d "$base"} ${version:+-S "$version"} -l "$cur*" 2>/dev/null)
    files=("${files[@]##*/}")
    _kmod_reply_names "${files[@]%%.ko*}"
}

_kmod_loaded() {
    local lines
    mapfile -t lines 2>/dev/null </proc/modules
    _kmod_reply_names "${lines[@]%% *}"
}

# The parameters of a module, each with its "=".
_kmod_parameters() {
    local parms
    mapfile -t -d '' parms < <(modinfo ${base:+-b "$base"} ${version:+-k "$version"} -0 -p -- "$1" 2>/dev/null)
    parms=("${parms[@]%%:*}")
    _kmod_reply "${parms[@]/%/=}"
    compopt -o nospace 2>/dev/null
}

_kmod_files() {
    local file
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do
        # shellcheck disable=SC2053 # a pattern
        [[ -n $1 && ! -d ${file/#\~\//$HOME/} && $file != $1 ]] || COMPREPLY+=("$file")
    done < <(compgen -f -- "$cur")
}

_kmod_versions() {
    local dirs=("${base%/}"/lib/modules/*/)
    dirs=("${dirs[@]%/}")
    _kmod_reply "${dirs[@]##*/}"
}

# Answers for the argument of an option.
_kmod_argument() {
    case $1 in
    base | dir)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        ;;
    path) _kmod_files '' ;;
    version) _kmod_versions ;;
    format) _kmod_reply human tmpfiles devname ;;
    field)
        _kmod_reply alias author build-id depends description filename firmware intree license name parm \
            retpoline sig_hashalgo sig_id sig_key signature signer softdep srcversion staging vermagic version
        ;;
    esac
}

# Answers with module files, and directories, for a word that is a path, or may become one.
_kmod_module_files() {
    _kmod_files '*.ko?(.gz|.xz|.zst)'
}

_kmod_modprobe() {
    if _kmod_has -r --remove --remove-holders; then
        _kmod_loaded
    elif _kmod_has -c --show-config -l --list; then
        return
    elif ((${#operands[@]} == 0)) || _kmod_has -a --all; then
        case $cur in
        */*) _kmod_module_files ;;
        *) _kmod_modules ;;
        esac
    else
        _kmod_parameters "${operands[0]}"
    fi
}

_kmod_operand() {
    local n=${#operands[@]}
    case $1 in
    modprobe) _kmod_modprobe ;;
    rmmod) _kmod_loaded ;;
    insmod)
        if ((n)); then
            _kmod_parameters "${operands[0]/#\~\//$HOME/}"
        else
            _kmod_module_files
        fi
        ;;
    modinfo)
        case $cur in
        */*) ;;
        *) _kmod_modules ;;
        esac
        _kmod_module_files
        ;;
    depmod)
        if ((n)); then _kmod_module_files; else _kmod_versions; fi
        ;;
    kmod)
        ((n)) || _kmod_reply help list static-nodes
        ;;
    esac
}

# What can be answered for the words of a command line, of which the last is to be completed.
_kmod_answer() {
    local tool=$1 opts kind name flags base version operands
    _kmod_options "$tool"
    _kmod_parse "${words[@]:1:${#words[@]}-2}"
    if [[ $tool == kmod && ${#operands[@]} -gt 0 ]]; then
        while [[ ${words[0]} != "${operands[0]}" ]]; do words=("${words[@]:1}"); done
        [[ ${operands[0]} != @(list|static-nodes) ]] || _kmod_answer "kmod ${operands[0]}"
    elif [[ $kind ]]; then
        _kmod_argument "$kind"
    elif _kmod_has -- || [[ $cur != -* ]]; then
        _kmod_operand "$tool"
    elif [[ $cur == --*=* ]]; then
        _kmod_kind "${cur%%=*}"
        cur=${cur#*=}
        _kmod_argument "$kind"
    else
        local all
        read -r -d '' -a all <<<"$opts"
        _kmod_reply "${all[@]%%:*}"
    fi
}

_kmod() {
    local PATH=$PATH:/usr/sbin:/sbin words cur
    # Words as a shell would have them, more or less: bash itself also cuts at "=" and ":". Backslashes count.
    # shellcheck disable=SC2162
    read -a words <<<"${COMP_LINE:0:COMP_POINT}"
    [[ ${COMP_LINE:0:COMP_POINT} != *[[:space:]] ]] || words+=('')
    cur=${words[-1]}
    COMPREPLY=()
    _kmod_answer "${1##*/}"
} &&
    complete -F _kmod modprobe insmod rmmod lsmod depmod modinfo kmod
