# modinfo: every way to name a module, every option, every message.
where: host
tree: small

## a module by its name: the file, then .modinfo in its order
$ modinfo vfat
> filename:       @MODS@/kernel/fs/fat/vfat.ko
> author:         Gordon Chaffee
> description:    VFAT filesystem support
> license:        GPL
> alias:          fs-vfat
> depends:        fat
> intree:         Y
> name:           vfat
>~ vermagic:       6.*
>~ build-id:       *:*

## a module by its name with '-' for '_'
$ modinfo -n nls-utf8
> @MODS@/kernel/fs/nls/nls_utf8.ko

## a module by an alias
$ modinfo -n fs-vfat
> @MODS@/kernel/fs/fat/vfat.ko

## an alias that leads to two modules
$ cd @MODS@/kernel && mkmod -o a.ko --name a --info 'alias=pci:v*d00000001*' && mkmod -o b.ko --name b --info 'alias=pci:v00000002d*' --info license=GPL && depmod
$ modinfo pci:v00000002d00000001sv0
> filename:       @MODS@/kernel/b.ko
> name:           b
> alias:          pci:v00000002d*
> license:        GPL
> filename:       @MODS@/kernel/a.ko
> name:           a
> alias:          pci:v*d00000001*
$ modinfo -F license pci:v00000002d00000001sv0
> GPL

## a module by a symbol
$ modinfo -n symbol:fat_attach
> @MODS@/kernel/fs/fat/fat.ko

## a module by an absolute path
$ modinfo -n @MODS@/kernel/fs/fat/vfat.ko
> @MODS@/kernel/fs/fat/vfat.ko

## a relative path is shown behind the working directory, as it was given
$ cd @MODS@/kernel && modinfo -n fs/fat/vfat.ko ./fs/../fs/fat/vfat.ko
> @MODS@/kernel/fs/fat/vfat.ko
> @MODS@/kernel/./fs/../fs/fat/vfat.ko
$ cd @MODS@/kernel && modinfo fs/fat/fat.ko
> filename:       @MODS@/kernel/fs/fat/fat.ko
> license:        GPL
> depends:        $
> intree:         Y
> name:           fat
>~ vermagic:       6.*
>~ build-id:       *:*

## a file that is no regular one is looked up as a name
$ mkdir d.ko && mkfifo f.ko && modinfo d.ko f.ko
! modinfo: ERROR: Module d.ko not found.
! modinfo: ERROR: Module f.ko not found.
? 1

## a symbolic link to a file is a file
$ ln -s @MODS@/kernel/fs/fat/vfat.ko x.ko && modinfo -n x.ko
> /tmp/x.ko

## a file whose name does not end like a module's is looked up as a name
$ mkmod -o x.o --name x && modinfo x.o /tmp/x.o
! modinfo: ERROR: Module x.o not found.
! modinfo: ERROR: Module /tmp/x.o not found.
? 1

## several operands, one after the other; one that fails does not stop the others
$ modinfo -F license vfat nix loop
> GPL
> GPL
! modinfo: ERROR: Module nix not found.
? 1

## names, aliases and files side by side
$ mkmod -o x.ko --name x && modinfo -n fat fs-vfat x.ko
> @MODS@/kernel/fs/fat/fat.ko
> @MODS@/kernel/fs/fat/vfat.ko
> /tmp/x.ko

## no operand
$ modinfo
! modinfo: ERROR: missing module or filename.
? 1
$ modinfo -n
! modinfo: ERROR: missing module or filename.
? 1

## a name that is not known
$ modinfo nix
! modinfo: ERROR: Module nix not found.
? 1
$ modinfo ''
! modinfo: ERROR: Module  not found.
? 1
$ modinfo nix.ko
! modinfo: ERROR: Module nix.ko not found.
? 1
$ modinfo /tmp/nix.ko
! modinfo: ERROR: Module /tmp/nix.ko not found.
? 1

