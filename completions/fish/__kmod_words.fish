# SPDX-License-Identifier: LGPL-2.1-or-later
#
# __kmod_words WHAT: words for where the cursor is, one a line. WHAT is modules, loaded, parameters, versions, or a tool
# for what may stand there as its operand. Module names come from `modprobe -l`, which reads one file, never from a
# module; names for removal from /proc/modules; only for the parameters of a module is that one module read, by modinfo.
function __kmod_words --argument-names what --description 'Words for completing modprobe and the like'
    set -l words (commandline -opc)
    set -lx PATH $PATH /usr/sbin /sbin
    # what leads to another tree
    set -l tool (string replace -r '.*/' '' -- $words[1])
    set -l base_options --root --dirname --basedir
    set -l version_options --set-version
    switch $tool
        case modprobe
            set -a base_options -d
            set -a version_options -S
        case modinfo
            set -a base_options -b
            set -a version_options -k
        case depmod
            set -a base_options -b
        case kmod
            set -a version_options -S
    end

    set -l base
    set -l release
    set -l flags
    set -l operands
    set -l want
    for word in $words[2..-1]
        set -l pair (string replace -r '^(-[^-])(.+)' '$1=$2' -- $word | string split -m 1 =)
        if test -n "$want"
            set $want $word
            set want
        else if contains -- $pair[1] $base_options
            set want base
        else if contains -- $pair[1] $version_options
            set want release
        else if string match -q -- '-?*' $word
            set -a flags $word
        else
            set -a operands $word
        end
        if test -n "$want" -a (count $pair) = 2
            set $want $pair[2]
            set want
        end
    end
    set base (string replace -r '^~/' "$HOME/" -- $base)

    switch $what
        case modprobe
            set what parameters
            if string match -qr -- '^(-[a-zA-Z]*r|--remove)' $flags
                set what loaded
            else if test (count $operands) = 0; or string match -qr -- '^(-[a-zA-Z]*a|--all)' $flags
                set what modules
                string match -q '*/*' -- (commandline -ct); and set what files
            end
        case insmod
            set what files
            test (count $operands) -gt 0; and set what parameters
        case modinfo
            set what modules
            string match -q '*/*' -- (commandline -ct); and set what files
        case depmod
            test (count $operands) = 0; and set what versions
    end

    # names as they are typed: - and _ are one in them
    set -l underscores string replace -a -- - _
    string match -q '*-*' -- (commandline -ct); and set underscores string replace -a -- _ -
    switch $what
        case modules
            set -l tree
            test -n "$base"; and set -a tree -d $base
            test -n "$release"; and set -a tree -S $release
            modprobe $tree -l 2>/dev/null | string replace -r '.*/' '' | string replace -r '\.ko.*' '' | $underscores
        case files
            complete -C '__fish_command_without_completions '(commandline -ct) | string match -r '^.*(?:/|\.ko(?:\.gz|\.xz|\.zst)?)$'
        case loaded
            string replace -r ' .*' '' </proc/modules | $underscores
        case parameters
            set -l tree
            test -n "$base"; and set -a tree -b $base
            test -n "$release"; and set -a tree -k $release
            modinfo $tree -0 -p -- (string replace -r '^~/' "$HOME/" -- $operands[1]) 2>/dev/null | string split0 |
                string match -r '^[^:]+' | string replace -r '$' =
        case versions
            string match -r '[^/]+(?=/$)' -- "$base"/lib/modules/*/
    end
end
