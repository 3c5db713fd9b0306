# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Completion for bash of tenon. The verbs, and the options of each, are those that tenon -h names, so nothing is listed here.

# Answers with those of the words that go on from cur.
_tenon_reply() {
    local word
    for word; do
        [[ $word != "$cur"* || $word == *[^[:alnum:]_.,:=@%+~-]* ]] || COMPREPLY+=("$word")
    done
}

# Module names: those of the tree, which is one file to read, and those that are loaded. - and _ are one in them.
_tenon_modules() {
    local files lines word typed=${cur//-/_} len=${#cur}
    [[ $cur != *[\\*?[]* ]] || return 0
    mapfile -t files < <(modprobe -l "$cur*" 2>/dev/null)
    files=("${files[@]##*/}")
    mapfile -t lines 2>/dev/null </proc/modules
    for word in "${files[@]%%.ko*}" "${lines[@]%% *}"; do
        word=${word//-/_}
        [[ -z $word || $word != "$typed"* || $word == *[^[:alnum:]_.+~]* ]] || COMPREPLY+=("$cur${word:len}")
    done
}

_tenon() {
    local cur=${COMP_WORDS[COMP_CWORD]} verb='' word help PATH=$PATH:/usr/sbin:/sbin
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $word == -* ]] || { verb=$word && break; }
    done
    if [[ $cur == -* ]]; then
        # shellcheck disable=SC2086 # no verb is no word
        mapfile -t help < <(tenon $verb -h 2>/dev/null | grep -oE '^ +(-[a-zA-Z0-9], )?(--[a-z-]+|-[a-zA-Z0-9])' | grep -oE -- '-[a-zA-Z0-9-]+')
        _tenon_reply "${help[@]}"
    elif [[ -z $verb || $verb == help ]]; then
        mapfile -t help < <(tenon -h 2>/dev/null | sed -n '/^Verbs/,$ s/^  \([a-z]\+\) .*/\1/p')
        _tenon_reply "${help[@]}"
    elif [[ $cur == */* || $verb == view ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    else
        _tenon_modules
    fi
}

complete -F _tenon tenon