## a bracket without its partner
$ modinfo 'a[b'
! modinfo: ERROR: Module alias a[b not found.
? 1

## nothing at all is known of a kernel that is not there
$ modinfo -k 9.9.9 vfat
! modinfo: ERROR: Module vfat not found.
? 1
$ modinfo -b /nix vfat
! modinfo: ERROR: Module vfat not found.
? 1

## the file is gone since depmod
$ rm @MODS@/kernel/fs/fat/vfat.ko; modinfo vfat
> filename:       @MODS@/kernel/fs/fat/vfat.ko
! modinfo: ERROR: could not get modinfo from 'vfat': No such file or directory
? 1
$ modinfo -n vfat
> @MODS@/kernel/fs/fat/vfat.ko

## the alias of a module that is in no list
$ cd @MODS@ && grep -v vfat.ko: modules.dep >new && mv new modules.dep && rm modules.dep.bin && modinfo fs-vfat
! modinfo: WARNING: modules.dep.bin is missing in @MODS@; using modules.dep instead, which is slower; run depmod
! modinfo: ERROR: could not get modinfo from 'vfat': No such file or directory
? 1

## without indexes modules are found by their files
$ rm @MODS@/modules.*.bin @MODS@/modules.dep && modinfo -n vfat
> @MODS@/kernel/fs/fat/vfat.ko
! modinfo: WARNING: modules.dep.bin is missing in @MODS@; without modules.dep either, modules are found by the names of their files, and no aliases; run depmod

## the configuration does not matter
conf a.conf: alias vfat loop
conf a.conf: alias nix vfat
conf a.conf: bad line
$ modinfo -n vfat
> @MODS@/kernel/fs/fat/vfat.ko
$ modinfo -n nix
! modinfo: ERROR: Module nix not found.
? 1

## fields by their letters
$ mkmod -o x.ko --name x --info 'author=A B' --info author=C --info 'description=D: it is' --info license=GPL --info parm=p:what --info parmtype=p:int
$ modinfo -a x.ko
> A B
> C
$ modinfo -d x.ko
> D: it is
$ modinfo -l x.ko
> GPL
$ modinfo -p x.ko
> p:what (int)
$ modinfo -n x.ko
> /tmp/x.ko
$ modinfo --author x.ko
> A B
> C
$ modinfo --description x.ko
> D: it is
$ modinfo --license x.ko
> GPL
$ modinfo --parameters x.ko
> p:what (int)
$ modinfo --filename x.ko
> /tmp/x.ko

## -F: values alone, one a line; a field that is not there is nothing
$ mkmod -o x.ko --name x --info alias=a --info alias=b-* --info author=
$ modinfo -F alias x.ko
> a
> b-*
$ modinfo --field=alias x.ko
> a
> b-*
$ modinfo --fie alias x.ko
> a
> b-*
$ modinfo -F author x.ko
>
$ modinfo -F nix x.ko
$ modinfo -F '' x.ko

## of several options that name a field, the last one counts
$ modinfo -l -F name -a -n vfat
> @MODS@/kernel/fs/fat/vfat.ko
$ modinfo -n -F license vfat
> GPL

## -F is case-insensitive where no field of exactly that name is there
$ mkmod -o x.ko --name x --info Version=one --info version=two --info License=GPL --info parm=p:what
$ modinfo -F Version x.ko
> one
$ modinfo -F version x.ko
> two
$ modinfo -F VERSION x.ko
> one
> two
$ modinfo -F license x.ko
> GPL
$ modinfo -F FileName x.ko
> /tmp/x.ko
$ modinfo -F PARM x.ko
> p:what

## -F needs its argument
$ modinfo -F
! modinfo: option requires an argument -- 'F'
? 1

## parameters: the last first, description and type together, the last word of each
$ mkmod -o x.ko --name x --info parm=a:first --info parmtype=b:int --info parmtype=a:bool --info 'parm=c:with: colon' --info parm=a:again --info parm=d: --info parmtype=d:uint --info parmtype=e: --info parm=:noname
$ modinfo x.ko
> filename:       /tmp/x.ko
> name:           x
> parm:           :noname
> parm:           e:
> parm:           d: (uint)
> parm:           c:with: colon
> parm:           b:int
> parm:           a:again (bool)
$ modinfo -p x.ko
> :noname
> e: ()
> d: (uint)
> c:with: colon
> b: (int)
> a:again (bool)
$ modinfo -F parm x.ko
> :noname
> e: ()
> d: (uint)
> c:with: colon
> b: (int)
> a:again (bool)
$ modinfo -F parmtype x.ko
> b:int
> a:bool
> d:uint
> e:

## a parameter without ':' is told and left out
$ mkmod -o x.ko --name x --info parm=bad --info parmtype=worse --info parm=a:good
$ modinfo x.ko
> filename:       /tmp/x.ko
> name:           x
> parm:           a:good
! modinfo: ERROR: Found invalid "parm=bad": missing ':'
! modinfo: ERROR: Found invalid "parmtype=worse": missing ':'
$ modinfo -p x.ko
> a:good
! modinfo: ERROR: Found invalid "parm=bad": missing ':'
! modinfo: ERROR: Found invalid "parmtype=worse": missing ':'
$ modinfo -F name x.ko
> x

## values begin in column 16; behind a longer key there are as many blanks as it is longer
$ mkmod -o x.ko --name x --info fourteen_lette=1 --info fifteen_letters=2 --info sixteen_letters_=3 --info seventeen_letters=4 --info flag --info =empty
$ modinfo x.ko
> filename:       /tmp/x.ko
> name:           x
> fourteen_lette: 1
> fifteen_letters:2
> sixteen_letters_:3
> seventeen_letters:4
> flag:           $
> :               empty

## a value may have lines
$ mkmod -o x.ko --name x --info 'description=one
+ two' && modinfo -d x.ko && modinfo -0d x.ko | od -c
> one
> two
> 0000000   o   n   e  \n   t   w   o  \0
> 0000010

## -0: NUL ends a value; entries have '=', what modinfo makes itself has ':'
$ mkmod -o x.ko --name x --info license=GPL --info parm=p:what --info flag
$ modinfo -0 x.ko | tr '\0' '@'
> filename:       /tmp/x.ko@name=x@license=GPL@flag=@parm:           p:what@(no newline)
$ modinfo --null -p x.ko | tr '\0' '@'
> p:what@(no newline)
$ modinfo -0 -F license x.ko x.ko | tr '\0' '@'
> GPL@GPL@(no newline)
$ modinfo -0n x.ko | tr '\0' '@'
> /tmp/x.ko@(no newline)
$ modinfo -0 unix | tr '\0' '@'
> name:           unix@filename:       (builtin)@alias=net-pf-1@license=GPL@file=net/unix/unix@(no newline)

## a built-in module
$ modinfo unix
> name:           unix
> filename:       (builtin)
> alias:          net-pf-1
> license:        GPL
> file:           net/unix/unix
$ modinfo -n unix
> (builtin)
$ modinfo -F name unix
> unix
$ modinfo -F license unix
> GPL
$ modinfo -p unix

## a built-in module of a kernel before 5.2, which has no modules.builtin.modinfo
$ rm @MODS@/modules.builtin.modinfo; modinfo unix
> name:           unix
> filename:       (builtin)
$ modinfo -F license unix

## a built-in module that modules.builtin.modinfo does not mention
$ printf 'x.license=GPL\0' >@MODS@/modules.builtin.modinfo; modinfo unix
> name:           unix
> filename:       (builtin)

## the entries of a built-in module may be anywhere, and damaged ones are passed over
$ printf 'unix.license=GPL\0x.y=z\0garbage\0.\0unix.parm=a:b\0unix.parm=bad\0unix.flag' >@MODS@/modules.builtin.modinfo; modinfo unix
> name:           unix
> filename:       (builtin)
> license:        GPL
> flag:           $
> parm:           a:b
! modinfo: ERROR: Found invalid "parm=bad": missing ':'

## a module that is built in and lies in a file is the file
$ mkmod -o @MODS@/kernel/unix.ko --name unix && depmod && modinfo -n unix
> @MODS@/kernel/unix.ko

## -m: a name is a name, where an alias would win
$ mkmod -o @MODS@/kernel/a.ko --name a --info alias=unix && depmod
$ modinfo -n unix
> @MODS@/kernel/a.ko
$ modinfo -n -m unix
> (builtin)
$ modinfo --modname -n vfat nls-utf8 vfat.ko
> @MODS@/kernel/fs/fat/vfat.ko
> @MODS@/kernel/fs/nls/nls_utf8.ko
> @MODS@/kernel/fs/fat/vfat.ko

## -m knows no aliases but those of built-in modules, and no files
$ mkmod -o x.ko --name x; modinfo -m fs-vfat x.ko ./x.ko nix 'a[b' - ''
! modinfo: ERROR: Module name fs-vfat not found.
! modinfo: ERROR: Module name x.ko not found.
! modinfo: ERROR: Module name ./x.ko not found.
! modinfo: ERROR: Module name nix not found.
! modinfo: ERROR: Module name a[b not found.
! modinfo: ERROR: Module name - not found.
! modinfo: ERROR: Module name  not found.
? 1
$ modinfo -nm net-pf-1
> (builtin)

## -k and -b: another kernel, another root
$ mkdir -p r/lib/modules && cp -r @MODS@ r/lib/modules/1.2.3
$ modinfo -k 1.2.3 -b /tmp/r -n vfat
> /tmp/r/lib/modules/1.2.3/kernel/fs/fat/vfat.ko
$ modinfo --set-version=1.2.3 --basedir=/tmp/r/ -n vfat unix
> /tmp/r//lib/modules/1.2.3/kernel/fs/fat/vfat.ko
> (builtin)
$ modinfo --set-v 1.2.3 -b r -n vfat
> /tmp/r/lib/modules/1.2.3/kernel/fs/fat/vfat.ko
$ modinfo -b r -n vfat
! modinfo: ERROR: Module vfat not found.
? 1

## --root: the same, but no link leads out
$ mkdir -p r/usr/lib/modules && cp -r @MODS@ r/usr/lib/modules/1.2.3 && ln -s /usr/lib r/lib
$ modinfo -b r -k 1.2.3 -n vfat
! modinfo: ERROR: Module vfat not found.
? 1
$ modinfo --root r -k 1.2.3 -n vfat
> /tmp/r/usr/lib/modules/1.2.3/kernel/fs/fat/vfat.ko
$ modinfo --root=/tmp/r -k 1.2.3 -F license vfat
> GPL

## -: a module on standard input, plain or compressed
$ mkmod -o x.ko --name x --info license=GPL && modinfo - <x.ko
> filename:       (standard input)
> name:           x
> license:        GPL
$ cat x.ko | modinfo -F license -
> GPL
$ modinfo -n - </dev/null
> (standard input)
$ modinfo -0 - <x.ko | tr '\0' '@'
> filename:       (standard input)@name=x@license=GPL@(no newline)
$ modinfo - </dev/null
> filename:       (standard input)
! modinfo: ERROR: could not get modinfo from '-': Invalid argument
? 1
$ modinfo - <&-
> filename:       (standard input)
! modinfo: ERROR: could not get modinfo from '-': Bad file descriptor
? 1
$ echo nonsense | modinfo - x.ko
> filename:       (standard input)
> filename:       /tmp/x.ko
> name:           x
> license:        GPL
! modinfo: ERROR: could not get modinfo from '-': Exec format error
? 1
$ cp x.ko ./-.ko && modinfo -n ./-.ko
> /tmp/./-.ko

## -: compressed modules
needs: feature ZLIB
$ mkmod -o x.ko --name x --info license=GPL && gzip -c x.ko | modinfo -l -
> GPL
$ xz -c x.ko | modinfo -l -
> GPL
$ zstd -qc x.ko | modinfo -l -
> GPL

## compressed files, known by their contents, whatever their names say
needs: feature ZLIB
$ mkmod -o x.ko --name x --info license=GPL && gzip -c x.ko >a.ko.gz && xz -c x.ko >b.ko.xz && zstd -q x.ko -o c.ko.zst && cp c.ko.zst d.ko && cp x.ko e.ko.xz
$ modinfo a.ko.gz b.ko.xz c.ko.zst d.ko e.ko.xz
> filename:       /tmp/a.ko.gz
> name:           x
> license:        GPL
> filename:       /tmp/b.ko.xz
> name:           x
> license:        GPL
> filename:       /tmp/c.ko.zst
> name:           x
> license:        GPL
> filename:       /tmp/d.ko
> name:           x
> license:        GPL
> filename:       /tmp/e.ko.xz
> name:           x
> license:        GPL

## files that are no modules: one line each, and the rest is done
$ : >empty.ko; echo nonsense >text.ko; mkmod -o x.ko --name x --info license=GPL; head -c 100 x.ko >cut.ko; mkmod -o bare.ko; printf '\050\265\057\375nonsense' >bad.ko.zst
$ modinfo -l empty.ko text.ko cut.ko bare.ko bad.ko.zst x.ko
> GPL
! modinfo: ERROR: could not get modinfo from 'empty': Invalid argument
! modinfo: ERROR: could not get modinfo from 'text': Exec format error
! modinfo: ERROR: could not get modinfo from 'cut': Invalid argument
! modinfo: ERROR: could not get modinfo from 'bare': No data available
! modinfo: ERROR: could not get modinfo from 'bad': Invalid argument
? 1
$ modinfo text.ko
> filename:       /tmp/text.ko
! modinfo: ERROR: could not get modinfo from 'text': Exec format error
? 1
$ modinfo -n text.ko
> /tmp/text.ko

## the name in a message is the module's
$ echo nonsense >a-b.c.ko; modinfo -l a-b.c.ko
! modinfo: ERROR: could not get modinfo from 'a_b': Exec format error
? 1

## modules of other architectures
$ mkmod -o x.ko --class 32 --big --name x --info license=GPL && modinfo x.ko && mkmod -o y.ko --class 64 --big --name y --info license=MIT && modinfo -l y.ko
> filename:       /tmp/x.ko
> name:           x
> license:        GPL
> MIT

## a signature, as it was made before PKCS#7
$ mkmod -o x.ko --name x && printf 'Some OneKEY0123456789012345678901234\001\004\001\010\003\000\000\000\000\000\000\031~Module signature appended~\n' >>x.ko
$ modinfo x.ko
> filename:       /tmp/x.ko
> name:           x
> sig_id:         X509
> signer:         Some One
> sig_key:        4B:45:59
> sig_hashalgo:   sha256
> signature:      30:31:32:33:34:35:36:37:38:39:30:31:32:33:34:35:36:37:38:39:
> 		30:31:32:33:34
$ modinfo -F sig_key x.ko
> 4B:45:59
$ modinfo -0 -F signer x.ko | tr '\0' '@'
> Some One@(no newline)

## a signature of PKCS#7
needs: feature OPENSSL
$ cp /.host/tests/fuzz/corpus/info/pkcs7 x.ko && modinfo x.ko
> filename:       /tmp/x.ko
> name:           a
> license:        GPL
> flag:           $
> sig_id:         PKCS#7
> signer:         Build time autogenerated kernel key
> sig_key:        15:FD:60:7C:19:67:0F:4F:E8:28:62:01:B8:64:0F:FA:2B:93:5D:AE
> sig_hashalgo:   sha256
> signature:      30:66:02:31:00:D0:16:F1:39:CE:7D:16:C6:CC:2F:C8:AE:55:D4:D4:
> 		BB:DE:D3:73:13:C1:8B:DB:A5:8A:55:9E:54:CA:60:C6:52:97:85:6B:
> 		69:3C:4D:57:76:18:DC:A8:FF:D2:64:A8:2A:02:31:00:D4:8D:13:C5:
> 		E4:DA:7B:62:0F:FB:3A:FD:F2:23:A6:2D:47:25:EB:EB:3B:06:D0:43:
> 		6F:78:FB:CE:26:14:71:7A:7D:9B:F5:70:AF:65:23:63:44:87:9A:FF:
> 		E1:50:9A:18
> parm:           x:y (int)

## OpenSSL is looked for only where a signature of PKCS#7 is
needs: feature OPENSSL
needs: command strace
$ opens() { ASAN_OPTIONS=detect_leaks=0 strace -o trace -e trace=open,openat modinfo "$@" >/dev/null; grep -c libcrypto trace; }; mkmod -o x.ko --name x; cp /.host/tests/fuzz/corpus/info/pkcs7 y.ko; cp /.host/tests/fuzz/corpus/info/build-id z.ko; opens x.ko z.ko vfat ext4; opens -n y.ko; [ $(opens y.ko) -gt 0 ]
> 0
> 0

## a signature of which nothing can be made is shown as it is
$ mkmod -o x.ko --name x && printf 'nonsense\000\000\002\000\000\000\000\000\000\000\000\010~Module signature appended~\n' >>x.ko && modinfo x.ko
> filename:       /tmp/x.ko
> name:           x
> sig_id:         PKCS#7
> signer:         $
> sig_key:        $
> sig_hashalgo:   unknown
> signature:      6E:6F:6E:73:65:6E:73:65

## a build id
$ cp /.host/tests/fuzz/corpus/info/build-id x.ko && modinfo x.ko && modinfo -F build-id x.ko
> filename:       /tmp/x.ko
> name:           a
> license:        GPL
> flag:           $
> build-id:       01:AB:FF
> parm:           x:y (int)
> 01:AB:FF

## options and operands may stand in any order, -- ends options
$ modinfo vfat -F license loop
> GPL
> GPL
$ modinfo -n -- vfat -x
> @MODS@/kernel/fs/fat/vfat.ko
! modinfo: ERROR: Module -x not found.
? 1

## wrong options
$ modinfo --bogus vfat
! modinfo: unrecognized option '--bogus'
? 1
$ modinfo -z vfat
! modinfo: invalid option -- 'z'
? 1
$ modinfo -k
! modinfo: option requires an argument -- 'k'
? 1

## --version and --help
$ modinfo -V | head -n 1; modinfo --version vfat | head -n 1
> kmod version 34
> kmod version 34
$ modinfo -h
> Usage:
> 	modinfo [options] modulename|filename ...
> Shows what modules say of themselves.
> The filename - stands for standard input.
>
> What to show instead of everything:
>   -a, --author              the field 'author'
>   -d, --description         the field 'description'
>   -l, --license             the field 'license'
>   -p, --parameters          the field 'parm': the parameters
>   -n, --filename            the field 'filename'
>   -F, --field=FIELD         the field FIELD
>
> How:
>   -0, --null                end each value with a NUL, not with a newline
>   -m, --modname             operands are module names: no aliases, no files
>
> Where:
>   -b, --basedir=DIR         modules are in DIR/lib/modules/VERSION
>       --root=DIR            the same, and no link leads out of DIR
>   -k, --set-version=VERSION instead of the running kernel's
>
> General:
>       --explain[=WHEN]      why something failed: always, auto or never
>   -V, --version             show version
>   -h, --help                show this help
$ modinfo --help vfat | grep -c -e --modname
> 1

## what cannot be written is told
$ modinfo vfat >/dev/full
! modinfo: ERROR: could not write to standard output: No space left on device
? 1

## -b of a directory whose name nobody knows any more
$ mkdir gone && cd gone && rmdir ../gone && modinfo -b . dummy
! modinfo: ERROR: could not find the module directory: No such file or directory
? 1

## in a log, messages stand where they belong
$ modinfo -F license fat nix vfat >log 2>&1; cat log
> GPL
> modinfo: ERROR: Module nix not found.
> GPL
$ modinfo vfat nix >/dev/full
! modinfo: ERROR: Module nix not found.
! modinfo: ERROR: could not write to standard output: No space left on device
? 1
