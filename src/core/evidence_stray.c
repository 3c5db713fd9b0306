/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "core/config.h"
#include "core/dirs.h"
#include "core/evidence_stray.h"
#include "format/modname.h"
#include "util/cleanup.h"

const char *const tn_evidence_stray_dirs[] = TN_DIRS_CONF("modprobe.d");

static int says_alias(const char *path, const char *alias)
{
        _cleanup_(tn_config_freep) struct tn_config *config = NULL;
        const char *const paths[] = { path, NULL };
        int r = tn_config_load(&(struct tn_config_sources){ .paths = paths }, NULL, &config);

        return r < 0 ? r : tn_config_find(config, TN_CONF_ALIAS, alias) != NULL;
}

/* In one directory. Returns 1 when it was found. */
static int look_in(const char *dir, const char *alias, struct tn_buf *path)
{
        DIR *stream = opendir(dir);
        int r = 0;

        for (struct dirent *entry; r == 0 && stream && (entry = readdir(stream));) {
                _cleanup_(tn_buf_fini) struct tn_buf file = { 0 };
                struct stat st;

                if (strchr(entry->d_name, '.'))
                        continue;
                tn_buf_addf(&file, "%s/%s", dir, entry->d_name);
                if (!tn_buf_str(&file))
                        r = -ENOMEM;
                else if (stat(file.ptr, &st) == 0 && S_ISREG(st.st_mode))
                        r = says_alias(file.ptr, alias);
                if (r > 0)
                        tn_buf_add_span(path, tn_buf_span(&file));
        }
        if (stream)
                closedir(stream);
        return r < 0 ? r : tn_buf_error(path) < 0 ? -ENOMEM : r;
}

int tn_evidence_stray_find(const char *const *dirs, const char *alias, struct tn_buf *path)
{
        _cleanup_(tn_buf_fini) struct tn_buf normal = { 0 };
        int r = 0;

        if (tn_modname_from_alias(tn_span_of(alias), &normal) < 0)
                return 0;
        if (!tn_buf_str(&normal))
                return -ENOMEM;
        for (size_t i = 0; r == 0 && dirs[i]; i++)
                r = look_in(dirs[i], normal.ptr, path);
        return MIN(r, 0);
}
