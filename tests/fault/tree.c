/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mkelf.h"
#include "tree.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/file.h"

static void die(const char *what)
{
        printf("Bail out! %s: %s\n", what, strerror(errno));
        exit(1);
}

static void make_module(const struct tmpdir *at, const char *name, const char *export, const char *need,
                        const char *info, const char *alias)
{
        _cleanup_(mkelf_fini) struct mkelf elf = mkelf_of(true, false);
        char path[64];
        struct span bytes;
        _cleanup_(closep) int fd = -1;

        mkelf_name(&elf, name);
        mkelf_export_crc(&elf, export, 1);
        if (need)
                mkelf_need(&elf, need, false);
        if (info)
                mkelf_info(&elf, info);
        if (alias)
                mkelf_info(&elf, alias);
        bytes = mkelf_span(&elf);
        snprintf(path, sizeof(path), "kernel/%s.ko", name);
        tmpdir_write(at, path, "");
        fd = openat(at->fd, path, O_WRONLY | O_CLOEXEC);
        if (fd < 0 || tn_file_write(fd, bytes) < 0)
                die(path);
}

void fault_tree_make(const struct tmpdir *dir, const struct tmpdir *external)
{
        _cleanup_(tn_buf_fini) struct tn_buf lines = { 0 };
        static const char builtin_info[] = "ext9.alias=fs-ext9\0ext9.license=GPL";

        make_module(dir, "mod_a", "sym_a", NULL, "alias=pci:v00001234d*", NULL);
        make_module(dir, "mod_b", "sym_b", "sym_a", "alias=char-major-10-200", NULL);
        make_module(dir, "mod_c", "sym_c", "sym_b", "alias=devname:net/tun", "alias=char-major-10-200");
        make_module(dir, "mod_d", "sym_d", "sym_c", "softdep=pre: mod_f", NULL);
        make_module(dir, "mod_e", "sym_e", "sym_a", "weakdep=mod_f", NULL);
        make_module(dir, "mod_f", "sym_f", NULL, "alias=usb:v*p*", NULL);
        make_module(dir, "deep/mod_g", "sym_g", "sym_f", NULL, NULL);
        make_module(dir, "deep/mod_a", "sym_a", NULL, "alias=of:other", NULL);
        make_module(external, "mod_h", "sym_h", NULL, NULL, NULL);
        tn_buf_addf(&lines,
                    "search updates deep built-in\noverride mod_a 6[.].* kernel/deep\nexternal * %s\n",
                    external->path);
        tmpdir_write(dir, "conf/a.conf", tn_buf_str(&lines));
        tmpdir_write(dir, "modules.order", "kernel/mod_b.ko\nkernel/mod_a.ko\n");
        tmpdir_write(dir, "modules.builtin", "kernel/fs/ext9.ko\n");
        tmpdir_write(dir, "modules.builtin.modinfo", "");
        if (tn_file_write(openat(dir->fd, "modules.builtin.modinfo", O_WRONLY | O_CLOEXEC),
                          (struct span){ builtin_info, sizeof(builtin_info) }) < 0)
                die("modules.builtin.modinfo");
}
