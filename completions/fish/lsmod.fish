# SPDX-License-Identifier: LGPL-2.1-or-later
complete -c lsmod -f
complete -c lsmod -s s -l syslog -d 'send messages to syslog'
complete -c lsmod -s v -l verbose -d 'say more'
complete -c lsmod -l explain -d 'say why something failed'
complete -c lsmod -s V -l version -d 'show version'
complete -c lsmod -s h -l help -d 'show help'
