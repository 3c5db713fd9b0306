# What all verbs of tenon have in common.
where: host lab
needs: workbench

## a verb may be shortened
$ tenon lis --json | grep verb
>   "verb": "list",

## no such verb
$ tenon.real nope
! tenon: nope: there is no such verb (tenon -h lists the verbs)
? 2

## an error with --json is one document
$ tenon.real nope --json
> {
>   "schema": "tenon/1",
>   "verb": "nope",
>   "kernel": null,
>   "root": "/",
>   "error": "there is no such verb",
>   "findings": [
>   ],
>   "incomplete": [
>   ],
>   "status": 2
> }
! tenon: nope: there is no such verb (tenon -h lists the verbs)
? 2

## so is one of the options, and it names the root that was asked about
$ tenon.real list --root /x --nope --json | grep root
>   "root": "/x",
! tenon list: unrecognized option '--nope'
$ tenon.real --root /x nope --json 2>/dev/null | grep root
>   "root": "/x",
$ tenon.real list --nope --json --root=/y 2>/dev/null | grep root
>   "root": "/y",

## help may be shortened, too
$ PATH=/nowhere $(command -v tenon.real) he list | head -2
> Usage:
> 	tenon list [options]
$ tenon.real h nope
! tenon: there is no verb 'nope'
? 2

## wrong options are status 2, too
$ tenon.real list --nope
! tenon list: unrecognized option '--nope'
? 2

## a word that a verb does not take
$ tenon.real list fat
! tenon: ERROR: list takes no object, so not 'fat'
? 2

## what is no document is not shown
$ echo '{}' | tenon.real view
! tenon: ERROR: cannot show -: it is no document of tenon, version 1
? 3

## a document of another version is not shown
$ echo '{"schema":"tenon/2","verb":"list"}' | tenon.real view -
! tenon: ERROR: cannot show -: it is no document of tenon, version 1
? 3

## a document of a verb that is not there
$ echo '{"schema":"tenon/1","verb":"frobnicate"}' | tenon.real view -
! tenon: ERROR: cannot show -: it is of a verb that this version does not have
? 3

## a document whose members are not what they should be
$ echo '{"schema":"tenon/1","verb":"list","result":{"modules":[1,{"name":7,"holders":{}}]},"findings":[3,{"next":{}}],"incomplete":7,"status":"x"}' | tenon.real view -
> NAME SIZE USED HOLDERS
>
> 7
>
> : $
>   []
> : $
>   []

## a document without a status
$ echo '{"schema":"tenon/1","verb":"list"}' | tenon.real view -

## control characters of a document are shown, not obeyed
$ printf '%s' '{"schema":"tenon/1","verb":"list","result":{"modules":[{"name":"\u001b[31mred","size":1,"holders":[]}]},"status":0}' | tenon.real view -
> NAME        SIZE USED HOLDERS
> \x1b[31mred    1

## a document that is nested too deeply
$ printf '{"schema":"tenon/1","verb":"list","result":%0100d}' 0 | tr 0 '[' | tenon.real view -
! tenon: ERROR: cannot show -: it is no JSON
? 3

## colour is for terminals, or asked for
$ printf '%s' '{"schema":"tenon/1","verb":"list","incomplete":[{"what":"x","reason":"y"}],"status":3}' >doc; tenon.real view doc; tenon.real view --color=always doc | od -c | head -2
> not seen: x: y
> 0000000 033   [   3   3   m   n   o   t       s   e   e   n 033   [   0
> 0000020   m   :       x   :       y  \n

## no verb
$ tenon.real --root
! tenon: option '--root' requires an argument
? 2

## an object that is empty
$ tenon.real why ''
! tenon: ERROR: an object is empty
? 2
$ tenon.real show '' --json | grep error
>   "error": "an object is empty",

## what is no release of a kernel
$ tenon.real why -k '' vfat
! tenon: ERROR: -k takes the release of a kernel, as uname -r prints it
? 2
$ tenon.real check --kernel=../../etc
! tenon: ERROR: --kernel takes the release of a kernel, as uname -r prints it
? 2
$ tenon.real -k a/b
! tenon: ERROR: -k takes the release of a kernel, as uname -r prints it
? 2

## an error of any verb can be shown elsewhere
$ tenon.real nope --json 2>/dev/null | tenon.real view -
> there is no such verb
? 2

## help that cannot be written
$ tenon.real -h >/dev/full
! tenon: ERROR: could not write to standard output: No space left on device
? 3
$ tenon.real show -V >/dev/full
! tenon: ERROR: could not write to standard output: No space left on device
? 3

## what is no module is not said to load
$ tenon.real why /tmp
> /tmp, asked for by a user: modprobe /tmp
>
> nothing would be loaded
>
> error: /tmp is no module but a directory
>   [file-not-elf]
>   next: install or build it again
? 1
$ tenon.real why /dev/null
> /dev/null, asked for by a user: modprobe /dev/null
>
> nothing would be loaded
>
> error: /dev/null is no module but a pipe, a socket or a device
>   [file-not-elf]
>   next: install or build it again
? 1

## a file is no name
$ tenon.real graph /tmp/x.ko
! tenon: ERROR: /tmp/x.ko is a file: graph takes modules by their names
? 2
