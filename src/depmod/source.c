/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>

#include "depmod/source.h"
#include "util/cleanup.h"

int tn_source_open(const struct tn_dir *dir, const struct tn_inroot *root, struct tn_source *ret_source)
{
        int fd = tn_dir_open(dir, dir->root ? dir->inside : dir->path, O_RDONLY | O_DIRECTORY);

        if (fd < 0)
                return fd;
        *ret_source = (struct tn_source){ .dir = *dir, .root = root };
        ret_source->dir.fd = fd;
        return 0;
}

void tn_source_close(struct tn_source *source)
{
        closep(&source->dir.fd);
        *source = TN_SOURCE_NONE;
}

struct tn_dir tn_source_dir(const struct tn_source *source, struct span path)
{
        struct tn_dir dir = source->dir;

        if (tn_span_starts(path, SPAN("/")))
                dir.root = source->root;
        return dir;
}

/* Those of modules outside the directory are absolute, as they are seen from its root. */
void tn_source_add_path(const struct tn_source *source, struct span path, struct tn_buf *out)
{
        if (tn_span_starts(path, SPAN("/"))) {
                tn_buf_add_str(out, source->root ? source->root->dir : "");
        } else {
                tn_buf_add_str(out, source->dir.path);
                tn_buf_add_char(out, '/');
        }
        tn_buf_add_span(out, path);
}
