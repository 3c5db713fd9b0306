# SPDX-License-Identifier: LGPL-2.1-or-later
complete -c insmod -f -a '(__kmod_words insmod)'
complete -c insmod -s f -l force -d 'ignore symbol versions and which kernel it was built for'
complete -c insmod -l force-modversion -d 'ignore the versions of symbols'
complete -c insmod -l force-vermagic -d 'ignore which kernel it was built for'
complete -c insmod -s s -l syslog -d 'send messages to syslog'
complete -c insmod -s v -l verbose -d 'say more'
complete -c insmod -s V -l version -d 'show version'
complete -c insmod -s h -l help -d 'show help'
