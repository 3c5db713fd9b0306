/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_INSERT_H
#define TN_CORE_INSERT_H

/*
 * Gives a module file to the running kernel: the file itself when the kernel can take it as it is, else its
 * decompressed contents; those also when the kernel has refused the compressed file. path as for open(2); flags of
 * tn_kernel_init_flags without COMPRESSED_FILE; options is the parameter string. Returns 0; -errno of the kernel, of
 * its last answer, or of opening the file; -ENODATA for a vermagic to be ignored that is not there; -ENOSYS when
 * neither the kernel nor an installed library can decompress it.
 */
int tn_insert_file(const char *path, const char *options, unsigned flags);

/*
 * The same for what is open already, as standard input: a regular file that nobody has read from is given as files
 * are, of anything else what is left is read to its end. fd stays the caller's.
 */
int tn_insert_fd(int fd, const char *options, unsigned flags);

#endif
