# Answers of a driver's init function that have other meanings when they are the kernel's own: nothing is made up.
where: lab

## an init function gives no reason, whatever it returns
$ plainmod -u dummy; for e in ENOEXEC ENOENT EINVAL EPERM EACCES EKEYREJECTED ENOKEY ENOMEM EBUSY ENOSYS EBADMSG EIO ETIMEDOUT; do cp dummy.ko d.ko; breakmod --init $e d.ko; echo $e; insmod -v d.ko numdummies=1 2>&1 | tail -n +2; done
> ENOEXEC
>   the kernel gave no reason
> ENOENT
>   the kernel gave no reason
> EINVAL
>   the kernel gave no reason
> EPERM
>   the kernel gave no reason
> EACCES
>   the kernel gave no reason
> EKEYREJECTED
>   the kernel gave no reason
> ENOKEY
>   the kernel gave no reason
> ENOMEM
>   the kernel gave no reason
> EBUSY
>   the kernel gave no reason
> ENOSYS
>   the kernel gave no reason
> EBADMSG
>   the kernel gave no reason
> EIO
>   the kernel gave no reason
> ETIMEDOUT
>   the kernel gave no reason

## a license that is not compatible with the GPL is a note on a success; this kernel logs it once a boot
engine: uml
$ told=$(($(cat /proc/sys/kernel/tainted) & 1)); plainmod -u nls_cp437; sed -i 's,license=Dual BSD/GPL,license=Dual BSD/XYZ,' nls_cp437.ko; insmod -v nls_cp437.ko 2>said; if [ $told = 1 ]; then echo told before; else cat said; fi | sed 's/told before/  nls_cp437 taints the kernel: its license is '"'Dual BSD.XYZ'/; s,BSD/,BSD.,"; @LOADED@
>   nls_cp437 taints the kernel: its license is 'Dual BSD.XYZ'
> nls_cp437
