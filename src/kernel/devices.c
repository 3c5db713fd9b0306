/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/span.h"

#define BUSES        "/sys/bus"
#define LINK_MAX     4096

/* That of the processors has all their features. */
#define MODALIAS_MAX ((size_t)64 * 1024)

static int add_modalias(const char *path, struct tn_buf *modaliases)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span alias;
        int r = tn_file_read_at(AT_FDCWD, path, MODALIAS_MAX, &text);

        alias = tn_span_trim(tn_buf_span(&text));
        if (r == -ENOMEM || r < 0 || alias.len == 0)
                return r == -ENOMEM ? r : 0;
        tn_buf_add_span(modaliases, alias);
        tn_buf_add_char(modaliases, '\0');
        return tn_buf_error(modaliases);
}

static int add_bus(const char *bus, struct tn_buf *modaliases)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        _cleanup_(closedirp) DIR *dir = NULL;
        struct dirent *entry;
        int r = 0;

        tn_buf_addf(&path, BUSES "/%s/devices", bus);
        dir = tn_buf_str(&path) ? opendir(path.ptr) : NULL;
        while (dir && r == 0 && (entry = readdir(dir))) {
                if (entry->d_name[0] == '.')
                        continue;
                path.len = 0;
                tn_buf_addf(&path, BUSES "/%s/devices/%s/modalias", bus, entry->d_name);
                r = tn_buf_str(&path) ? add_modalias(path.ptr, modaliases) : -ENOMEM;
        }
        return r < 0 ? r : tn_buf_error(&path);
}

int tn_kernel_modaliases(struct tn_buf *modaliases)
{
        _cleanup_(closedirp) DIR *dir = opendir(BUSES);
        struct dirent *entry;
        int r = dir ? add_modalias("/sys/devices/system/cpu/modalias", modaliases) : -errno;

        while (r == 0 && (entry = readdir(dir)))
                if (entry->d_name[0] != '.')
                        r = add_bus(entry->d_name, modaliases);
        return r;
}

static int read_module(const char *bus, struct span driver, struct tn_buf *module)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        char to[LINK_MAX];
        ssize_t n;

        tn_buf_addf(&path, BUSES "/%s/drivers/%.*s/module", bus, SPAN_FMT(driver));
        if (!tn_buf_str(&path))
                return -ENOMEM;
        n = readlink(path.ptr, to, sizeof(to));
        if (n < 0)
                return -errno;
        tn_buf_add_span(module, tn_span_base((struct span){ to, (size_t)n }));
        return tn_buf_error(module);
}

int tn_kernel_driver_module(struct span driver, struct tn_buf *module)
{
        _cleanup_(closedirp) DIR *dir = opendir(BUSES);
        struct dirent *entry;

        if (tn_span_chr(driver, '/') < driver.len || driver.len == 0)
                return -ENOENT;
        while (dir && (entry = readdir(dir)))
                if (entry->d_name[0] != '.' && read_module(entry->d_name, driver, module) == 0)
                        return 0;
        return tn_buf_error(module) < 0 ? -ENOMEM : -ENOENT;
}

int tn_kernel_firmware_path(struct tn_buf *path)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span set;
        int r = tn_file_read_at(AT_FDCWD, "/sys/module/firmware_class/parameters/path", LINK_MAX, &text);

        set = tn_span_trim(tn_buf_span(&text));
        if (r < 0 || set.len == 0)
                return r < 0 ? r : -ENOENT;
        tn_buf_add_span(path, set);
        return tn_buf_error(path);
}
