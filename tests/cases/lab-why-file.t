# What a file is that real kernels do not take for a module.
where: lab

## no module at all
$ echo '<!DOCTYPE html>' >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is no module but an HTML page
!   install or build it again
? 1
$ echo 'not found' >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is no module but text
!   install or build it again
? 1
$ : >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid parameters
!   ./m.ko is empty
!   install or build it again
? 1
$ printf '!<arch>\ndebian-binary' >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is no module but an ar archive, as packages of Debian are
!   install or build it again
? 1

$ plainmod -u dummy && cp dummy.ko m.ko && insmod ./m.ko && @LOADED@
> dummy

## what is compressed and no module; what is no file
$ echo '<!DOCTYPE html>' | gzip >m.ko.gz; insmod -v ./m.ko.gz; modinfo --explain -F name ./m.ko.gz
! insmod: ERROR: could not insert module ./m.ko.gz: Invalid module format
!   ./m.ko.gz is no module but something else, compressed with gzip
!   install or build it again
! modinfo: ERROR: could not get modinfo from 'm': Exec format error
!   /tmp/./m.ko.gz is no module but something else, compressed with gzip
!   install or build it again
? 1
$ mkdir m.ko; insmod -v ./m.ko; modprobe -v ./m.ko; rmdir m.ko; mkfifo m.ko; modprobe -v ./m.ko; insmod -v /dev/null
> insmod ./m.ko $
> insmod ./m.ko $
! insmod: ERROR: could not insert module ./m.ko: Is a directory
!   ./m.ko is no module but a directory
!   install or build it again
! modprobe: ERROR: could not insert 'm': Is a directory
!   ./m.ko is no module but a directory
!   install or build it again
! modprobe: ERROR: could not insert 'm': Invalid argument
!   ./m.ko is no module but a pipe, a socket or a device
!   install or build it again
! insmod: ERROR: could not insert module /dev/null: Invalid parameters
!   /dev/null is no module but a pipe, a socket or a device
!   install or build it again
? 1
$ plainmod -u dummy && cp dummy.ko m && insmod ./m && @LOADED@
> dummy

## cut off: plain and compressed
$ plainmod -u dummy && head -c 3000 dummy.ko >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is cut off or damaged
!   install or build it again
? 1
$ head -c 20 dummy.ko >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is cut off or damaged
!   install or build it again
? 1
$ xz -c dummy.ko | head -c 3000 >m.ko.xz; modprobe -v ./m.ko.xz
> insmod ./m.ko.xz $
! modprobe: ERROR: could not insert 'm': Invalid argument
!   ./m.ko.xz is cut off or damaged
!   install or build it again
? 1
$ : | xz -c >m.ko.xz; insmod -v ./m.ko.xz
! insmod: ERROR: could not insert module ./m.ko.xz: Invalid module format
!   ./m.ko.xz is cut off or damaged
!   install or build it again
? 1
$ insmod ./dummy.ko && @LOADED@
> dummy

## compressed by what nobody here decompresses: the next step is one that works
$ plainmod -u dummy && bzip2 -k dummy.ko && rm dummy.ko && insmod -v ./dummy.ko.bz2
! insmod: ERROR: could not insert module ./dummy.ko.bz2: Invalid module format
!   ./dummy.ko.bz2 is compressed with bzip2, which neither the kernel nor this program can decompress
!   decompress it, or compress it with xz, zstd or gzip
? 1
$ bzip2 -d dummy.ko.bz2 && insmod ./dummy.ko && @LOADED@
> dummy
$ rmmod dummy && printf '\004"M\030' >m.ko; insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is compressed with lz4, which neither the kernel nor this program can decompress
!   decompress it, or compress it with xz, zstd or gzip
? 1

## lz4, and a file that was to be decompressed all the same
needs: command lz4
$ plainmod -u dummy && lz4 -q --rm dummy.ko dummy.ko.lz4 && insmod -v ./dummy.ko.lz4
! insmod: ERROR: could not insert module ./dummy.ko.lz4: Invalid module format
!   ./dummy.ko.lz4 is compressed with lz4, which neither the kernel nor this program can decompress
!   decompress it, or compress it with xz, zstd or gzip
? 1
$ lz4 -dq --rm dummy.ko.lz4 dummy.ko && insmod ./dummy.ko && @LOADED@
> dummy

## a library that is missing, and is there again
$ plainmod -u dummy && xz --check=crc64 dummy.ko && cat >without <<'END'
+ for file in /usr/lib/*/liblzma.so.5; do mount --bind /dev/null "$file"; done
+ "$@"
+ END
$ unshare -m sh without insmod -v ./dummy.ko.xz; unshare -m sh without modinfo --explain -F name ./dummy.ko.xz
! insmod: ERROR: could not insert module ./dummy.ko.xz: Function not implemented
!   ./dummy.ko.xz is compressed with xz, and its library liblzma.so.5 cannot be opened
!   install liblzma5 (Debian) or xz-libs (Fedora)
! modinfo: ERROR: could not get modinfo from 'dummy': Function not implemented
!   /tmp/./dummy.ko.xz is compressed with xz, and its library liblzma.so.5 cannot be opened
!   install liblzma5 (Debian) or xz-libs (Fedora)
? 1
$ mkdir -p img@MODS@ && cd img@MODS@ && cp /tmp/dummy.ko.xz . && touch modules.order modules.builtin modules.builtin.modinfo && unshare -m sh /tmp/without depmod -v -b /tmp/img
! depmod: ERROR: failed to load symbols from /tmp/img@MODS@/dummy.ko.xz: no library for its compression
!   /tmp/img@MODS@/dummy.ko.xz is compressed with xz, and its library liblzma.so.5 cannot be opened
!   install liblzma5 (Debian) or xz-libs (Fedora)
? 1
$ insmod -v ./dummy.ko.xz && depmod -b /tmp/img && @LOADED@
> dummy

## xz with CRC64, and with a larger dictionary than the kernel takes, is loaded
$ plainmod -u dummy && xz --check=crc64 dummy.ko && insmod -v ./dummy.ko.xz && @LOADED@
> dummy
$ rmmod dummy && xz -d dummy.ko.xz && xz --check=crc32 --lzma2=dict=4MiB dummy.ko && modprobe -v ./dummy.ko.xz && @LOADED@
> insmod ./dummy.ko.xz $
> dummy

## another machine
$ plainmod -u dummy && mkmod --big --name dummy -o m.ko && insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is for PowerPC64, and the kernel for x86-64
!   install m for x86-64
? 1
$ cp dummy.ko m.ko && printf '\267' | dd of=m.ko bs=1 seek=18 conv=notrunc status=none && insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is for ARM64, and the kernel for x86-64
!   install m for x86-64
? 1
$ cp dummy.ko m.ko && insmod ./m.ko && @LOADED@
> dummy

## a 32-bit module
$ plainmod -u dummy && mkmod --class 32 --name dummy -o m.ko && insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is for i386 (32-bit), and the kernel for x86-64
!   install m for x86-64
? 1
$ printf '\076' | dd of=m.ko bs=1 seek=18 conv=notrunc status=none && insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is a 32-bit module, and the kernel is a 64-bit one
!   install m for the running kernel
? 1
$ cp dummy.ko m.ko && insmod ./m.ko && @LOADED@
> dummy

## what is left of a signed module
engine: qemu
# What it is told first is the signature's, whose bytes decide how.
$ plainmod dummy && tail -c 500 dummy.ko >m.ko; insmod -v ./m.ko
!~ insmod: ERROR: could not insert module ./m.ko: *
!   ./m.ko is no module but the end of a signed module
!   install or build it again
? 1
