# SPDX-License-Identifier: LGPL-2.1-or-later
complete -c rmmod -f -a '(__kmod_words loaded)'
complete -c rmmod -s f -l force -d 'remove even what is in use'
complete -c rmmod -s w -l wait -d 'wait for as long as a module is in use'
complete -c rmmod -s s -l syslog -d 'send messages to syslog'
complete -c rmmod -s v -l verbose -d 'say more'
complete -c rmmod -l explain -d 'say why something failed'
complete -c rmmod -s V -l version -d 'show version'
complete -c rmmod -s h -l help -d 'show help'
