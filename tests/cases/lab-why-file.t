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

## xz with CRC64 is loaded, which the kernel itself would not decompress
$ plainmod -u dummy && xz --check=crc64 dummy.ko && insmod -v ./dummy.ko.xz && @LOADED@
> dummy

## another machine, another class
$ plainmod -u dummy && cp dummy.ko m.ko && printf '\267' | dd of=m.ko bs=1 seek=18 conv=notrunc status=none && insmod -v ./m.ko
! insmod: ERROR: could not insert module ./m.ko: Invalid module format
!   ./m.ko is for ARM64, and the kernel for x86-64
!   install m for x86-64
? 1
$ insmod ./dummy.ko && @LOADED@
> dummy

## what is left of a signed module
engine: qemu
# What it is told first is the signature's, whose bytes decide how.
$ plainmod dummy && tail -c 500 dummy.ko >m.ko; insmod -v ./m.ko
!~ insmod: ERROR: could not insert module ./m.ko: *
!   ./m.ko is no module but the end of a signed module
!   install or build it again
? 1
