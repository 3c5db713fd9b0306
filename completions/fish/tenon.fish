# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Completion for fish of tenon. The verbs, and the options of each, are those that tenon -h names, so nothing is listed here.
function __tenon_words
    set -lx PATH $PATH /usr/sbin /sbin
    set -l words (commandline -opc)
    set -l verb (string match -v -- '-*' $words[2..-1])[1]
    if string match -q -- '-*' (commandline -ct)
        tenon $verb -h 2>/dev/null | string match -r '^ +(?:-[a-zA-Z0-9], )?(?:--[a-z-]+|-[a-zA-Z0-9])' | string match -ra -- '-[a-zA-Z0-9-]+'
    else if test -z "$verb" -o "$verb" = help
        tenon -h 2>/dev/null | sed -n '/^Verbs/,$ s/^  \([a-z]*\) *\(.*\)/\1\t\2/p'
    else if string match -q '*/*' (commandline -ct); or test "$verb" = view
        __fish_complete_path (commandline -ct)
    else
        begin
            modprobe -l 2>/dev/null | string replace -r '.*/' '' | string replace -r '\.ko.*' ''
            string replace -r ' .*' '' </proc/modules
        end | string replace -a -- - _ | sort -u
    end
end
complete -c tenon -f -a '(__tenon_words)'
