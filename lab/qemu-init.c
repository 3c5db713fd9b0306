/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The first process in QEMU's initramfs, linked statically: loads what is in /modules, in the order of the names, makes
 * the host's file system the root, and goes on with $lab_init there, which was a word of the kernel's command line. It
 * has no tool of anybody's, so that what the guest then loads with is known.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHARE_OPTIONS "trans=virtio,version=9p2000.L,msize=512000,cache=loose"

static int visible(const struct dirent *entry)
{
        return entry->d_name[0] != '.';
}

static void load_modules(void)
{
        struct dirent **entries;
        int count, fd;

        if (chdir("/modules") < 0 || (count = scandir(".", &entries, visible, alphasort)) < 0) {
                perror("lab: /modules");
                return;
        }
        for (int i = 0; i < count; i++) {
                fd = open(entries[i]->d_name, O_RDONLY | O_CLOEXEC);
                if (fd < 0 || syscall(SYS_finit_module, fd, "", 0) < 0)
                        fprintf(stderr, "lab: %s: %s\n", entries[i]->d_name, strerror(errno));
                close(fd);
        }
}

/* The root of an initramfs cannot be left with pivot_root: the new one is moved over it. */
static int enter_host(void)
{
        if (mount("root", "/host", "9p", MS_RDONLY, SHARE_OPTIONS) < 0 || chdir("/host") < 0 ||
            mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0) {
                perror("lab: the host's file system");
                return -1;
        }
        return chdir("/");
}

int main(void)
{
        const char *init = getenv("lab_init");

        load_modules();
        if (!init || enter_host() < 0)
                return 1;
        execl(init, init, (char *)NULL);
        perror(init);
        return 1;
}
